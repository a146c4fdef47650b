"""Fit regressions of the outcome on all drivers with statsmodels."""
