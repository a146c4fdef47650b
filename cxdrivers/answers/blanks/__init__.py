"""Answer what blanks and n.v.t. do to weights."""
