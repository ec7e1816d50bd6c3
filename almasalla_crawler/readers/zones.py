"""Which part of a page an html element is, told by its tag, class and id. Names only; what to do with a part is split's."""

import re
from functools import lru_cache

_TAGS = {
    "nav": "navigation", "footer": "footer", "aside": "aside", "form": "form", "button": "form", "select": "form",
    "figcaption": "caption", "time": "date", "dialog": "form", "address": "author_box", "menu": "navigation",
}  # fmt: skip
_ROLES = {
    "navigation": "navigation", "banner": "navigation", "contentinfo": "footer", "complementary": "aside", "search": "form",
    "menu": "navigation", "menubar": "navigation", "dialog": "form", "alert": "form",
}  # fmt: skip
# First match wins. Zone, words that stand between hyphens anywhere in a name, and whole names. Each is matched on one class or id
# name, lower case, with _ written as -.
_NAMES = [
    ("content", r"",
     r"(entry|post|article|story|news|single|td-post|detail|details)-?(content|body|text|details?|txt)|articlebody|post-body|story-body|article-details|content-body|content-inner"),
    ("hidden", r"",
     r"hidden|screen-reader-text|sr-only|visually-hidden|d-none|screen-reader"),
    ("keywords", r"",
     r"(post-?|entry-?|article-?|jeg-post-|td-post-source-|news-?)?(tags?|keywords?)(-?(links?|list|cloud|box|area|wrap|wrapper|container|items?))?|tagcloud|field--name-field-(tags|keywords)"),
    ("related", r"related|reated|relatedposts|similar|yarpp|read-?also|also-?read|see-?also|recommend(ed|ations?)?|you-?may.*|more-?(news|stories|posts)",
     r"yarpp.*|related.*|pagelistenhancement.*|jp-relatedposts|crp-related|inline-related.*"),
    ("comments", r"",
     r"comments?(-.*)?|respond|disqus.*|fb-comments|comment-?(respond|form|list|area)"),
    ("share", r"share|sharing|social|addtoany|sharedaddy|shareaholic|sharethis",
     r"social.*|share.*|follow-?us|heateor.*"),
    ("advert", r"ads?|adv|advert(s|isement|ising|orial)?|adsbygoogle|sponsor(ed)?|promo|banner-?ads?|dfp|gpt-ad",
     r""),
    ("author_box", r"author-?(box|bio|info|wrap|card|description|profile|area)|about-?author|post-?author-?wrap|wp-post-author.*|written-by",
     r"saboxplugin.*|m-a-box(-.*)?|abh-box.*|ts-fab-.*|wp-biographia.*|(pp-)?(multiple-authors|author-boxes).*"),
    ("byline", r"",
     r"(posts?|entry|article|story|meta|news)?-?(byline|author)(-?(name|link|meta))?|vcard|reporter|writer|(node-+)?submitted(-by)?"),
    ("date", r"",
     r"(posts?|entry|article|story|meta|news|publish(ed)?|pub|updated|td-post)-?(date|time|datetime|on)|date|published|pubdate|updated|datetime|timestamp"),
    ("section", r"",
     r"(cat|category|section)-?(links?|name|label|meta)|posts-?categor(y|ies)|entry-?categor(y|ies)|post-?cat(s|egory)?|kicker"),
    ("caption", r"",
     r"(wp-)?caption(-text)?|(image|photo|img|figure|media)-?(caption|credit|desc|description)|gallery-caption"),
    ("breadcrumbs", r"breadcrumbs?|crumbs?",
     r"yoast-breadcrumb"),
    ("navigation", r"nav|navbar|navigation|menu|pagination|pager|topbar|top-bar|toolbar|ticker|breaking-?news|skip-?link|site-?header|masthead|main-?header|header-?(top|main|menu|nav)|off-?canvas|lang(uage)?-?switch(er)?",
     r"prev-?next|nextprev|go-?to-?top|scroll-?top|back-?to-?top"),
    ("footer", r"",
     r"(site-?|main-?|page-?|global-?)?(footer|colophon|copyrights?)(-.*)?"),
    ("aside", r"sidebar|widgets?|widget-area|most-?(read|viewed|popular)|popular(-posts)?|trending|latest-?(news|posts)|newsletter|subscribe|subscription|cookies?|gdpr|consent|popup|modal|toast|poll",
     r""),
]  # fmt: skip


def _matcher(inside: str, whole: str) -> str:
    """Inner groups keep nothing, which halves the time."""
    around = rf"(.*-)?({inside})(-.*)?" if inside else ""
    return "|".join(filter(None, (around, whole))).replace("(", "(?:")


# One alternation with a numbered group for each zone: one call into the matcher for a name instead of sixteen. Four names of
# five say nothing, and one without groups, in which the hyphens are tried once for all zones, tells that in half the time.
_ANY_NAME = re.compile("|".join(f"(?P<z{n}>{_matcher(inside, whole)})" for n, (_, inside, whole) in enumerate(_NAMES)))
_SAYS_SOMETHING = re.compile(_matcher(*("|".join(filter(None, column)) for column in list(zip(*_NAMES, strict=True))[1:])))
# Wrappers of the whole page and of the story: their names describe the page's layout ("has-sidebar"), not themselves.
_OF_THE_HEADLINE = frozenset({"item-nav", "news-nav"})  # day and number of the article, as Iranian sites show them
_WRAPPERS = {"html", "body", "main", "article", "h1"}


def zone_of(tag: str, names: str, role: str) -> str:
    """Zone of an element, "" when its names say nothing. `names` is its class and id, separated by spaces."""
    if tag in _WRAPPERS:
        return ""
    if tag == "footer" and "node__meta" in names:
        tag = ""  # Drupal puts the byline above the text into one
    if zone := _TAGS.get(tag) or _ROLES.get(role.lower(), ""):
        return zone
    for name in names.lower().replace("_", "-").split()[:12]:
        if len(name) <= 60 and name not in _OF_THE_HEADLINE and (zone := _zone_of_name(name)):
            return zone
    return ""


@lru_cache(maxsize=8192)
def _zone_of_name(name: str) -> str:
    match = _ANY_NAME.fullmatch(name) if _SAYS_SOMETHING.fullmatch(name) else None
    return _NAMES[int((match.lastgroup or "z0")[1:])][0] if match else ""
