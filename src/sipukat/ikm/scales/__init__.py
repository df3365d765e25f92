"""Whether the unsur measure one thing, and how well."""
