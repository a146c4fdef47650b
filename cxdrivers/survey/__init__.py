"""Read a client's file, say what stands in it, and score the drivers."""
