"""تونس اليوم."""

from almasalla_crawler.items import Layout
from almasalla_crawler.news_spider import NewsSpider


class TounesSpider(NewsSpider):
    name = "tounes"
    start_url = "https://tounesalyoum.example/"
    allowed_domains = ["tounesalyoum.example"]
    publisher = "تونس اليوم"
    language = "ar"
    layouts = [
        Layout(
            body="div.entry-content",
            title="h1.entry-title",
            date="span.posts-date a",
        ),
    ]
