"""What a crawl says while it runs."""
