"""What a list tells of an article: enough to notice that it tells something else than before."""

import hashlib
import re
from collections.abc import Iterable

from almasalla_crawler.arabic.letters import dedup_key

_TAG = re.compile(r"<[^>]*>")


def told_digest(texts: Iterable[object]) -> str:
    """Of the letters of titles and texts: pictures and markup change without the news. "" if there are none."""
    key = dedup_key(_TAG.sub(" ", " ".join(str(text) for text in texts if text)))
    return hashlib.sha256(key.encode()).hexdigest()[:16] if key else ""
