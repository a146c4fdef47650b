"""Answer how sure a survey will be, and how large it must be."""
