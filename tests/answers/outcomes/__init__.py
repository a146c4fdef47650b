"""Tests of `cxdrivers.answers.outcomes`."""
