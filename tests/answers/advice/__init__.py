"""Tests of `cxdrivers.answers.advice`."""
