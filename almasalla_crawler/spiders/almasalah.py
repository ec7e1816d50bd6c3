"""المسلة, Baghdad: WordPress with a theme by AF themes."""

from almasalla_crawler.items import Layout
from almasalla_crawler.news_spider import NewsSpider


class AlmasalahSpider(NewsSpider):
    name = "almasalah"
    start_url = "https://almasalah.com/"
    allowed_domains = ["almasalah.com"]
    publisher = "المسلة"
    time_zone = "Asia/Baghdad"
    language = "ar"
    layouts = [
        Layout(
            body="div.entry-content",
            title="h1.entry-title",
            date=".entry-header .posts-date",
            authors=".entry-header .posts-author",
            section=".entry-header .cat-links",
            tags=".tags-links",
            author_box=".wp-post-author-wrap",
            related=".af-reated-posts, .af-related-posts",  # the first spelling is the theme's own
            drop="nav.post-navigation, .sharedaddy, .min-read, .comments-area, #masthead, .sidebar-area, footer.site-footer",
        ),
    ]
