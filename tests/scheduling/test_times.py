"""When entries are due, on clocks that are set, skip hours and show them twice."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from almasalla_crawler.scheduling.times import Cron, Every, Timing, believable, due_after_failures, seconds_of

CAIRO, BEIRUT, LONDON = "Africa/Cairo", "Asia/Beirut", "Europe/London"


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def times(timing: Cron, start: str, count: int) -> list[str]:
    found, moment = [], at(start)
    for _ in range(count):
        moment = timing.after(moment)
        found.append(f"{moment:%m-%d %H:%M}")
    return found


@pytest.mark.parametrize(("text", "seconds"), [("90s", 90), ("15m", 900), ("2 h", 7200), ("1d", 86400)])
def test_a_length_of_time_is_a_number_and_a_unit(text: str, seconds: int) -> None:
    assert seconds_of(text) == seconds


@pytest.mark.parametrize("text", ["", "15", "m", "15x", "0m", "-5m", "1.5h", "9999999d", "٣m", "15m\n"])
def test_what_is_no_length_of_time_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match='"15m"'):
        seconds_of(text)


@pytest.mark.parametrize(
    ("field", "days"),
    [("0", "Sun"), ("7", "Sun"), ("5", "Fri"), ("fri", "Fri"), ("0-4", "Sun Mon Tue Wed Thu"), ("sun-thu", "Sun Mon Tue Wed Thu"),
     ("5-7", "Sun Fri Sat"), ("fri-sun", "Sun Fri Sat"), ("1,3", "Mon Wed"), ("*/2", "Sun Tue Thu Sat"), ("1-5/2", "Mon Wed Fri"),
     ("5/1", "Fri Sat"), ("*", "Sun Mon Tue Wed Thu Fri Sat")],
)  # fmt: skip
def test_weekdays_are_those_of_cron(field: str, days: str) -> None:
    cron, found, moment = Cron(f"0 6 * * {field}", "UTC"), [], at("2025-06-01 00:00")  # a Sunday
    while (moment := cron.after(moment)) < at("2025-06-08 00:00"):
        found.append(f"{moment:%a}")
    assert " ".join(found) == days


def test_a_day_of_the_month_or_a_weekday_is_enough_if_both_are_given() -> None:
    assert times(Cron("0 6 13 * 5", "UTC"), "2025-06-10", 4) == ["06-13 06:00", "06-20 06:00", "06-27 06:00", "07-04 06:00"]
    assert times(Cron("0 6 1 * 5", "UTC"), "2025-06-26", 3) == ["06-27 06:00", "07-01 06:00", "07-04 06:00"]


@pytest.mark.parametrize(
    ("line", "words"),
    [("0 6 * *", "five fields"), ("0 6 * * * *", "five fields"), ("61 6 * * *", "61"), ("0 6 * * 8", "'8' is no weekday"),
     ("0 6 * * fry", "'fry' is no weekday"), ("0 6 30 2 *", "no such day"), ("x 6 * * *", "crontab")],
)  # fmt: skip
def test_a_line_that_cron_would_not_take_is_refused(line: str, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        Cron(line, "UTC")


def test_a_leap_day_comes() -> None:
    assert Cron("0 6 29 2 *", "UTC").after(at("2025-06-01")) == at("2028-02-29 06:00")


@pytest.mark.parametrize(
    ("zone", "line", "start", "expected"),
    [
        # midnight of the 25th is skipped
        (CAIRO, "0 0 * * *", "2025-04-23 12:00", ["04-23 22:00", "04-24 22:00", "04-25 21:00"]),
        (CAIRO, "30 0 * * *", "2025-04-23 12:00", ["04-23 22:30", "04-24 22:30", "04-25 21:30"]),
        (LONDON, "30 1 * * *", "2025-03-29 00:00", ["03-29 01:30", "03-30 01:30", "03-31 00:30"]),
        (LONDON, "30 1 * * *", "2025-10-25 00:00", ["10-25 00:30", "10-26 00:30", "10-27 01:30"]),  # 01:30 is shown twice
    ],
)
def test_a_day_whose_time_is_skipped_or_shown_twice_has_one_run(zone: str, line: str, start: str, expected: list[str]) -> None:
    assert times(Cron(line, zone), start, 3) == expected


def test_a_time_that_was_skipped_a_moment_ago_still_comes() -> None:
    assert Cron("30 1 * * *", LONDON).after(at("2025-03-30 01:10")) == at("2025-03-30 01:30")


@pytest.mark.parametrize("day", ["2025-03-30", "2025-10-26", "2025-06-10"], ids=["spring", "autumn", "summer"])
@pytest.mark.parametrize(("line", "minutes"), [("*/15 * * * *", 15), ("7 * * * *", 60), ("0,30 */1 * * *", 30)])
def test_lines_for_every_hour_go_on_with_the_time_that_passes(line: str, minutes: int, day: str) -> None:
    cron, moments = Cron(line, LONDON), [at(f"{day} 00:00") - timedelta(hours=3)]
    while moments[-1] < at(f"{day} 06:00"):
        moments.append(cron.after(moments[-1]))
    assert {after - before for before, after in pairwise(moments[1:])} == {timedelta(minutes=minutes)}


ZONES = st.sampled_from([CAIRO, BEIRUT, LONDON, "Asia/Baghdad", "America/New_York", "Australia/Lord_Howe", "Africa/Casablanca"])


@given(ZONES, st.integers(0, 23), st.integers(0, 59), st.integers(0, 365))
def test_every_day_of_every_zone_has_one_run(zone: str, hour: int, minute: int, day: int) -> None:
    cron, start = Cron(f"{minute} {hour} * * *", zone), at("2025-01-01") + timedelta(days=day)
    moment, gaps = cron.after(start), []
    for _ in range(4):
        following = cron.after(moment)
        gaps.append(following - moment)
        moment = following
    assert all(timedelta(hours=22) <= gap <= timedelta(hours=26) for gap in gaps)


@given(ZONES, st.sampled_from(["*/7 * * * *", "30 1 * * *", "15 */2 * * 5"]), st.integers(0, 366 * 1440))
def test_the_next_time_does_not_depend_on_when_one_asks(zone: str, line: str, minutes: int) -> None:
    cron, moment = Cron(line, zone), at("2025-01-01") + timedelta(minutes=minutes)
    following = cron.after(moment)
    assert moment < following
    assert cron.after(moment + (following - moment) / 2) == following


# --- after a run, after failures, after the clock was set ----------------------------------------------------------------

HOURLY, DAILY = Every("1h"), Cron("0 6 * * *", "UTC")


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("2025-06-01 10:00", "2025-06-01 11:00"),
        ("2025-06-01 10:59", "2025-06-01 11:00"),
        ("2025-06-03 10:20", "2025-06-03 11:00"),
    ],
)
def test_every_keeps_its_step_and_what_was_missed_is_one_run(now: str, expected: str) -> None:
    assert HOURLY.next(at("2025-06-01 10:00"), at(now)) == at(expected)


@pytest.mark.parametrize(
    ("failures", "hours"), [(1, 1), (2, 2), (3, 4), (4, 7), (30, 7)], ids=["once", "twice", "thrice", "bound", "often"]
)
def test_what_keeps_failing_comes_later_and_later_up_to_a_bound(failures: int, hours: int) -> None:
    due_at = at("2025-06-01 10:00")
    assert due_after_failures(HOURLY, due_at + timedelta(hours=1), due_at, failures) == due_at + timedelta(hours=hours)


@pytest.mark.parametrize("failures", [1, 2, 9])
def test_a_daily_crawl_that_keeps_failing_is_tried_every_day(failures: int) -> None:
    assert due_after_failures(DAILY, at("2025-06-02 06:00"), at("2025-06-01 06:10"), failures) == at("2025-06-02 06:00")


@pytest.mark.parametrize(
    ("timing", "due_at", "now", "expected"),
    [
        (HOURLY, "2025-06-01 11:00", "2025-06-01 10:01", "2025-06-01 11:00"),
        (HOURLY, "2025-06-01 11:00", "2025-06-01 09:01", "2025-06-01 10:01"),
        (HOURLY, "2031-06-01 11:00", "2025-06-01 09:01", "2025-06-01 10:01"),
        (DAILY, "2025-06-02 06:00", "2025-06-01 07:00", "2025-06-02 06:00"),
        (DAILY, "2025-06-02 06:00", "2025-06-01 05:10", "2025-06-02 06:00"),  # it ran at six by a clock that was an hour ahead
        (DAILY, "2025-06-03 06:00", "2025-06-01 12:05", "2025-06-02 06:00"),
        (DAILY, "2031-06-03 06:00", "2025-06-01 12:05", "2025-06-02 06:00"),
    ],
)
def test_a_clock_that_was_set_back_lets_no_run_come_twice_and_none_wait_for_long(
    timing: Timing, due_at: str, now: str, expected: str
) -> None:
    assert believable(timing, at(due_at), at(now)) == at(expected)


def test_what_waits_after_failures_is_not_taken_for_a_wrong_clock() -> None:
    due_at = due_after_failures(HOURLY, at("2025-06-01 11:00"), at("2025-06-01 10:00"), 4)
    assert believable(HOURLY, due_at, at("2025-06-01 10:00"), 4) == due_at
