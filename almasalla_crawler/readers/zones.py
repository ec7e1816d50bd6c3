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
# First match wins. Each is matched on one class or id name, lower case, with _ written as -.
_NAMES = [
    ("content", r"(entry|post|article|story|news|single|td-post|detail|details)-?(content|body|text|details?|txt)|articlebody"
                r"|post-body|story-body|article-details|content-body|content-inner"),
    ("hidden", r"hidden|screen-reader-text|sr-only|visually-hidden|d-none|screen-reader"),
    ("keywords", r"(post-?|entry-?|article-?|jeg-post-|td-post-source-|news-?)?(tags?|keywords?)(-?(links?|list|cloud|box|area|wrap|wrapper|container|items?))?"
                 r"|tagcloud|field--name-field-(tags|keywords)"),
    ("related", r"(.*-)?(related|reated|relatedposts|similar|yarpp|read-?also|also-?read|see-?also|recommend(ed|ations?)?|you-?may.*|more-?(news|stories|posts))(-.*)?"
                r"|yarpp.*|related.*|jp-relatedposts|crp-related|inline-related.*"),
    ("comments", r"comments?(-.*)?|respond|disqus.*|fb-comments|comment-?(respond|form|list|area)"),
    ("share", r"(.*-)?(share|sharing|social|addtoany|sharedaddy|shareaholic|sharethis)(-.*)?|social.*|share.*|follow-?us|heateor.*"),
    ("advert", r"(.*-)?(ads?|adv|advert(s|isement|ising|orial)?|adsbygoogle|sponsor(ed)?|promo|banner-?ads?|dfp|gpt-ad)(-.*)?"),
    ("author_box", r"(.*-)?(author-?(box|bio|info|wrap|card|description|profile|area)|about-?author|post-?author-?wrap|wp-post-author.*|written-by)(-.*)?"
                   r"|saboxplugin.*|m-a-box(-.*)?|abh-box.*|ts-fab-.*|wp-biographia.*|(pp-)?(multiple-authors|author-boxes).*"),
    ("byline", r"(posts?|entry|article|story|meta|news)?-?(byline|author)(-?(name|link|meta))?|vcard|reporter|writer|(node-+)?submitted(-by)?"),
    ("date", r"(posts?|entry|article|story|meta|news|publish(ed)?|pub|updated|td-post)-?(date|time|datetime|on)|date|published|pubdate|updated|datetime|timestamp"),
    ("section", r"(cat|category|section)-?(links?|name|label|meta)|posts-?categor(y|ies)|entry-?categor(y|ies)|post-?cat(s|egory)?|kicker"),
    ("caption", r"(wp-)?caption(-text)?|(image|photo|img|figure|media)-?(caption|credit|desc|description)|gallery-caption"),
    ("breadcrumbs", r"(.*-)?(breadcrumbs?|crumbs?)(-.*)?|yoast-breadcrumb"),
    ("navigation", r"(.*-)?(nav|navbar|navigation|menu|pagination|pager|topbar|top-bar|toolbar|ticker|breaking-?news|skip-?link|site-?header|masthead|main-?header|header-?(top|main|menu|nav)|off-?canvas|lang(uage)?-?switch(er)?)(-.*)?"
                   r"|prev-?next|nextprev|go-?to-?top|scroll-?top|back-?to-?top"),
    ("footer", r"(site-?|main-?|page-?|global-?)?(footer|colophon|copyrights?)(-.*)?"),
    ("aside", r"(.*-)?(sidebar|widgets?|widget-area|most-?(read|viewed|popular)|popular(-posts)?|trending|latest-?(news|posts)|newsletter|subscribe|subscription|cookies?|gdpr|consent|popup|modal|toast|poll)(-.*)?"),
]  # fmt: skip
# One alternation with a numbered group for each pattern: one call into the matcher for a name instead of sixteen. Inner groups
# keep nothing, which halves the time.
_ANY_NAME = re.compile("|".join(f"(?P<z{number}>{pattern.replace('(', '(?:')})" for number, (_, pattern) in enumerate(_NAMES)))
# Wrappers of the whole page and of the story: their names describe the page's layout ("has-sidebar"), not themselves.
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
        if len(name) <= 60 and (zone := _zone_of_name(name)):
            return zone
    return ""


@lru_cache(maxsize=8192)
def _zone_of_name(name: str) -> str:
    match = _ANY_NAME.fullmatch(name)
    return _NAMES[int((match.lastgroup or "z0")[1:])][0] if match else ""
