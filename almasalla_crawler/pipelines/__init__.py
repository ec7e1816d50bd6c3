"""The way of a page: clean, split, describe, deduplicate, store. Each stage is a pure function with a small adapter."""
