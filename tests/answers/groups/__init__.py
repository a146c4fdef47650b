"""Tests of `cxdrivers.answers.groups`."""
