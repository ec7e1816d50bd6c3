"""What each format writes, read again by the programs that people use."""

import csv
import io
import json
from typing import Any

import feedparser
import pyarrow
import pyarrow.parquet
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from almasalla_crawler.exports.atom import entry_id, write_atom
from almasalla_crawler.exports.cells import SEPARATOR
from almasalla_crawler.exports.fields import FIELDS, Exported, exported
from almasalla_crawler.exports.formats import FORMATS, writer
from almasalla_crawler.exports.lines import BETWEEN_TEXTS

NOW = "2025-06-01T08:00:00Z"
COLUMNS = {
    "id": 7, "url": "https://site.example/7", "publisher": "صحيفة النخيل", "title": "افتتاح سوق السمك في الفاو",
    "body": "افتتح السوق صباح اليوم بحضور الصيادين.\n\nوقال المدير إن فيه أربعين محلاً.", "block_roles": ["paragraph", "paragraph"],
    "word_count": 12, "date_published_raw": "21 أيار 2025", "date_published_date": "2025-05-21", "date_published_utc": None,
    "date_published_precision": "day", "date_modified_utc": None, "dateline_place": "البصرة", "dateline_agency": None,
    "credit": None, "section": "اقتصاد", "language": "ar", "image_url": None, "fingerprint": "a" * 32, "cluster_id": None,
    "first_seen_at": "2025-05-22T06:00:00Z", "observed_at": "2025-05-22T05:59:00Z", "role": "main",
    "authors": ["كاظم العامري"], "keywords": ["الفاو", "صيد"], "pages": ["https://site.example/7"],
}  # fmt: skip


def article(**columns: Any) -> Exported:
    return exported(COLUMNS | columns)


def written(name: str, *articles: Exported) -> bytes:
    file = io.BytesIO()
    writer(name, NOW)(articles, file)
    return file.getvalue()


def test_jsonl_has_one_article_a_line_in_its_own_letters() -> None:
    first, second = written("jsonl", article(), article(id=8)).decode().splitlines()
    assert json.loads(first) == article()
    assert (json.loads(second)["id"], "افتتاح سوق" in first) == (8, True)


def test_csv_is_read_as_it_was_written() -> None:
    body = 'قال: "نعم"، ثم\n\nسطر؛ آخر'
    (row,) = csv.DictReader(io.StringIO(written("csv", article(body=body)).decode(), newline=""))
    assert (row["articleBody"], row["keywords"], row["cluster_id"]) == (body, SEPARATOR.join(["الفاو", "صيد"]), "")


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\n", "＝"])
def test_csv_has_no_cell_that_a_spreadsheet_runs(start: str) -> None:
    text = written("csv", article(title=f"{start}1+1", authors=[f"{start}SUM(A1)"])).decode()
    (row,) = csv.DictReader(io.StringIO(text, newline=""))
    assert (row["headline"], row["author"]) == (f"'{start}1+1", f"'{start}SUM(A1)")


def test_txt_has_texts_that_can_be_told_apart() -> None:
    text = written("txt", article(), article(title=None, body="نص بلا عنوان."), article(title="الثالث")).decode()
    first, second, third = text.split(BETWEEN_TEXTS)
    assert first == f"{COLUMNS['title']}\n\n{COLUMNS['body']}"
    assert (second.strip(), third.startswith("الثالث\n\n"), text[-1]) == ("نص بلا عنوان.", True, "\n")


def test_atom_is_a_feed_that_readers_understand() -> None:
    feed = feedparser.parse(io.BytesIO(written("atom", article(title="<b>سوق & ميناء</b>"), article(id=8, url=None))))
    assert not feed.bozo
    first, second = feed.entries
    assert (first.id, first.link, first.title) == (COLUMNS["url"], COLUMNS["url"], "<b>سوق & ميناء</b>")
    assert (first.content[0].type, first.content[0].value) == ("text/plain", COLUMNS["body"])
    assert (first.published, first.author, [tag.term for tag in first.tags]) == (
        "2025-05-21T00:00:00Z",
        "كاظم العامري",
        COLUMNS["keywords"],
    )
    assert second.id == "tag:site.example,2025-05-22:article/8"


