"""Articles, not pages: reads and crawls Arabic news into a SQLite database."""

# Version of what decides how a page is read. A capture read by another version is read again by `scrapy reparse`.
RULES_VERSION = "2026.11.30.13"
