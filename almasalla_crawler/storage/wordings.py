"""A text as a page shows it, and which of two observations of it counts: no database."""

import json
from dataclasses import dataclass, replace

from almasalla_crawler.arabic.letters import dedup_key
from almasalla_crawler.items import Article, Page

OWN_SITE, MAIN_ELSEWHERE, RELATED = 3, 2, 1


@dataclass(frozen=True, slots=True)
class Text:
    fingerprint: str
    title: str | None  # headline that the page whose wording this is gives it
    body: str
    block_roles: str  # JSON
    observed_at: str  # when it counts as shown
    rank: int  # of the page whose wording this is
    page_id: int | None  # that page

    @property
    def age(self) -> tuple[str, int, str]:
        """The greatest of an article's texts is its current one."""
        return self.observed_at, self.rank, self.fingerprint


def text_of(article: Article, page: Page, page_id: int) -> Text:
    """The text as this page shows it."""
    roles = json.dumps(article.block_roles)
    return Text(article.fingerprint, article.title, article.body, roles, page.observed_at, rank_of(article), page_id)


def rank_of(article: Article) -> int:
    return OWN_SITE if article.own_site else MAIN_ELSEWHERE if article.role == "main" else RELATED


def join_texts(known: Text, seen: Text) -> Text:
    """Two observations of one text: the wording of the stronger page, and the time as of which it counts."""
    if seen.rank == known.rank == OWN_SITE:
        return max(known, seen, key=lambda one: (one.observed_at, one.body))
    stronger = max(known, seen, key=lambda one: (one.rank, one.body, one.title or ""))
    if stronger.rank == OWN_SITE:
        return stronger
    return replace(stronger, observed_at=min(known.observed_at, seen.observed_at))


def is_headline_edited(known: Text, seen: Text) -> bool:
    """A page that lost its headline keeps it; one that found it had none before."""
    return bool(known.title and seen.title) and dedup_key(known.title or "") != dedup_key(seen.title or "")
