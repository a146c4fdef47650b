"""Find where customers speak of an employee in the texts they write."""
