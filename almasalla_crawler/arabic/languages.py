"""Which language a text is in: told by its script, by letters that only one language writes, and by its commonest words.

What the page declares decides between languages of one script only where the text does not: many pages of other languages
declare the one their template came in.
"""

import re
from collections import Counter
from functools import lru_cache

_SAMPLE = 500  # characters: in less than a paragraph the commonest words have all been used
_MIN_WORDS = 3
_MIN_SHARE = 0.15  # of the words of a text in Latin script: Czech has an eighth of its words in common with Portuguese
_MIN_SURE_SHARE = 0.2  # to contradict a declared language that has no words here; Afrikaans shares many with its neighbours
_CLOSE = 0.75  # of the best score: two languages that share most of their commonest words, and the page says which
_SHORT = 12  # words: a headline may well do without the commonest ones
_TAG = re.compile(r"([a-zA-Z]{2,3})(?:[-_]([A-Za-z]{4}))?(?:[-_]([A-Za-z]{2}|\d{3}))?(?:[-_.@].*)?")

_SCRIPTS = {
    "Arab": re.compile("[\u0620-\u064a\u066e-\u06d3\u06d5]"), "Latn": re.compile("[A-Za-z\u00c0-\u024f]"),
    "Cyrl": re.compile("[\u0400-\u052f]"), "Hebr": re.compile("[\u05d0-\u05ea]"), "Grek": re.compile("[\u0370-\u03ff]"),
    "Deva": re.compile("[\u0900-\u097f]"), "Thai": re.compile("[\u0e00-\u0e7f]"), "Hang": re.compile("[\uac00-\ud7af]"),
    "Kana": re.compile("[\u3040-\u30ff]"), "Hani": re.compile("[\u4e00-\u9fff]"),
}  # fmt: skip
_ONLY_LANGUAGE = {"Hebr": "he", "Grek": "el", "Thai": "th", "Hang": "ko", "Kana": "ja"}
_WRITTEN_IN = {  # scripts of languages that are not written in Latin
    language: script
    for script, languages in {
        "Arab": "ar fa ur ckb ku ps sd ug pnb azb prs arz", "Cyrl": "ru uk bg sr mk be kk ky mn tg tt", "Hebr": "he yi",
        "Grek": "el", "Deva": "hi mr ne sa", "Thai": "th", "Hang": "ko", "Kana": "ja", "Hani": "zh ja yue",
    }.items()
    for language in languages.split()
}  # fmt: skip

# Letters that one language of the Arabic script writes and the others do not, and what each occurrence says.
_LETTERS = {"ur": ("ٹڈڑںےھہ", 1.0), "ckb": ("ێۆڕڵە", 1.0), "ps": ("ټډړږښڼڅځۍ", 3.0), "ug": ("ۇۈۋ", 3.0),
            "sd": ("ڻڄڃڀٿٽڊڌڙڳڱڦ", 3.0), "fa": ("پچژگیک", 0.25)}  # fmt: skip
_ARTICLES = (" ال", " وال", " بال", " لل", " فال")  # of Arabic; also in the names that its neighbours borrow
_ARABIC_SCRIPT = {
    "ar": "في من على إلى الى أن إن عن مع التي الذي الذين هذا هذه ذلك تلك قبل خلال كان كانت قال قالت لم لن ولا لا أو ثم حيث كما"
          " وقد قد بأن عند عبر منذ ضمن حول إثر بسبب رغم أي أنه إنه وأن وفي ومن وعلى هو هي فيما لكن بعد بين غير كل إذا وهو وهي"
          " كي يا",
    "fa": "در به از که را این آن با است برای یک خود شد شده تا بر کرد کرده کردند می‌شود می شود بود باید است. گفت دارد نیز هم یا"
          " هستند اما شود های ها نمی‌شود داد دیگر پس بین‌المللی درباره روز",
    "ur": "کے کی میں ہے سے کو نے کا اور پر ہیں کہ اس بھی ہو گا گی گئی کیا ہے۔ ہیں۔ تھا تھی لیے ساتھ جو ایک",
    "ps": "په کې چې یې وویل شوي شوې کړي کړې کړل هېواد ولسمشر څخه",
    "ckb": "لە بۆ کە بە ئەم لەگەڵ ئەو بەڵام هەروەها دەکات دەبێت سەر دوای بوو کرد",
}  # fmt: skip
_LATIN_SCRIPT = {
    "en": "the of and to in that for with was on is as by at from has have it his her are were said after its this will be not"
          " but who they an which their been over new says",
    "kmr": "û ku li ji bi di de ya yên ên yê jî ew hat bo dike kir wan wî wê re ev dibe heye hatin nav",
    "de": "der die das und den von zu mit sich des auf für ist im dem nicht ein eine als auch es an werden aus hat dass sie nach"
          " bei wird einer um am sind noch wie in",
    "fr": "de la le et les des en un une du dans est que pour qui sur au par avec il pas plus ont son ce se sont cette aux"
          " été mais",
    "es": "de la que el en y los del se las por un para con una su al lo como más pero sus ha es no este sobre fue",
    "it": "di che il la e per un in del della con non una è sono le dei si da al più ha nel alla come gli anche i lo delle",
    "pt": "de que o a e do da em um para com não uma os no se na por mais as dos como foi ao das são pelo pela",
    "nl": "de van het een en in is dat op te zijn met voor niet aan er die hij door maar ook om uit bij naar heeft worden wordt",
    "tr": "ve bir bu için ile da de olarak olan çok daha sonra kadar gibi en ne ise olduğunu dedi göre üzerinde var yıl",
    "sv": "och i att det som en på är av för den till med har de inte om ett han men var vid från",
    "da": "og i at det er en til på som af for den med de ikke der har et vi om var kan men fra ved efter blev",
    "no": "og i at det er en til på som av for den med de ikke har et vi om var kan men fra ved etter ble",
}  # fmt: skip
_ALIASES = {"nb": "no", "nn": "no", "iw": "he", "in": "id", "pes": "fa", "arb": "ar"}
_MACRO = {"ku": frozenset({"ckb", "kmr"})}
_NO_REGIONS = frozenset({("ar", "AR"), ("en", "EN"), ("fa", "FA"), ("ur", "UR"), ("ku", "KU")})  # `ar_AR` is no Argentina


