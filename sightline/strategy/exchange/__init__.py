"""Files of the strategy, in and out."""
