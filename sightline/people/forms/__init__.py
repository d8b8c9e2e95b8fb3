"""Input to clean values. A form knows what may be chosen; what follows, the actions know."""
