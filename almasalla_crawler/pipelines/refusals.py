"""What a page is that holds no article: told by its name, its words, its address and the types its markup states."""

from itertools import takewhile
from urllib.parse import urlsplit

from almasalla_crawler.arabic.letters import search_key
from almasalla_crawler.arabic.refusals import (
    is_name_of_a_list,
    is_name_of_a_search,
    read_name_of_refusal,
    read_refusal,
    subject_of_an_archive,
)
from almasalla_crawler.arabic.reports import is_report
from almasalla_crawler.items import BODY_ROLES, Line, Page, Reject
from almasalla_crawler.pipelines.services import is_dated, is_of_a_day, service_of, sides_of, titles_of
from almasalla_crawler.readers.addresses import is_front_page
from almasalla_crawler.readers.schema_org import is_article_type

_ASKS = ("?", "؟")  # `من نحن؟` is an essay
# Pages whose matter is no text, by what their markup calls them. The text beside it is a caption.
_SHELLS = {
    "videoobject": "video",
    "video": "video",
    "audioobject": "audio",
    "podcastepisode": "audio",
    "liveblogposting": "live ticker",
    "imagegallery": "gallery",
    "mediagallery": "gallery",
    "gallery": "gallery",
    "image_gallery": "gallery",
}
# Pages whose text is none of the news, however long it is.
_OF_OTHER_KINDS = {
    "product": "product", "productgroup": "product", "jobposting": "job advert", "discussionforumposting": "forum thread",
    "qapage": "forum thread",
}  # fmt: skip
_LISTINGS = frozenset({"collectionpage", "searchresultspage", "profilepage", "archive", "search"})
MAX_CAPTION_WORDS = 60
_WALLS_BELOW_A_TEXT = frozenset({"login wall", "paywall", "consent wall"})
_NAMES_OF_SUBJECTS = frozenset({"listing", "about the site"})  # a headline may open with them, a site file its articles there
MAX_SITE_NAME_WORDS = 3
MAX_TAG_WORDS = 2
MIN_TOLD_WORDS = 14
MIN_HEADLINE_WORDS = 5  # of one that speaks of walls
MIN_HEADLINES = 5  # of a page without a text that is a list
MIN_SHOWN_WORDS = 20  # of a text above such a wall


def refusal(page: Page) -> Reject | None:
    """Why a split page is no article; None if it is one."""
    kinds = _kinds(page)
    is_stated = any(fact.field == "page_type" and is_article_type(fact.value) for fact in page.facts)
    if not (page.articles and is_stated) and (named := _named(page, "error404" in kinds)):
        return Reject("split", *named)
    if not page.articles:
        return _without_text(page, kinds)
    lines = [line for article in page.articles for line in article.lines]
    is_news = is_stated or is_dated(page)
    speaks_of_news = is_stated or is_of_a_day(page) or any(line.role in BODY_ROLES and is_report(line.key) for line in lines)
    refused = read_refusal(" ".join(line.key for line in lines), speaks_of_news)
    is_wall_below = refused and refused[1] in _WALLS_BELOW_A_TEXT and _words_above_the_wall(lines, refused[1]) >= MIN_SHOWN_WORDS
    if refused and not is_wall_below and not (is_news and _is_told(lines)):
        return Reject("split", *refused)
    if is_stated:
        return None
    if is_front_page(page.url) and not urlsplit(page.url).query:
        return Reject("split", "no_article", "front page")
    if {"article", "single"}.intersection(kinds):
        return None
    is_list = page.shape == "listing" or (_is_mostly_headlines(page, kinds) and not _is_of_one_day(page))
    if is_list or _LISTINGS.intersection(kinds):
        return Reject("split", "no_article", "listing")
    other = next((_OF_OTHER_KINDS[kind] for kind in kinds if kind in _OF_OTHER_KINDS), "")
    if other and not is_dated(page):
        return Reject("split", "no_article", other)
    words = sum(line.key.count(" ") + 1 for line in page.lines if line.article == 0 and line.role in BODY_ROLES)
    shell = _shell(kinds) or service_of(page)
    return Reject("split", "no_article", shell) if shell and words <= MAX_CAPTION_WORDS else None


def _is_told(lines: list[Line]) -> bool:
    """Do only whole sentences speak of what walls say in few words, those of a report or below such a headline?"""
    headline = next((line.key for line in lines if line.role == "title"), "")
    is_subject = headline.count(" ") >= MIN_HEADLINE_WORDS - 1 and read_refusal(headline) is not None
    walls = [line.key for line in lines if line.role in BODY_ROLES and read_refusal(line.key)]
    return all(key.count(" ") >= MIN_TOLD_WORDS and (is_subject or is_report(key)) for key in walls)


