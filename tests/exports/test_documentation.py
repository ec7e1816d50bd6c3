"""docs/export.md says what an export has."""

from contextlib import closing
from pathlib import Path

from almasalla_crawler.exports.fields import FIELDS
from almasalla_crawler.exports.formats import FORMATS, format_of
from almasalla_crawler.storage.database import open_database
from docs.make_export import PAGE, page_with

TEXT = PAGE.read_text("utf-8")


def test_the_page_is_what_the_fields_say() -> None:
    assert page_with(TEXT) == TEXT, "run: python -m docs.make_export"


def test_a_field_that_has_the_name_of_a_column_is_that_column(tmp_path: Path) -> None:
    with closing(open_database(tmp_path / "a.db")) as connection:
        columns = {row[1] for row in connection.execute("PRAGMA table_info(articles)")}
    ours = [field for field in FIELDS if field.name in columns]
    assert {"id", "url", "fingerprint", "cluster_id"} <= {field.name for field in ours}
    assert [field.name for field in ours if field.source != field.name] == []


def test_names_of_our_own_are_those_of_columns(tmp_path: Path) -> None:
    ours = {field.name for field in FIELDS if "_" in field.name}
    with closing(open_database(tmp_path / "a.db")) as connection:
        assert ours <= {row[1] for row in connection.execute("PRAGMA table_info(articles)")}


def test_every_format_and_suffix_is_there() -> None:
    for name in FORMATS:
        assert f"| `{name}` |" in TEXT
    for suffix in (".jsonl", ".ndjson", ".csv", ".parquet", ".txt", ".atom", ".xml"):
        assert f"`{suffix}`" in TEXT
        assert format_of(Path(f"a{suffix}")) in FORMATS
