"""Advice on what one writes, while one writes it: never asked for, never in the way."""
