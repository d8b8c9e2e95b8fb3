"""The pages of goals: guard, query, form, action, answer."""
