"""A real database for each test; whatever its history, at the end the search finds what it holds and nothing else."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.storage.news_pages import Database


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    database = Database(tmp_path / "a.db")
    yield database
    database.check_index()
    database.close()
