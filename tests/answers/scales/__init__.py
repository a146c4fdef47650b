"""Tests of `cxdrivers.answers.scales`."""
