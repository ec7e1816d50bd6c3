"""Are texts found that are one text, and no others, and how fast? `python benchmarks/deduplicate.py`, from the project's folder.

Generates articles, versions of them with edits of known size, and traps: different articles on one event, daily reports of
one pattern, notices of one pattern that name others. Stores all in any order and compares the pairs found with the truth; then
lets a database grow and measures what an article costs: sketch, look-up, comparison of the texts and insert together.
"""

import argparse
import random
import resource
import shutil
import sqlite3
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from itertools import accumulate, islice, product
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from almasalla_crawler.arabic.letters import fingerprint, search_key  # noqa: E402
from almasalla_crawler.arabic.sketches import sketch_of  # noqa: E402
from almasalla_crawler.storage.database import open_database  # noqa: E402
from almasalla_crawler.storage.pairs import pair_new  # noqa: E402

BATCH = 100  # articles in a transaction, as a crawl has them
WINDOW = 5000  # articles over which speed is measured

FREQUENT = """في من على أن إلى عن التي الذي مع هذا هذه ما بعد قد كان بين ذلك خلال حيث أو كما قبل كل إن لا عند حتى إذا منذ أي بعض
غير تم يوم عام وقال وأضاف مشيرا وأوضح وأكد رئيس مجلس الوزراء وزير وزارة مدينة محافظة حكومة دولة الأمن العام الدولة المنطقة""".split()
ROOTS = [a + b + c for a, b, c in product("بتجحدرزسشصطعفقكلمنهو", "بتجحدرسعفقلمنوي", "بتدرسعفقكلمني") if len({a, b, c}) == 3]
PATTERNS = ("{0}{1}{2}", "{0}ا{1}{2}", "م{0}{1}و{2}", "ت{0}{1}ي{2}", "م{0}ا{1}{2}ة", "ا{0}ت{1}ا{2}", "است{0}{1}ا{2}", "{0}{1}ي{2}",
            "م{0}{1}{2}ون", "{0}{1}{2}ات", "أ{0}{1}ا{2}", "ي{0}{1}{2}ون")  # fmt: skip
CLITICS = ("", "ال", "و", "ب", "وال", "لل")
PLACES = "بغداد البصرة الموصل أربيل كربلاء النجف الكوت الحلة العمارة السماوة عمان دمشق بيروت القاهرة تونس".split()
WEEKDAYS = "الأحد الاثنين الثلاثاء الأربعاء الخميس الجمعة السبت".split()
MONTHS = "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر".split()
GIVEN = """محمد أحمد علي حسن حسين عباس جعفر كاظم جاسم قاسم هاشم صالح خالد عمر طارق يوسف إبراهيم إسماعيل موسى مصطفى حيدر سعد سلمان
كريم سمير نبيل وليد ياسر فيصل ماجد بلال رعد زياد شاكر عادل غسان""".split()
FAMILIES = """الجبوري الساعدي الموسوي الربيعي العتابي الدليمي الزبيدي الشمري العبيدي الخفاجي المالكي الكعبي الطائي التميمي العزاوي البياتي
الحديدي اللامي الزيدي الغراوي العامري القيسي المحمداوي الأسدي العاني الراوي""".split()
AGENCIES = "واع رويترز الأناضول وكالات متابعات سانا بترا واس".split()
DISCLAIMERS = (
    "جميع المقالات المنشورة تعبر عن رأي كتابها ولا تعبر بالضرورة عن رأي الموقع الذي لا يتحمل أي مسؤولية قانونية عنها",
    "نقل هذا الخبر آليا من مصدره الأصلي ولا يتحمل الموقع مسؤولية ما ورد فيه من معلومات أو أخطاء",
)


class Text(NamedTuple):
    """A text, the story it tells, and what was done to it."""

    story: int
    kind: str
    paragraphs: list[str]

    @property
    def words(self) -> list[str]:
        return " ".join(self.paragraphs).split()


