"""Tests of `cxdrivers.answers.perceptions`."""
