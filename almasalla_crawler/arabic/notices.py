"""Notices of one pattern: obituaries, appointments, reports of matches are one text but for the names filled in."""

from collections import Counter
from collections.abc import Sequence

from almasalla_crawler.arabic.alignment import Gap, Run
from almasalla_crawler.arabic.forms import FUNCTION_WORDS
from almasalla_crawler.arabic.letters import search_keys
from almasalla_crawler.arabic.names import GIVEN_NAMES
from almasalla_crawler.arabic.occasions import count_values, values_of
from almasalla_crawler.arabic.places import COUNTRY_OF, PLACES
from almasalla_crawler.arabic.slots import GIVEN, LONGEST_NAME, slots_between

MAX_PLACES = 30  # in which a pattern is filled in
LONGEST_NOTICE = 300  # words; in a longer text a name is one that was mended
BYLINE = 3  # words at the beginning: a copy may have its own place, agency and reporter there
FULL_NAME = 3  # words: all of them exchanged are another person, fewer may be a correction; in a notice two are
NOTICE = 100  # words at most: here one other name, that of a country, tells two notices apart
FEW_EDITS = 1  # beside it
MIN_EXCHANGED = 2  # names; one that is full counts as many as it has words
TOLD_OF = 3  # times: a word that stands so often in the place of another is taken for the name of whom the text is about
MAX_EDITS = 0.34  # for each exchanged name: who edits a text changes other words too
MAX_FILLED = 1  # more for each name of two words and more: no edit by chance puts a person in the place of another
ONE_NAME = 0.7  # of the letters: ترمب is ترامب

_NO_NAMES = FUNCTION_WORDS - GIVEN_NAMES
_BEFORE_NAMES = frozenset(
    search_keys(
        """
        السيد السيدة الحاج الحاجة الشيخ المرحوم المرحومة الفقيد الفقيدة الشهيد الشهيدة الأستاذ الدكتور الدكتورة المهندس
        المحامي القاضي المستشار النائب وزير سفير محافظ اللواء العميد العقيد المقدم الرائد النقيب الملازم المواطن المواطنة
        المدعو المدعي المدعية المتهم المدين الدائن الطالب الطالبة الباحث الشاب الشابة الطفل الطفلة الزميل المريض المريضة
        الضابط الكاتب المخرج الشاعر الفنان الفنانة اللاعب المدرب الحكم المهاجم المدافع الحارس مهاجمه زميله لاعب نجم صفوف
        فريق نادي منتخب ضيفه مضيفه ملعب ملعبه مدينة محافظة قضاء ناحية قرية بلدة حي أحياء منطقة محلة شارع طريق ساحة ميدان جسر
        جامع مسجد حسينية كنيسة مقبرة قاعة ديوان مدرسة إعدادية ثانوية ابتدائية جامعة كلية معهد دائرة لجنة مستشفى فندق مطار
        ميناء منفذ معبر سجن مخيم سوق شركة مؤسسة مصرف بنك آل بني عشيرة قبيلة بن ابن بنت نجل نجله كريمة أبو أم باسم عائلة أسرة
        """.split()
    )
)


def names_others(words: Sequence[str], others: Sequence[str], runs: Sequence[Run]) -> bool:
    """Do these texts, otherwise equal, name other people, places or teams where they have names?

    Words of search keys. `runs` are all that they have in common, however short.
    """
    if len(runs) > MAX_PLACES or len(words) > LONGEST_NOTICE:
        return False
    every = slots_between(words, others, runs)
    times = Counter((*gap.words, *gap.others) for gap in every if len(gap.words) == len(gap.others) == 1)
    gaps = [gap for gap in every if _is_inside(gap, words, others)]
    named = [gap for gap in gaps if _is_of_names(words, gap) or times[(*gap.words, *gap.others)] >= TOLD_OF]
    sizes = _exchanged(named, set(words), set(others), len(words) <= NOTICE) if named else []
    edits = sum(_is_edit(gap) for gap in gaps if gap not in named and times[(*gap.words, *gap.others)] < 2)
    exchanged, filled = sum(sizes), sum(size > 1 for size in sizes)
    if sizes and len(words) <= NOTICE:
        exchanged += sum(_has_other_value(gap) for gap in gaps if gap not in named)
        if edits <= FEW_EDITS and any(_is_all_of_names(gap) for gap in named):
            return True
    return exchanged >= MIN_EXCHANGED and edits <= MAX_EDITS * exchanged + MAX_FILLED * filled


def _exchanged(gaps: Sequence[Gap], mine: set[str], theirs: set[str], is_notice: bool) -> list[int]:
    """Sizes of names for which the other text has others, each once, not those that it has elsewhere: 1 if less than full."""
    full = FULL_NAME - is_notice
    found: set[str] = set()
    sizes = []
    for gap in gaps:
        is_new = not (theirs.issuperset(gap.words) and mine.issuperset(gap.others)) and not found.issuperset(gap.words)
        if is_new and _is_edit(gap):
            size = _size(gap, is_notice and _has((*gap.words, *gap.others), GIVEN_NAMES))
            sizes.append(min(size, FULL_NAME) if size >= full else 1)
            found.update(gap.words)
    return sizes


