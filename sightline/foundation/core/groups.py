"""Groups of people of whom counts are told."""

FEWEST = 3
"""Of fewer people than this no count is told by itself: everybody could be found out."""
