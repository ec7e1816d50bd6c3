"""Looks at a site's front page and decides which of its lists to follow, the best kind first."""

from collections.abc import Awaitable, Callable, Iterable

from scrapy.http import Response

from almasalla_crawler.downloader.headers import header
from almasalla_crawler.items import Discovered, Listing, Rejected
from almasalla_crawler.readers import wordpress, wordpress_routes
from almasalla_crawler.readers.feeds import by_change, read_feed
from almasalla_crawler.readers.files import unpack
from almasalla_crawler.readers.listings import is_same_site, parse, read_listing
from almasalla_crawler.readers.post_types import POSTS, read_types, types_url
from almasalla_crawler.readers.sitemaps import MAX_BYTES, read_sitemap
from almasalla_crawler.readers.sources import is_wordpress, named_sources, usual_sources

LOOK_AGAIN_S = 7 * 86_400  # until the usual addresses of lists are tried again
_READERS = {"sitemap": read_sitemap, "feed": read_feed}

Fetch = Callable[[str], Awaitable[Response | None]]  # None: there was no answer
Known = list[tuple[str, str, int]]  # url, kind and failures in a row of the lists that earlier looks found


async def look(
    home: Response, hosts: frozenset[str], declared: list[Discovered], known: Known, is_due: bool, since: str, fetch: Fetch
) -> Listing:
    """What to follow on the site whose front page is `home`; its own links count where no list is complete.

    `declared` are the lists that the outlet's file and robots.txt name.

    Raises Rejected if the front page is no page.
    """
    answering = [Discovered(url, kind) for url, kind, failures in known if not failures]
    rests = {wordpress_routes.list_since(one.url, since) for one in answering if one.kind == "rest"}
    is_due = is_due or (bool(known) and not answering)
    if rests and not is_due:
        return Listing([Discovered(url, "rest") for url in rests])
    shown = named_sources(parse(home.body), home.url, header(home, "Link"))
    named = list({(one.kind, one.url): one for one in (*declared, *shown)}.values())
    if is_due and (rests_found := await _first_rest(named, home, hosts, since, fetch)):
        return Listing(rests_found, ttl_s=LOOK_AGAIN_S)
    lists = [one for one in named if one.kind != "rest"]
    lists += [one for one in answering if one.kind in _READERS and one.url not in {entry.url for entry in lists}]
    for kind in _READERS:
        if is_due and not any(one.kind == kind for one in lists):
            lists += await _first_that_reads(usual_sources(home.url, kind), kind, fetch)
    if is_wordpress(home.body):
        lists = await _that_tell_changes(lists, answering, is_due, fetch)
    listing = Listing([one for one in lists if is_same_site(one.url, hosts)], ttl_s=LOOK_AGAIN_S)
    if not any(one.kind == "sitemap" for one in listing.entries):
        front = read_listing(home.body, home.url, hosts)
        listing.entries, listing.next_url = [*listing.entries, *front.entries], front.next_url
    return listing


async def _first_rest(
    named: list[Discovered], home: Response, hosts: frozenset[str], since: str, fetch: Fetch
) -> list[Discovered]:
    """The lists of posts of a WordPress: complete, exact and cheap, so that no other is needed beside them."""
    roots = [entry.url for entry in named if entry.kind == "rest"]
    roots += usual_sources(home.url, "rest") if is_wordpress(home.body) else []
    for root in dict.fromkeys(roots):
        about = await fetch(wordpress_routes.root_url(root)) if is_same_site(root, hosts) else None
        try:
            facts = wordpress.read_root(about.body) if about is not None and about.status == 200 else None
        except Rejected:
            continue
        if facts is None or (posts := await _entries_of(wordpress_routes.list_url(root), fetch)) is None:
            continue
        bases = await _types_of_articles(root, fetch)
        others = [base for base in bases if await _entries_of(wordpress_routes.list_url(root, base=base), fetch)]
        chosen = [POSTS] * bool(posts) + others  # of any day; if there is none, other lists name the articles
        if chosen:
            return [Discovered(wordpress_routes.list_url(root, since=since, base=base), "rest", facts=facts) for base in chosen]
    return []


async def _entries_of(list_address: str, fetch: Fetch) -> list[Discovered] | None:
    """What the list of a type of posts names; None if it cannot be read."""
    answer = await fetch(list_address)
    try:
        return None if answer is None or answer.status != 200 else wordpress.read_list(answer.body, answer.url, {}).entries
    except Rejected:
        return None


async def _types_of_articles(root: str, fetch: Fetch) -> list[str]:
    answer = await fetch(types_url(root))
    try:
        return [] if answer is None or answer.status != 200 else read_types(answer.body)
    except Rejected:
        return []


async def _that_tell_changes(
    lists: list[Discovered], answering: list[Discovered], is_due: bool, fetch: Fetch
) -> list[Discovered]:
    """In place of the feed of a WordPress its other form, if that answers."""
    feed = next((one for one in lists if one.kind == "feed"), None)
    address = by_change(feed.url) if feed else ""
    if not address:
        return lists
    known = [one for one in answering if one.url == address]
    better = known or (await _first_that_reads([address], "feed", fetch) if is_due else [])
    return [one for one in lists if one is not feed and one.url != address] + better if better else lists


async def _first_that_reads(urls: Iterable[str], kind: str, fetch: Fetch) -> list[Discovered]:
    for url in urls:
        answer = await fetch(url)
        if answer is None or answer.status != 200:
            continue
        try:
            _READERS[kind](unpack(answer.body, MAX_BYTES), url)
        except Rejected:
            continue
        return [Discovered(url, kind)]
    return []
