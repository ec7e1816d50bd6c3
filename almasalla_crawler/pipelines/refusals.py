"""What a page is that holds no article: told by its name, its words, its address and the types its markup states."""

from urllib.parse import urlsplit

from almasalla_crawler.arabic.letters import search_key
from almasalla_crawler.arabic.refusals import is_name_of_a_list, read_name_of_refusal, read_refusal
from almasalla_crawler.items import BODY_ROLES, Line, Page, Reject
from almasalla_crawler.readers.addresses import is_front_page
from almasalla_crawler.readers.schema_org import is_article_type

_ASKS = ("?", "؟")  # `من نحن؟` is an essay
_BEFORE_A_SITE_NAME = (" | ", " - ", " – ", " — ", " :: ", " » ")
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
_WALLS_BELOW_A_TEXT = frozenset({"login wall", "paywall"})
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
    refused = read_refusal(" ".join(line.key for line in lines))
    if refused and not (refused[1] in _WALLS_BELOW_A_TEXT and _words_above_the_wall(lines) >= MIN_SHOWN_WORDS):
        return Reject("split", *refused)
    if is_stated:
        return None
    if is_front_page(page.url) and not urlsplit(page.url).query:
        return Reject("split", "no_article", "front page")
    if {"article", "single"}.intersection(kinds):
        return None
    if _LISTINGS.intersection(kinds) or page.shape == "listing":
        return Reject("split", "no_article", "listing")
    if other := next((_OF_OTHER_KINDS[kind] for kind in kinds if kind in _OF_OTHER_KINDS), ""):
        return Reject("split", "no_article", other)
    words = sum(line.key.count(" ") + 1 for line in page.lines if line.article == 0 and line.role in BODY_ROLES)
    shell = _shell(kinds)
    return Reject("split", "no_article", shell) if shell and words <= MAX_CAPTION_WORDS else None


def _named(page: Page, is_error: bool) -> tuple[str, str] | None:
    """What the page's title or the headline over its text calls it. A headline elsewhere may be that of a window not shown."""
    if is_error:
        return "no_article", "soft 404"
    titles = [fact.value for fact in page.facts if fact.source == "html:title"][:1]
    headlines = [line for line in page.lines if line.role == "title" or (line.tag == "h1" and _may_name_the_page(line, page))]
    titles += [line.text for line in headlines[:1]]
    if any(is_name_of_a_list(search_key(title.partition(":")[0])) for title in titles if ":" in title):
        return "no_article", "listing"
    parts = [part for title in titles if not title.endswith(_ASKS) for part in _parts(title)]
    return next((named for part in parts if (named := read_name_of_refusal(search_key(part)))), None)


def _may_name_the_page(line: Line, page: Page) -> bool:
    """`الوسم: جسور` over a list of articles looks like the keywords of one."""
    return not page.articles or line.role == "keywords"


def _words_above_the_wall(lines: list[Line]) -> int:
    """Words of the text's lines that are no part of the wall."""
    return sum(line.key.count(" ") + 1 for line in lines if line.role in BODY_ROLES and not read_refusal(line.key))


def _parts(title: str) -> list[str]:
    """A title, and what stands before and behind the name of the site."""
    cut = [title.rpartition(separator) for separator in _BEFORE_A_SITE_NAME if separator in title]
    return [title, *(side for head, _, tail in cut for side in (head, tail))]


def _kinds(page: Page) -> list[str]:
    """What the markup calls the page, in lower case: `videoobject`, `video` of `video.other`, `archive`."""
    return [fact.value.lower().partition(".")[0].removeprefix("schema:") for fact in page.facts if fact.field == "page_type"]


def _shell(kinds: list[str]) -> str:
    return next((_SHELLS[kind] for kind in kinds if kind in _SHELLS), "")


def _without_text(page: Page, kinds: list[str]) -> Reject:
    if refused := read_refusal(" ".join(line.key for line in page.lines)):
        return Reject("split", *refused)
    if "login form" in kinds and page.shape != "listing":
        return Reject("split", "blocked", "login wall")
    if shell := _shell(kinds):
        return Reject("split", "no_article", shell)
    if page.shape == "listing" or _LISTINGS.intersection(kinds) or (not page.lines and is_front_page(page.url)):
        return Reject("split", "no_article", "front page" if is_front_page(page.url) else "listing")
    if not page.lines:
        return Reject("read", "empty", "no visible text")
    return Reject("split", "no_article", f"{len(page.lines)} lines, none is the text of an article")
