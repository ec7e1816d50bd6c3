"""Sentences at the end of a text that are none of it: on its author, its mistakes, who answers questions, what to sign up for."""

import re
from collections.abc import Iterable

from almasalla_crawler.arabic.biographies import PROFESSIONS
from almasalla_crawler.arabic.furniture import is_label
from almasalla_crawler.arabic.letters import search_key
from almasalla_crawler.arabic.reports import is_report
from almasalla_crawler.items import Line
from almasalla_crawler.readers.boxes import speaks_of_membership

MAX_ENDINGS = 8  # lines
MAX_LETTERS = 500
MAX_INVITATION = 200
MAX_BYLINE = 100
MIN_TEXT_LINES = 3  # above a sentence on the author
_MARKS = " •*-–—_|[(\"'«“►▪"
_NOTE = re.compile(
    r"this (?:article|story|piece|post|report|headline|column|page)(?: and headline)? (?:was|has been|have been) (?:\w+ )?"
    r"(?:amended|corrected|updated|edited|modified|changed|revised)\b"
    r"|(?:corrections?|clarifications?|editor[’']?s[’']? note|update|updated)(?: \([^)]{1,40}\)|,? [\w., ]{1,40})?\s?:.{0,120}"
    r"\b(?:earlier|previous) version|(?:an|a) (?:earlier|previous) version of this (?:article|story|piece|post|report|headline)"
    r"|(?:anmerkung|hinweis) der redaktion|in einer früheren (?:version|fassung)|korrektur(?:hinweis)?\s?:"
    r"|fe de err(?:ores|atas)|(?:en )?una versión anterior de (?:este|esta)|rectificati(?:f|on)\s?:"
    r"|(?:dans )?une version (?:antérieure|précédente) de"
    r"|correzione\s?:|una versione precedente di questo|correctie\s?:|in een eerdere versie van dit|rättelse\s?:|rettelse\s?:"
    r"|düzeltme\s?:|исправление\s?:",
    re.I,
)  # fmt: skip
_HELPERS = re.compile(
    r"\bcontributed (?:to this (?:report|story|article)|reporting)\b|^\W?reporting by .{3,120}(?:editing|writing) by\b"
    r"|^sendung: .{3,90}\d|\b(?:views|opinions) expressed\b.{0,80}\b(?:author|writer|do not|not necessarily)",
    re.I,
)
_CONTACT = re.compile(
    r"(?:for )?(?:press|media|news)(?: (?:and|&) (?:press|media))?(?: (?:relations|office|queries))?,? ?contacts?\b"
    r"|(?:for )?(?:press|media) (?:enquiries|inquiries)\b|contacts?(?: for (?:press|media|journalists))?\s?:"
    r"|presse?kontakt|medienkontakt"
    r"|kontakt für (?:die )?(?:presse|medien|rückfragen)|ansprechpartner(?:in)? für (?:die )?(?:presse|medien)"
    r"|contacts? (?:de )?presse|relations? presse|contacto (?:de|para) (?:la )?prensa|contatti stampa|ufficio stampa\s?:"
    r"|basın iletişim|perscontact|presskontakt|pressekontakt|للتواصل الإعلامي|جهة الاتصال الإعلامي",
    re.I,
)
_REACHED_AT = re.compile(r"[\w.+-]@[\w-]{1,60}\.\w|\+?\(?\d[\d ()/.-]{6,}\d|^(?:tel|phone|mobile|telefon|fax|e-?mail)\b", re.I)
_INVITES = re.compile(
    r"(?:sign up|subscribe|register|join|follow|download|get|become|want|abonnez|inscrivez|suscr[ií]b|reg[ií]strate|abonnier"
    r"|melden sie|iscriviti|abbonati|abonneer|meld je|prenumerera|abone ol|подпиш|اشترك|تابع|登録|구독)",
    re.I,
)
_CALLS = re.compile(
    r"(?:have you |do you have |you[’']ve )?got a (?:story|tip)\b|do you (?:have a|know) (?:story|tip|more)\b"
    r"|get in touch (?:with us|with our|by)"
    r"|for more (?:stories|news) (?:like this|from|about|on)|share your (?:views|thoughts|opinions?) |let us know (?:in|what)"
    r"|more\s?:|haben sie (?:hinweise|fragen|anregungen)|vous avez une info|partagez votre avis|¿?tienes una historia"
    r"|شارك(?:نا|ونا) (?:رأيك|برأيك|آراءكم)|هل لديك (?:قصة|خبر)|ل?لمزيد من (?:الأخبار|الاخبار|التفاصيل)",
    re.I,
)
_BY = re.compile(r"(?:by|von|par|por|di|door|av|af|بقلم|كتبت?|إعداد)\s?:?\s+(?=\S+ \S)", re.I)
_OF_NO_PERSON = frozenset(
    search_key(
        """
        press news agency agence agentur agencia ajansı the al media desk team staff redaktion redaktionen redacción rédaction
        redazione redactie tv radio post times وكالة وكالات قناة صحيفة موقع شبكة فريق خبرگزاری
        university college institute school international nations rights watch organisation organization foundation association
        council committee commission ministry department office center centre union party company bank group club society fund
        network government hospital police universität hochschule ministerium stiftung verband verein gesellschaft gewerkschaft
        partei université institut ministère fondation conseil syndicat parti gouvernement universidad instituto ministerio
        fundación asociación organización consejo sindicato partido gobierno università üniversitesi bakanlığı derneği
        جامعة كلية معهد منظمة وزارة هيئة مجلس دائرة مؤسسة جمعية مركز مكتب لجنة حزب شركة نقابة محافظة حكومة اتحاد مديرية بلدية
        رابطة حركة مصرف مبادرة تحالف بعثة سفارة قيادة
        """
    ).split()
)
_PROFESSIONS = frozenset(
    search_key(
        """
        reporter journalist editor writer author correspondent columnist contributor freelance freelancer blogger producer
        photographer broadcaster presenter critic researcher fellow professor lecturer historian economist analyst novelist poet
        redakteur redakteurin journalistin reporterin korrespondent korrespondentin autor autorin journaliste rédacteur rédactrice
        correspondant correspondante auteur autrice chercheur chercheuse periodista redactor redactora corresponsal autora
        escritor escritora giornalista autore gazeteci yazar muhabir журналист журналистка
        """
    ).split()
).union(PROFESSIONS)
_LIVES = re.compile(
    r"(?:who )?(?:is|was|ist|war|est|es|è) (?:currently )?(?:an?|the|our|one|based|eine?|une?|el|la|le|l)\b|(?:هو|هي) "
    r"|(?:covers|writes|reports (?:on|from|for)|works|lives|teaches|edits|hosts|holds an?|serves as|speciali[sz]es in|studied"
    r"|graduated|has (?:been an?|covered|written|reported|worked)|schreibt|arbeitet|berichtet|lebt|écrit|travaille"
    r"|escribe|trabaja|يكتب|تكتب|يعمل|تعمل|يدرس|تدرس) "
)
_SAYS = re.compile(r"\b(?:said|says|told|added|asked|sagte?|erklärte|dit|dijo|ha detto)\b")
_NEAR = 4  # words between a name and what the person is
_BETWEEN_NAMES = re.compile(r"\s*[,،;|&/]\s*|\s+(?:and|und|et|y|e|og|och|en)\s+")


