"""The only writers of goals."""
