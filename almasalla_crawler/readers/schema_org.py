"""What schema.org nodes (JSON-LD, microdata, RDFa) state about the article of the page."""

import re
from collections.abc import Iterator
from typing import Any

from almasalla_crawler.items import Fact
from almasalla_crawler.readers.addresses import canonical_url
from almasalla_crawler.readers.jsonld import Node, as_list, index_by_id, resolve, types_of

MAX_VALUES = 100  # of one property

# property: field it is a candidate for
_PROPERTIES = {
    "headline": "title", "name": "title", "alternativeHeadline": "title", "alternateName": "title",
    "datePublished": "date_published", "dateCreated": "date_published", "uploadDate": "date_published",
    "date": "date_published", "created": "date_published",  # Dublin Core, as Drupal writes it
    "dateModified": "date_modified",
    "author": "author", "creator": "author",
    "keywords": "keyword", "about": "keyword", "mentions": "keyword",
    "articleSection": "section", "genre": "section",
    "inLanguage": "language", "publisher": "publisher",
    "image": "image_url", "thumbnailUrl": "image_url",
    "url": "url", "mainEntityOfPage": "url",
}  # fmt: skip
_NAMED_BY_ID = frozenset({"author", "publisher"})  # also by one that stands in no object
_IS_ID = re.compile(r"#|https?://")  # and no name
_ADDRESS_FIELDS = frozenset({"image_url", "url"})
_ARTICLES = frozenset({"BlogPosting", "LiveBlogPosting", "SocialMediaPosting", "Report"})
# Nodes that describe the page around the article, or the film or list that stands in its place.
_PAGES = frozenset({"WebPage", "ItemPage", "MedicalWebPage", "VideoObject", "CreativeWork", "ClaimReview", "Review", "Recipe",
                    "Event", "PodcastEpisode", "AudioObject", "FAQPage", "CollectionPage", "ProfilePage",
                    "SearchResultsPage", "ImageGallery", "MediaGallery"})  # fmt: skip
# Nodes that say what the page is in place of an article if they are its main entity; beside a text they are an advert or the
# comments. What else they state is about that.
_OTHER_KINDS = frozenset({"Product", "ProductGroup", "JobPosting", "DiscussionForumPosting", "QAPage"})


def read_nodes_facts(nodes: list[Node], how: str, addresses: set[str]) -> Iterator[Fact]:
    """Facts of the article nodes that mean this page, as `how:property`, then of the other nodes, as `how:Type.property`.

    `addresses` are the canonical spellings of the page's own address: an article node with another one is another article.
    """
    by_id = index_by_id(nodes)
    nodes = [one for node in nodes for one in _with_main_entity(node, by_id)]
    for node in _own(nodes, addresses):
        yield from _facts(node, by_id, f"{how}:")
        yield from (Fact("page_type", kind, f"{how}:@type", kind) for kind in types_of(node))
    for node in nodes:
        kinds = types_of(node)
        if not kinds and node:
            yield from _facts(node, by_id, f"{how}:")
        elif not is_article(node) and (kind := next((one for one in kinds if one in _PAGES), "")):
            yield from _facts(node, by_id, f"{how}:{kind}.")
            yield Fact("page_type", kind, f"{how}:{kind}.@type", kind)
        if not _OTHER_KINDS.isdisjoint(kinds) and _is_main(node, nodes, how, addresses):
            yield from (Fact("page_type", one, f"{how}:{one}.@type", one) for one in kinds if one in _OTHER_KINDS)


def articles_of_the_page(nodes: list[Node], addresses: set[str]) -> list[Node]:
    """The article nodes that mean the page with these addresses."""
    by_id = index_by_id(nodes)
    return _own([one for node in nodes for one in _with_main_entity(node, by_id)], addresses)


def _own(nodes: list[Node], addresses: set[str]) -> list[Node]:
    articles = [node for node in nodes if is_article(node)]
    return [node for node in articles if _addresses(node) & addresses] or articles[:1]


def is_article(node: Node) -> bool:
    return any(map(is_article_type, types_of(node)))


def is_article_type(kind: str) -> bool:
    return kind.endswith("Article") or kind in _ARTICLES


def _is_main(node: Node, nodes: list[Node], how: str, addresses: set[str]) -> bool:
    """Does it have the address of the page, or describe it alone? An element may be a box beside the text."""
    is_alone = how == "json-ld" and not any(is_article(one) or not _PAGES.isdisjoint(types_of(one)) for one in nodes)
    return is_alone or bool({address.partition("#")[0] for address in _addresses(node)} & addresses)


def _with_main_entity(node: Node, by_id: dict[str, Node]) -> list[Node]:
    entities = [resolve(one, by_id) for one in as_list(node.get("mainEntity"))[:5]]
    return [node, *(one for one in entities if isinstance(one, dict) and is_article(one) and "@id" not in one)]


def _addresses(node: Node) -> set[str]:
    stated = [*as_list(node.get("url")), *as_list(node.get("mainEntityOfPage")), node.get("@id")]
    texts = [one.get("@id") or one.get("url") if isinstance(one, dict) else one for one in stated]
    return {canonical_url(text) for text in texts if isinstance(text, str)} - {""}


def _facts(node: Node, by_id: dict[str, Node], source: str) -> Iterator[Fact]:
    for name, field in _PROPERTIES.items():
        for value, kind in _values(node.get(name), field, by_id, depth=3):
            yield Fact(field, value, f"{source}{name}{kind}", value)


def _values(value: Any, field: str, by_id: dict[str, Node], depth: int) -> Iterator[tuple[str, str]]:
    """Texts of a property with the type of what they name if it is no person: `.Organization`."""
    if isinstance(value, str) and depth and field in _NAMED_BY_ID and value in by_id and _IS_ID.match(value):
        yield from _values(by_id[value], field, by_id, depth - 1)
    elif isinstance(value, str):
        yield value, ""
    elif isinstance(value, list) and depth:
        for one in value[:MAX_VALUES]:
            yield from _values(one, field, by_id, depth - 1)
    elif isinstance(value, dict) and depth:
        node = resolve(value, by_id)
        kinds = types_of(node) if field == "author" else []
        kind = f".{kinds[0]}" if kinds and kinds[0] != "Person" else ""
        yield from ((text, kind or inner) for text, inner in _values(_name(node, field), field, by_id, depth - 1))


def _name(node: Node, field: str) -> Any:
    if field in _ADDRESS_FIELDS:
        return node.get("contentUrl") or node.get("url") or node.get("@id")
    if field == "language":
        return node.get("alternateName") or node.get("name")
    joined = " ".join(part for part in (node.get("givenName"), node.get("familyName")) if isinstance(part, str))
    return node.get("name") or joined or node.get("@value")
