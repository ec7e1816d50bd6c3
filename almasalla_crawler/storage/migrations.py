"""Steps that bring a database to the schema of this version. Append, never edit: databases in the field ran the old ones."""

from importlib.resources import files
from pathlib import Path

from sqlite_utils import Database, Migrations

migrations = Migrations("almasalla_crawler")


@migrations()
def create_tables(db: Database) -> None:
    _run(db, "schema.sql")


@migrations()
def add_what_listings_state(db: Database) -> None:
    """A database that was made before; a new one has the columns of schema.sql."""
    known = {column.name for column in db["pages"].columns}
    for column in ("listed_modified", "listed_facts"):
        if column not in known:
            db.execute(f"ALTER TABLE pages ADD COLUMN {column} TEXT")
    db.execute("DROP INDEX pages_due")
    db.execute("CREATE INDEX pages_due ON pages(outlet, kind, due_at) WHERE due_at IS NOT NULL")


@migrations()
def create_schedules(db: Database) -> None:
    _run(db, "schedules.sql")


def _run(db: Database, script: str) -> None:
    """All statements of a file of this folder."""
    for statement in _statements(files("almasalla_crawler.storage").joinpath(script).read_text("utf-8")):
        db.execute(statement)


def _statements(script: str) -> list[str]:
    """Statements one by one: executescript would commit the migration's transaction. The comment above stays with each."""
    return [part.strip() for part in script.split(";\n") if part.strip()]


def backup_name(path: Path, step: str) -> Path:
    """Where the database is copied before a migration changes it."""
    return path.with_name(f"{path.stem}.before-{step}{path.suffix}")
