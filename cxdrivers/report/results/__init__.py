"""Compute everything a report shows, once."""
