"""Types of posts beside `post` that a WordPress keeps articles in: many a news site has `news`, `article`, `opinion`."""

import re
from typing import Any

from almasalla_crawler.items import Rejected
from almasalla_crawler.readers import wordpress, wordpress_routes

POSTS = "posts"  # where articles are if nothing else is said
MAX_TYPES = 8  # of articles on one site
_OF_WORDPRESS = frozenset({"post", "page", "attachment", "nav_menu_item"})  # others of its own begin with wp_
_ARTICLES = re.compile(
    r"(?:^|[_-])(?:news|articles?|stor(?:y|ies)|opinions?|column|reports?|features?|interviews?|analys[ei]s|investigations?"
    r"|press|reviews?|akhbar|maqal(?:at)?|blogs?)(?:$|[_-])"
)
_NONE = re.compile(
    r"(?:^|[_-])(?:products?|orders?|events?|forms?|templates?|library|layouts?|popups?|ads?|jobs?|topics?|repl(?:y|ies)|lp|landing|builder"
    r"|galler(?:y|ies)|albums?|videos?|podcasts?|episodes?|web[_-]stor(?:y|ies)|slid(?:e|er|es|ers)|banners?|testimonials?|faqs?|docs?"
    r"|kb|glossary|team|staff|persons?|people|members?|authors?|clients?|partners?|sponsors?|speakers?|venues?|organi[sz]ers?"
    r"|courses?|lessons?|sfwd|quiz(?:zes)?|questions?|answers?|polls?|propert(?:y|ies)|portfolios?|projects?|services?|recipes?"
    r"|downloads?|wpdmpro|wpforms|newsletters?|feedback|notifications?|advertisements?|donations?|buttons?|grid|elements?|footers?|headers?|tickers?|kits?|cards?"
    r"|(?:our|key)[_-]features?|site[_-]reviews?)(?:$|[_-])"
)  # of shops, schools, agents, page builders and other plugins
_TAXONOMIES = ("category", "post_tag")
_BASE = re.compile(r"[\w%-]{1,60}")


def types_url(root: str) -> str:
    """Address that says which types of posts there are. `root` is that of the REST interface."""
    return wordpress_routes.route_url(root, "wp/v2/types", {})


def read_types(body: bytes) -> list[str]:
    """Where the list of each such type is below `wp/v2`: [`news`]. Raises Rejected(bad_json)."""
    types = wordpress.parsed(body)
    if not isinstance(types, dict):
        raise Rejected("read", "bad_json", "no types of posts")
    bases = [
        str(one.get("rest_base") or name) for name, one in types.items() if isinstance(one, dict) and _is_of_articles(name, one)
    ]
    return [base for base in bases if base != POSTS and _BASE.fullmatch(base)][:MAX_TYPES]


def is_article(record: dict[str, Any]) -> bool:
    """Is a whole record one of such a type? It names its taxonomies in its links, and a parent only where it may have one."""
    links = record.get("_links")
    terms = links.get("wp:term") if isinstance(links, dict) else None
    taxonomies = [term.get("taxonomy") for term in terms if isinstance(term, dict)] if isinstance(terms, list) else []
    return _is_of_articles(str(record.get("type")), {"taxonomies": taxonomies, "hierarchical": "parent" in record})


def _is_of_articles(name: str, one: dict[str, Any]) -> bool:
    """By its name, or because it has the categories or tags of posts. Pages of a site stand below each other; articles do not."""
    if (
        name in _OF_WORDPRESS
        or name.startswith("wp_")
        or one.get("hierarchical")
        or one.get("rest_namespace", "wp/v2") != "wp/v2"
    ):
        return False
    taxonomies = one.get("taxonomies")
    is_filed = isinstance(taxonomies, list) and any(taxonomy in _TAXONOMIES for taxonomy in taxonomies)
    return not _NONE.search(name) and (is_filed or _ARTICLES.search(name) is not None)