def _size(gap: Gap, is_notice: bool) -> int:
    """Words of the name that are exchanged. In a notice سعد جاسم اللامي for سعد الربيعي is another person, not a name mended,
    and so is ريم سعد اللامي for سعد الربيعي: a name that is mended keeps its beginning or its end.
    """
    mine, theirs = set(gap.words), set(gap.others)
    gone, come = len(mine - theirs), len(theirs - mine)
    keeps_an_end = gap.words[:1] == gap.others[:1] or gap.words[-1:] == gap.others[-1:]
    is_words = not FUNCTION_WORDS.isdisjoint(mine ^ theirs)
    is_other = mine.isdisjoint(theirs) or (gone and come and not keeps_an_end and not is_words)
    return max(gone, come) if is_notice and is_other else min(gone, come)


def _has_other_value(gap: Gap) -> bool:
    """Numbers and days for others, and nothing else."""
    mine, theirs = values_of(gap.words), values_of(gap.others)
    return bool(mine and theirs) and mine != theirs and (len(mine), len(theirs)) == (len(gap.words), len(gap.others))


def _is_all_of_names(gap: Gap) -> bool:
    """Names that are known for other such names, not another spelling of them, nor a city for its country."""
    both = (*gap.words, *gap.others)
    known = any(all(word in names or word[1:] in names for word in both) for names in (GIVEN, PLACES))
    return known and bool(gap.words and gap.others) and _is_edit(gap) and not _is_city_for_its_country(gap)


def _is_city_for_its_country(gap: Gap) -> bool:
    mine, theirs = gap.words[-1], gap.others[-1]
    return COUNTRY_OF.get(mine) == theirs or COUNTRY_OF.get(theirs) == mine


def _is_inside(gap: Gap, words: Sequence[str], others: Sequence[str]) -> bool:
    """Neither in the dateline nor behind the text, or in a place that takes a name there too: there a credit names people."""
    is_behind = gap.start + len(gap.words) == len(words) and gap.other + len(gap.others) == len(others)
    if is_behind and not all(_has(side, PLACES) for side in (gap.words, gap.others)):
        return False
    if is_behind or min(gap.start, gap.other) < BYLINE:
        return gap.start > 0 and _leads_to_a_name(words[gap.start - 1])
    return True


def _is_edit(gap: Gap) -> bool:
    """More than a number, another spelling of a word or another form of it."""
    both = (gap.words, gap.others)
    mine, theirs = ([word for word in side if word not in other] for side, other in (both, both[::-1]))
    if all(count_values(side) == len(side) for side in (mine, theirs)):
        return False
    if len(mine) != len(theirs):
        return not _is_spelling(" ".join(mine), " ".join(theirs))
    return not all(map(_is_spelling, mine, theirs))


def _is_spelling(word: str, other: str) -> bool:
    """May both be written for one name? Not two places that are known: القاهرة is not العمارة."""
    from rapidfuzz.distance import Indel

    return not (word in PLACES and other in PLACES) and Indel.normalized_similarity(word, other) >= ONE_NAME


def _is_of_names(words: Sequence[str], gap: Gap) -> bool:
    """Names for names, as far as they are known, or what stands behind such words as `the town of`."""
    if not gap.words or not gap.others or max(len(gap.words), len(gap.others)) > LONGEST_NAME:
        return False
    if any(map(_NO_NAMES.issuperset, (gap.words, gap.others))):
        return False
    return (
        _belongs_to_a_name(words[: gap.start]) or _are_people(gap) or all(_has(side, PLACES) for side in (gap.words, gap.others))
    )


def _belongs_to_a_name(before: Sequence[str]) -> bool:
    """Does a name go on, or begin, behind these words? علي may be على, unless it stands behind a name or a title itself."""
    last = before[-1] if before else ""
    return last in GIVEN or _leads_to_a_name(last) or (last in GIVEN_NAMES and _belongs_to_a_name(before[-2:-1]))


def _leads_to_a_name(word: str) -> bool:
    return word in _BEFORE_NAMES or word[1:] in _BEFORE_NAMES or (word[:2] == "لل" and f"ا{word[1:]}" in _BEFORE_NAMES)


def _are_people(gap: Gap) -> bool:
    """A given name on both sides, on one of them no word of the language."""
    both = (gap.words, gap.others)
    return all(_has(side, GIVEN_NAMES) for side in both) and any(_has(side, GIVEN) for side in both)


def _has(words: Sequence[str], names: frozenset[str]) -> bool:
    return any(word in names or word[1:] in names for word in words)
