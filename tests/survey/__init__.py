"""Tests of `cxdrivers.survey`."""
