"""Tests of `cxdrivers.report.page`."""
