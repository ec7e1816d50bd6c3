"""`scrapy articles` lists by date, and ends where a person stops reading."""

from contextlib import closing
from pathlib import Path

import pytest

from almasalla_crawler.commands import articles
from almasalla_crawler.storage.articles import newest_articles
from almasalla_crawler.storage.database import open_readonly
from tests.commands.in_process import typed
from tests.storage.news_pages import Database, Seen, news, own_site
from tests.storage.test_clusters import DRIFTED, PAGES


@pytest.mark.parametrize(("most", "rest"), [(2, "and 2 more; --json has them"), (4, "")])
def test_of_a_large_cluster_those_most_like_the_article_are_shown(
    most: int, rest: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(articles, "_MOST_RELATIVES", most)
    monkeypatch.setenv("COLUMNS", "200")
    db = Database(tmp_path / "a.db")
    db.add(*PAGES[: len(DRIFTED)])
    db.close()
    assert typed(articles, tmp_path / "a.db", "4") == 0
    table = capsys.readouterr().out.partition("the same text")[2].partition("texts that")[0]
    assert "this one" in table
    assert (rest in table, "more; --json" in table) == (True, bool(rest))
    assert table.count("مكتبة عامة جديدة في الكوت") == most


@pytest.mark.parametrize(("limit", "listed"), [(-1, [2, 1, 4, 3]), (3, [2, 1, 4]), (2, [2, 1]), (0, [])])
def test_the_newest_are_listed_first_and_undated_ones_last(limit: int, listed: list[int], tmp_path: Path) -> None:
    db = Database(tmp_path / "a.db")
    db.add(*(Seen(f"https://site.example/{number}", own_site(news(number))) for number in range(4)))
    for number, day in enumerate(["2020-01-01", "2021-01-01", None, None], 1):
        db.connection.execute("UPDATE articles SET date_published_date = ? WHERE id = ?", (day, number))
    db.close()
    with closing(open_readonly(tmp_path / "a.db")) as connection:
        assert [article["id"] for article in newest_articles(connection, limit)] == listed
