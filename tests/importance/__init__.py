"""Tests of `cxdrivers.importance`."""
