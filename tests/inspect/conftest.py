"""A database with all that the pages show: an edited article, a copy, mentions, a refused page, markup in a headline."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from almasalla_crawler.storage.crawls import CrawlEnd, begin_crawl, end_crawl
from tests.inspect.browsing import Browser
from tests.storage.news_pages import ELSEWHERE, Database, News, Seen, elsewhere, news, own_site

SITE = "https://site.example/"
MARKUP = News(
    'إعلان عن <script>alert("x")</script> جديد في المتحف',
    (
        'وقال المتحدث إن <img src="https://evil.example/x.png" onerror="alert(1)"> ليست صورة بل كلمات مكتوبة في وسط النص كما هي.',
        "وأضاف أن <b>الخط العريض</b> يبقى كما كتبه صاحبه في المقال من دون أي تغيير حتى لو أعيد نشره في صحف أخرى لاحقاً.",
    ),
)


def fill(path: Path) -> None:
    db = Database(path)
    crawl_id = begin_crawl(db.connection, "seeds", "seeds", {"path": "saved"})
    db.exporter.archive.crawl_id = crawl_id
    db.add(
        Seen(f"{SITE}1", own_site(news(1))),
        Seen(f"{SITE}1", own_site(news(1).edited()), day=3),
        Seen(f"{SITE}2", own_site(news(2))),
        Seen(f"{ELSEWHERE}10", elsewhere(news(3), news(4), keywords="المدينة الجسر", similar=(news(2).title, news(9).title))),
        Seen("https://other.example/3", own_site(news(3))),
        Seen("https://third.example/3", own_site(news(3))),
        Seen(f"{SITE}5", own_site(MARKUP)),
        Seen(f"{SITE}6", "كلمة"),
    )
    end_crawl(db.connection, crawl_id, CrawlEnd("finished", "ok", 7, 7, 2, 1, 0, {"item_scraped_count": 6}))
    db.close()


@pytest.fixture(scope="session")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("inspect") / "news#1 50%.db"  # a name that an address must quote
    fill(path)
    return path


@pytest.fixture(scope="session")
def browser(path: Path) -> Iterator[Browser]:
    browser = Browser(path)
    yield browser
    browser.close()
