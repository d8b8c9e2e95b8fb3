"""The only writers of development."""
