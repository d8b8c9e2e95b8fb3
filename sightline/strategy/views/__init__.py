"""The pages of the strategy."""
