"""describe: what each article is: title, dates, dateline, publisher, authors, keywords, language."""

import unicodedata
from datetime import UTC, datetime, timedelta, tzinfo

from almasalla_crawler.arabic.datelines import read_dateline
from almasalla_crawler.arabic.dates import FoundDate
from almasalla_crawler.arabic.languages import language_of
from almasalla_crawler.arabic.letters import search_key
from almasalla_crawler.items import BODY_ROLES, Article, Fact, Page
from almasalla_crawler.pipelines.authors import describe_authors, is_person
from almasalla_crawler.pipelines.choose import Chosen, Shown, choose
from almasalla_crawler.pipelines.line_shapes import HEADINGS
from almasalla_crawler.pipelines.publishers import describe_publisher, describe_site
from almasalla_crawler.pipelines.shown import (
    bylines,
    headings,
    is_arabic,
    shown_dates,
    zone_of,
)
from almasalla_crawler.pipelines.stated_dates import ShownDate, may_be_jalali
from almasalla_crawler.pipelines.subjects import describe_subjects
from almasalla_crawler.readers.addresses import web_address

_HEADING_RULES = frozenset({"heading_stated_in_head", "first_heading", "stated_in_head", "heading_above_text"})


class DescribePipeline:
    def process_item(self, page: Page) -> Page:
        if page.has_text:
            describe(page)
        return page


def describe(page: Page) -> None:
    """Fills the fields of every article from its own lines, those of the main one also from what the markup states."""
    agencies = frozenset(search_key(line.value) for line in page.lines if line.role == "source" and line.value)
    is_in_arabic_script = is_arabic(page)
    zone = zone_of(page, is_in_arabic_script)
    for article in page.articles:
        published, modified = shown_dates(article.lines, page.now, zone)
        _describe_body(article)
        _describe_title(article)
        _describe_dateline(article, agencies)
        describe_publisher(article, page)
        describe_authors(article, people_only=is_in_arabic_script)
        describe_subjects(article)
        found = published.date
        if article.role == "main" and (page.facts or not is_in_arabic_script):
            shown = _shown(article, page, published, zone, people_only=is_in_arabic_script)
            chosen = choose(page.facts, shown, page.url, page.now)
            _describe_from_markup(article, chosen, page, people_only=is_in_arabic_script)
            found = chosen.published.found if chosen.published else found
            modified = chosen.modified.found if chosen.modified and not (modified and modified.instant) else modified
        _describe_dates(article, found, modified, page)
        declared = article.language or (page.site.language if page.site else "")
        article.language = language_of(f"{article.title or ''}\n{article.body}", declared)
    describe_site(page)


def _describe_body(article: Article) -> None:
    blocks = [line for line in article.lines if line.role in BODY_ROLES]
    article.body = "\n\n".join(line.text for line in blocks)
    article.block_roles = [line.role for line in blocks]
    article.body_key = " ".join(line.key for line in blocks if line.key)
    article.paragraph_count = sum(role in ("paragraph", "list_item") for role in article.block_roles)
    article.word_count = article.body_key.count(" ") + 1


def _describe_title(article: Article) -> None:
    titles = [line for line in article.lines if line.role == "title"]
    named = [line for line in article.lines if line.role == "marker" and line.value]
    if titles:
        article.title, article.title_source, article.title_key = titles[0].text, titles[0].rule, titles[0].key
    elif named and article.role == "related":
        article.title, article.title_source = named[0].value, "headline_in_marker"
    if article.title:
        article.title_key = article.title_key or search_key(article.title)
        article.facts.append(Fact("title", article.title, article.title_source or "", article.title, True))


def _shown(article: Article, page: Page, published: ShownDate, zone: tzinfo | None, people_only: bool) -> Shown:
    text = f"{article.title_key} {article.body_key}"
    authors = article.authors or ([] if people_only else bylines(page.lines, article.title_key))
    lines = {line.key: line.text for line in page.lines}
    menu = [line.key for line in page.lines if line.href and line.tag not in HEADINGS and line.key.count(" ") < 4]
    names = map(search_key, filter(None, (article.publisher, article.dateline_agency)))
    publishers = frozenset([*names, *menu[:1]])  # the first link of a page is its name
    may_differ = any(fact.field.startswith("date_") and may_be_jalali(fact.value) for fact in page.facts)
    declared = next((fact.value for fact in page.facts if fact.field == "language"), "")
    language = (language_of(article.body, declared) or "") if may_differ else ""
    linked = frozenset(line.key for line in page.lines if line.href).difference(line.key for line in page.lines if not line.href)
    return Shown(
        headings(page.lines), lines, publishers, frozenset(menu), published, authors, text, zone, people_only, language, linked
    )


