"""Is a database in itself what we would have written? Its file, seals, references, clusters, dates, search index.

Each check gives what it found slice by slice and reads in short transactions: a crawl may write meanwhile.
"""

import shlex
import sqlite3
from hashlib import sha256

from almasalla_crawler.storage.failures import DAMAGED
from almasalla_crawler.storage.mentions import wrongly_resolved
from almasalla_crawler.storage.problems import FORGET, Found, Problem
from almasalla_crawler.storage.seals import PARENTS, PARTS, broken_schema, broken_seals, count_unsealed

COPIED_BYTES = 256 * 1024 * 1024  # a larger database is not copied to look at every posting of its search index
_REPORTED = 100  # of SQLite's own findings
_OF_INDEX = ("missing from index", "wrong # of entries in index", "non-unique entry in index", "rowid not at end-of-record")
_PAGE_OF = {
    "article": "SELECT g.url FROM appearances p JOIN pages g ON g.id = p.page_id WHERE p.article_id = ? ORDER BY p.role, p.id",
    **dict.fromkeys(("page", "mentions", "address"), "SELECT url FROM pages WHERE id = ?"),
}
_SAID = {
    "changed": "is not what was stored: {tables} of it changed on the disk",
    "gone": "is gone: {tables} had rows of it",
    "unknown": "has no seal: {tables} of it were written past the triggers, or the seal is lost",
}
_TIMES = {
    "articles": ("date_published_utc", "date_modified_utc", "first_seen_at", "observed_at"),
    "pages": ("first_seen_at", "last_seen_at", "due_at", "leased_until", "gone_at"),
    "captures": ("observed_at", "saved_at"),
    "revisions": ("observed_at",),
    "crawls": ("started_at", "finished_at"),
}


def statement(connection: sqlite3.Connection, sql: str) -> str:
    """A command that a person can type to run `sql` on this database."""
    return f'sqlite-utils query {shlex.quote(_path(connection))} "{sql}"'


def _path(connection: sqlite3.Connection) -> str:
    return str(connection.execute("PRAGMA database_list").fetchone()[2])


def check_file(connection: sqlite3.Connection, quick: bool) -> Found:
    """Pages, trees and, unless it must be quick, that each index has just the rows of its table."""
    found = connection.execute(f"PRAGMA {'quick_check' if quick else 'integrity_check'}({_REPORTED})").fetchall()
    reindex = f"unless seals are broken too, then restore a backup: {statement(connection, 'REINDEX')}"
    for text in ("; ".join(row[0].split("\n")) for row in found if row[0] != "ok"):
        yield [Problem(_path(connection), text, reindex if any(words in text for words in _OF_INDEX) else DAMAGED)]


def check_seals(connection: sqlite3.Connection) -> Found:
    if waiting := count_unsealed(connection):
        text = f"{waiting} rows were written by an older version or another program; what they hold is not vouched for"
        yield [Problem("unsealed", text, "the next crawl takes them as they are", is_note=True)]
    for kind in broken_schema(connection):
        accept = statement(connection, f"DELETE FROM seals WHERE kind = '{kind}'")
        yield [Problem(kind, "is not as it was made", f"restore a backup; if you changed it: {accept}")]
    for kind in PARTS:
        for broken in broken_seals(connection, kind):
            yield [_unsealed(connection, kind, identifier, what) for identifier, what in broken]


def _unsealed(connection: sqlite3.Connection, kind: str, identifier: int, what: str) -> Problem:
    row = connection.execute(_PAGE_OF[kind], (identifier,)).fetchone() if kind in _PAGE_OF else None
    text = _SAID[what].format(tables=" or ".join(table for table, _ in PARTS[kind]))
    if row is not None and what != "unknown":
        mend = FORGET.format(url=shlex.quote(row[0]))
    elif kind == "pairs":
        mend = _DEDUPE
    elif kind == "change":
        mend = f"{statement(connection, f'DELETE FROM changes WHERE revision_id = {identifier}')}, then {_DEDUPE}"
    else:
        mend = f"restore a backup; if it is right as it is: {_accept(connection, kind, identifier, what)}"
    return Problem(f"{kind} {identifier}", text, mend)


def _accept(connection: sqlite3.Connection, kind: str, identifier: int, what: str) -> str:
    """What makes a broken seal whole."""
    if what == "gone":
        return statement(connection, f"DELETE FROM seals WHERE kind = '{kind}' AND id = {identifier}")
    table, key = PARENTS[kind]
    return f"{statement(connection, f'UPDATE {table} SET {key} = {key} WHERE {key} = {identifier}')}, then crawl"


def check_references(connection: sqlite3.Connection) -> Found:
    """Rows that name a row of another table name one that is there; every article is shown by a page."""
    for table, rowid, parent, number in connection.execute("PRAGMA foreign_key_check"):
        keys = [row for row in connection.execute(f"PRAGMA foreign_key_list({table})") if row[0] == number]
        column, when_deleted = keys[0][3], keys[0][6]
        sql = f"DELETE FROM {table}" if when_deleted == "CASCADE" else f"UPDATE {table} SET {column} = NULL"
        text = f"{column} names a row of {parent} that is not there"
        yield [Problem(f"{table} row {rowid}", text, statement(connection, f"{sql} WHERE rowid = {rowid}"))]
    orphans = "SELECT id FROM articles a WHERE NOT EXISTS (SELECT 1 FROM appearances p WHERE p.article_id = a.id)"
    for (identifier,) in connection.execute(orphans):
        mend = statement(connection, f"DELETE FROM articles WHERE id = {identifier}")
        yield [Problem(f"article {identifier}", "no page shows it", mend)]
    for page_id, position in wrongly_resolved(connection):
        yield [Problem(f"mention {position} of page {page_id}", "names another article than its link or headline does", _DEDUPE)]


