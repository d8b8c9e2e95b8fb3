"""Input to clean values."""
