"""Tests of `cxdrivers.report.workbook.workbook`."""
