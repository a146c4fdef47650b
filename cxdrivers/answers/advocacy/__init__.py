"""Follow an agent mention to a high score and to a real recommendation."""
