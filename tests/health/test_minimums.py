"""Declared minimums: which there are, and what is below one."""

from collections import Counter

import pytest

from almasalla_crawler.health.figures import Figures
from almasalla_crawler.health.findings import FAILED, OK
from almasalla_crawler.health.judge import judge_health
from almasalla_crawler.health.minimums import read_minimums


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ({"dates": 0.9}, "minimums.dates: there is no such minimum; did you mean date?"),
        ({"xyzzy": 1}, "there are answered, kept"),
        ({"date": 95}, "minimums.date = 95: give a share from 0 to 1"),
        ({"articles": -1}, "give a number from 0 on"),
        ({"articles": "many"}, "give a number"),
        ({"articles": True}, "give a number"),
        ({"kept": float("nan")}, "give a share"),
    ],
    ids=["near", "unknown", "percent", "negative", "text", "bool", "nan"],
)
def test_a_minimum_that_cannot_be_meant_is_named(table: dict[str, object], message: str) -> None:
    with pytest.raises(ValueError, match="minimums") as raised:
        read_minimums(table, "minimums")
    assert message in str(raised.value)


@pytest.mark.parametrize(("articles", "level"), [(4, FAILED), (5, OK)])
def test_too_few_articles_fail_a_crawl(articles: int, level: str) -> None:
    (found,) = judge_health(Figures(Counter(), articles=articles), [], {"articles": 5})
    assert (found.monitor, found.level) == ("minimum articles", level)


def test_a_share_of_nothing_is_not_below_a_minimum() -> None:
    assert judge_health(Figures(Counter()), [], {"date": 0.9, "words": 50}) == []


def test_a_share_below_its_minimum_fails_the_first_crawl() -> None:
    (found,) = judge_health(Figures(Counter(main=10, date=5)), [], {"date": 0.9})
    assert (found.level, found.value, found.expected) == (FAILED, 0.5, 0.9)
