"""The bars of a chart count every day once."""

import pytest

from almasalla_crawler.inspect.charts import HEIGHT, MOST_BARS, charts


def test_without_a_dated_article_there_is_no_chart() -> None:
    assert charts([]) == []
    assert charts([(None, 3)]) == []


def test_days_without_an_article_have_a_bar_of_no_height() -> None:
    [chart] = charts([(None, 1), ("2025-02-27", 4), ("2025-03-02", 2)])
    assert [(bar.label, bar.count, bar.height) for bar in chart.bars] == [
        ("2025-02-27", 4, HEIGHT), ("2025-02-28", 0, 0), ("2025-03-01", 0, 0), ("2025-03-02", 2, HEIGHT / 2),
    ]  # fmt: skip


@pytest.mark.parametrize(("first", "unit", "bars"), [("2024-01-31", "month", 15), ("1995-06-01", "year", 31)])
def test_what_is_longer_than_the_days_shown_has_a_second_chart(first: str, unit: str, bars: int) -> None:
    latest, all_of_time = charts([(first, 2), ("2025-03-30", 5), ("2025-03-31", 1)])
    assert (latest.unit, len(latest.bars)) == ("day", MOST_BARS)
    assert (all_of_time.unit, len(all_of_time.bars)) == (unit, bars)
    assert sum(bar.count for bar in all_of_time.bars) == 8


def test_a_bar_names_the_days_it_counts() -> None:
    _, months = charts([("2024-02-10", 1), ("2025-03-31", 1)])
    assert (months.bars[0].since, months.bars[0].until) == ("2024-02-01", "2024-02-29")


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_the_ends_of_time_are_days_too(day: str) -> None:
    assert charts(sorted([(day, 1), ("2025-03-31", 1)]))[0].bars[-1].count == 1
