"""Who somebody is, in one line below their text: `نوال بن صالح – صحفية من وهران تكتب في شؤون المدن`."""

import re

from almasalla_crawler.arabic.letters import search_key
from almasalla_crawler.arabic.names import opens_with_a_name
from almasalla_crawler.arabic.reports import is_report
from almasalla_crawler.arabic.stems import goes_on

PROFESSIONS = frozenset(
    search_key(
        """
        صحفي صحفية صحافي صحافية كاتب كاتبة مراسل مراسلة محرر محررة إعلامي إعلامية باحث باحثة مدون مدونة مؤلف مؤلفة مترجم مترجمة
        أديب أديبة شاعر شاعرة روائي روائية ناقد ناقدة أستاذ أستاذة أكاديمي أكاديمية محلل محللة خبير خبيرة مختص مختصة متخصص متخصصة
        """
    ).split()
)
_NAME_AND_MORE = re.compile(r"([^\W\d_]+(?: [^\W\d_]+){1,3}?)(?:\s?[،,]|\s[-–—])\s?([^\W\d_]+)")
MAX_NAME_WORDS = 4


def tells_who_somebody_is(text: str, key: str) -> bool:
    """A name and, behind a mark or at once, what that person works as. No report of what they did or said, and no quotation."""
    if ":" in text or is_report(key) or goes_on(key):
        return False
    if marked := _NAME_AND_MORE.match(text):
        return search_key(marked[2]) in PROFESSIONS
    behind = key.split(maxsplit=MAX_NAME_WORDS + 1)[2 : MAX_NAME_WORDS + 1]
    return opens_with_a_name(key) and not PROFESSIONS.isdisjoint(behind)


def tells_a_profession(key: str) -> bool:
    """Below a name: `كاتب وباحث من وهران`. No report."""
    return not (PROFESSIONS.isdisjoint(key.split(maxsplit=2)[:2]) or is_report(key) or goes_on(key))
