"""Tests of `cxdrivers.answers.weights`."""
