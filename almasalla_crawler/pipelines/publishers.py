"""Which outlet published an article, and whether the page is of its own site."""

import re
from itertools import islice

from almasalla_crawler.arabic.letters import search_key
from almasalla_crawler.items import Article, Fact, Page
from almasalla_crawler.pipelines.choose import in_order
from almasalla_crawler.pipelines.shown import BETWEEN_NAMES, byline_parts
from almasalla_crawler.readers.addresses import is_host_of

_DESK = re.compile(r"^(?:فريق|مراسلو?|متابعات|متابعة|خاص(?: ?[بل]ـ?)?|تحرير|قسم|رصد|ترجمة)\s?")
NO_PUBLISHER = frozenset(
    "وكالات الوكالات وكاله متابعات متابعه مواقع خاص رصد صحف تواصل انترنت ووكالات انباء الكترونيه "
    "عواصم خاص ترجمه متابعه ومتابعه تقرير تحرير بتصرف ".split()
)
_VIEW_OF = re.compile(r"(?:وجهة|وجهات) نظر ([^،.؛:]{2,30})[،.؛]")
_NO_NAME_OF_ITS_OWN = frozenset(
    "الموقع الصحيفه الوكاله المنصه البوابه الجريده الشبكه الناشر الكاتب كاتبها كاتبه كاتبيها ناشره ناشرها اصحابها"
    " اصحابه صاحبها صاحبه القناه التحرير الاداره ادارتها".split()
)


def describe_publisher(article: Article, page: Page) -> None:
    """The source line names the publisher; else the site itself; else the agency of the dateline; else the credit."""
    candidates = [(line.value, line.rule) for line in article.lines if line.role == "source" and line.rule == "source_label"]
    if article.role == "main" and not candidates and (site := site_of(page)):
        candidates.append((site.value, site.source))
    candidates.append((article.dateline_agency or "", "dateline"))
    credits = (line for line in article.lines if line.role == "credit" and line.rule != "label_below_the_text")
    candidates += [(line.text, "credit_line") for line in islice(credits, 1)]
    candidates += [(name, "disclaimer") for name in _named_in_disclaimers(article, page)]
    candidates += [(name[1], "byline") for line in article.lines if len(name := byline_parts(line)) > 1]
    for raw, source in candidates:
        value = raw if source == "outlet:publisher" else _publisher_among(raw)
        if value:
            article.facts.append(Fact("publisher", value, source, raw, article.publisher is None))
            article.publisher = article.publisher or value


def _named_in_disclaimers(article: Article, page: Page) -> list[str]:
    """`لايعبّر عن وجهة نظر المسلة`: outlets disclaim under their own name. A name the page has elsewhere counts first."""
    texts = [line for line in article.lines if line.role == "disclaimer"]
    known = [name for other in page.articles for name in (other.publisher, other.dateline_agency) if name]
    named = [name for name in known if any(f" {search_key(name)} " in f" {line.key} " for line in texts)]
    matches = [match[1].strip() for line in texts if (match := _VIEW_OF.search(line.text))]
    return named + [name for name in matches if search_key(name) not in _NO_NAME_OF_ITS_OWN]


def _publisher_among(names: str) -> str:
    """The first name of `names` that is an outlet and not a desk: المسلة of "المسلة – متابعة – وكالات"."""
    parts = (_DESK.sub("", part.strip()).strip() for part in BETWEEN_NAMES.split(names))
    return next((part for part in parts if part and not NO_PUBLISHER.issuperset(search_key(part).split())), "")


def site_of(page: Page) -> Fact | None:
    """The publisher whose own site this is: as the outlet declares, else what the site calls itself; None of an aggregator."""
    if page.site:
        return Fact("publisher", page.site.publisher, "outlet:publisher") if page.site.publisher else None
    return next(in_order(page.facts, "publisher"), None)


def describe_site(page: Page) -> None:
    """A main article that names no other source stands on its publisher's own site; on an aggregator none does."""
    main = next((article for article in page.articles if article.role == "main"), None)
    if main is None or not page.url.startswith(("http://", "https://")):
        return
    if page.site and not (page.site.publisher and is_host_of(page.url, page.site.hosts)):
        return
    sources = {search_key(line.value) for line in main.lines if line.role == "source" and line.rule == "source_label"}
    if sources - {search_key(site.value if (site := site_of(page)) else ""), search_key(page.outlet or "")}:
        return
    main.own_site, main.url = True, page.url
