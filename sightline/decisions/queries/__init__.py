"""Reads of decisions. The viewer first."""
