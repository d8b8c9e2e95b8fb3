"""Arithmetic and tables of reviews: stages, scores, what may be told of peers."""
