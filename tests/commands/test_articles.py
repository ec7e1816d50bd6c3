"""`scrapy articles ID` on a terminal ends where a person stops reading."""

from pathlib import Path

import pytest

from almasalla_crawler.commands import articles
from tests.commands.in_process import typed
from tests.storage.news_pages import Database
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
