"""The forms in which a word stands in a text: Arabic glues conjunctions, prepositions and the article to its front, and
pronouns, number and case to its end. «وللحكومة» is and + for + the + government, «حكومتهم» their government.

Only what rules make is made: broken plurals and other tenses are words of their own. A form that is no word costs nothing,
it stands nowhere; one that is another word («بعد» of «عد») would find foreign texts, so the short and common ones are left out.
"""

import re
from collections.abc import Iterator

from almasalla_crawler.arabic.letters import search_key
from almasalla_crawler.arabic.other_words import (
    HAMZA,
    LETTER,
    NEVER_FORMS,
    NOT_HAMZA,
    NOT_MAQSURA,
    NOT_TA,
    ON_ALEF,
    SEATED,
    Forms,
    spelling,
)

_AND = ("", "و", "ف")
_BEFORE = ("", "ب", "ل", "ك")
_BEFORE_SHORT = ("", "ب", "ل")  # و, ف and ك make other words of two letters: وعد، فقط، كرد; not with ة: غزة، وغزة
_ARTICLES = ("ال", "بال", "كال", "لل")
_PRONOUNS = ("ه", "ها", "هم", "هن", "هما", "نا", "كم")
_NUMBERS = ("ان", "ين", "ون")  # dual and sound plural
_NUMBER_OF_SHORT = ("ين",)  # يوم، يومين; but many a noun ends in ان like طيران، عدوان، شعبان
_ARTICLE_OF_QUERY = re.compile("ال(?=..)|[وف]?(?:[بك]?ال|لل)(?=...)")  # أل and إل are never it
_NO_ARTICLE = frozenset(
    "الله اللهم الان الذي التي الذين اللذين اللاتي اليه اليها اليهم والد والده والدي والدين والدته بالغ".split()
)
FUNCTION_WORDS = frozenset("""
في من علي الي عن مع ان او ثم لم لن لا ما هل قد كان كانت هو هي هم هن هذا هذه ذلك تلك بين بعد قبل عند منذ حتي اذا لو كل كما لكن
غير سوي ضد له لها لهم به بها بهم فيه فيها فيهم منه منها منهم عنه عنها عنهم معه معها معهم لنا بنا لكم بكم لك بك لي بي فقط وقد فقد
لقد وهو وهي وهم فهو فهي ولم ولا ولن فلم فلا وان فان بان لان بما لما مما فما وما عما وفي ومن وعن ومع والي وعلي وكان ولكن وبعد
وقبل وبين ولو ولقد كذلك لذلك وذلك وهذا وهذه بهذا لهذا ايضا انه انها انهم وانه وانها بانه لانه لانها التي الذي الذين اي و ف ب ل ك
ال عليه عليها عليهم عليهما علينا عليكم وعليه وعليها وعليهم وعلينا لدي لديه لديها لديهم لدينا لديكم ولدي ولديه ولديها ولديهم
ولدينا فلدينا
""".split())  # fmt: skip
# The same word as others write it: the seats of a hamza, and names that came from other languages.
_SPELLINGS = (("ؤ", "ئ"), ("ئو", "ؤو"), ("وو", "ئو"), ("ئة", "أة"), ("أة", "ئة"), ("كورد", "كرد"), ("كرد", "كورد"),
              ("انكليز", "انجليز"), ("انجليز", "انكليز"), ("إنكليز", "انجليز"), ("إنجليز", "انكليز"),
              ("سوريا", "سورية"), ("سورية", "سوريا"), ("تلفز", "تليفز"), ("تليفز", "تلفز"))  # fmt: skip
_IS_ARABIC = re.compile("[ء-ي]+")

_Form = tuple[str, str]


def forms_of(word: str) -> Forms:
    """Every form of a word that a person typed, in any of its forms; the word itself is among them.

    The pronoun ه and the ending ة share a key, and so do ا and اء: of a form that could be either, the pattern says
    which spelling is meant: `مكتبه` is not مكتبة.
    """
    key = search_key(word)
    pattern = _tells_apart(spelling(word)) if key in FUNCTION_WORDS else ""
    forms = {key: pattern}
    if len(key) < 2 or (key in FUNCTION_WORDS and not pattern):
        return forms
    for stem in _stems(word):
        for form, needed in _forms_of_stem(stem):
            if form not in FUNCTION_WORDS:
                forms[form] = needed if forms.get(form, needed) == needed else ""
    return forms


def _both(first: str, then: str) -> str:
    """Pattern of a spelling that has one and then the other."""
    return f"{first}.*{then}" if first and then else first or then


def _tells_apart(written: str) -> str:
    """What the spelling of a word must have so that it is not the function word with its key: ماء and ما, علي and على."""
    return HAMZA if written.endswith("ء") else NOT_MAQSURA if written == "علي" else ""


def opened(word: str) -> Forms:
    """Forms of the first word of a phrase: what may be glued to its front, nothing else."""
    key = search_key(word)
    glued = _AND if key.startswith("ال") else [before for _and in _AND for before in (_and, *(_and + one for one in "بلك"))]
    forms = {before + key: "" for before in glued}
    if key.startswith("ال"):
        forms |= {_and + before + key[2:]: "" for _and in _AND for before in _ARTICLES}
    return {form: never for form, never in forms.items() if form == key or form not in FUNCTION_WORDS}


def _stems(word: str) -> Iterator[str]:
    """The word as typed and without its article, each in all spellings."""
    written = spelling(word)
    if word.rstrip().endswith(("اً", "ًا")):  # tanwin
        written = written.removesuffix("ا")
    stems = [written]
    if search_key(written) not in _NO_ARTICLE and (article := _ARTICLE_OF_QUERY.match(written)):
        stems.append(written[article.end() :])
    for stem in stems:
        yield stem
        yield from (stem.replace(one, other) for one, other in _SPELLINGS if one in stem)


