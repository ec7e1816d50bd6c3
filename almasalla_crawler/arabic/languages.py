"""Which language a text is in, by the letters that only it uses."""

from almasalla_crawler.arabic.letters import is_arabic_script

# Letters outside the Arabic alphabet that one language writes in almost every sentence.
_OWN_LETTERS = (("ur", "ٹڈڑںےھ"), ("ckb", "ێۆڕڵە"), ("fa", "پچژگی"))
_SHARE = 0.02
_ENGLISH = (" the ", " and ", " of ", " to ", " in ", " that ", " for ", " with ", " was ")


def language_of(text: str) -> str | None:
    """BCP 47 tag: ar, fa, ur, ckb or en; None where the letters do not say."""
    sample = text[:1500]
    if is_arabic_script(sample):
        return next((tag for tag, letters in _OWN_LETTERS if sum(map(sample.count, letters)) > _SHARE * len(sample)), "ar")
    lower = sample.lower()
    return "en" if sum(map(lower.count, _ENGLISH)) > 0.08 * (sample.count(" ") + 1) else None
