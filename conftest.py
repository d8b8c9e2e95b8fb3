"""Fixtures for every test of the house, wherever it stands."""

pytest_plugins = ["tests.company"]
