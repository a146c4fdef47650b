"""Compare what counts as satisfied: the mean, top boxes, grades."""
