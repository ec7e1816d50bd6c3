"""Drafts of new outlets, from one of their pages: what `scrapy newoutlet` writes."""
