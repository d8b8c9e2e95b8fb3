"""Reads of the organisation. The viewer first, the day where time matters."""
