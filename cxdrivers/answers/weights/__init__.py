"""Weigh drivers: how much of satisfaction comes with each, and how sure that is."""
