"""describe: what each article is: title, dates, dateline, publisher, authors, keywords, language."""

import re
from datetime import UTC, datetime, timedelta

from almasalla_crawler.arabic.datelines import read_dateline
from almasalla_crawler.arabic.dates import FoundDate, read_date, split_date
from almasalla_crawler.arabic.languages import language_of
from almasalla_crawler.arabic.letters import search_key
from almasalla_crawler.items import Article, Fact, Line, Page
from almasalla_crawler.readers.addresses import web_address

BODY_ROLES = frozenset({"paragraph", "subheading", "list_item", "dateline"})
_DESK = re.compile(r"^(?:فريق|مراسلو?|متابعات|متابعة|خاص(?: ?[بل]ـ?)?|تحرير|قسم|رصد|ترجمة)\s?")
_DATE_LABEL = re.compile(r"\s(?:ت[اأ]ريخ|نُ?شر|آخر تحديث|بتاريخ)\b|\s[|•-]?\s?(?=[0-9٠-٩])")
_NO_PUBLISHER = frozenset(
    "وكالات الوكالات وكاله متابعات متابعه مواقع خاص رصد صحف تواصل انترنت ووكالات انباء الكترونيه "
    "عواصم خاص ترجمه متابعه ومتابعه تقرير تحرير بتصرف ".split()
)
_BETWEEN_NAMES = re.compile(r"\s*[+/،,|:]\s*|\s+[–—ـ-]\s*")
_VIEW_OF = re.compile(r"(?:وجهة|وجهات) نظر ([^،.؛:]{2,30})[،.؛]")
_NO_NAME_OF_ITS_OWN = frozenset(
    "الموقع الصحيفه الوكاله المنصه البوابه الجريده الشبكه الناشر الكاتب كاتبها كاتبه كاتبيها ناشره ناشرها اصحابها"
    " اصحابه صاحبها صاحبه القناه التحرير الاداره ادارتها".split()
)
_KEYWORD_SEPARATORS = re.compile(r"\s*[،,؛;|#•]\s*|\s+[-–/]\s+")
_LOGIN_NAME = re.compile(r"[a-z0-9._@ -]+|[A-Za-z0-9._@-]+|(?i:admin|editor).*")
_BYLINE_WORDS = re.compile(r"^(?:كتبت?|بقلم|تحرير|إعداد|بواسطة|by|written by)\s*[:：\-–]?\s+", re.I)


class DescribePipeline:
    def process_item(self, page: Page) -> Page:
        if page.reject is None:
            describe(page)
        return page


def describe(page: Page) -> None:
    """Fills the fields of every article from its own lines, then from what the head of the page states."""
    agencies = frozenset(search_key(line.value) for line in page.lines if line.role == "source" and line.value)
    for article in page.articles:
        _describe_body(article)
        _describe_title(article, page)
        _describe_dateline(article, agencies)
        _describe_publisher(article, page)
        _describe_dates(article, page)
        _describe_people_and_subjects(article, page)
        article.language = language_of(article.body)
    _describe_site(page)


def _describe_body(article: Article) -> None:
    blocks = [line for line in article.lines if line.role in BODY_ROLES]
    article.body = "\n\n".join(line.text for line in blocks)
    article.block_roles = [line.role for line in blocks]
    article.body_key = " ".join(line.key for line in blocks if line.key)
    article.paragraph_count = sum(role in ("paragraph", "list_item") for role in article.block_roles)
    article.word_count = article.body_key.count(" ") + 1


def _describe_title(article: Article, page: Page) -> None:
    titles = [line for line in article.lines if line.role == "title"]
    named = [line for line in article.lines if line.role == "marker" and line.value]
    if titles:
        article.title, article.title_source, article.title_key = titles[0].text, titles[0].rule, titles[0].key
    elif named and article.role == "related":
        article.title, article.title_source = named[0].value, "headline_in_marker"
    elif article.role == "main" and (stated := page.metadata.get("og:title")):
        article.title, article.title_source = stated, "og:title"
    if article.title:
        article.title_key = article.title_key or search_key(article.title)
        article.facts.append(Fact("title", article.title, article.title_source or "", article.title, True))


def _describe_dateline(article: Article, agencies: frozenset[str]) -> None:
    first = next((line for line in article.lines if line.role in ("paragraph", "dateline")), None)
    found = read_dateline(first.text, agencies) if first else None
    if found:
        article.dateline_place, article.dateline_agency = found.place, found.agency
    credit = next((line for line in article.lines if line.role == "credit"), None)
    article.credit = credit.text if credit else None


def _describe_publisher(article: Article, page: Page) -> None:
    """The source line names the publisher; else the site itself; else the agency of the dateline; else the credit."""
    candidates = [(line.value, line.rule) for line in article.lines if line.role == "source" and line.rule == "source_label"]
    if article.role == "main" and not candidates and (site := page.metadata.get("og:site_name")):
        candidates.append((site, "og:site_name"))
    candidates.append((article.dateline_agency or "", "dateline"))
    candidates.append((article.credit or "", "credit_line"))
    candidates += [(name, "disclaimer") for name in _named_in_disclaimers(article, page)]
    candidates += [(name[1], "byline") for line in article.lines if len(name := _byline_parts(line)) > 1]
    for raw, source in candidates:
        value = _publisher_among(raw)
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
    parts = (_DESK.sub("", part.strip()).strip() for part in _BETWEEN_NAMES.split(names))
    return next((part for part in parts if part and not _NO_PUBLISHER.issuperset(search_key(part).split())), "")


