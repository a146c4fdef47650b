"""Tests of `cxdrivers.report.results.results`."""
