"""Input of reviews as clean values."""
