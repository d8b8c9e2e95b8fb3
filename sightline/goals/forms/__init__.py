"""What is typed about goals, as clean values."""