def _forms_of_stem(written: str) -> Iterator[_Form]:
    """Key and pattern of each form of a stem."""
    stem = search_key(written)
    if not _IS_ARABIC.fullmatch(stem):  # numbers and words in other scripts have nothing glued to their ends
        yield from ((_and + before + stem, "") for _and in _AND for before in (*_BEFORE, *_ARTICLES))
        return
    letters = len(written) - written.endswith("ة")
    before = [_and + one for _and in _AND for one in _BEFORE] if len(written) > 2 else list(_BEFORE_SHORT)
    if stem[0] in "يت" and letters > 3:
        before += [_and + "س" for _and in _AND]  # of a verb in the future
    articles = [_and + one for _and in _AND for one in _ARTICLES]
    alef = ON_ALEF if written[0] in "أإآ" and len(stem) < 5 else ""  # كأمل is not كامل
    for definite, (ended, needed) in _ended(written, stem, letters):
        yield from ((one + ended, _both(alef if one else "", needed)) for one in before)
        if definite:
            yield from ((one + ended, needed) for one in articles)


def _ended(written: str, stem: str, letters: int) -> Iterator[tuple[bool, _Form]]:
    """The stem with each of its endings, and whether the article goes with it: no pronoun follows a word that has one."""
    if written.endswith("ء"):
        yield True, (stem, HAMZA if len(stem) < 4 else "")  # hamzas are dropped («الكهربا»), but ما is not ماء
        yield from _behind_hamza(stem)
        return
    yield True, (stem, "")
    if written.endswith(("ة", "ه")):
        yield from _feminine(stem[:-1], letters)
    if written.endswith("ة"):
        return
    yield from ((False, (stem + pronoun, _told_apart(pronoun))) for pronoun in _pronouns(letters))
    if letters > 2:
        yield from ((False, (stem + ending, _told_apart(ending))) for ending in ("ا", "ت", "وا"))
    numbers = _NUMBERS if letters > 3 else _NUMBER_OF_SHORT if letters == 3 and stem[0] != "ت" else ()  # تحس، تحسين
    yield from ((True, (stem + number, "")) for number in numbers if stem + number not in NEVER_FORMS)
    if letters > 4 and stem[0] == "م" and stem + "و" not in NEVER_FORMS:  # مهندسو before what they belong to; not فرانكو
        yield False, (stem + "و", "")
    if letters > 3:
        yield from ((False, (stem + vowel + pronoun, _told_apart(pronoun))) for vowel in "يو" for pronoun in _PRONOUNS)
    if letters > 3 + (stem[0] == "م" and stem[-2] != "ا"):  # the feminine of a short noun with م is often another: مكتب، مكتبات
        yield from _plural(stem + "ات")
    if written.endswith("أ"):  # مبدأ، مبدئه
        yield from ((False, (stem[:-1] + seat + pronoun, SEATED)) for seat in "يو" for pronoun in _PRONOUNS)
    if stem.endswith("ي") and letters > 3:  # مستشفى، مستشفاها
        yield from ((False, (stem[:-1] + "ا" + pronoun, "")) for pronoun in _PRONOUNS)
    if stem.endswith(("ين", "ون")) and letters > 4:
        yield from _masculine_plural(stem[:-2])


def _behind_hamza(stem: str) -> Iterator[tuple[bool, _Form]]:
    """A hamza at the end takes another seat before an ending: جزء، جزئها، جزؤها. Its key has only the seat."""
    for pronoun in (*_PRONOUNS, "ا"):
        yield False, (stem + pronoun, _both(HAMZA, _told_apart(pronoun) or LETTER))
        yield from ((False, (stem + seat + pronoun, _both(SEATED, _told_apart(pronoun)))) for seat in "يو")
    yield from ((True, (stem + number, _both(HAMZA, LETTER))) for number in ("ان", "ين", "ات"))
    yield from ((True, (stem + number, SEATED)) for number in ("يين", "وون"))
    yield from ((False, (f"{stem}ات{pronoun}", _both(HAMZA, LETTER))) for pronoun in _PRONOUNS)
    yield True, (stem + "وات", "")


def _feminine(base: str, letters: int) -> Iterator[tuple[bool, _Form]]:
    yield from ((False, (f"{base}ت{pronoun}", "")) for pronoun in (*_PRONOUNS, "ي", "ا"))
    yield from ((True, (f"{base}ت{number}", "")) for number in ("ان", "ين"))
    yield from _plural(base + "ات")


def _plural(plural: str) -> Iterator[tuple[bool, _Form]]:
    yield True, (plural, "")
    yield from ((False, (plural + pronoun, "")) for pronoun in _PRONOUNS)


def _masculine_plural(base: str) -> Iterator[tuple[bool, _Form]]:
    """مسلحون and مسلحين are one word; مسلحو and مسلحي before what they belong to."""
    for vowel in "يو":
        yield True, (f"{base}{vowel}ن", "")
        if len(base) > 3:
            yield from ((False, (base + vowel + pronoun, _told_apart(pronoun))) for pronoun in ("", *_PRONOUNS))


def _told_apart(ending: str) -> str:
    """Pattern of a word with this ending, whose key may be that of a word with ة or اء (خبراً، خبراء; أبنا، أبناء)."""
    return NOT_TA if ending == "ه" else NOT_HAMZA if ending in ("ا", "نا") else ""


def _pronouns(letters: int) -> tuple[str, ...]:
    """ني and ك are left out where they often make another word: بنو، بنوك."""
    return (*_PRONOUNS, *(("ني",) if letters > 3 else ()), *(("ك",) if letters > 4 else ()))
