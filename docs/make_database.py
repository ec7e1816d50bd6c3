"""Writes the tables of docs/database.md from storage/*.sql: `python docs/make_database.py`, from the project's folder."""

import html
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
STORAGE = ROOT / "almasalla_crawler" / "storage"
SCHEMAS = [STORAGE / "schema.sql", *sorted(set(STORAGE.glob("*.sql")) - {STORAGE / "schema.sql"})]
PAGE = ROOT / "docs" / "database.md"
START = "<!-- written by docs/make_database.py from storage/*.sql: edit there -->"
END = "<!-- end of what docs/make_database.py writes -->"

_TABLE = re.compile(r"^-- (?P<about>[^\n]+)\nCREATE TABLE (?P<name>\w+) \(\n(?P<columns>.*?)^\);", re.M | re.S)
_COLUMN = re.compile(r"^  (?P<name>[a-z]\w*) (?P<type>[A-Z]+)(?P<rest>[^\n]*?),?(?: -- (?P<meaning>[^\n]*))?$", re.M)
_VIEW = re.compile(r"^-- (?P<about>[^\n]+)\nCREATE VIEW (?P<name>\w+) AS", re.M)

# Columns of the views; those of main_articles that are columns of a table mean there what they mean here.
VIEW_COLUMNS = {
    "main_articles": {
        "id": "the article",
        "date_published_date": "ISO day as the page states it",
        "publisher": "whoever wrote it",
        "title": "headline; null if the page dropped it",
        "lead": "first 200 characters of the body",
        "word_count": "words of the body",
        "language": "BCP 47",
        "page_url": "page that shows it as its main article",
        "last_seen_at": "when that page was last seen with it",
    },
    "articles_by_day": {
        "day": "ISO day; null for articles without a date",
        "publisher": "whoever wrote them",
        "articles": "how many",
        "words": "words of their bodies together",
    },
    "syndication": {
        "publisher": "whoever wrote the articles",
        "shown_by": "outlet of the pages that show them",
        "role": "main, related",
        "articles": "how many",
    },
    "crawl_health": {
        "id": "the crawl",
        "spider": "name of the spider",
        "status": "ok, partial, failed",
        "finish_reason": "why it ended",
        "started_at": "when it began",
        "seconds": "how long it ran; null if it never ended",
        "pages": "pages stored",
        "articles": "articles new to the database",
        "mentions": "headlines seen on the stored pages",
        "rejects": "pages not kept",
        "errors": "errors logged",
    },
}


def tables_and_views(sql: str) -> str:
    """Markdown: one heading and one table of columns for each table and view of the schema."""
    tables = [_section(table, _rows("type", _columns(table["columns"]))) for table in _TABLE.finditer(sql)]
    views = [_section(view, _rows("", _view_columns(view["name"]))) for view in _VIEW.finditer(sql)]
    return "\n\n".join(["## Tables", *tables, "## Views\n\nReady answers to the first questions; read only.", *views])


def page_with(sql: str, page: str) -> str:
    """`page` with its generated part made new."""
    before, _, rest = page.partition(START)
    _, _, after = rest.partition(END)
    return f"{before}{START}\n\n{tables_and_views(sql)}\n\n{END}{after}"


def _section(found: re.Match[str], rows: str) -> str:
    return f"### {found['name']}\n\n{found['about']}\n\n{rows}"


def _view_columns(view: str) -> list[tuple[str, str, str]]:
    return [(name, "", meaning) for name, meaning in VIEW_COLUMNS[view].items()]


def _columns(block: str) -> list[tuple[str, str, str]]:
    return [(c["name"], _type(c), _meaning(c)) for c in _COLUMN.finditer(block)]


def _type(column: re.Match[str]) -> str:
    return column["type"].lower() + ("" if "NOT NULL" in column["rest"] or "PRIMARY" in column["rest"] else ", may be null")


def _meaning(column: re.Match[str]) -> str:
    return html.escape(column["meaning"] or ("number of the row" if column["name"] == "id" else ""), quote=False)


def _rows(second: str, columns: list[tuple[str, str, str]]) -> str:
    """A table of name, type and meaning; without the middle column if `second` is empty."""
    names, line = ("column", second, "meaning"), ("---", "---", "---")
    rows = [names, line, *((f"`{name}`", kind, meaning) for name, kind, meaning in columns)]
    return "\n".join(f"| {' | '.join(row if second else (row[0], row[2]))} |" for row in rows)


def schema() -> str:
    """All statements that make the database."""
    return "\n".join(path.read_text("utf-8") for path in SCHEMAS)


if __name__ == "__main__":
    PAGE.write_text(page_with(schema(), PAGE.read_text("utf-8")), "utf-8")
