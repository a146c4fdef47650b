"""Studies by simulation that take minutes, each with a page in docs/ that one command makes."""
