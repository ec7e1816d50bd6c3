"""Commands of `scrapy`: thin readers of the storage."""
