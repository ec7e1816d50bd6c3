"""What stands inside an article's block and is none of its text: captions, newsletter and author boxes, teasers, credits.

Names of elements are read word by word, in the languages in which sites name things. A name counts only where what bears
it is a small part of the text: sites also call the whole article `paywall` or `gallery`.
"""

import re
from bisect import bisect_right
from collections import Counter
from functools import lru_cache
from itertools import accumulate, pairwise

from almasalla_crawler.arabic.dates import is_date_shaped
from almasalla_crawler.items import Line
from almasalla_crawler.readers.blocks import Block, Blocks
from almasalla_crawler.readers.running import is_as_long, running_letters

TEXT_ZONES = frozenset({"", "content"})
MAX_SHARE = 0.3  # of the text; what holds more is no box
MAX_CARD_LINES = 12
MAX_CARD_LETTERS = 700
MIN_CARDS = 3  # blocks of one kind side by side, each with its headline: a list of other articles
_NAMES = {
    "caption": (
        "caption captions captiontext imagecaption imgcaption figcaption legend legende bildunterschrift bildtext "
        "billedtekst bildetekst credit credits copyright photographer gallery lightbox carousel slideshow slider "
        "fotostrecke galerie galeria"
    ),
    "author_box": (
        "author authors authorbox autor autores autorin auteur auteurs autore bio biography biographie byline "
        "contributor writer reporter journalist redakteur firma auteurinfo"
    ),
    "aside": (
        "newsletter newsletters subscribe subscription subscriptions signup paywall regwall registration login abo "
        "infobox poll quiz survey consent gdpr cookie cookies disclaimer legal popup modal overlay tooltip sidebar "
        "aside rail toc callout cta donate donation membership support expandable accordion faktabox "
        "factbox"
    ),
    "advert": (
        "ad ads adv advert advertisement advertising anzeige werbung sponsored sponsor commercial affiliate promo "
        "promotion publicidad publicite pubblicita reklame reklam annonce"
    ),
    "related": (
        "related relateds recirc recirculation recommend recommended recommendation recommendations teaser teasers "
        "readmore seealso readalso outbrain taboola mostread trending popular verwandt mehr similar"
    ),
    "comments": ("comments comment commenting disqus kommentare kommentar comentarios commentaires yorum"),
    "share": ("share sharing social socials follow toolbar bookmark print"),
    "keywords": ("tags taglist keywords topics topiclist schlagworte etiquetas"),
    "navigation": (
        "breadcrumb breadcrumbs nav navigation menu pagination pager footer jump skip player audio podcast livestream"
    ),
}
_ZONE_OF_WORD = {word: zone for zone, words in _NAMES.items() for word in words.split()}
_WORDS_OF_PICTURES = frozenset("img image images photo photos picture figure foto fotos bild bilder media video".split())
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])|[^A-Za-z0-9]+")
_CREDIT = re.compile(
    r"(?:©|\(c\) |copyright\b|(?:fotos?|photos?|photograph|photo credit|images?|bild(?:er)?|picture|pictures?|credits?|crédits?"
    r"|illustration|grafik|infografik|graphic|video|collage|写真|画像|사진|фото)\s?(?:[:：/©]|by\s))",
    re.I,
)  # fmt: skip
_NUMBER = re.compile(r"\d+")
_MAY_HOLD_CARDS = TEXT_ZONES | {"hidden"}
_MEMBERSHIP = re.compile(
    r"newsletter|\bsubscri|\bsign(?:ed)? (?:up|in)\b|\blog ?in\b|\bour app\b|preferred source|\babonn|\babo\b|anmelden|anmeldung"
    r"|einloggen|suscri|iniciar sesi|tu cuenta|abbonat|abbonament|iscriviti|votre compte|inscrivez|s’inscrire|registrier"
    r"|registreer|\bprenumer|opprett|nyhetsbrev|nyhedsbrev|odběr|předplat|подпис|会員|有料|購読|ログイン|구독|회원"
    r"|النشرة البريدية|اشترك"
    r"|\b(?:follow|folgen?|folge|suivez|s[ií]gue|segui|volg|följ|følg|join|تابعونا|تابعوا)\b.{0,40}"
    r"(?:google news|whatsapp|facebook|telegram|instagram|twitter|غوغل|جوجل)",
    re.I,
)
# What stands in the place of a film or a post of a network until its cookies are allowed.
_EMBEDDED = re.compile(
    r"^(?:empfohlener|externer) (?:redaktioneller |externer )?inhalt$|extern\w* inhalt\w* (?:angezeigt|anzeigen|laden|geladen)\b"
    r"|ausgewählten,? externen inhalt|daten an drittplattformen|\bcontent provided by [\w ]{2,30}\. we ask for your permission"
    r"|^allow [\w ]{2,20} content\?|pour (?:afficher|voir|lire) ce contenu|ce contenu n[’']est pas visible"
    r"|para ver este contenido|per (?:visualizzare|vedere) questo contenuto|om deze inhoud te (?:tonen|bekijken)"
    r"|\bto (?:display|view|see) this content,? (?:please |you )?(?:accept|enable|allow|must|need)|لعرض هذا المحتوى",
    re.I,
)
_WORDS_FOR_CONTENT = ("inhalt", "plattform", "conten", "inhoud", "المحتوى")  # looked for first: a tenth of the time
MAX_CREDIT = 100  # characters of the longest at the end of a line
MAX_CONSENT = 600  # characters
_CREDIT_AT_THE_END = re.compile(
    r"(?:\b(?:IMAGO|Getty Images|AP Photo|picture alliance|Shutterstock|iStock|Unsplash|EPA-EFE|REUTERS)"
    r"(?:\s?[/|]\s?[\w .,&/-]{2,50})?"
    r"|\b(?:Fotos?|Photos?|Bild|Image credit|Picture|Crédit(?: photo)?)\s?: [^.:]{2,50})\)?$"
)  # fmt: skip
_NAME_AT_THE_END = re.compile(r"(?:\([^()]{2,40}\)|\s[-–—|/]\s[^-–—|/]{2,40})$")
_HOLDS_TEXT = frozenset({"td", "th", "blockquote", "pre", "li"})
_BOX_HEADINGS = frozenset({"h2", "h3", "h4", "h5", "h6"})
MAX_BOX_LINES = 20
_MAY_BE_A_BOX = frozenset({"div", "section", "aside", "article", "header", "footer", "details"})


