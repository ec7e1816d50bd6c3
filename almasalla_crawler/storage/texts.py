"""The texts an article has had. The latest is current, the others are its revisions, whatever the order they were read in.

A text counts as of the last time its publisher's own site showed it; one that only other pages showed, as of the first
time: a copy that lags behind does not turn an edit back.
"""

import json
import sqlite3
from dataclasses import replace
from typing import Any

from almasalla_crawler.arabic.letters import search_keys
from almasalla_crawler.items import BODY_ROLES
from almasalla_crawler.storage.packed_lines import page_lines
from almasalla_crawler.storage.wordings import Text, is_headline_edited, join_texts

_OF_ARTICLE = "fingerprint, text_title, body, block_roles, observed_at, text_rank, text_page_id"
_OF_REVISION = "fingerprint, title, body, block_roles, observed_at, rank, page_id"
_IS_TEXT = "article_id = ? AND changed = 'text'"


class Texts:
    """The texts of one article in the database."""

    def __init__(self, connection: sqlite3.Connection, article_id: int, crawl_id: int | None) -> None:
        self.connection = connection
        self.article_id = article_id
        self.crawl_id = crawl_id
        self.retitled = False  # got the current text another headline from the page whose wording it is?

    def all(self) -> list[Text]:
        """The current one first."""
        current = self.connection.execute(f"SELECT {_OF_ARTICLE} FROM articles WHERE id = ?", (self.article_id,))
        once = self.connection.execute(f"SELECT {_OF_REVISION} FROM revisions WHERE {_IS_TEXT}", (self.article_id,))
        return [Text(*row) for row in (*current, *once)]

    def add(self, text: Text, reread: bool = False, replaced: bool = False) -> bool:
        """Was the text new to the article? One that it has already may be worded better, or count as of another time.

        Another headline on the same page is a revision too, unless newer rules only read it otherwise.
        """
        texts = self.all()
        known = next((one for one in texts if one.fingerprint == text.fingerprint), None)
        joined = text if known is None else join_texts(known, text)
        if known is not None and known.page_id == text.page_id and is_headline_edited(known, text):
            joined = replace(joined, title=self._latest_headline(known, text, reread, replaced))
            self.retitled = known is texts[0] and joined.title != known.title
        if joined == known:
            return False
        if known is None:
            self._insert(text)
        else:
            self._write(joined, current=known is texts[0])
            if known.page_id != joined.page_id:
                self.drop_foreign_headlines()
        self.settle()
        return known is None

    def overwrite(self, fingerprint: str, text: Text) -> None:
        """Newer rules read `text` where older ones had read the text with this fingerprint: that is no revision."""
        texts = self.all()
        old = next((one for one in texts if one.fingerprint == fingerprint), None)
        if old is None or old.rank > text.rank:  # a stronger page showed it too and is read again itself
            self.add(text)
        elif all(one.fingerprint != text.fingerprint for one in texts):
            self._write(replace(text, observed_at=old.observed_at), old is texts[0], fingerprint)
        else:
            self.add(text)
            current, *once = self.all()
            if current.fingerprint == fingerprint:
                self._promote(next(one for one in once if one.fingerprint == text.fingerprint))
            self._delete(fingerprint)
        self.connection.execute(
            "UPDATE OR REPLACE revisions SET fingerprint = ?, body = ?, block_roles = ?"
            " WHERE article_id = ? AND changed = 'title' AND fingerprint = ? AND page_id = ?",
            (text.fingerprint, text.body, text.block_roles, self.article_id, fingerprint, text.page_id),
        )

    def withdraw(self, page_id: int) -> None:
        """Removes what only this page gave. Its appearances are deleted already; others are left."""
        self._delete_headlines("page_id = ?", page_id)
        shown = self._shown()
        current, *once = self.all()
        for text in once:
            if text.page_id == page_id and text.fingerprint in shown:
                self._write(shown[text.fingerprint], current=False)
            elif text.page_id == page_id:
                self._delete(text.fingerprint)
        if current.page_id == page_id:
            _, *left = self.all()
            others = [shown[current.fingerprint]] if current.fingerprint in shown else left or list(shown.values())
            self._promote(max(others, key=lambda one: one.age))
        self.settle()

    def _shown(self) -> dict[str, Text]:
        """What pages show now, by fingerprint, read from the lines of their captures."""
        rows = self.connection.execute(
            "SELECT p.fingerprint, p.title, p.first_line, c.lines, c.observed_at,"
            " iif(p.role = 'main', iif(g.url = a.url, 3, 2), 1), p.page_id"
            " FROM appearances p JOIN captures c ON c.id = p.capture_id"
            " JOIN pages g ON g.id = p.page_id JOIN articles a ON a.id = p.article_id WHERE p.article_id = ?",
            (self.article_id,),
        )
        shown: dict[str, Text] = {}
        for fingerprint, title, first_line, lines, *rest in rows:
            text = Text(fingerprint, title, *_blocks(page_lines(lines), first_line), *rest)
            shown[fingerprint] = join_texts(shown.get(fingerprint, text), text)
        return shown

    def settle(self) -> None:
        """Makes the latest text the current one."""
        current, *once = self.all()
        latest = max(once, key=lambda one: one.age, default=current)
        if latest.age > current.age:
            self._promote(latest)
            self._insert(current)

    def _latest_headline(self, known: Text, seen: Text, reread: bool, replaced: bool) -> str | None:
        """Of two headlines that one page gives one text, the one observed later; the other becomes a revision."""
        query = "SELECT max(said ->> '$.title[0]') FROM appearances WHERE page_id = ? AND article_id = ? AND fingerprint = ?"
        (said_at,) = self.connection.execute(query, (known.page_id, self.article_id, known.fingerprint)).fetchone()
        known_at = said_at or known.observed_at
        (earlier_at, earlier), (_, later) = sorted(
            [(known_at, known.title), (seen.observed_at, seen.title)], key=lambda one: one[0]
        )
        self._delete_headlines("page_id = ? AND fingerprint = ? AND title = ?", known.page_id, known.fingerprint, later)
        if not reread and (replaced or known_at != seen.observed_at):
            self.connection.execute(
                f"INSERT INTO revisions (article_id, crawl_id, {_OF_REVISION}, changed) VALUES (?,?,?,?,?,?,?,?,?,'title')"
                " ON CONFLICT (article_id, page_id, fingerprint, title) WHERE changed = 'title'"
                " DO UPDATE SET observed_at = max(observed_at, excluded.observed_at)",
                (self.article_id, self.crawl_id, *_values(replace(known, title=earlier, observed_at=earlier_at))),
            )
        return later

    def drop_foreign_headlines(self) -> None:
        """Earlier headlines count on the page that gives a text its wording; those of a weaker one are no history of it."""
        self._delete_headlines(
            "(fingerprint, page_id) NOT IN (SELECT fingerprint, text_page_id FROM articles WHERE id = ? UNION ALL"
            f" SELECT fingerprint, page_id FROM revisions WHERE {_IS_TEXT})",
            self.article_id,
            self.article_id,
        )

    def _delete_headlines(self, condition: str, *values: Any) -> None:
        query = f"DELETE FROM revisions WHERE article_id = ? AND changed = 'title' AND {condition}"
        self.connection.execute(query, (self.article_id, *values))

    def _promote(self, text: Text) -> None:
        self._delete(text.fingerprint)
        self._write(text, current=True)

    def _insert(self, text: Text) -> None:
        self.connection.execute(
            f"INSERT INTO revisions (article_id, crawl_id, {_OF_REVISION}, changed) VALUES (?,?,?,?,?,?,?,?,?,'text')",
            (self.article_id, self.crawl_id, *_values(text)),
        )

    def _delete(self, fingerprint: str) -> None:
        self.connection.execute(f"DELETE FROM revisions WHERE {_IS_TEXT} AND fingerprint = ?", (self.article_id, fingerprint))

    def _write(self, text: Text, current: bool, fingerprint: str | None = None) -> None:
        """Over the current text, or over the revision with this fingerprint (by default the text's own)."""
        if not current:
            self.connection.execute(
                f"UPDATE revisions SET {_assigned(_OF_REVISION)} WHERE {_IS_TEXT} AND fingerprint = ?",
                (*_values(text), self.article_id, fingerprint or text.fingerprint),
            )
            return
        key = " ".join(filter(None, search_keys(text.body.split("\n\n"))))
        paragraphs = sum(role in ("paragraph", "list_item") for role in json.loads(text.block_roles))
        self.connection.execute(
            f"UPDATE articles SET {_assigned(_OF_ARTICLE)}, body_key = ?, paragraph_count = ?, word_count = ? WHERE id = ?",
            (*_values(text), key, paragraphs, key.count(" ") + 1, self.article_id),
        )


def _blocks(lines: list[dict[str, Any]], first_line: int) -> tuple[str, str]:
    """Body and block roles of the article that the line with this number belongs to."""
    article = next((line["article"] for line in lines if line["number"] == first_line), None)
    blocks = [line for line in lines if line["article"] == article and line["role"] in BODY_ROLES]
    return "\n\n".join(line["text"] for line in blocks), json.dumps([line["role"] for line in blocks])


def _values(text: Text) -> tuple[Any, ...]:
    return (text.fingerprint, text.title, text.body, text.block_roles, text.observed_at, text.rank, text.page_id)


def _assigned(columns: str) -> str:
    return ", ".join(f"{name} = ?" for name in columns.split(", "))