def _describe_dates(article: Article, page: Page) -> None:
    stated = [(line, found) for line in article.lines if (found := _stated_date(line, page))]
    modified = next((found for _, found in stated if found.label == "modified"), None)
    chosen = _date_beside_the_title(article, [pair for pair in stated if pair[1].label != "modified"])
    if article.role == "main" and (in_head := _date_in_head(page, "article:published_time")):
        same_day = chosen and abs((in_head.day - chosen.day).days) <= 1
        if chosen is None or (same_day and chosen.instant is None and in_head.instant):
            day = chosen.day if chosen else in_head.day
            chosen = FoundDate(in_head.raw, day, in_head.instant, in_head.precision, "article:published_time")
    if chosen:
        _set_published(article, chosen, page)
    if article.role == "main" and not (modified and modified.instant):
        modified = _date_in_head(page, "article:modified_time") or modified
    if modified and modified.instant:
        article.date_modified_utc = _iso(modified.instant)
        article.facts.append(Fact("date_modified", article.date_modified_utc, modified.rule, modified.raw, True))


def _stated_date(line: Line, page: Page) -> FoundDate | None:
    """The date of a date line, or the one that ends a byline: `كتب: فلان تاريخ النشر: ...`."""
    if line.role == "byline":
        split = split_date(line.text, page.now)
        return split[1] if split else None
    return read_date(line.text, page.now) if line.role == "date" else None


def _date_beside_the_title(article: Article, stated: list[tuple[Line, FoundDate]]) -> FoundDate | None:
    """A labelled date; else the first one between title and text; else the last one above. Below the text is no place."""
    labelled = [found for _, found in stated if found.label == "published"]
    if labelled:
        return labelled[0]
    title = next((line.number for line in article.lines if line.role == "title"), 0)
    text = next((line.number for line in article.lines if line.role in BODY_ROLES), 0)
    below_title = [found for line, found in stated if title < line.number < text]
    above_title = [found for line, found in stated if line.number < title]
    return next(iter(below_title or above_title[-1:]), None)


def _date_in_head(page: Page, name: str) -> FoundDate | None:
    return read_date(page.metadata.get(name, ""), page.now)


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
    article.facts.append(Fact("date_published", article.date_published_date, found.rule, found.raw, True))


def _describe_people_and_subjects(article: Article, page: Page) -> None:
    for line in article.lines:
        if line.role == "byline":
            name = _byline_parts(line)[0]
            if _is_person(name, article) and name not in article.authors:
                article.authors.append(name)
                article.facts.append(Fact("author", name, line.rule, line.text, True))
        elif line.role == "keywords":
            article.keywords.extend(_keywords(line, {keyword for keyword, _ in article.keywords}))
        elif line.role == "section" and article.section is None:
            article.section = line.value
    if article.role == "main":
        article.section = article.section or page.metadata.get("article:section")
        article.image_url = web_address(page.url, page.metadata.get("og:image", ""))


def _byline_parts(line: Line) -> list[str]:
    """Name and, behind a dash, outlet of a byline; empty for any other line."""
    if line.role != "byline":
        return []
    text = _DATE_LABEL.split(line.value or line.text)[0]
    return [part.strip(" :-–،") for part in _BETWEEN_NAMES.split(_BYLINE_WORDS.sub("", text))]


def _is_person(name: str, article: Article) -> bool:
    """Bylines also hold logins, the outlet's own name and agencies."""
    key = search_key(name)
    others = {search_key(article.publisher or ""), search_key(article.dateline_agency or "")}
    return bool(key) and key not in others and key not in _NO_PUBLISHER and not _LOGIN_NAME.fullmatch(name) and key.count(" ") < 5


def _keywords(line: Line, known: set[str]) -> list[tuple[str, str]]:
    """Keywords as written: the links of the line, else its value cut at separators; words between spaces stay together."""
    linked = [text.strip("# ") for text, _ in line.links]
    written = linked or [part.strip("# .") for part in _KEYWORD_SEPARATORS.split(line.value)]
    return [(keyword, "tag") for keyword in dict.fromkeys(written) if keyword and keyword not in known]


def _describe_site(page: Page) -> None:
    """A main article on a page with an address that names no other source stands on its publisher's own site."""
    main = next((article for article in page.articles if article.role == "main"), None)
    if main is None or not page.url.startswith(("http://", "https://")):
        return
    sources = {search_key(line.value) for line in main.lines if line.role == "source" and line.rule == "source_label"}
    if sources - {search_key(page.metadata.get("og:site_name", "")), search_key(page.outlet or "")}:
        return
    main.own_site, main.url = True, page.url


def _iso(instant: datetime) -> str:
    return instant.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
