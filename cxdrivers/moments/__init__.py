"""Reduce rows to the numbers that suffice: means and cross-products, with resamples as an axis."""
