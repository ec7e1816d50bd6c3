"""A real database for each test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.storage.news_pages import Database


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    database = Database(tmp_path / "a.db")
    yield database
    database.close()
