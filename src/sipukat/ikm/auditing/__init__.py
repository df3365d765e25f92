"""Which convention is behind a published number."""