def mark_endings(lines: list[Line], text: list[int], names: Iterable[str]) -> None:
    """Gives what ends a text and is none of it another zone, from the last line up to the last sentence of the text.

    `text` are the indexes of the text's lines in their order, `names` are those of its authors as the page states them.
    """
    keys = frozenset(key for name in names for part in _BETWEEN_NAMES.split(name) if _is_of_a_person(key := search_key(part)))
    place = len(text) - 1
    for place in range(len(text) - 1, max(MIN_TEXT_LINES, len(text) - MAX_ENDINGS) - 1, -1):
        line = lines[text[place]]
        if not (zone := _zone_of_ending(line, keys)):
            break
        line.zone = zone
    _mark_contacts(lines, text)
    for index in text[:2]:
        if len(lines[index].text) < MAX_LETTERS and _NOTE.match(lines[index].text.lstrip(_MARKS)):
            lines[index].zone = "note"


def _is_of_a_person(key: str) -> bool:
    return " " in key and _OF_NO_PERSON.isdisjoint(word.removeprefix("ال") for word in key.split())


def _zone_of_ending(line: Line, names: frozenset[str]) -> str:
    text = line.text.lstrip(_MARKS)
    if len(text) > MAX_LETTERS:
        return ""
    if _NOTE.match(text) or _HELPERS.search(text):
        return "note"
    if len(text) <= MAX_INVITATION and (_CALLS.match(text) or (_INVITES.match(text) and speaks_of_membership(text))):
        return "aside"
    key = search_key(text)
    return "author_box" if any(key.startswith(f"{name} ") and _is_on(name, text, key) for name in names) else ""


def _is_on(name: str, text: str, key: str) -> bool:
    """Does a line that begins with a name say who that is, and how to reach them? What they said or did is news."""
    rest = key[len(name) + 1 :]
    if _SAYS.search(rest) or is_report(rest):
        return False
    is_one = not _PROFESSIONS.isdisjoint(word.removeprefix("ال") for word in rest.split()[:_NEAR])
    return is_one or _LIVES.match(rest) is not None or _REACHED_AT.search(text) is not None or is_label(text, key)


def _mark_contacts(lines: list[Line], text: list[int]) -> None:
    """From a line that names a contact to the end, if the lines below say how that is reached and hold no further sentence."""
    last = [index for index in text[-MAX_ENDINGS:] if lines[index].zone == "content"]
    for place, index in enumerate(last):
        if _CONTACT.match(lines[index].text.lstrip(_MARKS)):
            below = [lines[one] for one in last[place:]]
            is_reached = [len(one.text) <= MAX_LETTERS and _REACHED_AT.search(one.text) is not None for one in below]
            if any(is_reached) and all(
                is_one or len(one.text) <= MAX_BYLINE for one, is_one in zip(below, is_reached, strict=True)
            ):
                for one in below:
                    one.zone = "aside"
            return


def signed_by(lines: list[Line]) -> list[str]:
    """Names in lines that are a byline by their place in the html or by their first word."""
    bylines = (line for line in lines if len(line.text) <= MAX_BYLINE)
    return [_BY.sub("", line.text, count=1) for line in bylines if line.zone == "byline" or _BY.match(line.text)]
