"""Add rows up where they are: a warehouse gives the sums of its groups, and no rows."""