def _describe_from_markup(article: Article, chosen: Chosen, page: Page, people_only: bool) -> None:
    """What the markup states, where the text does not say it or says the same."""
    _describe_title_from_markup(article, chosen)
    stated = [fact.value for fact in chosen.authors if not people_only or is_person(fact.value, article)]
    if not stated and not article.authors and not people_only:
        article.authors = bylines(page.lines, article.title_key)
        article.facts += [Fact("author", name, "byline_below_title", name, True) for name in article.authors]
    article.authors = stated or article.authors
    known = {search_key(keyword) for keyword, _ in article.keywords}
    article.keywords += [(fact.value, "tag") for fact in chosen.keywords if search_key(fact.value) not in known]
    article.keywords += [(fact.value, "category") for fact in chosen.categories]
    if (section := chosen.first("section")) and article.section is None:
        article.section = section.value
    if language := chosen.first("language"):
        article.language = language.value
    if image := chosen.first("image_url"):
        article.image_url = web_address(page.url, image.value)
    known_facts = {(fact.field, fact.value, fact.source) for fact in article.facts}
    article.facts += [fact for fact in chosen.facts if (fact.field, fact.value, fact.source) not in known_facts]


def _describe_title_from_markup(article: Article, chosen: Chosen) -> None:
    """A title stated and borne out, or stated where the text has none. A heading stays that no source states even in part."""
    stated = chosen.title
    if stated is None:
        return
    key = search_key(stated.value)
    if article.title_source == "outlet:title":
        stated.chosen = False
        return
    is_heading = article.title is not None and article.title_source in _HEADING_RULES
    if is_heading and not chosen.title_is_sure and article.title_key not in key:
        stated.chosen = False
        return
    if key == article.title_key and article.title and not _has_other_signs(article.title, stated.value):
        stated.chosen = False  # the line above the text keeps its marks and capitals, and typographic signs for plain ones
        return
    for fact in article.facts:
        fact.chosen = fact.chosen and fact.field != "title"
    article.title, article.title_source, article.title_key = stated.value, stated.source, key


def _has_other_signs(one: str, other: str) -> bool:
    """The same letters and marks with more or fewer signs between them."""
    letters, others = ("".join(sign for sign in text if unicodedata.category(sign)[0] not in "PSZ") for text in (one, other))
    return letters == others and len(one) != len(other)


def _describe_dateline(article: Article, agencies: frozenset[str]) -> None:
    first = next((line for line in article.lines if line.role in ("paragraph", "dateline")), None)
    found = read_dateline(first.text, agencies) if first else None
    if found:
        article.dateline_place, article.dateline_agency = found.place, found.agency
    credit = next((line for line in article.lines if line.role == "credit"), None)
    article.credit = credit.text if credit else None


def _describe_dates(article: Article, published: FoundDate | None, modified: FoundDate | None, page: Page) -> None:
    if published:
        _set_published(article, published, page)
    if modified and modified.instant:
        article.date_modified_utc = _iso(modified.instant)
        if not any(fact.field == "date_modified" and fact.chosen for fact in article.facts):
            article.facts.append(Fact("date_modified", article.date_modified_utc, modified.rule, modified.raw, True))


def _set_published(article: Article, found: FoundDate, page: Page) -> None:
    """A date more than a day after the page was seen keeps its raw text and says so; it is no date."""
    article.date_published_raw, article.date_published_rule = found.raw, found.rule
    seen = datetime.fromisoformat(page.observed_at) if page.observed_at else None
    if seen and found.day > (seen + timedelta(days=1, hours=14)).date():
        article.date_published_rule = f"in_the_future:{found.rule}"
        return
    article.date_published_date = found.day.isoformat()
    article.date_published_utc = _iso(found.instant) if found.instant else None
    article.date_published_precision = found.precision
    if not any(fact.field == "date_published" and fact.chosen for fact in article.facts):
        article.facts.append(Fact("date_published", article.date_published_date, found.rule, found.raw, True))


def _iso(instant: datetime) -> str:
    return instant.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
