"""Steps that bring a database to the schema of this version. Append, never edit: databases in the field ran the old ones."""

import sqlite3
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from almasalla_crawler.storage.seals import PARENTS, watch
from almasalla_crawler.storage.steps import Steps

if TYPE_CHECKING:
    from sqlite_utils import Database

migrations = Steps("almasalla_crawler")


@migrations()
def create_tables(db: "Database") -> None:
    _run(db, "schema.sql")


@migrations()
def add_what_listings_state(db: "Database") -> None:
    """A database that was made before; a new one has the columns of schema.sql."""
    _add_columns(db, "pages", "listed_modified", "listed_facts")
    db.execute("DROP INDEX pages_due")
    db.execute("CREATE INDEX pages_due ON pages(outlet, kind, due_at) WHERE due_at IS NOT NULL")


@migrations()
def add_search(db: "Database") -> None:
    _run(db, "search.sql")
    db.execute("INSERT INTO articles_fts (articles_fts, rank) VALUES ('rank', 'bm25(10.0, 1.0)')")  # headlines weigh more
    db.execute("INSERT INTO articles_fts (articles_fts) VALUES ('rebuild')")


@migrations()
def add_seals(db: "Database") -> None:
    """Rows that are there already are sealed by the next crawl."""
    if "seal" not in {column.name for column in db["crawls"].columns}:
        db.execute("ALTER TABLE crawls ADD COLUMN seal BLOB")
    _run(db, "seals.sql")
    watch(db.conn)
    _to_be_sealed(db, *PARENTS)


@migrations()
def add_indexes_for_looking(db: "Database") -> None:
    _run(db, "looking.sql")


@migrations()
def add_near_duplicates(db: "Database") -> None:
    """Articles stored before have no sketch: `scrapy dedupe` compares them."""
    _run(db, "near.sql")


@migrations()
def add_health(db: "Database") -> None:
    """What monitors find in crawls. A database that was made before has another view of that name."""
    _add_columns(db, "crawls", "health", "log_file")
    db.execute("DROP VIEW IF EXISTS crawl_health")
    _run(db, "health.sql")
    db.execute("INSERT INTO unsealed VALUES ('schema', 0) ON CONFLICT DO NOTHING")


@migrations()
def create_schedules(db: "Database") -> None:
    _run(db, "schedules.sql")


@migrations()
def seal_what_joined(db: "Database") -> None:
    """Tables that came with the steps above; what is there has seals of another kind, or none."""
    watch(db.conn)
    db.execute("DELETE FROM seals")
    _to_be_sealed(db, *PARENTS)


@migrations()
def add_index_of_clusters(db: "Database") -> None:
    _run(db, "clusters.sql")


@migrations()
def add_digests_of_listings(db: "Database") -> None:
    """Filled when a feed is read next."""
    _add_columns(db, "pages", "listed_digest")
    _run(db, "listings.sql")
    db.execute("INSERT INTO unsealed VALUES ('schema', 0) ON CONFLICT DO NOTHING")


@migrations()
def add_totals_of_listings(db: "Database") -> None:
    """Filled when a REST list is read next."""
    if "listed_total" not in {column.name for column in db["pages"].columns}:
        db.execute("ALTER TABLE pages ADD COLUMN listed_total INTEGER")
    db.execute("INSERT INTO unsealed VALUES ('schema', 0) ON CONFLICT DO NOTHING")


@migrations()
def count_a_text_taken_once(db: "Database") -> None:
    """Before, a text that was shortened or extended counted as taken from every text of the cluster."""
    db.execute("DROP VIEW IF EXISTS syndication")
    _run(db, "syndication.sql")
    db.execute("INSERT INTO unsealed VALUES ('schema', 0) ON CONFLICT DO NOTHING")


@migrations()
def seal_what_was_read_apart(db: "Database") -> None:
    """From what is made out of it: pairs, clusters, what headlines name. Rows that have some get seals of another kind."""
    watch(db.conn)
    paired = "SELECT article_a AS id FROM pairs UNION SELECT id FROM articles WHERE cluster_id IS NOT NULL"
    resolved = "SELECT DISTINCT page_id AS id FROM mentions WHERE article_id IS NOT NULL"
    for kind, ids in (("article", paired), ("pairs", "SELECT DISTINCT article_a AS id FROM pairs"), ("mentions", resolved)):
        db.execute(f"INSERT INTO unsealed SELECT '{kind}', id FROM ({ids}) WHERE true ON CONFLICT DO NOTHING")


def _to_be_sealed(db: "Database", *kinds: str) -> None:
    """Whatever is there of these kinds, and the schema."""
    for table, key, kind in ((*PARENTS[kind], kind) for kind in kinds):
        if db[table].exists():
            db.execute(f"INSERT INTO unsealed SELECT '{kind}', {key} FROM {table} WHERE true ON CONFLICT DO NOTHING")
    db.execute("INSERT INTO unsealed VALUES ('schema', 0) ON CONFLICT DO NOTHING")


def _add_columns(db: "Database", table: str, *names: str) -> None:
    known = {column.name for column in db[table].columns}
    for name in names:
        if name not in known:
            db.execute(f"ALTER TABLE {table} ADD COLUMN {name} TEXT")


def _run(db: "Database", script: str) -> None:
    """Statements one by one: executescript would commit the migration's transaction. The comment above stays with each."""
    statement = ""
    for line in files("almasalla_crawler.storage").joinpath(script).read_text("utf-8").splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):  # a trigger holds semicolons of its own
            db.execute(statement.strip())
            statement = ""


def backup_name(path: Path, step: str) -> Path:
    """Where the database is copied before a migration changes it."""
    return path.with_name(f"{path.stem}.before-{step}{path.suffix}")
