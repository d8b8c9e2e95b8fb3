"""Pages of the organisation: guard, query, form, action, answer."""
