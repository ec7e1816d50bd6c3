"""The web page over the database: Datasette with pages of our own, in Arabic and English. Needs the extra `inspect`."""
