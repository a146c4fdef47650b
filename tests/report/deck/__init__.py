"""Tests of `cxdrivers.report.deck.deck`."""