def test_atom_has_what_the_standard_requires() -> None:
    feed = etree.fromstring(written("atom", article(authors=[], publisher=None, title=None, keywords=[])))
    names = [etree.QName(element).localname for element in feed]
    assert {"id", "title", "updated", "author", "entry"} <= set(names)
    entry = feed[names.index("entry")]
    assert {"id", "title", "updated", "content"} <= {etree.QName(element).localname for element in entry}
    assert entry.findtext("{*}title") == "افتتح السوق صباح اليوم بحضور الصيادين."


def test_an_entry_without_a_headline_has_more_than_a_dateline_for_a_title() -> None:
    body = "البصرة - متابعة\n\nافتتح السوق صباح اليوم. " + "حضر الصيادون وعائلاتهم من القرى القريبة. " * 9
    title = etree.fromstring(written("atom", article(title=None, body=body))).findtext("{*}entry/{*}title")
    assert title.startswith("البصرة - متابعة افتتح السوق صباح اليوم. حضر")
    assert title.endswith("…")
    assert len(title) <= 81


def test_an_article_that_only_a_file_shows_has_an_id_of_its_own() -> None:
    assert entry_id(article(url=None, pages=["seed:saved/a.txt"])) == "tag:almasalla.invalid,2025-05-22:article/7"


@given(st.sampled_from(FORMATS), st.text(st.characters(exclude_categories=[]), max_size=60))
def test_no_character_breaks_a_format(name: str, text: str) -> None:
    """Control characters, lone surrogates and NUL are left out; everything else is there."""
    nasty = article(title=text, body=f"أول {text} آخر", authors=[text], keywords=[text], publisher=text, url=None, pages=[])
    body = written(name, nasty)
    if name == "parquet":
        assert pyarrow.parquet.read_table(io.BytesIO(body)).to_pylist()[0]["articleBody"] == nasty["articleBody"]
    elif name == "atom":
        assert etree.fromstring(body).findtext("{*}entry/{*}content") == nasty["articleBody"].replace("\r", "\n")
    elif name == "csv":
        (row,) = csv.DictReader(io.StringIO(body.decode(), newline=""))
        assert row["articleBody"] == nasty["articleBody"]
    elif name == "jsonl":
        assert json.loads(body.decode().removesuffix("\n"))["articleBody"] == nasty["articleBody"]
    else:
        assert body.decode().startswith(" ".join(nasty["headline"].split()))


def test_parquet_has_typed_columns() -> None:
    body = written("parquet", article(date_published_utc="2025-05-21T09:30:00Z"), article(date_published_date="29 شباط"))
    table = pyarrow.parquet.read_table(io.BytesIO(body))
    moment = pyarrow.timestamp("us", tz="UTC")
    assert [table.schema.field(name).type for name in ("datePublished", "observed_at", "date_published_date", "keywords")] == [
        moment,
        moment,
        pyarrow.date32(),
        pyarrow.list_(pyarrow.string()),
    ]
    assert [str(value) for value in table["datePublished"].to_pylist()] == ["2025-05-21 09:30:00+00:00", "None"]


def test_parquet_is_written_in_row_groups(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("almasalla_crawler.exports.parquet.ROWS_OF_A_GROUP", 2)
    body = written("parquet", *(article(id=number) for number in range(5)))
    assert pyarrow.parquet.ParquetFile(io.BytesIO(body)).metadata.num_row_groups == 3


@pytest.mark.parametrize("name", FORMATS)
def test_no_article_is_a_whole_file_too(name: str) -> None:
    body = written(name)
    assert {"jsonl": body == b"", "csv": body.startswith(b"id,"), "txt": body == b"", "atom": body.endswith(b"</feed>\n"),
            "parquet": body.startswith(b"PAR1")}[name]  # fmt: skip


def test_every_field_has_a_name_of_its_own() -> None:
    assert len({field.name for field in FIELDS}) == len(FIELDS) == len(article())


def test_an_atom_feed_says_when_it_was_made() -> None:
    file = io.BytesIO()
    write_atom([], file, NOW)
    assert feedparser.parse(io.BytesIO(file.getvalue())).feed.updated == NOW
