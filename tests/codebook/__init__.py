"""Tests of `cxdrivers.codebook`."""
