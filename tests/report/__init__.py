"""Tests of `cxdrivers.report`."""
