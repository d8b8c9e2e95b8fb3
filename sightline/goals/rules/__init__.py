"""The arithmetic of goals on plain values; docs/rules/goals*.md says the same in words."""