def ends_with_a_name(text: str) -> bool:
    """`... (أرشيف)`, `... - عدسة هدى كاظم`: as captions do."""
    return _NAME_AT_THE_END.search(text) is not None


def is_credit_of_a_picture(text: str) -> bool:
    return (len(text) < 160 and _CREDIT.match(text) is not None) or (
        len(text) < 400 and _CREDIT_AT_THE_END.search(text, max(0, len(text) - MAX_CREDIT)) is not None
    )


def speaks_of_membership(text: str) -> bool:
    """Newsletters, subscriptions, logins, apps: what a site wants of its readers."""
    return _MEMBERSHIP.search(text) is not None


def asks_for_consent(text: str) -> bool:
    if len(text) >= MAX_CONSENT or not any(map(text.lower().__contains__, _WORDS_FOR_CONTENT)):
        return False
    return _EMBEDDED.search(text) is not None


def is_invitation(line: Line, length: int, is_beside_form: bool = False) -> bool:
    """A short line with a link, or beside a field to fill in, that wants something of the reader."""
    return (bool(line.links) or is_beside_form) and length < 200 and speaks_of_membership(line.text)


def mark_cards(page: Blocks) -> int:
    """Blocks of one kind side by side that each hold a linked headline are teasers: their lines are `related`. Their number."""
    headlines = [0, *accumulate(bool(line.href) and is_as_long(line.text, 20) for line in page.lines)]
    lengths = [0, *accumulate(len(line.text) for line in page.lines)]

    def is_card(block: Block) -> bool:
        has_headline = headlines[block.end] > headlines[block.start]
        is_small = block.end - block.start <= MAX_CARD_LINES and lengths[block.end] - lengths[block.start] < MAX_CARD_LETTERS
        return has_headline and is_small and block.zone in _MAY_HOLD_CARDS and block.tag != "p"

    kinds: dict[tuple[int, str, str], list[Block]] = {}
    for block in filter(is_card, page.blocks[1:]):
        kinds.setdefault((block.parent, block.tag, _NUMBER.sub("", block.names.split(" ")[0])), []).append(block)
    cards = [block for kind in kinds.values() if len(kind) >= MIN_CARDS for block in kind]
    for card in cards:
        _mark(page, card, "related")
    return len(cards)


