"""A small WordPress: posts, their pages, the REST interface in the shapes a real one has, feed and sitemap as switched on."""

import html
import json
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.servers.serving import Answer
from tests.storage.news_pages import News, news

OFFSET = timedelta(hours=3)
_TYPES: dict[str, dict[str, Any]] = {
    "post": {"rest_base": "posts", "hierarchical": False, "taxonomies": ["category", "post_tag"]},
    "page": {"rest_base": "pages", "hierarchical": True},
}
_HIDDEN = {"code": "rest_user_cannot_view", "message": "عذراً", "data": {"status": 401}}
NOT_FOUND: Answer = (404, {"Content-Type": "text/html"}, "<html><body><h1>الصفحة غير موجودة</h1></body></html>".encode())


@dataclass(frozen=True)
class Post:
    """A post as its database has it. Times are UTC."""

    id: int
    text: News
    date: datetime
    modified: datetime
    slug: str = ""
    author: str = "سلمى الحداد"
    categories: tuple[str, ...] = ("محليات", "ثقافة")
    tags: tuple[str, ...] = ("جسر", "مكتبة عامة")
    status: str = "publish"
    password: str = ""
    parts: int = 1
    type: str = "post"

    @property
    def path(self) -> str:
        return f"/{self.date.year}/{self.date.month:02}/{self.slug or f'post-{self.id}'}/"


def post(number: int, **given: Any) -> Post:
    """The post with this number; a new one is published every hour."""
    moment = datetime.fromisoformat("2025-05-01T09:30:15") + timedelta(hours=number)
    return replace(Post(number, news(number, 5), moment, moment), **given)


