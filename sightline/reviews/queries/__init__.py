"""Reads of reviews, the viewer first.

For the apps above: `results` (final ratings of a person), `progress` (the state of a cycle),
`waiting` (what a person has to do).
"""
