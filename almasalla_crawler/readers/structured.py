"""Structured facts: every value that the markup of a page states about its article, with the source that states it."""

import json
import re
from collections.abc import Iterator
from itertools import islice

from lxml import etree

from almasalla_crawler.arabic.letters import display_text
from almasalla_crawler.items import Fact
from almasalla_crawler.readers.addresses import canonical_url, web_address
from almasalla_crawler.readers.block_themes import MARK as BLOCK_AUTHOR
from almasalla_crawler.readers.block_themes import read_block_authors
from almasalla_crawler.readers.entities import unescape
from almasalla_crawler.readers.jsonld import read_nodes
from almasalla_crawler.readers.microdata import MAX_TEXT, read_microdata, read_rdfa, text_of
from almasalla_crawler.readers.relations import read_relations
from almasalla_crawler.readers.schema_org import is_article_type, read_nodes_facts
from almasalla_crawler.readers.time_elements import read_times

MAX_FACTS = 400  # of one page; a page with a hundred keywords in four places has as many
MAX_METAS = 1000
MAX_SOURCE = 100  # characters; part of it is a type that the page names

# Names of <meta>, lower case with "." for ":", "_" and "-", and the field they are a candidate for.
_METAS = {
    field: frozenset(names.split())
    for field, names in {
        "title": "og.title twitter.title dc.title dcterms.title title headline sailthru.title parsely.title cxenseparse.title"
                 " article.headline hdl citation.title",
        "date_published": "article.published.time og.article.published.time og.published.time article.published"
                          " article.published.date article.publication.date datepublished date.published publishdate publish.date"
                          " pubdate publication.date publicationdate published.date published.time published.at date.created"
                          " date.publication date dc.date dc.date.issued dc.date.created dcterms.date dcterms.issued"
                          " dcterms.created sailthru.date parsely.pub.date cxenseparse.recs.publishtime cxenseparse.publishtime"
                          " article.created og.pubdate originalpublicationdate article.date.original rnews.datepublished"
                          " release.date citation.publication.date citation.date prism.publicationdate bt.pubdate displaydate",
        "date_modified": "article.modified.time og.article.modified.time og.updated.time og.modified.time article.modified"
                         " datemodified date.modified date.updated modified.date last.modified lastmod revised dc.date.modified"
                         " dcterms.modified article.updated dc.modified updated.time moddate",
        "author": "author article.author og.article.author article.author.name authors dc.creator dcterms.creator dc.contributor"
                  " byl byline sailthru.author parsely.author cxenseparse.author citation.author articleauthor article.authors"
                  " og.author dc.author twitter.misc.written.by creator",
        "keyword": "keywords news.keywords article.tag og.article.tag og.tag og.keywords dc.subject dcterms.subject parsely.tags"
                   " sailthru.tags cxenseparse.keywords swiftype.tags mrf.tags tags article.keywords keyword",
        "section": "article.section og.article.section og.section parsely.section section category articlesection"
                   " cxenseparse.recs.category cxenseparse.section mrf.sections prism.section dc.section",
        "publisher": "og.site.name application.name dc.publisher dcterms.publisher publisher site.name citation.journal.title"
                     " prism.publicationname",
        "language": "og.locale content.language dc.language dcterms.language language og.language",
        "image_url": "og.image og.image.url og.image.secure.url twitter.image twitter.image.src parsely.image.url"
                     " sailthru.image.full thumbnail cxenseparse.image",
        "url": "og.url parsely.link cxenseparse.url twitter.url dc.identifier",
        "page_type": "og.type parsely.type cxenseparse.pageclass dc.type pagetype content.type.name",
    }.items()
}  # fmt: skip
_FIELD_OF_META = {name: field for field, names in _METAS.items() for name in names}
_SPELLING = str.maketrans(":_- ", "....")
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,200}>")
_ESCAPED = re.compile(r"(?:\\u(?!00[0-7])[0-9a-fA-F]{4})+")
_BYLINE_LABEL = re.compile(r"written by|author|von|par|por|كتب|بقلم|الكاتب|المؤلف", re.I)

