"""Tests of `cxdrivers.simulation`."""
