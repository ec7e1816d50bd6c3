"""Which language a text is in, by the letters that only it uses."""

import re

from almasalla_crawler.arabic.letters import arabic_share

# Letters outside the Arabic alphabet that one language writes in almost every sentence.
_OWN_LETTERS = [("ur", re.compile("[ٹڈڑںےھ]")), ("ckb", re.compile("[ێۆڕڵە]")), ("fa", re.compile("[پچژگی]"))]
_SHARE = 0.02
_ENGLISH = re.compile(r"\b(?:the|and|of|to|in|that|for|with|was|said)\b", re.I)


def language_of(text: str) -> str | None:
    """BCP 47 tag: ar, fa, ur, ckb or en; None where the letters do not say."""
    sample = text[:2000]
    if arabic_share(sample) > 0.5:
        for language, letters in _OWN_LETTERS:
            if len(letters.findall(sample)) > _SHARE * len(sample):
                return language
        return "ar"
    words = sample.count(" ") + 1
    return "en" if len(_ENGLISH.findall(sample)) > 0.08 * words else None
