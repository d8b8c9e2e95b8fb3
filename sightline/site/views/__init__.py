"""Pages that show things of all apps: home, search, the person."""
