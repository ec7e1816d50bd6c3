"""Steps as sqlite-utils applies them. Most databases went through all of them: then that library need not be loaded."""

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database

_TABLE = "_sqlite_migrations"


@dataclass(frozen=True, slots=True)
class Step:
    name: str
    take: "Callable[[Database], None]"


class Steps:
    """The steps of one program; each is a function with `@steps()` before it, and is known by its name."""

    def __init__(self, program: str) -> None:
        self.program = program
        self._migrations: list[Step] = []

    def __call__(self, name: str = "") -> "Callable[[Callable[[Database], None]], Callable[[Database], None]]":
        def register(take: "Callable[[Database], None]") -> "Callable[[Database], None]":
            self._migrations.append(Step(name or take.__name__, take))
            return take

        return register

    def applied(self, connection: sqlite3.Connection) -> list[str]:
        """Names of those that the database went through, also of steps that are not ours."""
        if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = ?", (_TABLE,)).fetchone():
            return []
        query = f"SELECT name FROM {_TABLE} WHERE migration_set = ? ORDER BY rowid"
        return [row[0] for row in connection.execute(query, (self.program,))]

    def unknown(self, connection: sqlite3.Connection) -> list[str]:
        """Names of steps that a newer version has taken."""
        return sorted(set(self.applied(connection)) - {step.name for step in self._migrations})

    def pending(self, connection: sqlite3.Connection) -> list[str]:
        applied = self.applied(connection)
        return [step.name for step in self._migrations if step.name not in applied]

    def apply(self, connection: sqlite3.Connection) -> None:
        """Takes those that are pending, each in a transaction of its own."""
        from sqlite_utils import Database, Migrations

        migrations = Migrations(self.program)
        for step in self._migrations:
            migrations(name=step.name)(step.take)
        migrations.apply(Database(connection, execute_plugins=False))
