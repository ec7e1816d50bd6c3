"""Pages that end too early."""

import re

_ENDS = (  # how a document begins and ends
    (re.compile(rb"<(?:rss|feed|urlset|sitemapindex)\b"), re.compile(rb"</(?:rss|feed|urlset|sitemapindex)\s{0,9}>")),
    (re.compile(rb"<(?:!doctype html|html|head|body)\b", re.I), re.compile(rb"</(?:html|body)\s{0,9}>", re.I)),
    (re.compile(rb"\A\s{0,99}[{\[]"), re.compile(rb"[}\]]\s{0,99}\Z")),
)
_ARTICLE, _ARTICLE_END = re.compile(rb"<article\b", re.I), re.compile(rb"<\\?/article\b", re.I)
_NO_MARKUP = re.compile(rb"<!--.*?(?:-->|\Z)|<(script|style|template|textarea)\b.*?(?:</\1\b|\Z)", re.I | re.S)


def is_cut(body: bytes) -> bool:
    """Does a body whose length was not sent begin as a document and not end as one?"""
    for begin, end in _ENDS:
        if begin.search(body, 0, 4096):
            return end.search(body, max(0, len(body) - 4096)) is None
    return False


def breaks_off(body: bytes) -> bool:
    """Does a page of the length that was announced end inside its article? A server that died, or lies, cuts it there.

    The ends of a page alone may be left out, as HTML allows; scripts and comments hold articles of their own.
    """
    begin, end = _ENDS[1]
    if end.search(body) or not begin.search(body, 0, 4096) or not _ARTICLE.search(body):
        return False
    shown = _NO_MARKUP.sub(b"", body)
    return len(_ARTICLE.findall(shown)) > len(_ARTICLE_END.findall(shown))