@dataclass
class WordPress:
    posts: dict[int, Post]
    doors: frozenset[str] = frozenset({"rest", "feed", "sitemap"})
    permalinks: bool = True
    robots: str = "User-agent: *\nDisallow: /wp-admin/\n"
    url: str = ""
    most_at_once: int = 100  # posts in one answer
    hides_accounts: bool = False  # from strangers who ask over REST
    has_guests: bool = False  # one account publishes what all of them write
    missing_parts: set[tuple[int, int]] = field(default_factory=set)

    def __call__(self, path: str, headers: dict[str, str]) -> Answer:
        parts = urlsplit(path)
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        host = headers["host"]
        self.url = f"http://{host}"
        if parts.path == "/robots.txt":
            return 200, {"Content-Type": "text/plain"}, self.robots.encode()
        if "rest" in self.doors and (route := self._route(parts.path, query)) is not None:
            return self._rest(route, query)
        if "feed" in self.doors and parts.path == "/feed/":
            return self._feed(int(query.get("paged", "1")))
        if "atom" in self.doors and parts.path == "/feed/atom/":
            return self._atom(int(query.get("paged", "1")), query.get("orderby") == "modified")
        if "sitemap" in self.doors and parts.path == "/wp-sitemap.xml":
            return self._sitemap()
        if parts.path == "/":
            return self._front(query)
        return self._page(parts.path)

    def public(self) -> list[Post]:
        return [one for one in self.posts.values() if one.status == "publish"]

    # --- REST

    def _route(self, path: str, query: dict[str, str]) -> str | None:
        if "rest_route" in query:
            return query["rest_route"]
        return path.removeprefix("/wp-json") if self.permalinks and path.startswith("/wp-json/") else None

    def _rest(self, route: str, query: dict[str, str]) -> Answer:
        fields = query.get("_fields", "")
        if route in ("", "/"):
            return _json({"name": "صحيفة الواحة", "description": "", "url": self.url, "namespaces": ["oembed/1.0", "wp/v2"]})
        if route == "/wp/v2/types":
            names = sorted({one.type for one in self.posts.values()} | {"page", "wp_block"})
            return _json({name: _TYPES.get(name, {"rest_base": name, "hierarchical": False}) for name in names})
        base, _, number = route.removeprefix("/wp/v2/").partition("/")
        type_of_post = "post" if base == "posts" else base
        if not number:
            return self._list(query, fields, type_of_post)
        one = self.posts.get(int(number)) if number.isdigit() else None
        if one is None or one.type != type_of_post:
            return _json({"code": "rest_post_invalid_id", "message": "معرّف المقالة غير صالح.", "data": {"status": 404}}, 404)
        if one.status != "publish":
            return _json({"code": "rest_forbidden", "message": "عذراً", "data": {"status": 401}}, 401)
        return _json(self._record(one, fields, "_embed" in query))

    def _list(self, query: dict[str, str], fields: str, type_of_post: str) -> Answer:
        chosen = [one for one in self.public() if one.type == type_of_post]
        if include := query.get("include"):
            chosen = [one for one in chosen if str(one.id) in include.split(",")]
        if after := query.get("after"):
            chosen = [one for one in chosen if one.date + OFFSET > datetime.fromisoformat(after)]
        key = (lambda one: one.modified) if query.get("orderby") == "modified" else (lambda one: one.date)
        chosen.sort(key=key, reverse=query.get("order", "desc") == "desc")
        size, page = min(int(query.get("per_page", "10")), self.most_at_once), int(query.get("page", "1"))
        pages = -(-len(chosen) // size)
        if page > max(pages, 1):
            return _json({"code": "rest_post_invalid_page_number", "message": "…", "data": {"status": 400}}, 400)
        totals = {"X-WP-Total": str(len(chosen)), "X-WP-TotalPages": str(pages)}
        shown = chosen[(page - 1) * size : page * size]
        return _json([self._record(one, fields, "_embed" in query) for one in shown], headers=totals)

    def _record(self, one: Post, fields: str, embed: bool) -> dict[str, Any]:
        body = "" if one.password else "".join(f"<p>{html.escape(text)}</p>\n" for text in one.text.body)
        record: dict[str, Any] = {
            "id": one.id,
            "date": (one.date + OFFSET).isoformat(),
            "date_gmt": one.date.isoformat(),
            "guid": {"rendered": f"{self.url}/?p={one.id}"},
            "modified": (one.modified + OFFSET).isoformat(),
            "modified_gmt": one.modified.isoformat(),
            "slug": one.slug or f"post-{one.id}",
            "status": one.status,
            "type": one.type,
            "author": 1 if self.has_guests else sum(one.author.encode()),
            "link": self.url + one.path,
            "title": {"rendered": html.escape(one.text.title)},
            "content": {"rendered": body, "protected": bool(one.password)},
        }
        if embed:
            own = "" if one.type == "post" else f"{one.type}_"
            terms = [(f"{own}category", name) for name in one.categories], [(f"{own or 'post_'}tag", name) for name in one.tags]
            record["_embedded"] = {
                "author": [_HIDDEN if self.hides_accounts else {"id": 1, "name": one.author, "slug": "salma"}],
                "wp:term": [[{"name": name, "taxonomy": taxonomy} for taxonomy, name in group] for group in terms],
            }
        asked = {name.split(".")[0] for name in fields.split(",") if name}
        return {name: value for name, value in record.items() if not asked or name in asked}

    # --- feed and sitemap

    def _feed(self, page: int) -> Answer:
        shown = sorted(self.public(), key=lambda one: one.date, reverse=True)[(page - 1) * 10 : page * 10]
        items = "".join(
            f"<item><title>{html.escape(one.text.title)}</title><link>{self.url}{one.path}</link><dc:creator>{one.author}</dc:creator>"
            f'<pubDate>{format_datetime(one.date.replace(tzinfo=UTC))}</pubDate><guid isPermaLink="false">{self.url}/?p={one.id}</guid>'
            + "".join(f"<category>{name}</category>" for name in (*one.categories, *one.tags))
            + f"<description>{html.escape(one.text.body[0][:60])} [&amp;hellip;]</description></item>"
            for one in shown
            if not one.password
        )
        rss = (
            '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"'
            ' xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"><channel><title>صحيفة الواحة</title>'
            f"<link>{self.url}</link><sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>1</sy:updateFrequency>"
            f"<generator>https://wordpress.org/?v=6.8</generator>{items}</channel></rss>"
        )
        return (200, {"Content-Type": "application/rss+xml"}, rss.encode()) if shown else NOT_FOUND

    def _atom(self, page: int, by_change: bool) -> Answer:
        ordered = sorted(self.public(), key=lambda one: one.modified if by_change else one.date, reverse=True)
        shown = ordered[(page - 1) * 10 : page * 10]
        entries = "".join(
            f'<entry><title type="html">{html.escape(one.text.title)}</title><link rel="alternate" href="{self.url}{one.path}"/>'
            f"<id>{self.url}/?p={one.id}</id><author><name>{one.author}</name></author>"
            f"<updated>{one.modified.isoformat()}Z</updated><published>{one.date.isoformat()}Z</published></entry>"
            for one in shown
        )
        head = '<title>صحيفة الواحة</title><generator uri="https://wordpress.org/">WordPress</generator>'
        atom = f'<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom">{head}{entries}</feed>'
        return (200, {"Content-Type": "application/atom+xml"}, atom.encode()) if shown else NOT_FOUND

    def _sitemap(self) -> Answer:
        urls = "".join(
            f"<url><loc>{self.url}{one.path}</loc><lastmod>{one.modified.isoformat()}+00:00</lastmod></url>"
            for one in self.public()
        )
        xml = f'<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{urls}</urlset>'
        return 200, {"Content-Type": "application/xml"}, xml.encode()

    # --- pages

    def _front(self, query: dict[str, str]) -> Answer:
        if "p" in query and (one := self.posts.get(int(query["p"]))) is not None:
            return 301, {"Location": self.url + one.path}, b""
        rest = f"{self.url}/wp-json/" if self.permalinks else f"{self.url}/index.php?rest_route=/"
        links = [f'<link rel="https://api.w.org/" href="{rest}">'] if "rest" in self.doors else []
        if "feed" in self.doors:
            links.append(f'<link rel="alternate" type="application/rss+xml" href="{self.url}/feed/">')
            links.append(f'<link rel="alternate" type="application/rss+xml" href="{self.url}/comments/feed/">')
        newest = sorted(self.public(), key=lambda one: one.date, reverse=True)[:5]
        shown = "".join(f'<h2><a href="{self.url}{one.path}">{one.text.title}</a></h2>' for one in newest)
        style = '<link rel="stylesheet" href="/wp-content/themes/oasis/style.css">'
        return _html(f"{style}{''.join(links)}", f"<main>{shown}</main>")

    def _page(self, path: str) -> Answer:
        base, _, last = path.rstrip("/").rpartition("/")
        for one in self.public():
            if path == one.path:
                return self._part(one, 1)
            if (
                f"{base}/" == one.path
                and last.isdigit()
                and 1 < int(last) <= one.parts
                and (one.id, int(last)) not in self.missing_parts
            ):
                return self._part(one, int(last))
        return NOT_FOUND

    def _part(self, one: Post, number: int) -> Answer:
        size = -(-len(one.text.body) // one.parts)
        texts = one.text.body[(number - 1) * size : number * size]
        body = "".join(f"<p>{html.escape(text)}</p>" for text in texts)
        links = "".join(f'<a class="post-page-numbers" href="{self.url}{one.path}{n}/">{n}</a>' for n in range(2, one.parts + 1))
        pages = f'<div class="page-links">صفحات: {links}</div>' if one.parts > 1 else ""
        day = (one.date + OFFSET).strftime("%Y-%m-%d")
        signed = f'<span class="author vcard"><a class="url fn n" rel="author" href="/author/1/">{one.author}</a></span>'
        article = (
            f'<article id="post-{one.id}"><h1 class="entry-title">{html.escape(one.text.title)}</h1><span class="posts-date">{day}</span>{signed * self.hides_accounts}'
            f'<div class="entry-content">{body}{pages}</div></article>'
        )
        return _html(
            f"<title>{html.escape(one.text.title)}</title>", f"{article}<footer>جميع الحقوق محفوظة لصحيفة الواحة</footer>"
        )


def _json(value: Any, status: int = 200, headers: dict[str, str] | None = None) -> Answer:
    body = json.dumps(value).encode()
    return status, {"Content-Type": "application/json; charset=UTF-8", **(headers or {})}, body


def _html(head: str, body: str) -> Answer:
    page = f'<!doctype html><html lang="ar" dir="rtl"><head><meta charset="utf-8">{head}</head><body>{body}</body></html>'
    return 200, {"Content-Type": "text/html; charset=UTF-8"}, page.encode()
