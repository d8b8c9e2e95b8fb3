"""Pages of reviews: guard, query, form, action, answer."""
