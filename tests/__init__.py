"""Tests of `cxdrivers`."""
