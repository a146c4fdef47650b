"""Ratios of times in one run; no test here looks at a clock on the wall."""
