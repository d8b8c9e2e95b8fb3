"""Reads: gaps of a person, gaps of many, plans."""
