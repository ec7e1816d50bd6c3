"""The database, and the only place with SQL."""