def check_clusters(connection: sqlite3.Connection) -> Found:
    """A cluster is a component over the pairs of kind copy and edited, named by its lowest id; an article in no pair has none."""
    component = _components(connection)
    clusters = dict(connection.execute("SELECT id, cluster_id FROM articles WHERE cluster_id IS NOT NULL"))
    for identifier in clusters.keys() - component.keys():
        yield [Problem(f"article {identifier}", "is in a cluster, and no pair of copies or edited texts has it", _DEDUPE)]
    for identifier in component.keys() - clusters.keys():
        yield [Problem(f"article {identifier}", "is in a pair of copies or edited texts, and in no cluster", _DEDUPE)]
    wrong = {found for identifier, found in clusters.items() if component.get(identifier, found) != found}
    yield [Problem(f"cluster {one}", "is not what the pairs join", _DEDUPE) for one in sorted(wrong, key=str)]


_DEDUPE = "scrapy dedupe --all"
_JOINED = (  # damage can make a text or nothing of a number
    "SELECT article_a, article_b FROM pairs WHERE kind IN ('copy', 'edited')"
    " AND typeof(article_b) = 'integer' AND article_a < article_b"
)


def _components(connection: sqlite3.Connection) -> dict[int, int]:
    """Article -> the lowest of those that pairs join with it."""
    parent: dict[int, int] = {}

    def root(one: int) -> int:
        while parent.setdefault(one, one) != one:
            parent[one] = parent[parent[one]]
            one = parent[one]
        return one

    for one, other in connection.execute(_JOINED):
        first, second = sorted((root(one), root(other)))
        parent[second] = first
    return {one: root(one) for one in parent}


def check_dates(connection: sqlite3.Connection) -> Found:
    """Days and moments are written as they must be, and the moment of publication lies on its day, somewhere on earth."""
    utc = "'[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:*Z'"
    same = "datetime({0}, '+0 days') IS replace(substr({0}, 1, 19), 'T', ' ')"  # not so for 30 February
    moment = f"{{0}} IS NOT NULL AND NOT ({same} AND {{0}} GLOB {utc})"
    wrong = [(table, column, moment.format(column)) for table, columns in _TIMES.items() for column in columns]
    day = "date_published_date"
    wrong.append(("articles", day, f"{day} IS NOT NULL AND date({day}, '+0 days') IS NOT {day}"))
    wrong.append(("articles", "date_published_utc", f"abs(julianday(substr(date_published_utc, 1, 10)) - julianday({day})) > 1"))
    for table, column, condition in wrong:
        for identifier, value in connection.execute(f"SELECT id, {column} FROM {table} WHERE {condition}"):
            yield [Problem(f"{table} {identifier}", f"{column} is no date that was written: {value}", "scrapy reparse --all")]
        yield []


def check_search_index(connection: sqlite3.Connection, quick: bool) -> Found:
    """The index has each article once; unless it must be quick, every posting is compared with the articles, on a copy."""
    tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE name LIKE 'articles_fts%'")}
    if "articles_fts" not in tables:
        return
    mend = statement(connection, "INSERT INTO articles_fts(articles_fts) VALUES ('rebuild')")
    if [tuple(row) for row in connection.execute("SELECT id, until FROM indexing")] != [(1, None)]:
        forget = statement(connection, "INSERT OR REPLACE INTO indexing VALUES (1, NULL)")
        yield [Problem("indexing", "says that articles wait for the search index", f"{forget}, then {mend}")]
    if "articles_fts_docsize" in tables:
        for one, other, text in (("articles", "articles_fts_docsize", "is not in the search index"),
                                 ("articles_fts_docsize", "articles", "is in the search index and not there")):  # fmt: skip
            for (identifier,) in connection.execute(f"SELECT id FROM {one} EXCEPT SELECT id FROM {other}"):
                yield [Problem(f"article {identifier}", text, mend)]
    yield []
    pages, size = (connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_count", "page_size"))
    if not quick and pages * size <= COPIED_BYTES and (text := _compared_on_a_copy(connection)):
        yield [Problem("articles_fts", f"does not fit the articles: {text}", mend)]


def _compared_on_a_copy(connection: sqlite3.Connection) -> str:
    """FTS5 looks at itself only when told so by an INSERT, which the original, open for reading, does not take.

    In its checksum a wrong word can cancel itself: so the words are also compared with those of an index made anew.
    """
    copy = sqlite3.connect("")  # a file of its own that is gone when it is closed
    try:
        connection.backup(copy)
        copy.execute("INSERT INTO articles_fts(articles_fts, rank) VALUES ('integrity-check', 1)")
        copy.execute("CREATE VIRTUAL TABLE temp.terms USING fts5vocab('main', 'articles_fts', 'row')")
        words = _words(copy)
        copy.execute("INSERT INTO articles_fts(articles_fts) VALUES ('rebuild')")
        if _words(copy) != words:
            return "a new one has other words"
    except sqlite3.DatabaseError as error:
        return str(error)
    finally:
        copy.close()
    return ""


def _words(copy: sqlite3.Connection) -> tuple[bytes, tuple[float, ...]]:
    """A hash of each word and how often it stands in how many articles, and a sum of the places where words stand."""
    copy.text_factory = bytes  # a damaged word may be no text
    digest = sha256()
    for row in copy.execute("SELECT term, doc, cnt FROM temp.terms"):
        digest.update(repr(row).encode())
    places = copy.execute("SELECT total(doc), total(offset), total(doc * offset) FROM articles_words").fetchone()
    return digest.digest(), places
