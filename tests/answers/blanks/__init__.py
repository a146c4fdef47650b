"""Tests of `cxdrivers.answers.blanks`."""
