"""How long `scrapy report` takes beside a scan of all articles: `python benchmarks/report.py --articles N`."""

import argparse
import tempfile
import time
from contextlib import closing
from pathlib import Path

from almasalla_crawler.health.figures import PREFIX
from almasalla_crawler.reports.gather import report_of_days
from almasalla_crawler.reports.page import page
from almasalla_crawler.storage.crawls import CrawlEnd, begin_crawl, end_crawl, now
from almasalla_crawler.storage.database import open_database, open_readonly

_ARTICLES = """
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :articles)
INSERT INTO articles (id, title, body, block_roles, body_key, paragraph_count, word_count, date_published_date, language,
                      fingerprint, first_seen_at, observed_at, text_rank)
SELECT i, 'عنوان ' || i, printf('%.2000c', 'x'), '[]', '', 5, 300, '2025-01-01', 'ar', i,
       strftime('%Y-%m-%dT%H:%M:%SZ', 'now', printf('-%d seconds', (:articles - i) * :years * 31536000 / :articles)), '', 3 FROM n
"""
_PAGES = """
INSERT INTO pages (id, url, outlet, state, first_seen_at, last_seen_at, due_at)
SELECT id, 'https://site.example/' || id, 'outlet' || (id % 20), 'stored', first_seen_at, '', '2099-01-01' FROM articles
"""
_APPEARANCES = """
INSERT INTO appearances (page_id, article_id, role, position, fingerprint, first_line, last_line,
                         first_seen_at, last_seen_at, said)
SELECT id, id, 'main', 0, fingerprint, 1, 9, first_seen_at, '', '{}' FROM articles
"""


def fill(path: Path, articles: int, crawls: int, years: int) -> None:
    """Articles spread evenly over the years, and crawls of twenty outlets over the last month."""
    with closing(open_database(path)) as connection:
        connection.execute("BEGIN")
        for statement in (_ARTICLES, _PAGES, _APPEARANCES):
            connection.execute(statement, {"articles": articles, "years": years} if ":articles" in statement else {})
        stats = {f"{PREFIX}{name}": 9 for name in ("asked", "answered", "read", "kept", "main", "title", "date")}
        for number in range(crawls):
            crawl = begin_crawl(connection, "site", f"outlet{number % 20}", {})
            end_crawl(connection, crawl, CrawlEnd("finished", "ok", 9, 9, 0, 0, 0, stats))
            moment = f"-{(crawls - number) * 30 * 86_400 // crawls} seconds"
            connection.execute(
                "UPDATE crawls SET started_at = strftime('%Y-%m-%dT%H:%M:%SZ', 'now', ?) WHERE id = ?", (moment, crawl)
            )
        connection.execute("COMMIT")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=1_000_000)
    parser.add_argument("--crawls", type=int, default=20_000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.db"
        fill(path, options.articles, options.crawls, years=5)
        with closing(open_readonly(path)) as connection:
            start = time.perf_counter()
            connection.execute("SELECT sum(length(image_url)), count(date_published_date) FROM articles").fetchone()
            scan = time.perf_counter() - start
            print(f"{options.articles:,} articles, {options.crawls:,} crawls; a scan of all articles: {scan:.2f} s")
            for days in (1, 7, 30):
                start = time.perf_counter()
                page(report_of_days(connection, days, now()), now())
                taken = time.perf_counter() - start
                print(f"report on {days:2} days: {taken:5.2f} s, {taken / scan:.2f} of the scan")


if __name__ == "__main__":
    main()