def _named(page: Page, is_error: bool) -> tuple[str, str] | None:
    """What the page's title or the headline over its text calls it. A headline elsewhere may be that of a window not shown."""
    if is_error:
        return "no_article", "soft 404"
    titles = titles_of(page)
    headlines = [line for line in page.lines if line.role == "title" or (line.tag == "h1" and _may_name_the_page(line, page))]
    headlines = headlines[:1]
    shown = [*titles, *(line.text for line in headlines)]
    if any(_names_a_list(title, is_sure=not page.articles) for title in shown) or any(
        _is_of_an_archive(page, one) for one in titles if not is_of_a_day(page)
    ):
        return "no_article", "listing"
    asked = [title for title in shown if not title.endswith(_ASKS)]
    if named := next((named for title in asked if (named := read_name_of_refusal(search_key(title)))), None):
        return named
    if page.articles:
        return next(filter(None, (_named_beside_a_site(title, headlines) for title in titles if title in asked)), None)
    return next((named for title in asked for part in _parts(title) if (named := read_name_of_refusal(search_key(part)))), None)


def _names_a_list(title: str, is_sure: bool) -> bool:
    """`Tag: water`. Over a text `الوسم: كيف صار سلاحا في يد الناشطين` is a headline."""
    name, _, rest = map(search_key, title.partition(":"))
    is_short = rest.count(" ") < MAX_TAG_WORDS
    return ":" in title and (is_name_of_a_search(name) or ((is_sure or is_short) and is_name_of_a_list(name)))


def _is_of_an_archive(page: Page, title: str) -> bool:
    """`Dates archives - The Courier` over the headline `Dates`."""
    subject = subject_of_an_archive(search_key(next(iter(_parts(title)), title)))
    return bool(subject) and any(line.tag == "h1" and line.key == subject for line in page.lines)


def _named_beside_a_site(title: str, headlines: list[Line]) -> tuple[str, str] | None:
    """What the title of a page with a text calls it, before or behind the name of the site: not before the rest of a headline,
    and not as the subject or the desk of an article with a headline of its own."""
    headline = search_key(headlines[0].text) if headlines else ""
    for head, tail in sides_of(title):
        for part, other, is_tail in ((head, tail, False), (tail, head, True)):
            named = read_name_of_refusal(search_key(part))
            if named is None or (named[1] in _NAMES_OF_SUBJECTS and (headline or is_tail)):
                continue
            if search_key(part) not in headline and not _is_of_the_headline(search_key(other), headline):
                return named
    return None


def _is_of_the_headline(key: str, headline: str) -> bool:
    """The name of a site may stand as its headline, alone."""
    return bool(headline) and key in headline and (key != headline or key.count(" ") >= MAX_SITE_NAME_WORDS)


def _may_name_the_page(line: Line, page: Page) -> bool:
    """`الوسم: جسور` over a list of articles looks like the keywords of one."""
    return not page.articles or line.role == "keywords"


def _words_above_the_wall(lines: list[Line], wall: str) -> int:
    """Words of the text's lines that are no part of the wall. What stands below one that asks for consent is of the wall too."""
    if wall == "consent wall":
        lines = list(takewhile(lambda line: not read_refusal(line.key, is_news=False), lines))
    return sum(line.key.count(" ") + 1 for line in lines if line.role in BODY_ROLES and not read_refusal(line.key, is_news=False))


def _parts(title: str) -> list[str]:
    return [side for sides in sides_of(title) for side in sides]


def _kinds(page: Page) -> list[str]:
    """What the markup calls the page, in lower case: `videoobject`, `video` of `video.other`, `archive`."""
    return [fact.value.lower().partition(".")[0].removeprefix("schema:") for fact in page.facts if fact.field == "page_type"]


def _shell(kinds: list[str]) -> str:
    return next((_SHELLS[kind] for kind in kinds if kind in _SHELLS), "")


def _without_text(page: Page, kinds: list[str]) -> Reject:
    if refused := read_refusal(" ".join(line.key for line in page.lines), is_news=False):
        return Reject("split", *refused)
    if "login form" in kinds and page.shape != "listing":
        return Reject("split", "blocked", "login wall")
    if shell := _shell(kinds) or service_of(page):
        return Reject("split", "no_article", shell)
    is_list = page.shape == "listing" or _LISTINGS.intersection(kinds) or _is_mostly_headlines(page, kinds)
    if is_list or (not page.lines and is_front_page(page.url)):
        return Reject("split", "no_article", "front page" if is_front_page(page.url) else "listing")
    if not page.lines:
        return Reject("read", "empty", "no visible text")
    return Reject("split", "no_article", f"{len(page.lines)} lines, none is the text of an article")


def _is_mostly_headlines(page: Page, kinds: list[str]) -> bool:
    """Are the lines of the text, or of a page without one, headlines of other pages with little beside them?"""
    texts = [line for line in page.lines if line.article == 0 and line.role in BODY_ROLES]
    shown = texts or [line for line in page.lines if line.role != "navigation"]
    linked = sum(any(_is_headline_of(*link, line.text) for link in line.links) for line in shown)
    is_enough = len(texts) if texts else len(shown) / 2
    return not {"article", "single"}.intersection(kinds) and linked >= max(MIN_HEADLINES, is_enough)


def _is_of_one_day(page: Page) -> bool:
    """Has the text a headline and a day, as a digest or a review of the press? The headline of an archive may be the day."""
    return is_of_a_day(page) and any(line.role == "title" for line in page.articles[0].lines)


def _is_headline_of(name: str, address: str, text: str) -> bool:
    """Does a link of many words to another page take up most of its line?"""
    return not address.startswith("#") and name.count(" ") >= MIN_HEADLINE_WORDS - 1 and 3 * len(name) > 2 * len(text)
