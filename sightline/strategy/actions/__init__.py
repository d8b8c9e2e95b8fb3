"""The only writers of the strategy."""
