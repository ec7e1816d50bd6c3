"""Which of the values that a page states about its article is believed: one table, and what is known of how sources lie.

Pure functions: candidates in, values out. Every candidate stays a fact; the chosen ones are marked.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, tzinfo
from urllib.parse import urlsplit

from almasalla_crawler.arabic.letters import search_key
from almasalla_crawler.arabic.names import GIVEN_NAMES
from almasalla_crawler.items import Fact
from almasalla_crawler.pipelines.stated_dates import DatedFact, ShownDate, choose_modified, choose_published, read_stated
from almasalla_crawler.pipelines.stated_names import is_desk, is_name, is_slug, same_name, split_names
from almasalla_crawler.pipelines.stated_subjects import choose_keywords
from almasalla_crawler.pipelines.stated_titles import Heading, choose_title
from almasalla_crawler.pipelines.title_parts import names_a_site

# The sources of each field, the most trusted first. A source that is not named here is kept and never chosen: `VideoObject`
# dates the film beside the article, `dc.contributor` names its photographer.
ORDER: dict[str, tuple[str, ...]] = {
    "title": (
        "rest:title",
        "json-ld:headline", "og:title", "microdata:headline", "rdfa:headline", "twitter:title", "hatom:entry-title", "headline",
        "parsely-title", "sailthru.title", "article:headline", "cxenseparse:title", "json-ld:name", "json-ld:ClaimReview.name",
        "microdata:name", "dc.title", "dcterms.title", "dc:title", "json-ld:WebPage.headline", "json-ld:WebPage.name",
        "rdfa:title", "json-ld:alternativeHeadline", "title",
        "feed:title", "sitemap:title", "html:title", "listing:link",
    ),
    "date_published": (
        "rest:date",
        "json-ld:datePublished", "microdata:datePublished", "rdfa:datePublished", "article:published_time",
        "article:published:time", "article_published_time", "og:article:published_time", "article:published", "datepublished",
        "feed:published",
        "published_at", "published_time", "parsely-pub-date", "cxenseparse:publishtime", "json-ld:WebPage.datePublished",
        "json-ld:ClaimReview.datePublished", "json-ld:LiveBlogPosting.datePublished", "og:published_time", "publishdate",
        "publish-date", "publish_date", "article:published_date", "article:publication_date", "originalpublicationdate",
        "pubdate", "publication_date", "publicationdate", "dc.date.issued", "dcterms.issued", "dcterms.date", "dcterms.created",
        "dc.date", "dc.date.created", "date", "cxenseparse:recs:publishtime", "sailthru.date", "citation_publication_date",
        "prism.publicationdate", "release_date", "date.created", "rdfa:date", "rdfa:created", "json-ld:dateCreated",
        "microdata:dateCreated",
        "sitemap:publication_date", "time:pubdate", "hatom:published", "hatom:entry-date", "time:beside_headline", "url:day",
        "script:date_published",
    ),
    "date_modified": (
        "rest:modified",
        "json-ld:dateModified", "microdata:dateModified", "rdfa:dateModified", "article:modified_time", "article:modified:time",
        "article_modified_time", "og:article:modified_time", "datemodified", "date.modified", "json-ld:WebPage.dateModified",
        "og:updated_time", "dcterms.modified", "dc.date.modified", "article:modified", "last-modified", "lastmod",
        "hatom:updated", "feed:updated",
    ),
    "author": (
        "rest:author",
        "json-ld:author", "microdata:author", "rdfa:author", "parsely-author", "cxenseparse:author", "sailthru.author",
        "articleauthor", "twitter:data", "twitter:misc:written by", "author", "authors", "byl", "article:author_name",
        "og:article:author", "article:author", "dc.creator", "dcterms.creator", "dc:creator", "citation_author",
        "json-ld:creator", "microdata:creator", "json-ld:WebPage.author", "json-ld:ClaimReview.author", "feed:author",
        "hatom:fn", "rel:author", "block:post-author", "script:author",
    ),
    "keyword": (
        "rest:post_tag",
        "json-ld:keywords", "keywords", "article:tag", "og:article:tag", "news_keywords", "microdata:keywords", "parsely-tags",
        "dc.subject", "dcterms.subject", "og:tag", "rel:tag", "sailthru.tags", "json-ld:WebPage.keywords", "json-ld:about",
        "cxenseparse:keywords", "tags", "feed:category", "sitemap:keywords", "script:keyword",
    ),
    "category": ("rest:category", "rel:category"),
    "section": (
        "rest:category",
        "article:section", "json-ld:articleSection", "microdata:articleSection", "og:article:section", "og:section",
        "parsely-section", "rel:category tag", "cxenseparse:recs:category", "category", "section", "json-ld:genre",
    ),
    "publisher": (
        "og:site_name", "json-ld:publisher", "microdata:publisher", "json-ld:WebPage.publisher", "application-name",
        "dc.publisher", "publisher", "site_name", "rest:name", "sitemap:name", "feed:title",
    ),
    "language": (
        "json-ld:inLanguage", "html:lang", "content-language", "og:locale", "microdata:inLanguage", "dc.language", "language",
        "sitemap:language", "feed:language",
    ),
    "image_url": (
        "og:image", "og:image:url", "og:image:secure_url", "json-ld:image", "microdata:image", "twitter:image",
        "twitter:image:src", "link:image_src", "json-ld:thumbnailUrl", "parsely-image-url",
    ),
    "url": ("link:canonical", "og:url", "json-ld:url", "json-ld:mainEntityOfPage", "microdata:url", "microdata:mainEntityOfPage"),
    "page_type": ("json-ld:@type", "microdata:@type", "rdfa:@type", "og:type", "body:class"),
}  # fmt: skip
_RANK = {name: {source: rank for rank, source in enumerate(sources)} for name, sources in ORDER.items()}
_SITE_SOURCES = frozenset(
    {"og:site_name", "json-ld:publisher", "microdata:publisher", "application-name", "dc.publisher", "publisher", "site_name"}
)
_NOUNS_OF_SITES = frozenset("صحيفه جريده وكاله قناه".split())  # `النخيل` signs for `صحيفة النخيل`; a person has the other kinds
# These name the account that published an article, as REST does.
_BLOCK = "block:post-author"
_ACCOUNTS = frozenset({"feed:author", "hatom:fn", "rel:author", _BLOCK})
_EXACT = "rest:"  # what the site's own database says of a post: taken as it is


@dataclass(frozen=True, slots=True)
class Shown:
    """What the text of the page shows beside what its markup states."""

    headings: list[Heading] = field(default_factory=list)  # in reading order
    lines: dict[str, str] = field(default_factory=dict)  # text of every line by its search key
    publishers: frozenset[str] = frozenset()  # search keys of the names that the text gives to whoever publishes it
    menu: frozenset[str] = frozenset()  # search keys of the links with a few words
    published: ShownDate = field(default_factory=ShownDate)
    authors: list[str] = field(default_factory=list)
    text: str = ""  # search key of the article, to tell its keywords from the site's
    zone: tzinfo | None = None  # where the readers are, if the language tells: what a time without an offset means
    people_only: bool = False  # are organisations no authors here?
    language: str = ""  # of the text, where a date may be of a calendar that it tells
    linked: frozenset[str] = frozenset()  # search keys of the lines that are links wherever they stand


@dataclass(slots=True)
class Chosen:
    facts: list[Fact]  # every candidate; those that were believed are marked
    title: Fact | None = None
    title_is_sure: bool = False  # does the text of the page or another source bear it out?
    published: DatedFact | None = None
    modified: DatedFact | None = None
    authors: list[Fact] = field(default_factory=list)
    keywords: list[Fact] = field(default_factory=list)
    categories: list[Fact] = field(default_factory=list)

    def first(self, name: str) -> Fact | None:
        """The chosen candidate of a field with one value."""
        return next((fact for fact in self.facts if fact.field == name and fact.chosen), None)


def choose(stated: Iterable[Fact], shown: Shown, url: str = "", now: datetime | None = None) -> Chosen:
    """The values to believe, from what the markup of the page at `url` states and what its text shows."""
    facts = [Fact(fact.field, fact.value, fact.source, fact.raw) for fact in stated]  # replace() takes ten times as long
    sites = site_names(facts, url)
    chosen = Chosen(facts)
    exact = [fact for fact in facts if fact.source.startswith(_EXACT)]
    _choose_dates(chosen, shown, now)
    if title := next(in_order(exact, "title"), None):
        chosen.title, chosen.title_is_sure = title, True
        named = in_order(exact, "author")
        chosen.authors = [fact for fact in named if is_name(fact.value, shown.people_only) or is_desk(fact.value)]
        if not any(fact.field == "author" for fact in exact):  # hidden there
            _choose_authors(chosen, shown, sites)
        chosen.keywords = list(in_order(exact, "keyword"))
        chosen.categories = list(in_order(exact, "category"))
    else:
        titles = (
            one for one in in_order(facts, "title") if one.source != "html:title" or not names_a_site(one.value, shown.menu)
        )
        names = sites | shown.publishers
        chosen.title, chosen.title_is_sure = choose_title(titles, shown.headings, shown.lines, names, url, shown.linked)
        _choose_authors(chosen, shown, sites)
        chosen.categories = _once_each(in_order(facts, "category"))
        subjects = {search_key(fact.value) for fact in chosen.categories}  # feeds and some themes give them as tags too
        tags = [fact for fact in in_order(facts, "keyword") if search_key(fact.value) not in subjects]
        chosen.keywords = choose_keywords(tags, sites, shown.text)
    for name in ("section", "language", "image_url", "page_type"):
        if first := next(in_order(facts, name), None):
            first.chosen = True
    if own := next((fact for fact in in_order(facts, "url") if is_public_address(fact.value)), None):
        own.chosen = True
    for fact in (chosen.title, *chosen.authors, *chosen.keywords, *chosen.categories):
        if fact is not None:
            fact.chosen = True
    chosen.facts += [fact for fact in (*chosen.authors, *chosen.keywords) if not any(fact is one for one in facts)]
    return chosen


def _once_each(facts: Iterable[Fact]) -> list[Fact]:
    return list({search_key(fact.value): fact for fact in facts}.values())


def in_order(facts: Iterable[Fact], name: str) -> Iterator[Fact]:
    """The candidates of a field that may be chosen, the most trusted first."""
    rank = _RANK[name]
    ranked = [(rank[source], fact) for fact in facts if fact.field == name and (source := _source(fact)) in rank]
    return (fact for _, fact in sorted(ranked, key=lambda pair: pair[0]))


def _source(fact: Fact) -> str:
    """The source as the table names it: `json-ld:author.Organization` is `json-ld:author`."""
    head, _, kind = fact.source.rpartition(".")
    return head if fact.field == "author" and kind[:1].isupper() else fact.source


def site_names(facts: Iterable[Fact], url: str) -> frozenset[str]:
    """Search keys of the names the site has for itself: of its publisher and its host."""
    stated = [fact.value for fact in facts if fact.field == "publisher" and fact.source in _SITE_SOURCES]
    names = {search_key(part) for name in stated for part in (name, *name.split(" | "), *name.split(" - "))}
    host = host_of(url).removeprefix("www.")
    return frozenset(names | {search_key(host), search_key(host.partition(".")[0]), host.replace(".", "")}) - {""}


def is_public_address(url: str) -> bool:
    """An address that others can open: not relative, no bare number, no name without a dot."""
    host = host_of(url)
    return "." in host and not host.replace(".", "").isdigit() and not host.endswith((".local", ".internal", ".localhost"))


def host_of(url: str) -> str:
    """ "" for what is no web address."""
    try:
        return urlsplit(url).hostname or "" if url.lower().startswith(("http://", "https://")) else ""
    except ValueError:  # a bracket where no IPv6 address is
        return ""


def _choose_dates(chosen: Chosen, shown: Shown, now: datetime | None) -> None:
    published = _read_dates(chosen, "date_published", shown, now)
    modified = _read_dates(chosen, "date_modified", shown, now)
    chosen.published = choose_published(published, modified, shown.published, shown.zone, now)
    found = chosen.published.found if chosen.published else shown.published.date
    chosen.modified = choose_modified(modified, found, shown.zone)
    for dated in (chosen.published, chosen.modified):
        if dated is not None:
            dated.fact.chosen = True


def _read_dates(chosen: Chosen, name: str, shown: Shown, now: datetime | None) -> list[DatedFact]:
    facts = in_order(chosen.facts, name)
    return [read for fact in facts if (read := read_stated(fact, now, shown.zone, shown.language))]


def _choose_authors(chosen: Chosen, shown: Shown, sites: frozenset[str]) -> None:
    """The first source that names a person, with all it names; else the byline; else whoever signs for the newsroom.

    Where nobody else is named, the account signs that a block of the page names, or that is called `هيئة التحرير`.
    """
    bare = {name.partition(" ")[2] for name in sites if name.partition(" ")[0] in _NOUNS_OF_SITES}
    sites |= {name for name in bare if name.startswith("ال") and " " not in name and name not in GIVEN_NAMES}
    by_source: dict[str, list[tuple[Fact, str]]] = {}
    for fact in in_order(chosen.facts, "author"):
        for name in [fact.value] if is_site(fact.value, sites) else split_names(fact.value):
            if is_name(name, shown.people_only) and (is_site(name, sites) or not is_slug(name)):
                by_source.setdefault(_source(fact), []).append((fact, name))
    published_by = by_source.pop(_BLOCK, [])
    signed: list[tuple[Fact, str]] = []
    for names in by_source.values():
        if any(_is_person(fact, name, sites) for fact, name in names):
            signed = [one for one in names if _is_person(*one, sites) or (_is_organisation(one[0]) and not shown.people_only)]
            break
    if not signed and all(is_site(name, sites) for name in shown.authors) and not shown.people_only:
        signed = next(iter(by_source.values()), [])
    if not signed and not shown.authors:
        named = (fact for fact in in_order(chosen.facts, "author") if fact.source in _ACCOUNTS)
        signed = [one for one in published_by if _is_person(*one, sites)]
        signed = signed or [(fact, fact.value) for fact in named if is_desk(fact.value)]
    for fact, name in signed:
        if not any(same_name(name, other.value) for other in chosen.authors):
            chosen.authors.append(fact if fact.value == name else replace(fact, value=name))


def _is_organisation(fact: Fact) -> bool:
    return _source(fact) != fact.source


def _is_person(fact: Fact, name: str, sites: frozenset[str]) -> bool:
    return not _is_organisation(fact) and not is_site(name, sites)


def is_site(name: str, sites: frozenset[str]) -> bool:
    key = search_key(name)
    return key in sites or key.replace(" ", "") in sites