_DAY_OF_ADDRESS = re.compile(
    r"//[^?#]*/(20\d\d)(?:(?P<gap>[/-]|(?=\d{4}[/-]))(0?[1-9]|1[0-2])(?P=gap)|/(0[1-9]|1[0-2])(?=\d\d/)|-(0[1-9]|1[0-2])/(?=\d\d/))"
    r"(0?[1-9]|[12]\d|3[01])(?![\d])"
)
_MAX_LINKS = 200
_MAX_OF_ENTRY = 1000  # elements of a hAtom entry
# XPath that asks each element for an attribute costs 1 to 2 ms a page, one pass over these 0.4.
_LOOKED_AT = ("meta", "link", "title", "body", "script", "time", "h1", "a", "article", "div", "input")
_WITHOUT_ENTRIES = tuple(tag for tag in _LOOKED_AT if tag not in ("article", "div"))  # half of a page's elements

Elements = dict[str, list[etree._Element]]  # by tag, in document order


def read_facts(root: etree._Element, source: str, url: str = "") -> list[Fact]:
    """Candidates for the fields of the page's article: `field`, display `value`, `raw` as written, `source`.

    `source` is what may show of the text the tree was made of: it tells quickly which kinds of markup there are. What could
    not be read is a fact of the field `problem`. Nothing is chosen or corrected here.
    """
    found: Elements = {tag: [] for tag in _LOOKED_AT}
    for element in root.iter(*(_LOOKED_AT if "hentry" in source else _WITHOUT_ENTRIES)):
        found[element.tag].append(element)
    head = [*_metas(found["meta"]), *_links(found["link"]), *_names(root, found), *_day_of_address(url)]
    canonical = (fact.value for fact in head if fact.source == "link:canonical")
    addresses = {canonical_url(url), *(address for href in canonical if (address := web_address(url, href)))} - {""}
    nodes = _schema_org(root, found["script"], source, addresses)
    is_stated = any(is_article_type(fact.value) for fact in nodes if fact.field == "page_type")
    if not is_stated and any((one.get("type") or "").lower() == "password" for one in found["input"]):
        nodes.append(Fact("page_type", "login form", "input:password"))
    entries = [one for one in found["article"] or found["div"] if "hentry" in (one.get("class") or "").split()]
    facts: dict[tuple[str, str, str], Fact] = {}
    entry = _entry(entries[0]) if len(entries) == 1 else ()
    authors = read_block_authors(root) if BLOCK_AUTHOR in source else ()
    times = read_times(found["time"], found["h1"])
    for fact in (*nodes, *head, *entry, *read_relations(found["a"], found["h1"]), *authors, *times):
        fact.value = shown_value(fact.value)
        fact.raw, fact.source = display_text(fact.raw[:MAX_TEXT]), display_text(fact.source[:MAX_SOURCE])
        if fact.value and len(facts) < MAX_FACTS:
            facts.setdefault((fact.field, fact.value, fact.source), fact)
    return list(facts.values())


def shown_value(text: str) -> str:
    """Display text of a value: entities and escapes of JSON resolved, also those escaped twice, no tags, one line."""
    text = text[:MAX_TEXT]
    for _ in range(3):
        if "&" not in text or (unescaped := unescape(text)) == text:
            break
        text = unescaped
    if "\\u" in text and text.isascii():  # else it stands in a path, `C:\u0041`
        text = _ESCAPED.sub(lambda match: str(json.loads(f'"{match[0]}"')), text)
    return display_text(_TAG.sub(" ", text) if "<" in text else text)


