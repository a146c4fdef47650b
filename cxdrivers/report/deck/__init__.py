"""Write results as slides with charts that can be edited, and refresh them."""
