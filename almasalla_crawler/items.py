"""The values that flow through the project. The words are those of docs/database.md."""

from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from operator import attrgetter
from typing import Any, ClassVar, Self

MARKER_KINDS = frozenset({"read_also", "similar", "disclaimer", "drop"})  # what a whole line in an outlet's own words opens or is
BODY_ROLES = frozenset({"paragraph", "subheading", "list_item", "dateline"})  # of the lines that make up a body
LISTINGS = frozenset({"listing", "feed", "sitemap", "rest"})  # kinds of pages that name others and hold no article


class _Packed:
    """Goes between processes as its values alone; pickle's own way names each field and takes half as long again."""

    __slots__ = ()
    __match_args__: ClassVar[tuple[str, ...]]

    def __reduce__(self) -> tuple[type[Self], tuple[Any, ...]]:
        return type(self), _values_of(type(self))(self)  # type: ignore[arg-type]  # mypy: a class of dataclasses is not hashable


@cache
def _values_of(packed: type[_Packed]) -> "attrgetter[tuple[Any, ...]]":
    return attrgetter(*packed.__match_args__)


@dataclass(frozen=True, slots=True)
class Layout(_Packed):
    """Where an outlet's html pages have their parts: CSS selectors of tags, classes, ids and attributes.

    A part that pages do not have stays "". Inside the body the others count: a list of related articles there is no text.
    """

    body: str  # holds the text of the article
    title: str = ""
    date: str = ""
    authors: str = ""
    section: str = ""
    tags: str = ""
    author_box: str = ""  # on the author, below the text
    related: str = ""  # headlines of other articles
    drop: str = ""  # all else that is none of the text: share buttons, adverts, navigation
    until: str = ""  # ISO: the last day on which pages looked like this; "" if they still do


@dataclass(frozen=True, slots=True)
class Outlet(_Packed):
    """What a site says about itself in its file in spiders/."""

    name: str
    hosts: tuple[str, ...] = ()
    publisher: str = ""  # whose own site it is; "" for an aggregator, which shows the articles of others
    time_zone: str = ""  # IANA name: what a time without an offset means; "" where the language of the text decides
    language: str = ""  # BCP 47, for texts too short to tell
    layouts: tuple[Layout, ...] = ()
    markers: tuple[tuple[str, str], ...] = ()  # whole lines in the site's own words, and the kind of each: MARKER_KINDS


@dataclass(slots=True)
class Line(_Packed):
    """One block of text of a page in reading order."""

    number: int  # 1-based among the non-blank lines of the page
    text: str  # in display spelling: NFC, single spaces, nothing invisible
    tag: str = "text"  # html element the block stands in; "li" for a bullet, "text" for bare text
    href: str = ""  # target of the link that holds the whole line, "" if there is none
    zone: str = ""  # part of the page its html structure puts it in, "" when structure says nothing: see readers/zones.py
    links: tuple[tuple[str, str], ...] = ()  # text and target of each link inside the line
    gap: bool = False  # a blank line (text) or a block boundary (html) stands before it
    part: str = ""  # field of the outlet's Layout that names the zone, "" when none does
    key: str = ""  # search key of the text, set by `clean`
    role: str = ""
    rule: str = ""  # what decided the role; never empty once a page is split
    value: str = ""  # what a labelled line carries: X of "المصدر: X", the headline of an inline read-also line
    article: int | None = None  # index in Page.articles of the article it belongs to


@dataclass(slots=True)
class Fact(_Packed):
    """A candidate value of an article's field, and where it was found."""

    field: str  # column of the articles table, "author", "keyword", "url", "page_type", or "problem": markup nobody could read
    value: str  # display text; of dates ISO once they are read
    source: str  # rule of the text, or place in the markup: `json-ld:headline`, `og:title`, `microdata:author`, `html:lang`
    raw: str = ""  # as the page writes it
    chosen: bool = False


@dataclass(slots=True)
class Article(_Packed):
    """One news text as seen on a page. Field names follow schema.org NewsArticle where it has them."""

    role: str  # "main" | "related"
    position: int  # among the articles of its role on the page, from 0
    lines: list[Line] = field(default_factory=list)  # every line that belongs to it, noise included
    title: str | None = None
    title_source: str | None = None
    url: str | None = None  # canonical url on the publisher's own site
    own_site: bool = False
    publisher: str | None = None
    body: str = ""  # blocks separated by one blank line
    block_roles: list[str] = field(default_factory=list)  # role of each block: paragraph, subheading, list_item, dateline
    title_key: str = ""
    body_key: str = ""
    fingerprint: str = ""
    sketch: bytes = b""  # numbers it shares with texts like it; empty for a short text
    paragraph_count: int = 0  # paragraphs and list items
    word_count: int = 0
    date_published_raw: str | None = None
    date_published_date: str | None = None  # ISO day as the page states it
    date_published_utc: str | None = None  # ISO UTC; None at day precision
    date_published_precision: str | None = None  # day, minute, second
    date_published_rule: str | None = None
    date_modified_utc: str | None = None
    dateline_place: str | None = None
    dateline_agency: str | None = None
    credit: str | None = None
    section: str | None = None
    language: str | None = None  # BCP 47
    image_url: str | None = None
    authors: list[str] = field(default_factory=list)
    keywords: list[tuple[str, str]] = field(default_factory=list)  # (keyword, "tag" | "category")
    facts: list[Fact] = field(default_factory=list)
    id: int | None = None  # row in articles, once stored
    outcome: str = ""  # what storing did: new, known, revised, older (a text it had before)


