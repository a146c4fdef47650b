"""Answer what a consultant asks: one file an answer."""
