"""The data set card beside a Parquet export: Hugging Face `datasets` reads its front matter, people the rest."""

import json
from collections import Counter

from almasalla_crawler.exports.fields import FIELDS
from almasalla_crawler.exports.tally import Tally

MARK = "<!-- written by scrapy export -->"
_PUBLISHERS_SHOWN = 50
_SIZES = ((1_000, "n<1K"), (10_000, "1K<n<10K"), (100_000, "10K<n<100K"), (1_000_000, "100K<n<1M"), (10_000_000, "1M<n<10M"))
_TEXT = """---
pretty_name: Arabic news articles
language:
{language_tags}
license: other
license_name: texts-belong-to-their-publishers
size_categories:
- {size}
configs:
- config_name: default
  data_files:
  - split: train
    path: {path}
---
{mark}

# Arabic news articles

{articles:,} articles, {words:,} words. {days}
Written at {now} by almasalla_crawler {version}{choice}.

```python
from datasets import load_dataset
articles = load_dataset("path/of/this/folder", split="train")

import pandas
frame = pandas.read_parquet({path})
```

## Publishers

{publishers}

## Languages

{languages}

## Fields

{fields}

## Duplicates

An article that several pages show, letter for letter or edited at its own address, is one row; its earlier wordings are not
exported. {policy}

## Licence

**Replace this paragraph before you pass the data on.** The texts belong to their publishers: name here the agreement or the
exception of copyright law under which you use them, and whom to write to if a text is to be removed.
"""


def data_set_card(tally: Tally, path: str, now: str, version: str, choice: str, clusters_first: bool) -> str:
    """Markdown with YAML front matter. `path` is the name of the data file beside it, `choice` what was chosen, "" for all."""
    known = sorted(tag for tag in tally.languages if tag.replace("-", "").isalnum())
    return _TEXT.format(
        mark=MARK,
        language_tags="\n".join(f"- {json.dumps(tag)}" for tag in known) or "- und",
        size=next((name for most, name in _SIZES if tally.articles < most), "n>10M"),
        path=json.dumps(path, ensure_ascii=False),  # a JSON string is a YAML string
        articles=tally.articles,
        words=tally.words,
        days=_days(tally),
        now=now,
        version=version,
        choice=f" ({_plain(choice)})" if choice else "",
        publishers=_table("publisher", tally.publishers),
        languages=_table("language", tally.languages),
        fields=_rows([("field", "type", "meaning"), *((f"`{f.name}`", f.kind, f.meaning) for f in FIELDS)]),
        policy=_FIRST_ONLY if clusters_first else _ALL,
    )


_FIRST_ONLY = "Of articles that are nearly the same text, only the one published first is in it (`--clusters first`)."
_ALL = "Articles that are nearly the same text are all in it and share `cluster_id`; `--clusters first` leaves one of each."


def _days(tally: Tally) -> str:
    undated = f" Without a date: {tally.undated:,}." if tally.undated else ""
    return (f"Published from {tally.first_day} to {tally.last_day}." if tally.first_day else "None has a date.") + undated


def _table(name: str, counts: Counter[str]) -> str:
    rows = [(_plain(one) or "(unknown)", f"{count:,}") for one, count in counts.most_common(_PUBLISHERS_SHOWN)]
    if rest := len(counts) - len(rows):
        shown = sum(count for _, count in counts.most_common(_PUBLISHERS_SHOWN))
        rows.append((f"{rest:,} others", f"{counts.total() - shown:,}"))
    return _rows([(name, "articles"), *rows])


def _rows(rows: list[tuple[str, ...]]) -> str:
    lines = [f"| {' | '.join(row)} |" for row in rows]
    return "\n".join([lines[0], f"| {' | '.join('---' for _ in rows[0])} |", *lines[1:]])


def _plain(text: str) -> str:
    """Text that is no markup in a table of Markdown."""
    return "".join(f"\\{letter}" if letter in "|\\`*_<[]" else letter for letter in " ".join(text.split()))
