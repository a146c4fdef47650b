"""Tests of `cxdrivers.models`."""
