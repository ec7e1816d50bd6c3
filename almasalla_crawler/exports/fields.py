"""The fields of an exported article, the same in every format. docs/export.md is tested against them."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Exported = dict[str, Any]  # name of a field -> str, int, list of str, or None


@dataclass(frozen=True, slots=True)
class Field:
    name: str  # of schema.org NewsArticle where it has one; else that of our column
    kind: str  # integer, text, texts, time (ISO 8601 UTC), day (ISO)
    source: str | Callable[[dict[str, Any]], Any]  # column, or what makes the value of the columns
    meaning: str

    def of(self, article: dict[str, Any]) -> Any:
        value = article[self.source] if isinstance(self.source, str) else self.source(article)
        return [_clean(one) for one in value] if isinstance(value, list) else _clean(value) if isinstance(value, str) else value


# Characters that some format has no way to write: all but the tab and the newline of those that XML 1.0 forbids.
_NOT_WRITABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def _clean(text: str) -> str:
    return _NOT_WRITABLE.sub("", text)


def _published(article: dict[str, Any]) -> Any:
    return article["date_published_utc"] or article["date_published_date"]


FIELDS = (
    Field("id", "integer", "id", "number of the article; stays the same as long as the database"),
    Field("url", "text", "url", "its address on its publisher's own site; null if unknown"),
    Field("headline", "text", "title", "headline as written; null if no page shows one"),
    Field("articleBody", "text", "body", "text; paragraphs, sub-headings and list items are separated by one blank line"),
    Field("datePublished", "time", _published, "moment of publication; a day where no more is known (date_published_precision)"),
    Field("dateModified", "time", "date_modified_utc", "last change that its publisher states"),
    Field("author", "texts", "authors", "persons, as written"),
    Field("publisher", "text", "publisher", "whoever wrote it, also when an aggregator shows it"),
    Field("keywords", "texts", "keywords", "keywords and categories, as written"),
    Field("articleSection", "text", "section", "section of the outlet"),
    Field("inLanguage", "text", "language", "BCP 47"),
    Field("image", "text", "image_url", "address of the lead image"),
    Field("creditText", "text", "credit", "line of names and desks under the text"),
    Field("wordCount", "integer", "word_count", "words of the text"),
    Field("isPartOf", "texts", "pages", "pages it was seen on, those whose main article it is first; seed: names a file"),
    Field("role", "text", "role", "main, or related if no page shows it as its own article"),
    Field("date_published_date", "day", "date_published_date", "calendar day of publication as the page states it"),
    Field("date_published_precision", "text", "date_published_precision", "day, minute, second"),
    Field("date_published_raw", "text", "date_published_raw", "the date as the page writes it"),
    Field("dateline_place", "text", "dateline_place", "بغداد of «بغداد/المسلة:»"),
    Field("dateline_agency", "text", "dateline_agency", "المسلة of «بغداد/المسلة:»"),
    Field("block_roles", "texts", "block_roles", "what each block of articleBody is: paragraph, subheading, list_item, dateline"),
    Field("cluster_id", "integer", "cluster_id", "articles that are one text share it; null for one that stands alone"),
    Field("fingerprint", "text", "fingerprint", "hash that two equal texts share, whatever their spelling of hamzas and spaces"),
    Field("first_seen_at", "time", "first_seen_at", "when it was first stored"),
    Field("observed_at", "time", "observed_at", "when a page showed this text"),
)  # fmt: skip


def exported(article: dict[str, Any]) -> Exported:
    """The fields of an article as storage gives it."""
    return {field.name: field.of(article) for field in FIELDS}
