"""عرب خبر: an aggregator. A page carries one article, often a second whole one, and headlines of others."""

from almasalla_crawler.items import Layout
from almasalla_crawler.news_spider import NewsSpider


class ArabkhabarSpider(NewsSpider):
    name = "arabkhabar"
    start_url = "https://www.arabkhabar.com/"
    allowed_domains = ["arabkhabar.com"]
    publisher = ""  # it shows the articles of others: المصدر names whose
    time_zone = "Asia/Baghdad"
    language = "ar"
    layouts = [
        Layout(body=".news-body", title="h1.news-title", date=".news-date", related="section.similar"),
    ]