def mark_boxes(page: Blocks, inside: list[int], sums: list[float], start: int, total: float) -> None:
    """Gives the lines of boxes among the blocks with the indexes `inside` the zones their blocks are named for.

    `sums` are the letters of running text before each line of the page, `total` those of the article, which begins with
    line `start`: above it an author's name is a byline, no box.
    """
    named = [(block, zone) for index in inside if (zone := _zone_of_box(page, block := page.blocks[index], sums))]
    outermost = _outermost([(block, zone) for block, zone in named if zone != "author_box" or block.start >= start])
    mass: Counter[str] = Counter()
    for block, zone in outermost:
        mass[zone] += int(sums[block.end] - sums[block.start])
    for block, zone in outermost:
        if mass[zone] < MAX_SHARE * total:
            _mark(page, block, zone)
    direct: Counter[int] = Counter()  # letters of the paragraphs that stand in a block themselves
    for line, block_index in enumerate(page.block_of):
        if sums[line + 1] > sums[line]:
            direct[block_index] += int(sums[line + 1] - sums[line])
            direct[page.blocks[block_index].parent] += int(sums[line + 1] - sums[line])
    first = bisect_right(sums, sums[start]) - 1  # no text begins in a box
    for index in inside:
        block = page.blocks[index]
        if block.start <= first < block.end:
            continue
        if _looks_like_a_box(page, block) and _stands_apart(page, block, sums, direct[block.parent]):
            _mark(page, block, "aside")


def _outermost(named: list[tuple[Block, str]]) -> list[tuple[Block, str]]:
    """Without the blocks that stand inside another one of the list; both are in document order."""
    found: list[tuple[Block, str]] = []
    for block, zone in named:
        if not found or block.end > found[-1][0].end:
            found.append((block, zone))
    return found


def _zone_of_box(page: Blocks, block: Block, sums: list[float]) -> str:
    if block.end == block.start or block.zone not in TEXT_ZONES or block.tag in ("article", "main", "h1"):
        return ""
    zone, is_picture = _zone_of_words(block.names) if block.names else ("", False)
    if zone == "aside" and block.tag == "p":
        return ""
    if zone == "related" and not any(line.links for line in page.lines[block.start : block.end]):
        return ""
    if zone or not (is_picture or block.tag == "figure"):
        return zone
    few_lines = block.end - block.start <= 4 and sums[block.end] - sums[block.start] < 500
    return (
        "caption" if few_lines and not _HOLDS_TEXT.intersection(line.tag for line in page.lines[block.start : block.end]) else ""
    )


@lru_cache(maxsize=8192)
def _zone_of_words(names: str) -> tuple[str, bool]:
    """Zone named by a word of a class or id, and whether one speaks of a picture."""
    words = [word.lower() for word in _CAMEL.split(names) if word.isalpha()]
    zone = next((_ZONE_OF_WORD[word] for word in words if word in _ZONE_OF_WORD), "")
    return zone, not _WORDS_OF_PICTURES.isdisjoint(words)


def _looks_like_a_box(page: Blocks, block: Block) -> bool:
    """A few lines with a heading."""
    if block.tag not in _MAY_BE_A_BOX or not 2 <= block.end - block.start <= MAX_BOX_LINES or block.zone not in TEXT_ZONES:
        return False
    lines = page.lines[block.start : block.end]
    return any(line.tag in _BOX_HEADINGS for line in lines) and not _is_an_article(lines)


def _is_an_article(lines: list[Line]) -> bool:
    """A heading, its date, and more than one paragraph."""
    dated = any(above.tag in _BOX_HEADINGS and is_date_shaped(below.text) for above, below in pairwise(lines))
    return dated and sum(running_letters(line) > 0 for line in lines) > 1


def _stands_apart(page: Blocks, block: Block, sums: list[float], direct: int) -> bool:
    """Is it a small part of a text whose other paragraphs stand in no such block?"""
    parent = page.blocks[block.parent]
    around = sums[parent.end] - sums[parent.start]
    own = sums[block.end] - sums[block.start]
    return own < 0.3 * around and direct >= 0.5 * (around - own)


def _mark(page: Blocks, block: Block, zone: str) -> None:
    for line in page.lines[block.start : block.end]:
        if line.zone in _MAY_HOLD_CARDS:
            line.zone = zone
