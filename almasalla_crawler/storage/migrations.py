"""Steps that bring a database to the schema of this version. Append, never edit: databases in the field ran the old ones."""

from importlib.resources import files
from pathlib import Path

from sqlite_utils import Database, Migrations

migrations = Migrations("almasalla_crawler")


@migrations()
def create_tables(db: Database) -> None:
    for statement in _statements(files("almasalla_crawler.storage").joinpath("schema.sql").read_text("utf-8")):
        db.execute(statement)


def _statements(script: str) -> list[str]:
    """Statements one by one: executescript would commit the migration's transaction. The comment above stays with each."""
    return [part.strip() for part in script.split(";\n") if part.strip()]


def backup_name(path: Path, step: str) -> Path:
    """Where the database is copied before a migration changes it."""
    return path.with_name(f"{path.stem}.before-{step}{path.suffix}")
