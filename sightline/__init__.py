"""Sightline: where an organisation's strategy and each person's work meet."""

__version__ = "0.1.0"