@dataclass(slots=True)
class Mention(_Packed):
    """A headline on a page that names an article without its text."""

    kind: str  # "similar" | "read_also" | "link"
    position: int  # among the mentions of the page, from 0
    title: str
    title_key: str
    url: str | None = None


@dataclass(slots=True)
class Reject:
    """Something that is not kept. Reasons are listed in docs/database.md."""

    stage: str  # "fetch" | "read" | "split" | "pipeline" | "store"
    reason: str
    detail: str = ""


class Rejected(Exception):  # noqa: N818 - a verdict on the input, not an error of ours
    """Raised by a stage that refuses a page; carries the row for `rejects`."""

    def __init__(self, stage: str, reason: str, detail: str = "") -> None:
        super().__init__(f"{stage}: {reason}: {detail}")
        self.reject = Reject(stage, reason, detail)


@dataclass(slots=True)
class Discovered:
    """An address that a listing names, with what the listing states about it."""

    url: str  # canonical
    kind: str = "article"  # or one of LISTINGS
    modified: str = ""  # last change as stated: ISO UTC, or an ISO day; "" if nothing is stated
    facts: list[Fact] = field(default_factory=list)
    spellings: list[tuple[str, str]] = field(default_factory=list)  # other addresses of the page, (url, kind): see table urls
    digest: str = ""  # of the title and text that are told; "" where a time of change tells more


@dataclass(slots=True)
class Listing:
    """What a feed, sitemap, REST list or archive page says."""

    entries: list[Discovered] = field(default_factory=list)
    facts: list[Fact] = field(default_factory=list)  # about the site: publisher, language
    pages: int = 1  # of the list, where it says so
    total: int = 0  # entries on all of them, where it says so
    is_accounted: bool = False  # of a REST list: does what was read of it in this crawl explain its total?
    waits_to_be_named: bool = False  # of a REST list: is this page asked for only when the one before it, or a look, names it?
    next_url: str = ""  # the page of the list behind this one
    ttl_s: int = 0  # seconds for which the publisher says it does not change; 0 if nothing is said
    rejects: list[tuple[str, Reject]] = field(default_factory=list)  # address and why it is not an entry
    missing: list[str] = field(default_factory=list)  # pages that the list, read to its end, no longer names


@dataclass(slots=True)
class Visit:
    """How a page was reached over the network: what its row in the frontier becomes."""

    page_id: int  # leased row; 0 for a page that was not in the frontier
    url: str  # address of that row
    status: int = 0  # of HTTP; 0 if there was no answer
    outcome: str = "read"  # "read" | "unchanged" | "missing" | "failed" | "postponed": not asked for, the host is left alone
    etag: str = ""
    last_modified: str = ""
    spellings: list[tuple[str, str]] = field(default_factory=list)  # other addresses that led here, (url, kind)
    listing: Listing | None = None  # what a listing says
    is_last: bool = True  # a long listing is stored in several pieces; its validators with the last one
    failed_before: bool = False  # the last look at it failed, found nothing there, or no article: failing again is no news


@dataclass(slots=True)
class Page:
    """One capture of one address: what was seen there. Holds plain values only, so every stage runs alone."""

    url: str  # canonical
    door: str  # "html", "rest", "feed", "warc", or "file:" and the path below the seeds directory
    outlet: str | None = None
    site: Outlet | None = None  # the outlet's description of itself, if it has a file in spiders/
    kind: str = "article"
    observed_at: str = ""  # ISO UTC: when the page looked like this (saved_at, else the file's time)
    now: datetime | None = None  # aware; what "two hours ago" on the page is relative to; None if unknown
    raw_at: str = ""  # where the bytes are: path of the file
    body: bytes = b""  # as it came, unpacked; empty once it is read
    file_url: str = ""  # seed: url that the page of the file has while no index names its url; "" if none does
    further_bodies: list[bytes] = field(default_factory=list)  # of an article on several pages
    stated: list[Fact] = field(default_factory=list)  # what a listing or the REST record states about it
    body_sha256: str = ""
    encoding: str = ""
    replaced_chars: int = 0  # bytes that could not be decoded
    letter_count: int = 0  # letters of the visible text, by a pass that does not build lines
    lines: list[Line] = field(default_factory=list)
    packed_lines: bytes = b""  # as captures.lines has them; empty until `conserve` has counted them
    shape: str = (
        ""  # what the html shows: "article" (its text has the zone content), "listing", "no text", "" if it has no structure
    )
    facts: list[Fact] = field(default_factory=list)  # what the markup of the page states about its article, none chosen
    articles: list[Article] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    reject: Reject | None = None
    visit: Visit | None = None  # None for a page read from a file

    @property
    def has_text(self) -> bool:
        """Is there something for the stages to read?"""
        return self.reject is None and self.kind not in LISTINGS and (self.visit is None or self.visit.outcome == "read")
