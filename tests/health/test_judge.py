"""A crawl against the outlet's own past: what is a problem, and what is only few pages."""

from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from almasalla_crawler.health.chance import chance_of_so_few
from almasalla_crawler.health.figures import LOG_SCALE, Figures
from almasalla_crawler.health.findings import FAILED, OK, WARNING, Finding, worst
from almasalla_crawler.health.judge import judge_health, no_longer_wrong
from almasalla_crawler.health.volume import Days

LOG_OF_200 = 5298  # of 200 words, in thousandths


def figures(read: int = 0, kept: int | None = None, log_words: int = LOG_OF_200, **given: int) -> Figures:
    """A crawl whose articles have all fields but those that are given."""
    kept = read if kept is None else kept
    counts = Counter(asked=read, answered=read, read=read, kept=kept, main=kept, log_words=kept * log_words,
                     log_words_squared=kept * (log_words**2 + (LOG_SCALE // 2) ** 2))  # fmt: skip
    counts.update(dict.fromkeys(("title", "date", "authors", "section", "keywords", "image", "language"), kept))
    counts.update({name.replace("__", "/"): n - counts[name.replace("__", "/")] for name, n in given.items()})
    return Figures(counts)


def levels(now: Figures, *past: Figures) -> dict[str, str]:
    return {one.monitor: one.level for one in judge_health(now, past, {})}


PAST = [figures(20)] * 5


def test_a_crawl_like_those_before_is_well() -> None:
    assert set(levels(figures(20), *PAST).values()) == {OK}


@pytest.mark.parametrize("monitor", ["title", "date"])
def test_articles_that_lost_a_grave_field_fail_the_crawl(monitor: str) -> None:
    assert levels(figures(20, **{monitor: 3}), *PAST)[monitor] == FAILED


@pytest.mark.parametrize("monitor", ["authors", "section", "keywords", "image", "language"])
def test_articles_that_lost_another_field_are_a_warning(monitor: str) -> None:
    assert levels(figures(20, **{monitor: 3}), *PAST)[monitor] == WARNING


def test_pages_without_an_article_fail_the_crawl_and_are_named_by_reason() -> None:
    now = figures(12, kept=2, not_kept__no_article=9, not_kept__blocked=1)
    (kept,) = [one for one in judge_health(now, PAST, {}) if one.monitor == "kept"]
    assert kept.level == FAILED
    assert "2 of 12 pages" in kept.text
    assert "9 no_article" in kept.text


def test_three_pages_without_an_article_are_enough_behind_a_good_past() -> None:
    assert levels(figures(3, kept=0), *PAST)["kept"] == FAILED


def test_two_pages_never_fail_a_crawl() -> None:
    assert levels(figures(2, kept=0), *PAST)["kept"] == WARNING


def test_a_crawl_that_read_nothing_finds_nothing() -> None:
    assert levels(figures(0), *PAST) == {}


def test_the_first_crawl_is_compared_with_nothing() -> None:
    assert set(levels(figures(40, kept=10, date=0)).values()) == {OK}


def test_a_drop_of_less_than_a_third_is_none() -> None:
    assert levels(figures(100, date=75), *PAST)["date"] == OK


def test_a_share_that_was_always_small_may_be_small() -> None:
    assert levels(figures(5, authors=0), *[figures(20, authors=4)] * 5).get("authors") is None


def test_a_field_that_was_never_there_is_not_missed() -> None:
    assert "image" not in levels(figures(30, image=0), *[figures(20, image=0)] * 5)


def test_a_huge_first_crawl_does_not_outweigh_what_came_later() -> None:
    past = [figures(20, authors=0)] * 9 + [figures(5000)]
    assert levels(figures(20, authors=2), *past).get("authors") is None


def test_a_selector_that_finds_nothing_any_more_fails_the_crawl() -> None:
    past = [figures(10, laid_out=10)] * 3
    assert levels(figures(8, laid_out=8, **{"misses/h1.entry-title": 8}), *past)["selector h1.entry-title"] == FAILED


def test_a_selector_that_often_finds_nothing_may_find_nothing() -> None:
    past = [figures(10, laid_out=10, **{"misses/.tags": 8})] * 3
    assert "selector .tags" not in levels(figures(4, laid_out=4, **{"misses/.tags": 4}), *past)


def test_a_selector_that_never_found_anything_is_a_warning_in_the_first_crawl() -> None:
    now = figures(9, laid_out=9, **{"misses/h1.titel": 9})
    assert levels(now)["selector h1.titel"] == WARNING
    assert levels(now, now, now)["selector h1.titel"] == WARNING


def test_a_problem_of_a_selector_that_was_replaced_ends() -> None:
    monitors = ["selector h1.old", "minimum date", "minimum words", "kept"]
    ended = no_longer_wrong(monitors, figures(3, laid_out=3), {"words": 50})
    assert {one.monitor: one.level for one in ended} == {"selector h1.old": OK, "minimum date": OK}
    assert not list(no_longer_wrong(["selector h1.old"], figures(0), {}))


def test_texts_that_shrank_to_a_teaser_fail_the_crawl() -> None:
    assert levels(figures(12, log_words=3400), *PAST)["words"] == FAILED  # 30 words


def test_one_short_text_is_no_problem() -> None:
    assert levels(figures(1, log_words=4600), *PAST).get("words") is None  # 100 words


def test_two_very_short_texts_are_no_problem_either() -> None:
    assert "words" not in levels(figures(2, log_words=3400), *PAST)  # 30 words


def test_a_handful_of_short_texts_never_fails_a_crawl() -> None:
    assert levels(figures(5, log_words=3400), *PAST)["words"] == WARNING


def test_lists_that_name_nothing_any_more_fail_the_crawl() -> None:
    past = [Figures(Counter({"lists/listing": 2, "named/listing": 30, "named": 30}))] * 2
    assert levels(Figures(Counter({"lists/listing": 2})), *past)["lists"] == FAILED


def test_a_front_page_that_never_named_articles_need_not() -> None:
    past = [Figures(Counter({"lists/listing": 1}))] * 3
    assert levels(Figures(Counter({"lists/listing": 1})), *past)["lists"] == OK


def test_lists_are_not_judged_where_only_a_part_was_wanted() -> None:
    past = [Figures(Counter({"lists/feed": 2, "named/feed": 30, "named": 30}))] * 2
    assert "lists" not in levels(Figures(Counter({"lists/feed": 2}), is_partial=True), *past)


def test_captchas_fail_a_crawl_without_any_past() -> None:
    assert levels(figures(10, kept=7, not_kept__blocked=3))["blocked"] == FAILED


def test_saved_pages_never_fail_because_of_what_they_are() -> None:
    now = Figures(figures(20, kept=5).counts, is_live=False)
    assert levels(now, *PAST)["kept"] == WARNING


def test_saved_pages_that_disappeared_are_a_warning() -> None:
    past = [Figures(Counter(), found=50, is_live=False)] * 3
    assert levels(Figures(Counter(), found=20, is_live=False), *past) == {"found": WARNING}


def test_a_slow_crawl_is_a_warning() -> None:
    past = [Figures(Counter(), seconds=40, responses=40)] * 3
    assert levels(Figures(Counter(), seconds=400, responses=40), *past) == {"duration": WARNING}


def test_a_short_crawl_is_not_timed() -> None:
    past = [Figures(Counter(), seconds=40, responses=40)] * 3
    assert levels(Figures(Counter(), seconds=400, responses=4), *past) == {}


@given(st.integers(0, 60), st.data())
def test_no_crawl_that_does_as_well_as_its_past_has_a_problem(read: int, data: st.DataObject) -> None:
    before = data.draw(st.integers(0, 20))
    kept = data.draw(st.integers(-(-read * before // 20), read))
    found = [one for one in judge_health(figures(read, kept), [figures(20, before)] * 4, {}) if one.monitor == "kept"]
    assert worst(found) == OK


@given(st.integers(1, 300), st.floats(0, 500), st.floats(0, 1), st.data())
def test_the_chance_is_one(total: int, past_total: float, share: float, data: st.DataObject) -> None:
    hits = data.draw(st.integers(0, total))
    chance = chance_of_so_few(hits, total, past_total * share, past_total)
    assert 0 <= chance <= 1
    assert chance_of_so_few(total, total, past_total * share, past_total) == pytest.approx(1)
    if hits:
        assert chance_of_so_few(hits - 1, total, past_total * share, past_total) <= chance + 1e-9


def test_the_worst_finding_is_the_health() -> None:
    assert worst([]) == OK
    assert worst([Finding("a", OK, ""), Finding("b", FAILED, ""), Finding("c", WARNING, "")]) == FAILED


# --- how much an outlet publishes ---------------------------------------------------------------------------------------

TODAY = date(2025, 6, 30)


def days(*articles: int) -> Days:
    """New articles by day, the last of them today's."""
    return Days(TODAY, {TODAY - timedelta(days=ago): n for ago, n in enumerate(reversed(articles))})


def of_days(seen: Days) -> dict[str, str]:
    return {one.monitor: one.level for one in judge_health(figures(0), [], {}, seen)}


def test_a_usual_month_is_well() -> None:
    assert of_days(days(*[9] * 35)) == {"silence": OK, "week": OK}


def test_an_outlet_that_fell_silent_fails() -> None:
    assert of_days(days(*[9] * 20, 0, 0, 0, 0))["silence"] == FAILED


def test_a_quiet_night_is_no_silence() -> None:
    assert of_days(days(*[9] * 20, 0))["silence"] == OK


def test_an_outlet_that_publishes_on_sundays_is_not_silent_all_week() -> None:
    assert of_days(days(*[5, 0, 0, 0, 0, 0, 0] * 5)).get("silence") is None
    assert of_days(days(*[5, 0, 0] * 12, 0, 0))["silence"] == OK


def test_a_poor_week_fails() -> None:
    assert of_days(days(*[9] * 28, *[3] * 7))["week"] == FAILED


def test_the_first_weeks_are_compared_with_nothing() -> None:
    assert "week" not in of_days(days(900, *[9] * 10))


def test_days_on_which_nobody_looked_are_no_past() -> None:
    seen = Days(TODAY, {TODAY - timedelta(days=ago): 9 for ago in (0, 1, 2, 10, 11)})
    assert "week" not in of_days(seen)
