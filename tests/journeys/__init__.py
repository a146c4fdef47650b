"""Tests of whole jobs, from a client's file to what is handed over."""
