"""What a person types into the search -> terms to look for, and the query that FTS5 is asked.

Nothing that was typed reaches FTS5 as it is: the query is built of search keys, which hold letters and digits only.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property

from almasalla_crawler.arabic.forms import FUNCTION_WORDS, forms_of, opened
from almasalla_crawler.arabic.letters import display_text, search_key
from almasalla_crawler.arabic.other_words import Forms

MAX_CHARACTERS = 1000
_QUOTES = '"«»“”„‟‹›＂'
_TYPED = re.compile(rf"(?P<minus>(?<!\S)[-−])?(?:[{_QUOTES}](?P<phrase>[^{_QUOTES}]*)[{_QUOTES}]?|(?P<word>[^\s{_QUOTES}]+))")
_LONE_CLITICS = frozenset("ال وال بال لل كال و ف ب ل ك".split())  # of «الـ87», whose tatweel parts them


class QueryError(ValueError):
    """What was asked for cannot be looked up; the message says why, in words for a person."""


@dataclass(frozen=True)
class Term:
    """A word in any of its forms, or a phrase: words that follow each other."""

    forms: Forms  # of the word, or of the first word of the phrase
    rest: tuple[str, ...] = ()  # search keys of the words behind it

    @cached_property
    def sure(self) -> set[str]:
        """Forms whose key no other word has."""
        return {form for form, pattern in self.forms.items() if not pattern}

    @cached_property
    def doubtful(self) -> Forms:
        """Forms that their spelling must tell from another word."""
        return {form: pattern for form, pattern in self.forms.items() if pattern}


@dataclass(frozen=True, slots=True)
class Query:
    wanted: list[Term]  # all of them
    unwanted: list[Term]  # none of them

    @property
    def forms(self) -> set[str]:
        return {form for term in (*self.wanted, *self.unwanted) for form in term.forms}

    @property
    def sure_forms(self) -> set[str]:
        return {form for term in (*self.wanted, *self.unwanted) for form in term.sure}


def parse_query(text: str) -> Query:
    """Words, "phrases" in any quotes, -words and -"phrases" to leave out. Raises QueryError if there is nothing to look for."""
    if len(text) > MAX_CHARACTERS:
        raise QueryError(f"the search is {len(text):,} characters long; {MAX_CHARACTERS:,} are the most")
    typed = list(_TYPED.finditer(display_text(text)))
    wanted = _terms([one for one in typed if not one["minus"]])
    unwanted = _terms([one for one in typed if one["minus"]])
    if not wanted:
        what = "only says what to leave out" if unwanted else "has no words"
        raise QueryError(f'the search {what}; type a word to look for, such as وزير or "مجلس النواب" or وزير -الخارجية')
    content = [term for term in wanted if term.rest or not FUNCTION_WORDS.issuperset(term.forms)]
    return Query(content or wanted, unwanted)


def match_string(terms: Query, known: Collection[str], columns: str = "") -> str | None:
    """The query in the syntax of FTS5, asking for the forms that are `known`; None if a wanted term has none.

    `columns` is where all wanted terms must stand, "" for anywhere. Unwanted forms that may be another word are not asked for.
    """
    wanted = [match_of(term, known) for term in terms.wanted]
    if not all(wanted):
        return None
    unwanted = [alternatives for term in terms.unwanted if (alternatives := match_of(term, term.sure.intersection(known)))]
    match = f"({' AND '.join(f'({one})' for one in wanted)})"
    match = f"({{{columns}}} : {match})" if columns else match
    return f"{match} NOT ({' OR '.join(unwanted)})" if unwanted else match


def match_of(term: Term, known: Collection[str]) -> str:
    """The query for one term alone, "" if none of its forms is known."""
    return " OR ".join(f'"{" ".join((form, *term.rest))}"' for form in term.forms if form in known)


def _terms(typed: list[re.Match[str]]) -> list[Term]:
    terms = [_term(one["phrase"] if one["word"] is None else one["word"], one["word"] is None) for one in typed]
    return [term for number, term in enumerate(terms) if term is not None and term not in terms[:number]]


def _term(typed: str, quoted: bool) -> Term | None:
    """One word that its key cuts in two («covid-19») is a phrase; None for what holds no word."""
    keys = search_key(typed).split()
    if not quoted:
        keys = [key for key in keys if key not in _LONE_CLITICS] or keys
    if not keys:
        return None
    if quoted or len(keys) > 1:
        return Term(opened(keys[0]), tuple(keys[1:]))
    return Term(forms_of(typed if len(search_key(typed).split()) == 1 else keys[0]))
