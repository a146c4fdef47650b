"""Say what matters first, in plain sentences."""
