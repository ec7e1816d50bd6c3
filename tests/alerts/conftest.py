"""The database of the tests of storage."""

from tests.storage.conftest import db

__all__ = ["db"]
