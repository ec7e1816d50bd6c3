"""deduplicate: the fingerprint that makes two copies of a text one article, and one article of a text seen twice on a page;
the sketch by which edited, shortened and extended copies are found.

Which stored article a text is gets decided inside the transaction that stores it (storage/identity.py), so that two
pages of one batch see each other.
"""

from almasalla_crawler.arabic.datelines import key_without_dateline
from almasalla_crawler.arabic.letters import fingerprint
from almasalla_crawler.arabic.sketches import sketch_of
from almasalla_crawler.items import Article, Page


class DeduplicatePipeline:
    def process_item(self, page: Page) -> Page:
        if page.has_text:
            deduplicate(page)
        return page


def deduplicate(page: Page) -> None:
    """Fingerprints and sketches every article; a related article with the text of one above it on the page is dropped for it."""
    seen: dict[str, Article] = {}
    for article in page.articles:
        article.fingerprint = fingerprint(key_without_dateline(article.body, article.body_key, article.dateline_agency))
        if article.fingerprint in seen:
            _merge(article, seen[article.fingerprint])
        else:
            seen[article.fingerprint] = article
    page.articles = list(seen.values())
    for index, article in enumerate(page.articles):
        article.sketch = sketch_of(article.body_key)
        article.position = sum(other.role == article.role for other in page.articles[:index])
        for line in article.lines:
            line.article = index


def _merge(copy: Article, first: Article) -> None:
    """The lines of the copy belong to the article they repeat."""
    first.lines.extend(copy.lines)
    first.title = first.title or copy.title
