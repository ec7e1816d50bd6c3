"""Forms of one word that are another: those that are never made, and how a spelling tells words apart that share a key."""

import re
import unicodedata

Forms = dict[str, str]  # search key of a form -> pattern that its spelling must have, "" for any

# What would be two of بحر, عشر, يأس or of another noun, or what belongs to them, and is a name or a thing of its own.
NEVER_FORMS = frozenset(
    """
    بحرين عشرين خمسين سبعين تسعين اثنين مسكين ياسين شاهين نسرين قصرين جبرين حسنين نورين سيرين شيرين كارين مارين نادين رامين جينين
    بوتين لينين رابين كوكين ماكين برلين دبلين لوبين لاتين بنزين سكرين سردين دلفين ميلانو مورينو
    """.split()
)

_PERSIAN = str.maketrans("کیگچپڤە", "كيكجبفه")

# What the spelling of a form must be like where its key is another word's too, and how a written word like that is told quickly.
NOT_TA, NOT_HAMZA, HAMZA, LETTER, SEATED, NOT_MAQSURA, ON_ALEF = "[^ة]$", "[^ء]$", "ء", ".$", "[ئؤ]", "[^ى]$", "[أإآ]"
_BEHIND = "[،.:؛؟!,;()\\]\\[{}«»“”\"'’‘…\u064b-\u0652]*$"  # may stand behind the last letter
_LIKE = {NOT_TA: f"[هۀہھە]{_BEHIND}", NOT_HAMZA: f"[اأآى]{_BEHIND}", NOT_MAQSURA: f"[يی]{_BEHIND}"}


def spelling(word: str) -> str:
    """A word without marks, tatweel and what stands around it; hamza, ta marbuta and alef maqsura as written."""
    letters = unicodedata.normalize("NFKC", word).translate(_PERSIAN)
    return "".join(letter for letter in letters if letter.isalnum() and letter != "ـ")


def is_meant(pattern: str, word: str) -> bool:
    """Is a written word whose key is a form's that form, or another word with the same key?"""
    return not pattern or re.search(pattern, spelling(word)) is not None


def may_be_meant(forms: Forms, words: list[str]) -> list[str]:
    """Of written words those that may be one of these forms, which have patterns; told quickly."""
    like = re.compile("|".join(_LIKE.get(pattern, pattern) for pattern in set(forms.values()))).search
    return [word for word in words if like(word)]
