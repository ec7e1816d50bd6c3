"""One crawl an outlet, one writer at a time; a lock dies with its process."""

import multiprocessing
from pathlib import Path

import pytest
from filelock import Timeout

from almasalla_crawler.storage.locks import OutletBusyError, lock_outlet, write_lock
from tests.storage.writers import hold_outlet


def test_an_outlet_that_is_being_crawled_is_busy_at_once(tmp_path: Path) -> None:
    with lock_outlet(tmp_path / "a.db", "almasalah"), pytest.raises(OutletBusyError, match=r"almasalah is already.*a\.db"):
        lock_outlet(tmp_path / "a.db", "almasalah")


def test_an_outlet_is_free_when_its_crawl_has_ended(tmp_path: Path) -> None:
    lock_outlet(tmp_path / "a.db", "almasalah").release()
    lock_outlet(tmp_path / "a.db", "almasalah").release()


@pytest.mark.parametrize("other", ["arabkhabar", "almasalah.com", "المسلة"])
def test_outlets_are_crawled_side_by_side(tmp_path: Path, other: str) -> None:
    with lock_outlet(tmp_path / "a.db", "almasalah"), lock_outlet(tmp_path / "a.db", other):
        pass


def test_an_outlet_is_crawled_into_two_databases_side_by_side(tmp_path: Path) -> None:
    with lock_outlet(tmp_path / "a.db", "almasalah"), lock_outlet(tmp_path / "b.db", "almasalah"):
        pass


@pytest.mark.parametrize("outlet", ["../../etc", "a/b", "a\0b", "x" * 300, "..", ""])
def test_the_lock_of_any_outlet_lies_beside_the_database(tmp_path: Path, outlet: str) -> None:
    with lock_outlet(tmp_path / "a.db", outlet) as lock:
        assert Path(lock.lock_file).parent == tmp_path


def test_the_lock_of_an_outlet_does_not_keep_others_from_writing(tmp_path: Path) -> None:
    with lock_outlet(tmp_path / "a.db", "seeds"), write_lock(tmp_path / "a.db"):
        pass


def test_one_connection_writes_at_a_time(tmp_path: Path) -> None:
    other = write_lock(tmp_path / "a.db")
    with write_lock(tmp_path / "a.db"), pytest.raises(Timeout):
        other.acquire(timeout=0)


def test_the_lock_of_a_killed_crawl_is_free(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    ready = context.Event()
    crawl = context.Process(target=hold_outlet, args=(tmp_path / "a.db", ready))
    crawl.start()
    assert ready.wait(60)
    with pytest.raises(OutletBusyError):
        lock_outlet(tmp_path / "a.db", "seeds")
    crawl.kill()
    crawl.join(60)
    lock_outlet(tmp_path / "a.db", "seeds").release()
