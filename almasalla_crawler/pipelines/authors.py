"""Who wrote an article, by its byline."""

import re

from almasalla_crawler.arabic.letters import search_key
from almasalla_crawler.arabic.names import opens_with_a_name
from almasalla_crawler.items import Article, Fact
from almasalla_crawler.pipelines.publishers import NO_PUBLISHER
from almasalla_crawler.pipelines.shown import byline_parts, signed_names
from almasalla_crawler.pipelines.stated_names import is_name, split_names

_LOGIN_NAME = re.compile(r"[a-z0-9._@ -]+|[A-Za-z0-9._@-]+|(?i:admin|editor).*")


def describe_authors(article: Article, people_only: bool) -> None:
    for line in article.lines:
        if line.role == "byline":
            names = _people(byline_parts(line)[0]) if people_only else signed_names(line)
            for name in names:
                if name not in article.authors and (is_person(name, article) or not people_only):
                    article.authors.append(name)
                    article.facts.append(Fact("author", name, line.rule, line.text, True))


def _people(names: str) -> list[str]:
    """The first of the names, and of the others those that begin as a name: `هدى كريم، بغداد` has one."""
    first, *others = [*split_names(names)] or [""]
    people = [first, *(name for name in others if opens_with_a_name(search_key(name)))]
    return [name for name in people if is_name(name, people_only=True)]


def is_person(name: str, article: Article) -> bool:
    """Bylines also hold logins, the outlet's own name and agencies."""
    key = search_key(name)
    others = {search_key(article.publisher or ""), search_key(article.dateline_agency or "")}
    return bool(key) and key not in others and key not in NO_PUBLISHER and not _LOGIN_NAME.fullmatch(name) and key.count(" ") < 5
