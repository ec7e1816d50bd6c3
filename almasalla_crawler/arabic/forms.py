"""The forms in which a word stands in a text: Arabic glues conjunctions, prepositions and the article to its front, and
pronouns, number and case to its end. «وللحكومة» is and + for + the + government, «حكومتهم» their government.

Only what rules make is made: broken plurals and other tenses are words of their own. A form that is no word costs nothing,
it stands nowhere; one that is another word («بعد» of «عد») would find foreign texts, so the short and common ones are left out.
"""

import re
import unicodedata
from collections.abc import Iterator

from almasalla_crawler.arabic.letters import search_key

_AND = ("", "و", "ف")
_BEFORE = ("", "ب", "ل", "ك")
_BEFORE_SHORT = ("", "ب", "ل")  # و, ف and ك make other words of two letters: وعد، فقط، كرد
_ARTICLES = ("ال", "بال", "كال", "لل")
_PRONOUNS = ("ه", "ها", "هم", "هن", "هما", "نا", "كم")
_NUMBERS = ("ان", "ين", "ون")  # dual and sound plural
_ARTICLE_OF_QUERY = re.compile("ال(?=..)|[وف]?(?:[بك]?ال|لل)(?=...)")  # أل and إل are never it
_NO_ARTICLE = frozenset(
    "الله اللهم الان الذي التي الذين اللذين اللاتي اليه اليها اليهم والد والده والدي والدين والدته بالغ".split()
)
FUNCTION_WORDS = frozenset("""
في من علي الي عن مع ان او ثم لم لن لا ما هل قد كان كانت هو هي هم هن هذا هذه ذلك تلك بين بعد قبل عند منذ حتي اذا لو كل كما لكن
غير سوي ضد له لها لهم به بها بهم فيه فيها فيهم منه منها منهم عنه عنها عنهم معه معها معهم لنا بنا لكم بكم لك بك لي بي فقط وقد فقد
لقد وهو وهي وهم فهو فهي ولم ولا ولن فلم فلا وان فان بان لان بما لما مما فما وما عما وفي ومن وعن ومع والي وعلي وكان ولكن وبعد
وقبل وبين ولو ولقد كذلك لذلك وذلك وهذا وهذه بهذا لهذا ايضا انه انها انهم وانه وانها بانه لانه لانها التي الذي الذين اي و ف ب ل ك
ال
""".split())  # fmt: skip
# Keys of a function word and of another: how that one ends, and how the function word does (ماء، ما; علي، على).
_ALSO_A_WORD = {"ما": ("ء", "ا"), "علي": ("ي", "ى")}
# The same word as others write it: the seats of a hamza, and names that came from other languages.
_SPELLINGS = (("ؤ", "ئ"), ("ئو", "ؤو"), ("وو", "ئو"), ("ئة", "أة"), ("أة", "ئة"), ("كورد", "كرد"), ("كرد", "كورد"),
              ("انكليز", "انجليز"), ("انجليز", "انكليز"), ("إنكليز", "انجليز"), ("إنجليز", "انكليز"))  # fmt: skip
_PERSIAN = str.maketrans("کیگچپڤە", "كيكجبفه")
_IS_ARABIC = re.compile("[ء-ي]+")

_ENDS = {"ة": "هۀہھە", "ء": "اأآى", "ا": "ء", "ى": "يی"}  # forbidden last letter -> those that may stand there
_BEHIND = "،.:؛؟!,;()[]{}«»“”\"'’‘…" + "".join(map(chr, range(0x064B, 0x0653)))  # that may stand behind it

Forms = dict[str, str]  # search key of a form -> the letter that its spelling must not end with, "" for any


def spelling(word: str) -> str:
    """A word without marks, tatweel and what stands around it; hamza, ta marbuta and alef maqsura as written."""
    letters = unicodedata.normalize("NFKC", word).translate(_PERSIAN)
    return "".join(letter for letter in letters if letter.isalnum() and letter != "ـ")


def may_be_of(forms: Forms, words: list[str]) -> list[str]:
    """Of written words those that may be one of these forms: only their ends are looked at, which is quick."""
    ends = frozenset("".join(map(_ENDS.__getitem__, set(forms.values()))))
    return [word for word in words if word.rstrip(_BEHIND)[-1:] in ends]


