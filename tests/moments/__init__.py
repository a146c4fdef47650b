"""Tests of `cxdrivers.moments`."""
