"""What of an answer is no page."""

import pytest
from scrapy.http import HtmlResponse

from almasalla_crawler.downloader.content import wall_in_front
from almasalla_crawler.readers.cut_pages import breaks_off, is_cut
from tests.servers.bad import PAGE


@pytest.mark.parametrize(
    ("body", "cut"),
    [
        (PAGE, False), (PAGE + b"<!-- 0.2 s -->", False), (PAGE[:-30], True), (b"<p>a fragment", False), (b"{\"a\": 1}", False), (b"{\"a\":", True),
        (b"<?xml version='1.0'?><rss><channel></channel></rss>", False), (b"<?xml version='1.0'?><rss><channel>", True),
        (b"<urlset><url></url>", True), (b"<feed><entry><content>&lt;html&gt;<html></html></content></entry>", True), (b"", False),
    ],
)  # fmt: skip
def test_a_document_without_its_end_is_cut(body: bytes, cut: bool) -> None:
    assert is_cut(body) is cut


_TEMPLATE = b'<script>var card = "<article class=card><h3>" + title + "<\\/h3>";</script>'
_WITHOUT_ENDS = PAGE.removesuffix(b"</body></html>")


@pytest.mark.parametrize(
    ("body", "breaks"),
    [
        (PAGE, False),
        (_WITHOUT_ENDS, False),
        (_WITHOUT_ENDS + _TEMPLATE, False),
        (_WITHOUT_ENDS + b"<!-- <article> -->", False),
        (_WITHOUT_ENDS + b'<template><article class="card"></template>', False),
        (PAGE + _TEMPLATE + b" " * 5000, False),
        (PAGE[: PAGE.index(b"</article>")], True),
        (PAGE[: PAGE.index(b"</article>")].replace(b"<article", _TEMPLATE + b"<article"), True),
        (PAGE[: PAGE.index(b"</article>")] + b"<script>var card = '</article>", True),
    ],
)
def test_a_document_breaks_off_where_its_own_article_has_no_end(body: bytes, breaks: bool) -> None:
    assert breaks_off(body) is breaks


@pytest.mark.parametrize(
    ("body", "status", "is_wall"),
    [
        (PAGE, 200, False),
        (PAGE.replace(b"</article>", b'<form><div class="g-recaptcha"></div></form></article>'), 200, False),
        (b"<title>Just a moment...</title>", 403, True),
        (b"<title>Just a moment...</title>", 200, True),
        (b"<TITLE>Access Denied</TITLE>", 200, True),
        (b"<p>The term captcha</p>", 404, False),
        (b"<h1>403 Forbidden</h1><hr>nginx", 403, False),
        (b"<div class=g-recaptcha></div>", 403, True),
        (b"<h1>Sorry, you have been blocked</h1>", 403, True),
    ],
)
def test_a_wall_is_known_by_what_walls_say(body: bytes, status: int, is_wall: bool) -> None:
    assert bool(wall_in_front(HtmlResponse("http://news.example/", status=status, body=body))) is is_wall


def test_a_wall_is_told_in_its_own_spelling() -> None:
    assert wall_in_front(
        HtmlResponse("http://news.example/", body="<p>خبر</p>".encode() + b"<TITLE>\nAccess Denied</TITLE>")
    ) == ("<TITLE> Access Denied")
