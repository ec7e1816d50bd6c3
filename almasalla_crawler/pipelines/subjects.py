"""Section and keywords of an article, by its own lines."""

import re

from almasalla_crawler.items import Article, Line

_KEYWORD_SEPARATORS = re.compile(r"\s*[،,؛;|#•]\s*|\s+[-–/]\s+")
MAX_TAGS = 30  # of one box


def describe_subjects(article: Article) -> None:
    sections = (line.value for line in article.lines if line.role == "section")
    if article.section is None:
        article.section = next(sections, None)
    for line in _lines_of_keywords(article):
        article.keywords.extend(_keywords(line, {keyword for keyword, _ in article.keywords}))


def _lines_of_keywords(article: Article) -> list[Line]:
    """Without the labels of boxes of links, and without boxes above the title or as long as a list of what is read today."""
    lines = [line for line in article.lines if line.role == "keywords"]
    title = next((line.number for line in article.lines if line.role == "title"), 0)
    in_boxes = [line for line in lines if line.rule == "zone_keywords"]
    tags = [line for line in in_boxes if line.links and line.number > title] or [line for line in in_boxes if not line.links]
    return [line for line in lines if line.rule != "zone_keywords" or (len(tags) <= MAX_TAGS and line in tags)]


def _keywords(line: Line, known: set[str]) -> list[tuple[str, str]]:
    """Keywords as written: the links of the line, else its value cut at separators; words between spaces stay together."""
    linked = [text.strip("# ") for text, _ in line.links if line.value or text != line.text]
    written = linked or [part.strip("# .") for part in _KEYWORD_SEPARATORS.split(line.value)]
    return [
        (keyword, "tag") for keyword in dict.fromkeys(written) if keyword.rstrip(":") == keyword != "" and keyword not in known
    ]