class Writer:
    """Writes prose with the word frequencies of a language: few words make up most of a text, most words are rare."""

    def __init__(self, seed: int, vocabulary: int) -> None:
        self.chance = random.Random(seed)
        stems = [pattern.format(*self.chance.choice(ROOTS)) for pattern in PATTERNS for _ in range(vocabulary // len(PATTERNS))]
        self.words = FREQUENT + [clitic + stem for stem in stems for clitic in self.chance.sample(CLITICS, 2)]
        self.weights = list(accumulate(1 / (rank + 3) for rank in range(len(self.words))))

    def some(self, number: int) -> list[str]:
        return self.chance.choices(self.words, cum_weights=self.weights, k=number)

    def paragraph(self) -> str:
        """One to three sentences, some of them with a number."""
        lengths = [self.chance.randint(12, 28) for _ in range(self.chance.randint(1, 3))]
        words = iter(self.some(sum(lengths)))
        sentences = [list(islice(words, length)) for length in lengths]
        for sentence in sentences:
            if self.chance.random() < 0.3:
                sentence[self.chance.randrange(len(sentence))] = str(self.chance.randint(2, 900))
        return " ".join(" ".join(sentence) + "." for sentence in sentences)

    def story(self, number: int) -> Text:
        return Text(number, "original", [self.paragraph() for _ in range(self.chance.randint(4, 10))])

    def dateline(self) -> str:
        day = f"{self.chance.choice(WEEKDAYS)} {self.chance.randint(1, 30)} {self.chance.choice(MONTHS)} "
        return f"{self.chance.choice(PLACES)}، {day if self.chance.random() < 0.5 else ''}({self.chance.choice(AGENCIES)}) - "

    def same_event(self, text: Text, number: int) -> Text:
        """Another outlet's own report: the names and numbers of the event, one statement quoted, all else its own words."""
        chance, named = self.chance, [word for word in text.words if len(word) > 5][:30]
        paragraphs = []
        for _ in range(len(text.paragraphs)):
            words = self.paragraph().split()
            for place in chance.sample(range(len(words)), k=len(words) // 5):
                words[place] = chance.choice(named)
            paragraphs.append(" ".join(words))
        statement = ". ".join(chance.choice(text.paragraphs).split(". ")[:2])
        paragraphs.insert(chance.randrange(len(paragraphs)), statement)
        return Text(number, "same event", paragraphs)


def edited(share: float) -> Callable[[Writer, Text], list[str]]:
    """Replaces, drops or adds a share of the words, anywhere."""

    def edit(writer: Writer, text: Text) -> list[str]:
        chance, words = writer.chance, text.words
        for place in sorted(chance.sample(range(len(words)), k=round(share * len(words))), reverse=True):
            how = chance.random()
            words[place : place + 1] = writer.some(1) if how < 0.6 else [] if how < 0.8 else [words[place], *writer.some(1)]
        return [" ".join(words)]

    return edit


def first_half(_: Writer, text: Text) -> list[str]:
    return [" ".join(text.words[: len(text.words) // 2])]


def three_paragraphs_more(writer: Writer, text: Text) -> list[str]:
    return [*text.paragraphs, *(writer.paragraph() for _ in range(3))]


def other_dateline(writer: Writer, text: Text) -> list[str]:
    return [writer.dateline() + text.paragraphs[0], *text.paragraphs[1:]]


def disclaimer_added(writer: Writer, text: Text) -> list[str]:
    return [*text.paragraphs, writer.chance.choice(DISCLAIMERS)]


def paragraphs_shuffled(writer: Writer, text: Text) -> list[str]:
    return writer.chance.sample(text.paragraphs, len(text.paragraphs))


VERSIONS: dict[str, Callable[[Writer, Text], list[str]]] = {
    "5 % of the words": edited(0.05),
    "10 % of the words": edited(0.1),
    "20 % of the words": edited(0.2),
    "30 % of the words": edited(0.3),
    "first half": first_half,
    "three paragraphs more": three_paragraphs_more,
    "other dateline": other_dateline,
    "disclaimer added": disclaimer_added,
    "paragraphs in another order": paragraphs_shuffled,
}


def daily_report(chance: random.Random, pattern: str, day: int) -> list[str]:
    """The report of one day: the same sentences each day, around other numbers."""
    date = f"{WEEKDAYS[day % 7]} {day % 28 + 1} {MONTHS[day // 28 % 12]} {2023 + day // 336}"
    n = chance.randint
    if pattern == "exchange rates":
        rows = [
            f"سجلت أسعار البيع في {place} {n(1300, 1599)} دينارا لكل دولار وأسعار الشراء {n(1300, 1599)} دينارا."
            for place in PLACES[:6]
        ]
        return [f"استقرت أسعار صرف الدولار أمام الدينار في الأسواق المحلية اليوم {date}، بحسب مراسلنا.", *rows]
    if pattern == "prayer times":
        names = "الفجر الشروق الظهر العصر المغرب العشاء".split()
        times = [f"صلاة {name} الساعة {hour}:{n(0, 59):02}" for name, hour in zip(names, (4, 5, 12, 3, 6, 8), strict=True)]
        return [
            f"مواقيت الصلاة ليوم {date} بالتوقيت المحلي لمدينة بغداد وضواحيها كما أعلنها ديوان الوقف في بيان ورد للصحيفة:",
            *times,
        ]
    if pattern == "weather":
        rows = [f"وتكون درجة الحرارة العظمى في {place} {n(20, 50)} درجة مئوية والصغرى {n(5, 30)} درجة." for place in PLACES[:7]]
        return [f"توقعت هيئة الأنواء الجوية أن يكون طقس يوم {date} صحوا مع بعض الغيوم في المنطقة الشمالية.", *rows]
    return [
        f"أغلق مؤشر سوق الأوراق المالية تعاملات اليوم {date} عند مستوى {n(700, 999)}.{n(10, 99)} نقطة بتغير نسبته {n(0, 4)}.{n(10, 99)} بالمئة.",
        f"وبلغ عدد الأسهم المتداولة {n(1, 9)} مليارات و{n(10, 999)} مليون سهم بقيمة {n(2, 99)} مليون دينار من خلال {n(300, 999)} صفقة.",
        f"وارتفعت أسهم {n(2, 30)} شركة فيما انخفضت أسهم {n(2, 30)} شركة واستقرت أسعار أسهم {n(2, 40)} شركة من أصل الشركات المدرجة.",
    ]  # fmt: skip


def notice(chance: random.Random, pattern: str) -> list[str]:
    """One that others of its pattern differ from in the names filled in, and in nothing else."""
    people = [f"{chance.choice(GIVEN)} {chance.choice(GIVEN)} {chance.choice(FAMILIES)}" for _ in range(2)]
    first, second = chance.sample(PLACES, 2)
    if pattern == "obituary":
        return [
            f"ببالغ الحزن والأسى ننعى إليكم وفاة المرحوم الحاج {people[0]} الذي وافاه الأجل يوم أمس بعد صراع مع المرض، سائلين المولى أن"
            " يتغمده بواسع رحمته ويسكنه فسيح جناته ويلهم أهله وذويه الصبر والسلوان.",
            f"وتقام الفاتحة على روحه في جامع الرحمن بمدينة {first} لمدة ثلاثة أيام ابتداء من عصر اليوم، وإنا لله وإنا إليه راجعون.",
        ]
    if pattern == "appointment":
        return [
            f"أصدر رئيس مجلس الوزراء أمرا يقضي بتعيين {people[0]} مديرا عاما لدائرة الزراعة في محافظة {first} خلفا للمدير السابق"
            f" {people[1]} الذي أحيل إلى التقاعد.",
            "وذكر بيان لمكتبه أن الأمر نافذ من تاريخ صدوره وأن على الجهات المعنية تنفيذه وتسهيل مهام المدير الجديد.",
        ]
    return [
        f"حقق فريق {first} فوزا ثمينا على ضيفه {second} في المباراة التي جرت بينهما مساء اليوم ضمن منافسات الدوري الممتاز لكرة القدم.",
        f"وسجل هدف المباراة الوحيد اللاعب {people[0]} في الشوط الثاني، ليرفع {first} رصيده من النقاط ويتقدم في سلم الترتيب فيما بقي"
        f" {second} في مركزه، وقاد المباراة الحكم {people[1]} وساعده طاقم من حكام الاتحاد.",
    ]


NOTICES = ("obituary", "appointment", "match")
PATTERNS_OF_DAYS = ("exchange rates", "prayer times", "weather", "market closing")


def corpus(writer: Writer, articles: int) -> list[Text]:
    """About so many texts: a fifth of them stories, with versions, reports of others on the same event, and daily reports."""
    texts: list[Text] = []
    versions = list(VERSIONS.items())
    while len(texts) < articles:
        story = writer.story(len(texts))
        texts.append(story)
        for name, change in writer.chance.sample(versions, 3):
            texts.append(Text(story.story, name, change(writer, story)))
        texts.append(writer.same_event(story, len(texts)))
        if len(texts) % 20 < 5:
            pattern = writer.chance.choice(PATTERNS_OF_DAYS)
            texts.append(Text(len(texts), pattern, daily_report(writer.chance, pattern, len(texts) // 20)))
            pattern = writer.chance.choice(NOTICES)
            texts.append(Text(len(texts), pattern, notice(writer.chance, pattern)))
    writer.chance.shuffle(texts)
    return texts


class Store:
    """A database of articles that have a text and nothing else."""

    def __init__(self, path: Path) -> None:
        self.connection: sqlite3.Connection = open_database(path)
        self.spent = self.waited = 0.0  # CPU seconds, and seconds on the clock, of sketch, look-up, comparison and insert

    def add(self, key: str) -> int:
        """Id of the new article."""
        query = ("INSERT INTO articles (body, block_roles, body_key, paragraph_count, word_count, fingerprint, first_seen_at,"
                 " observed_at, text_rank) VALUES ('', '[]', ?, 1, 1, ?, '', '', 1)")  # fmt: skip
        number = self.connection.execute(query, (key, fingerprint(key))).lastrowid or 0
        with self.timed():
            pair_new(self.connection, number, sketch_of(key))
        return number

    def add_all(self, keys: Iterator[str]) -> Iterator[int]:
        """Ids of new articles, written in transactions of `BATCH`."""
        for count, key in enumerate(keys):
            if count % BATCH == 0:
                self.commit()
                self.connection.execute("BEGIN IMMEDIATE")
            yield self.add(key)
        self.commit()

    def commit(self) -> None:
        with self.timed():
            if self.connection.in_transaction:
                self.connection.execute("COMMIT")

    @contextmanager
    def timed(self) -> Iterator[None]:
        cpu, clock = time.process_time(), time.perf_counter()
        yield
        self.spent += time.process_time() - cpu
        self.waited += time.perf_counter() - clock


def quality(folder: Path, articles: int, seed: int, vocabulary: int) -> None:
    """Prints the share of versions that are paired with their original, and the pairs of different articles."""
    texts = corpus(Writer(seed, vocabulary), articles)
    store = Store(folder / "quality.db")
    with closing(store.connection):
        ids = store.add_all(search_key("\n".join(text.paragraphs)) for text in texts)
        known = dict(zip(ids, texts, strict=True))
        pairs = store.connection.execute("SELECT article_a, article_b, kind FROM pairs").fetchall()
    found = {frozenset(pair[:2]) for pair in pairs}
    originals = {text.story: number for number, text in known.items() if text.kind == "original"}
    kinds = Counter(kind for *_, kind in pairs)
    print(f"{len(texts)} articles, {len(pairs)} pairs ({', '.join(f'{n} {kind}' for kind, n in kinds.most_common())})")
    print(f"{len(texts) / store.spent:.0f} articles a CPU second")
    for kind in VERSIONS:
        numbers = [number for number, text in known.items() if text.kind == kind]
        hits = sum(frozenset((number, originals[known[number].story])) in found for number in numbers)
        print(f"  {kind:28} {hits / max(1, len(numbers)):7.4f} of {len(numbers)} found")
    false = Counter(" + ".join(sorted((known[a].kind, known[b].kind))) for a, b, _ in pairs if known[a].story != known[b].story)
    print(f"  pairs of different articles: {false.total()} of {len(pairs)} {dict(false.most_common(5))}")


def growth(folder: Path, articles: int, seed: int, vocabulary: int) -> None:
    """Prints what an article costs while a database grows to this size."""
    store = Store(folder / "growth.db")
    print(f"{'stored':>9} {'articles/CPU s':>15} {'articles/s':>11} {'bytes of index':>15} {'peak MiB':>9}")
    with closing(store.connection):
        waited, spent = 0.0, 0.0
        reports = {size for power in (10_000, 100_000, 1_000_000) for size in (power, 3 * power) if size < articles} | {articles}
        for count, _ in enumerate(store.add_all(stream(Writer(seed, vocabulary), articles)), 1):
            if count + WINDOW in reports:
                waited, spent = store.waited, store.spent
            if count in reports:
                show(store, count, WINDOW / (store.spent - spent), WINDOW / (store.waited - waited))


def show(store: Store, count: int, per_cpu_second: float, per_second: float) -> None:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    size = index_bytes(store.connection) / count
    print(f"{count:9} {per_cpu_second:15.0f} {per_second:11.0f} {size:15.0f} {peak:9.0f}", flush=True)


def index_bytes(connection: sqlite3.Connection) -> float:
    """Size of the tables of sketches: from a sample of their pages' fill where SQLite has dbstat, else of their values."""
    try:
        query = "SELECT sum(pgsize) FROM dbstat WHERE aggregate = 1 AND name IN ('sketches', 'sketch_numbers')"
        return float(connection.execute(query).fetchone()[0])
    except sqlite3.OperationalError:
        return float("nan")


def stream(writer: Writer, articles: int) -> Iterator[str]:
    """Search keys: of ten articles seven are new, two take up an earlier one, mostly of late, one is a daily report."""
    chance, names = writer.chance, list(VERSIONS)
    writer.words = [search_key(word) for word in writer.words]  # once, not in each text
    recent: list[Text] = []
    old: list[Text] = []
    for number in range(articles):
        kind = chance.random()
        if kind < 0.7 or not recent:
            text = writer.story(number)
            (old if chance.random() < 0.001 else recent).append(text)
            del recent[:-2000]
            yield " ".join(text.paragraphs).replace(".", "")
        elif kind < 0.9:
            text = chance.choice(old if old and chance.random() < 0.1 else recent)
            yield search_key("\n".join(VERSIONS[chance.choice(names)](writer, text)))
        else:
            yield search_key("\n".join(daily_report(chance, chance.choice(PATTERNS_OF_DAYS), number // 40)))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=20_000, help="texts for which the pairs are compared with the truth")
    parser.add_argument("--grow", type=int, default=100_000, help="articles to which a database grows; 0: none")
    parser.add_argument("--vocabulary", type=int, default=60_000, help="stems of the generated language")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="deduplicate-"))
    try:
        if options.articles:
            quality(folder, options.articles, options.seed, options.vocabulary)
        if options.grow:
            growth(folder, options.grow, options.seed, options.vocabulary)
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
