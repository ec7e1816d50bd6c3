"""Is a crawl as the outlet's own past lets expect? Counted page by page, judged when it ends, as docs/health.md says."""
