"""Headlines and links that name other articles."""

from almasalla_crawler.arabic.letters import search_key
from almasalla_crawler.items import Line, Mention, Page
from almasalla_crawler.pipelines.line_shapes import is_title_like
from almasalla_crawler.readers.addresses import web_address


class Mentions:
    """Collects the mentions of one page in reading order; links inside bodies come last."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.last_rule = ""

    def take(self, line: Line, kind: str, rule: str) -> None:
        line.role, line.rule = ("similar_title" if kind == "similar" else "read_also"), rule
        self.last_rule = rule
        self._add(kind, line.text.lstrip("-–—* "), line.key, line.href or (line.links[0][1] if line.links else ""))

    def take_if_headline(self, line: Line, kind: str) -> None:
        if not line.role and self._is_headline(line):
            self.take(line, kind, "zone_related")
        elif not line.role:
            line.role, line.rule = "other", "zone_related"

    def _is_headline(self, line: Line) -> bool:
        return line.key.count(" ") >= 2 and (bool(line.href) or is_title_like(line))

    def take_value(self, line: Line) -> None:
        """The headline that a marker carries on its own line."""
        if line.value:
            self.last_rule = line.rule
            self._add(line.rule, line.value, search_key(line.value), line.links[-1][1] if line.links else "")

    def _add(self, kind: str, title: str, key: str, href: str) -> None:
        url = web_address(self.page.url, href)
        self.page.mentions.append(Mention(kind, len(self.page.mentions), title, key, url))

    def take_links(self) -> None:
        """Links inside the bodies that lead to other addresses, in reading order."""
        for article in self.page.articles:
            for line in article.lines:
                if line.role in ("paragraph", "list_item"):
                    for text, href in line.links:
                        if not href.startswith("#") and web_address(self.page.url, href):
                            self._add("link", text, search_key(text), href)
