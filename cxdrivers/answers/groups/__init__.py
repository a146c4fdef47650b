"""Compare groups honestly: clients, segments, waves."""