def forms_of(word: str) -> Forms:
    """Every form of a word that a person typed, in any of its forms; the word itself is among them.

    The pronoun ه and the ending ة share a key, and so do ا and اء: of a form that could be either, the letter says
    which spelling is another word: `مكتبه` may not be written مكتبة.
    """
    key = search_key(word)
    end, other_end = _ALSO_A_WORD.get(key, ("", ""))
    is_meant = bool(end) and spelling(word).endswith(end)
    forms = {key: other_end if is_meant else ""}
    if len(key) < 2 or (key in FUNCTION_WORDS and not is_meant):
        return forms
    for stem in _stems(word):
        for form, never in _forms_of_stem(stem):
            if form not in FUNCTION_WORDS:
                forms[form] = never if forms.get(form, never) == never else ""
    return forms


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


def _forms_of_stem(written: str) -> Iterator[tuple[str, str]]:
    """Key and forbidden last letter of each form of a stem."""
    stem = search_key(written)
    if not _IS_ARABIC.fullmatch(stem):  # numbers and words in other scripts have nothing glued to their ends
        yield from ((_and + before + stem, "") for _and in _AND for before in (*_BEFORE, *_ARTICLES))
        return
    letters = len(written) - written.endswith("ة")
    before = [_and + one for _and in _AND for one in _BEFORE] if letters > 2 else list(_BEFORE_SHORT)
    if stem[0] in "يتنا":
        before += [_and + "س" for _and in _AND]  # of a verb in the future
    articles = [_and + one for _and in _AND for one in _ARTICLES]
    for definite, (ending, never) in _ended(written, stem, letters):
        yield from ((one + ending, never) for one in before)
        if definite:
            yield from ((one + ending, never) for one in articles)


def _ended(written: str, stem: str, letters: int) -> Iterator[tuple[bool, tuple[str, str]]]:
    """The stem with each of its endings, and whether the article goes with it: no pronoun follows a word that has one."""
    yield True, (stem, "")
    if written.endswith(("ة", "ه")):
        yield from _feminine(stem[:-1], letters)
    if written.endswith("ة"):
        return
    for base in _before_endings(written, stem):
        yield from ((False, (base + pronoun, "ة" if pronoun == "ه" else "")) for pronoun in _pronouns(len(stem)))
        if letters > 2:
            yield from ((False, (base + ending, "ء" if ending == "ا" else "")) for ending in ("ا", "ت", "وا"))
        if letters > 3:
            yield from ((True, (base + number, "")) for number in _NUMBERS)
        if letters > 3 + stem.startswith("م"):  # the feminine of a short noun with م is often another one: مكتب، مكتبات
            yield from _plural(base + "ات")
    if stem.endswith("ي") and letters > 3:  # مستشفى، مستشفاها
        yield from ((False, (stem[:-1] + "ا" + pronoun, "")) for pronoun in _PRONOUNS)
    if stem.endswith(("ين", "ون")) and letters > 4:
        yield from _masculine_plural(stem[:-2])


def _feminine(base: str, letters: int) -> Iterator[tuple[bool, tuple[str, str]]]:
    yield from ((False, (f"{base}ت{pronoun}", "")) for pronoun in (*_PRONOUNS, "ي", "ا"))
    yield from ((True, (f"{base}ت{number}", "")) for number in ("ان", "ين"))
    if letters > 2:
        yield from _plural(base + "ات")


def _plural(plural: str) -> Iterator[tuple[bool, tuple[str, str]]]:
    yield True, (plural, "")
    yield from ((False, (plural + pronoun, "")) for pronoun in _PRONOUNS)


def _masculine_plural(base: str) -> Iterator[tuple[bool, tuple[str, str]]]:
    """مسلحون and مسلحين are one word; مسلحو and مسلحي before what they belong to."""
    for vowel in "يو":
        yield True, (f"{base}{vowel}ن", "")
        if len(base) > 3:
            yield from ((False, (base + vowel + pronoun, "ة" if pronoun == "ه" else "")) for pronoun in ("", *_PRONOUNS))


def _before_endings(written: str, stem: str) -> list[str]:
    """What a stem is before an ending: a hamza at its end takes another seat (جزء، جزئها، جزؤها)."""
    if written.endswith("ء") or stem.endswith("ا"):
        return [stem, stem + "ي", stem + "و", *([stem[:-1] + "ي", stem[:-1] + "و"] if written.endswith("أ") else [])]
    return [stem]


def _pronouns(letters: int) -> tuple[str, ...]:
    """ني and ك are left out where they often make another word: اسما، اسماك."""
    return (*_PRONOUNS, *(("ني",) if letters > 3 else ()), *(("ك",) if letters > 4 else ()))
