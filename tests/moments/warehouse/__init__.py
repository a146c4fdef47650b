"""Tests of sums that are made where the rows are."""
