"""Formats that articles are taken away in. Each writes what comes to it, article by article, and knows no database."""
