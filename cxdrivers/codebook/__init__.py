"""Say which column is what: read, write and draft a codebook."""
