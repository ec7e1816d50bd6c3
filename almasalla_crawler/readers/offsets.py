"""Lists that go on from a number of entries: `?offset=20` behind `Load more`, `?start=20` of Joomla."""

from urllib.parse import parse_qsl, urlsplit

NAMES = ("offset", "start")
_SAY_MORE = frozenset(
    "تحميل المزيد|عرض المزيد|شاهد المزيد|المزيد|المزيد من الأخبار|التالي|load more|show more|more|next|older".split("|")
)
_MORE = frozenset("/more /load /load-more /loadmore /load_more /list /items /ajax /page".split())  # below the list's own path


def offset_of(url: str) -> int:
    """Entries that a page of a list leaves out; 0 for its first page and anything else."""
    values = [value for name, value in parse_qsl(urlsplit(url).query) if name.lower() in NAMES]
    return int(values[0]) if len(values) == 1 and values[0].isdecimal() and len(values[0]) < 6 else 0


def is_further(url: str, here: str) -> bool:
    """Is an address further down the list at `here`, which may give its first entries at another address?"""
    path, above = (urlsplit(one).path.rstrip("/") for one in (url, here))
    if path == above:
        is_of_list = _chosen(here) == _chosen(url)
    else:
        is_of_list = bool(above) and path.removeprefix(above) in _MORE and _chosen(here) <= _chosen(url)
    return is_of_list and offset_of(url) > offset_of(here)


def _chosen(url: str) -> set[tuple[str, str]]:
    """What an address asks for beside the number of entries: the category, say."""
    return {(name, value) for name, value in parse_qsl(urlsplit(url).query) if name.lower() not in NAMES}


def goes_on(url: str, text: str, here: str) -> bool:
    """Does a link with this text lead further down the list at `here`?"""
    return text.strip(" .…»›").lower() in _SAY_MORE and is_further(url, here)
