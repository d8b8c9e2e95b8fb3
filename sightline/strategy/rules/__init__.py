"""The arithmetic of strategies: no framework, no database, no clock."""
