"""Writes the table of docs/export.md from exports/fields.py: `python -m docs.make_export`, from the project's folder."""

from pathlib import Path

from almasalla_crawler.exports.fields import FIELDS

PAGE = Path(__file__).resolve().parent / "export.md"
START = "<!-- written by docs/make_export.py from exports/fields.py: edit there -->"
END = "<!-- end of what docs/make_export.py writes -->"
_PARQUET = {"integer": "int64", "text": "string", "texts": "list of string", "time": "timestamp, UTC", "day": "date"}


def table() -> str:
    rows = [f"| `{field.name}` | {field.kind} | {_PARQUET[field.kind]} | {field.meaning} |" for field in FIELDS]
    return "\n".join(["| field | kind | in Parquet | meaning |", "| --- | --- | --- | --- |", *rows])


def page_with(page: str) -> str:
    """`page` with its table made new."""
    before, _, rest = page.partition(START)
    return f"{before}{START}\n\n{table()}\n\n{END}{rest.partition(END)[2]}"


if __name__ == "__main__":
    PAGE.write_text(page_with(PAGE.read_text("utf-8")), "utf-8")
