"""Pages of decisions: guard, query, form, action, answer."""