def _by_word(table: dict[str, str]) -> dict[str, tuple[str, ...]]:
    """The languages that have a word among their commonest; Persian and Urdu ones also with Arabic yeh and kaf."""
    found: dict[str, tuple[str, ...]] = {}
    for language, words in table.items():
        spellings = words.split() if language in ("ar", "ckb") else f"{words} {words.replace('ی', 'ي').replace('ک', 'ك')}".split()
        for word in dict.fromkeys(spellings):
            found[word] = (*found.get(word, ()), language)
    return found


_WORDS = {"Arab": _by_word(_ARABIC_SCRIPT), "Latn": _by_word(_LATIN_SCRIPT)}


def language_of(text: str, declared: str = "") -> str | None:
    """BCP 47 tag of a text, `und` where neither it nor the page says; None for a text without letters.

    `declared` is what the page says. Its region stays where its language is that of the text.
    """
    sample = text[:_SAMPLE]
    script = _script_of(sample)
    if not script:
        return None
    stated = _primary(declared)
    stated = stated if script == _script_of_declared(declared) or (script == "Hani" and stated == "ja") else ""
    found = _ONLY_LANGUAGE.get(script) or _among(_scores(sample, script), stated, script, sample.count(" ") + 1)
    return _tagged(found, declared)


@lru_cache(maxsize=1024)
def language_tag(declared: str) -> str | None:
    """BCP 47: `de-DE` of `de_DE.UTF-8`; None for words such as `Arabic`."""
    match = _TAG.fullmatch(declared.strip())
    if match is None:
        return None
    language, script, region = match[1].lower(), (match[2] or "").title(), (match[3] or "").upper()
    region = "" if (language, region) in _NO_REGIONS else region
    return "-".join(part for part in (language, script, region) if part)


def _script_of(sample: str) -> str:
    """ISO 15924 code of the script that most letters are of, "" for none. Nearly every text shows it in its first letters."""
    for script in ("Arab", "Latn"):
        if len(_SCRIPTS[script].findall(sample[:80])) > 48:
            return script
    counts = {script: len(letters.findall(sample)) for script, letters in _SCRIPTS.items()}
    best = max(counts, key=lambda script: counts[script])
    return "" if not counts[best] else "Kana" if best == "Hani" and counts["Kana"] else best


@lru_cache(maxsize=1024)
def _primary(tag: str) -> str:
    language = (language_tag(tag) or "").partition("-")[0]
    return _ALIASES.get(language, language)


@lru_cache(maxsize=1024)
def _script_of_declared(tag: str) -> str:
    parts = (language_tag(tag) or "").split("-")
    explicit = next((part for part in parts[1:] if len(part) == 4), "")
    return explicit or _WRITTEN_IN.get(_primary(tag), "Latn" if parts[0] else "")


def _scores(sample: str, script: str) -> dict[str, float]:
    """How much of a text is the commonest words of each language, and its own letters."""
    words = _WORDS.get(script, {})
    scores: dict[str, float] = {}
    used = Counter(map(words.get, (sample if script == "Arab" else sample.lower()).split()))
    for languages, count in used.items():
        for language in languages or ():
            scores[language] = scores.get(language, 0) + count
    if script == "Arab":
        for language, (letters, weight) in _LETTERS.items():
            if count := sum(map(sample.count, letters)):
                scores[language] = scores.get(language, 0) + weight * count
        scores["ar"] = scores.get("ar", 0) + sum(map(f" {sample}".count, _ARTICLES))
    return scores


def _among(scores: dict[str, float], stated: str, script: str, words: int) -> str:
    """The language the scores speak for; the stated one where they do not."""
    best = max(scores, key=lambda language: scores[language], default="")
    score = scores.get(best, 0)
    if score and scores.get(stated, 0) >= _CLOSE * score:
        return stated
    if script == "Arab":
        return best if score else stated or "ar"
    rivals = sum(other >= _CLOSE * score for other in scores.values())
    if stated and stated not in _LATIN_SCRIPT:
        return best if best in ("en", "kmr") and score >= max(_MIN_WORDS, _MIN_SURE_SHARE * words) else stated
    if score >= max(_MIN_WORDS, _MIN_SHARE * words) and rivals == 1:
        return best
    return stated if stated and words <= _SHORT and not score else "und"


def _tagged(language: str, declared: str) -> str:
    """The tag with the region that the page declares for this language."""
    tag = language_tag(declared) or ""
    stated = tag.partition("-")[0]
    if stated and language in (stated, _ALIASES.get(stated)):
        return tag
    if language in _MACRO.get(stated, ()) and "-" in tag:
        return f"{language}-{tag.rpartition('-')[2]}"
    return language
