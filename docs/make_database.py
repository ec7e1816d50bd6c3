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

_TABLE = re.compile(r"^-- (?P<about>[^\n]+)\nCREATE TABLE (?P<name>\w+) \(\n(?P<columns>.*?)^\)[^;\n]*;", re.M | re.S)
_COLUMN = re.compile(r"^  (?P<name>[a-z]\w*) (?P<type>[A-Z]+)(?P<rest>[^\n]*?),?(?: -- (?P<meaning>[^\n]*))?$", re.M)
_VIRTUAL = re.compile(r"^-- (?P<about>[^\n]+)\nCREATE VIRTUAL TABLE (?P<name>\w+) USING", re.M)
_VIEW = re.compile(r"^-- (?P<about>[^\n]+)\nCREATE VIEW (?P<name>\w+) AS", re.M)

# Columns of virtual tables and views; those of main_articles that are columns of a table mean there what they mean here.
VIEW_COLUMNS = {
    "articles_fts": {"title_key": "search key of the headline", "body_key": "search key of the text"},
    "articles_words": {
        "term": "the word, a search key",
        "doc": "id of the article",
        "col": "title_key, body_key",
        "offset": "place of the word in it, from 0",
    },
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
    "clusters": {
        "cluster_id": "lowest id of its articles",
        "articles": "how many",
        "publishers": "how many of them are known by name",
        "first_day": "the first day that one of them states",
        "first_by_date": "the article published first; null where the dates do not tell: two of one day, one without the time",
        "first_by_sighting": "the article stored first",
    },
    "syndication": {
        "from_outlet": "whoever published the texts first: by date, else by sighting",
        "to_outlet": "whoever published them later, or the outlet whose pages show them",
        "articles": "how many",
        "median_delay_hours": "between the two dates, whole days where one has no time; null where one is missing",
    },
    "corrections": {
        "article_id": "the article",
        "publisher": "whoever wrote it",
        "url": "on its publisher's own site; null if unknown",
        "date_published_date": "ISO day as the page states it",
        "changed": "text; title: the text stayed, the headline changed",
        "last_seen_at": "when the page was last seen with the earlier one",
        "changed_at": "when it was first found to show the next one",
        "title_before": "the earlier headline",
        "title_after": "the next headline",
        "words_removed": "how many",
        "words_added": "how many",
        "removed": "the words removed, place by place; null if none was",
        "added": "the words added, place by place; null if none was",
    },
    "crawl_health": {
        "id": "the crawl",
        "spider": "name of the spider",
        "outlet": "what was locked while it ran",
        "status": "ok, partial, failed",
        "health": "ok, warning, failed: compared with the outlet's own past",
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


def schema() -> str:
    """All statements that make the database."""
    return "\n".join(path.read_text("utf-8") for path in SCHEMAS)


def tables_and_views(sql: str) -> str:
    """Markdown: one heading and one table of columns for each table and view of the schema."""
    tables = [_section(table, _rows("type", _columns(table["columns"]))) for table in _TABLE.finditer(sql)]
    tables += [_section(table, _rows("", _view_columns(table["name"]))) for table in _VIRTUAL.finditer(sql)]
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


if __name__ == "__main__":
    PAGE.write_text(page_with(schema(), PAGE.read_text("utf-8")), "utf-8")
