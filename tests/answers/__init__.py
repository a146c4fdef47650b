"""Tests of `cxdrivers.answers`."""
