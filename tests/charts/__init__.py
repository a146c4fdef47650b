"""Tests of `cxdrivers.charts`."""
