"""Answer what to do first: shapes, priorities, key failures, scenarios."""
