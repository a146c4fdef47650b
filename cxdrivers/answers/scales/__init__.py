"""Answer whether items measure drivers well, and whether one general impression colours all."""
