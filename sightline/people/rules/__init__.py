"""The arithmetic of organisations: no framework, no database, no clock."""
