"""Many changes at once: the same rules, rows and records as one by one, in a few statements."""
