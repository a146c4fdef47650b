"""Draw a tidy table on axes: one chart an answer, nothing is computed here."""
