"""What insight reads: put together from the queries of the apps below, never computed anew."""
