"""Parquet with typed columns, written row group by row group."""

from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import UTC, date, datetime
from itertools import islice
from typing import Any, BinaryIO

from almasalla_crawler.exports.fields import FIELDS, Exported
from almasalla_crawler.exports.whole_files import NotWrittenError

ROWS_OF_A_GROUP = 2000  # about 12 MiB of text
MISSING = "Parquet needs pyarrow: pip install -e '.[export]', or choose --format jsonl"


def write_parquet(articles: Iterable[Exported], file: BinaryIO) -> None:
    """Raises NotWrittenError without pyarrow, before anything is written."""
    try:
        import pyarrow
        from pyarrow.parquet import ParquetWriter
    except ImportError as error:
        raise NotWrittenError(MISSING) from error
    moment = pyarrow.timestamp("us", tz="UTC")
    types = {"integer": pyarrow.int64(), "text": pyarrow.string(), "texts": pyarrow.list_(pyarrow.string()), "time": moment,
             "day": pyarrow.date32()}  # fmt: skip
    schema = pyarrow.schema([(field.name, types[field.kind]) for field in FIELDS])
    with ParquetWriter(file, schema, compression="zstd") as writer:
        typed = map(_typed, articles)
        while rows := list(islice(typed, ROWS_OF_A_GROUP)):
            writer.write_table(pyarrow.Table.from_pylist(rows, schema))


def _typed(article: Exported) -> dict[str, Any]:
    return {field.name: _CONVERT.get(field.kind, _same)(article[field.name]) for field in FIELDS}


def _same(value: Any) -> Any:
    return value


def _moment(value: str | None) -> datetime | None:
    """A day is its first second in UTC; date_published_precision tells. None for what is no date."""
    with suppress(ValueError):
        found = datetime.fromisoformat(value or "")
        return found if found.tzinfo else found.replace(tzinfo=UTC)
    return None


def _day(value: str | None) -> date | None:
    with suppress(ValueError):
        return date.fromisoformat(value or "")
    return None


_CONVERT: dict[str, Callable[[Any], Any]] = {"time": _moment, "day": _day}
