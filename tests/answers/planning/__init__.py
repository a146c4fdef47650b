"""Tests of `cxdrivers.answers.planning`."""
