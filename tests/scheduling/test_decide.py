"""What is started and stopped, decided from what is due and what runs."""

from datetime import UTC, datetime, timedelta

from almasalla_crawler.scheduling.decide import LONGEST_WAIT_S, Due, Live, decide, jitter_of

NOW = datetime(2025, 6, 1, 10, tzinfo=UTC)


def due(name: str, seconds_ago: float, outlet: str = "") -> Due:
    return Due(name, outlet or name, NOW - timedelta(seconds=seconds_ago))


def test_the_longest_due_starts_first_and_no_more_than_may() -> None:
    assert decide([due("a", 1), due("b", 9), due("c", 5)], [], NOW, at_once=2).start == ["b", "c"]


def test_what_runs_counts() -> None:
    assert decide([due("a", 1), due("b", 2)], [Live("c", "c", 5, 60)], NOW, at_once=2).start == ["b"]


def test_one_crawl_an_outlet() -> None:
    assert decide([due("a", 1, "x"), due("b", 2, "x"), due("c", 3, "y")], [], NOW, at_once=9).start == ["c", "b"]
    assert decide([due("a", 1, "x")], [Live("b", "x", 5, 60)], NOW, at_once=9).start == []


def test_what_a_dead_scheduler_left_running_counts_and_is_not_touched() -> None:
    decision = decide([due("a", 1, "x"), due("b", 1)], [Live("c", "x", 0, 0, is_ours=False)], NOW, at_once=2)
    assert (decision.start, decision.stop, decision.kill) == (["b"], [], [])


def test_what_is_not_due_is_waited_for() -> None:
    decision = decide([due("a", -7)], [], NOW, at_once=2)
    assert (decision.start, decision.wait_s) == ([], 7)


def test_no_wait_is_long_for_clocks_are_set() -> None:
    assert decide([due("a", -86400)], [], NOW, at_once=2).wait_s == LONGEST_WAIT_S
    assert decide([due("a", 5, "x")], [Live("b", "x", 5, 1e6)], NOW, at_once=2).wait_s == LONGEST_WAIT_S


def test_a_crawl_at_its_limit_is_asked_to_end_then_killed() -> None:
    assert decide([], [Live("a", "a", 59, 60)], NOW, 2).stop == []
    assert decide([], [Live("a", "a", 59, 60)], NOW, 2).wait_s == 1
    assert decide([], [Live("a", "a", 60, 60)], NOW, 2).stop == ["a"]
    asked = decide([], [Live("a", "a", 70, 60, asked_seconds=9)], NOW, 2, grace_s=10)
    assert (asked.stop, asked.kill, asked.wait_s) == ([], [], 1)
    assert decide([], [Live("a", "a", 71, 60, asked_seconds=10)], NOW, 2, grace_s=10).kill == ["a"]


def test_when_it_is_to_stop_nothing_starts_and_all_are_asked_once() -> None:
    decision = decide([due("a", 5)], [Live("b", "b", 5, 60), Live("c", "c", 5, 60, asked_seconds=1)], NOW, 9, is_stopping=True)
    assert (decision.start, decision.stop, decision.kill) == ([], ["b"], [])


def test_jitter_is_the_same_for_one_time_and_spreads_over_many() -> None:
    offsets = [jitter_of("a", NOW + timedelta(hours=hour), 60) for hour in range(200)]
    assert offsets[3] == jitter_of("a", NOW + timedelta(hours=3), 60)
    assert min(offsets) >= timedelta(0)
    assert max(offsets) <= timedelta(seconds=60)
    assert len(set(offsets)) > 40
    assert jitter_of("a", NOW, 0) == timedelta(0)