def _schema_org(root: etree._Element, scripts: list[etree._Element], source: str, addresses: set[str]) -> list[Fact]:
    problems: list[Fact] = []

    def problem(reason: str, text: str) -> None:
        problems.append(Fact("problem", reason, "json-ld", text[:200]))

    texts = ["".join(script.itertext()) for script in scripts if "ld+json" in (script.get("type") or "").lower()]
    read = [("json-ld", read_nodes(texts, problem))]
    if "itemprop" in source:
        read.append(("microdata", read_microdata(root)))
    if " typeof=" in source or ' property="schema:' in source:
        read.append(("rdfa", read_rdfa(root)))
    return [*(fact for how, nodes in read for fact in read_nodes_facts(nodes, how, addresses)), *problems]


def _links(links: list[etree._Element]) -> Iterator[Fact]:
    for link in links:
        relations, href = (link.get("rel") or "").lower().split(), (link.get("href") or "").strip()
        if href and "canonical" in relations:
            yield Fact("url", href, "link:canonical", href)
        elif href and "image_src" in relations:
            yield Fact("image_url", href, "link:image_src", href)


def _names(root: etree._Element, found: Elements) -> Iterator[Fact]:
    """What <title>, <html lang> and the classes WordPress gives a body say."""
    for title in found["title"]:
        if title.getparent() is not None and title.getparent().tag == "head":
            yield Fact("title", text_of(title), "html:title", text_of(title))
    if language := (root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang") or "").strip():
        yield Fact("language", language, "html:lang", language)
    for body in found["body"]:
        names = (body.get("class") or "").split()
        if "single" in names and any(name.startswith("postid-") for name in names):
            yield Fact("page_type", "single", "body:class", " ".join(names))
        elif kind := next((name for name in ("error404", "archive", "search") if name in names), ""):
            yield Fact("page_type", kind, "body:class", " ".join(names))


def _day_of_address(url: str) -> Iterator[Fact]:
    """`/2025/05/18/`, `/2025-05-18-`, `/20250518/`, `/2025/0518/` or `/2025-05/18/`: sites file articles under their day."""
    if day := _DAY_OF_ADDRESS.search(url):
        yield Fact("date_published", f"{day[1]}-{day[3] or day[4] or day[5]:0>2}-{day[6]:0>2}", "url:day", url)


def _metas(metas: list[etree._Element]) -> Iterator[Fact]:
    labels: dict[str, str] = {}
    for meta in metas[:MAX_METAS]:
        name = (meta.get("property") or meta.get("name") or meta.get("http-equiv") or "").strip().lower()
        content = (meta.get("content") or meta.get("value") or "").strip()
        if not name or not content:
            continue
        if field := _FIELD_OF_META.get(name.translate(_SPELLING)):
            yield Fact(field, content, name, content)
        elif name.startswith("twitter:label"):
            labels[name[-1]] = content
        elif name.startswith("twitter:data") and _BYLINE_LABEL.search(labels.get(name[-1], "")):
            yield Fact("author", content, "twitter:data", content)


_ENTRY_CLASSES = {
    "entry-title": "title", "published": "date_published", "entry-date": "date_published", "updated": "date_modified",
}  # fmt: skip


def _entry(entry: etree._Element) -> Iterator[Fact]:
    """The microformat of WordPress themes, hAtom."""
    for element in islice(entry.iter("h1", "h2", "time", "abbr", "span", "a", "div", "p"), _MAX_OF_ENTRY):
        for name in (element.get("class") or "").split():
            if field := _ENTRY_CLASSES.get(name):
                value = (element.get("datetime") or element.get("title") if field != "title" else "") or text_of(element)
                yield Fact(field, value, f"hatom:{name}", value)
            elif name == "fn" and _is_of_the_author(element, entry):
                yield Fact("author", text_of(element), "hatom:fn", text_of(element))


def _is_of_the_author(element: etree._Element, entry: etree._Element) -> bool:
    """Comments carry names of the same class."""
    above = element
    while above is not None and above is not entry:
        names = (above.get("class") or "").split()
        if "author" in names or "byline" in names:
            return True
        above = above.getparent()
    return False
