"""Tests of `cxdrivers.reading`."""
