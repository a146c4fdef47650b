"""Tests of `cxdrivers.answers.advocacy`."""
