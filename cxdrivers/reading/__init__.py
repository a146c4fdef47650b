"""Read a file of any kind into a table, without asking what it means."""
