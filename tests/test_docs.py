"""docs/database.md says what the database is: its tables, the reasons of rejects, and queries that run."""

import ast
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from almasalla_crawler.storage.database import open_database
from docs.make_database import PAGE, ROOT, page_with, schema
from tests.typed import scrapy

TEXT = PAGE.read_text("utf-8")
_QUERY = re.compile(r"^```sql\n(.*?)^```", re.M | re.S)
QUERIES = _QUERY.findall(TEXT)
RECIPES = _QUERY.findall((PAGE.parent / "recipes.md").read_text("utf-8"))
PACKAGE = ROOT / "almasalla_crawler"


@pytest.fixture(scope="module")
def seeds_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database made from the pages of seeds/."""
    path = tmp_path_factory.mktemp("docs") / "almasalla.db"
    scrapy("crawl", "seeds", "--nolog", "-s", f"DATABASE_PATH={path}").check_returncode()
    return path


def documented_columns() -> dict[str, list[tuple[str, str]]]:
    """Columns and their meanings in the page, by table or view, in order."""
    sections = re.findall(r"^### (\w+)\n(.*?)(?=^##|\Z|^<!--)", TEXT, re.M | re.S)
    return {name: re.findall(r"^\| `(\w+)` \|.*?([^|]*) \|$", body, re.M) for name, body in sections}


def documented_reasons() -> set[tuple[str, str]]:
    return set(re.findall(r"^\| ([a-z]+) \| `(\w+)` \|", TEXT, re.M))


def calls_of_reject() -> Iterator[tuple[str, str]]:
    """Stage and reason of every Reject(...) and Rejected(...) that spells them out."""
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("Reject", "Rejected"):
                words = [arg.value for arg in node.args[:2] if isinstance(arg, ast.Constant)]
                if len(words) == 2:
                    yield str(words[0]), str(words[1])


def words_of_the_code() -> set[str]:
    trees = (ast.parse(path.read_text("utf-8")) for path in PACKAGE.rglob("*.py"))
    constants = (node.value for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Constant))
    return {value for value in constants if isinstance(value, str)}


def test_the_page_is_what_the_schema_says() -> None:
    assert page_with(schema(), TEXT) == TEXT, "run: python docs/make_database.py"


def test_every_table_and_column_of_a_fresh_database_is_documented(tmp_path: Path) -> None:
    with closing(open_database(tmp_path / "fresh.db")) as connection:
        names = connection.execute(
            "SELECT name FROM sqlite_master WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite_%'"
            " AND name NOT LIKE '_sqlite_%' AND name NOT LIKE 'articles_fts_%'"
        ).fetchall()
        real = {name: [row[1] for row in connection.execute(f"PRAGMA table_info({name})")] for (name,) in names}
    assert {name: [column for column, _ in rows] for name, rows in documented_columns().items()} == real


def test_every_column_has_a_meaning() -> None:
    empty = [f"{table}.{name}" for table, rows in documented_columns().items() for name, meaning in rows if not meaning.strip()]
    assert empty == []


def test_every_reason_in_the_code_is_documented() -> None:
    assert set(calls_of_reject()) - documented_reasons() == set()


def test_every_documented_reason_is_in_the_code() -> None:
    words = words_of_the_code()
    # bad_url and bad_saved_at are put together from the name of the field
    unknown = {reason for _, reason in documented_reasons() if reason not in words and reason.removeprefix("bad_") not in words}
    assert unknown == set()


def test_there_are_five_queries() -> None:
    assert len(QUERIES) == 5


def test_there_are_a_dozen_recipes() -> None:
    assert len(RECIPES) >= 12


@pytest.mark.parametrize("query", QUERIES + RECIPES, ids=[query.split(" FROM ")[0][:40] for query in QUERIES + RECIPES])
def test_a_query_of_the_page_answers(query: str, seeds_database: Path) -> None:
    with closing(sqlite3.connect(f"{seeds_database.as_uri()}?mode=ro", uri=True)) as connection:
        assert connection.execute(query).fetchall()


@pytest.mark.parametrize("page", ["README.md", "README.ar.md", "CONTRIBUTING.md", "docs/database.md", "docs/export.md", "docs/health.md",
                                  "docs/recipes.md", "docs/schedule.md", "seeds/README.md",
                                  "benchmarks/README.md", "data/README.md", "almasalla_crawler/spiders/README.md"])  # fmt: skip
def test_links_and_files_named_in_a_page_exist(page: str) -> None:
    path = ROOT / page
    text = path.read_text("utf-8")
    links = {target.partition("#")[0] for target in re.findall(r"\]\(([^)]+)\)", text) if "://" not in target}
    named = set(re.findall(r"`(almasalla_crawler/[\w/]+\.\w+)`", text))
    missing = [name for name in links - {""} if not (path.parent / name).exists()]
    assert missing + [name for name in named if not (ROOT / name).exists()] == []
