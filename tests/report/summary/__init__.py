"""Tests of `cxdrivers.report.summary`."""
