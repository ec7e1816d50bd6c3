"""How fast are saved pages read, and beside what? `python benchmarks/ingest.py --pages 10000`, from the project's folder.

Writes invented pages, then runs as processes of their own, one after the other:
  A  a plain Scrapy spider on Scrapy's defaults that opens the same files over file:// and does nothing with them
  B  `scrapy crawl seeds` into a new database
  C  B again, nothing changed
"""

import argparse
import os
import random
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

PLAIN_SPIDER = """
import os
from pathlib import Path
import scrapy

class Plain(scrapy.Spider):
    name = "plain"

    async def start(self):
        for path in sorted(Path(os.environ["PAGES"]).rglob("*.*")):
            if path.suffix in (".txt", ".html"):
                yield scrapy.Request(path.as_uri(), self.parse)

    def parse(self, response):
        pass
"""

NOUNS = """المدينة الطريق الجسر المكتبة المدرسة النهر المزرعة السوق المتحف الحديقة القرية المستشفى الميناء المصنع الجامعة الملعب
المحطة الوادي الساحل البستان المخبز المسرح المعرض الورشة القطار الحافلة المطبعة المرصد البحيرة السد القناة الحقل المشتل المختبر
الجمعية البلدية اللجنة الهيئة المبادرة الدورة الخطة الميزانية الموسم المحصول المشروع الفريق البرنامج التقرير""".split()
VERBS = """أعلنت أكدت افتتحت أطلقت أنهت أعدّت نظّمت وزّعت رمّمت جدّدت شيّدت استقبلت خصصت أضافت أوضحت بيّنت ذكرت سجّلت اعتمدت
وسّعت جهّزت اختارت درست ناقشت راجعت قدّمت وقّعت زارت""".split()
ADJECTIVES = """الجديدة القديمة الكبيرة الصغيرة المحلية الواسعة الشمالية الجنوبية الزراعية الثقافية التعليمية الصحية السنوية
الأولى الثانية الثالثة المشتركة المجانية المفتوحة الحديثة المجاورة الهادئة""".split()
LINKS = "في من على مع إلى عن بعد قبل خلال ضمن قرب حول منذ بين".split()
PLACES = "بغداد البصرة الموصل أربيل كربلاء النجف الكوت الحلة العمارة السماوة عمّان إربد بيروت طرابلس".split()
OUTLETS = ["صحيفة النخيل", "وكالة الواحة", "منصة المرسى", "بوابة الميناء", "صحيفة السنابل"]
MONTHS = "كانون الثاني,شباط,آذار,نيسان,أيار,حزيران,تموز,آب,أيلول,تشرين الأول,تشرين الثاني,كانون الأول".split(",")
DISCLAIMER = "المقالات والأخبار المنقولة لا تعبّر بالضرورة عن رأي الموقع، ويتحمل كاتبها وحده مسؤولية ما ورد فيها."
SYNDICATED = 0.3  # share of related articles that are the main article of an earlier page
REMEMBERED = 500  # earlier articles that may be taken up


@dataclass(frozen=True)
class Story:
    title: str
    outlet: str
    day: date
    paragraphs: list[str]


def story(chance: random.Random, paragraphs: int) -> Story:
    outlet, place = chance.choice(OUTLETS), chance.choice(PLACES)
    body = [" ".join(sentence(chance) for _ in range(3)) for _ in range(paragraphs)]
    body[0] = f"{place}/{outlet}: {body[0]}"
    day = date(2023, 1, 1) + timedelta(days=chance.randrange(900))
    return Story(headline(chance), outlet, day, body)


def headline(chance: random.Random) -> str:
    return f"{phrase(chance)} {chance.choice(LINKS)} {phrase(chance)} {chance.choice(LINKS)} {chance.choice(PLACES)}"


def phrase(chance: random.Random) -> str:
    return f"{chance.choice(NOUNS)} {chance.choice(ADJECTIVES)}"


def sentence(chance: random.Random) -> str:
    pairs = " ".join(f"{chance.choice(LINKS)} {phrase(chance)}" for _ in range(chance.randint(2, 4)))
    return f"{chance.choice(VERBS)} {phrase(chance)} {pairs}، {chance.choice(VERBS)} {phrase(chance)} {chance.randint(2, 900)}."


def as_text(main: Story, related: Story, similar: list[str]) -> str:
    header = f"{main.outlet}:\n\n{main.title}\n\nتاريخ النشر: {written(main.day)}\n\n{main.title}"
    end = f"{main.outlet} – متابعة\n\n{DISCLAIMER}\n\nالمصدر: {main.outlet}\n\nكلمات دلالية: {' '.join(main.title.split()[:3])}"
    other = "\n\n".join([related.title, written(related.day), *related.paragraphs])
    listed = "\n\n".join(similar)
    body = "\n\n".join(main.paragraphs)
    return f"{header}\n\n{body}\n\n{end}\n\nإقرأ أيضاً:\n\n{other}\n\nمقالات مشابهة\n\n{listed}\n"


def as_html(main: Story, related: Story, similar: list[str]) -> str:
    menu = "".join(f'<li><a href="/c/{n}">{noun}</a></li>' for n, noun in enumerate(NOUNS[:12]))
    listed = "".join(f'<li><a href="/a/{1000 + n}">{title}</a></li>' for n, title in enumerate(similar))
    other = "".join(f"<p>{text}</p>" for text in related.paragraphs)
    return (
        f'<!doctype html><html lang="ar" dir="rtl"><head><meta charset="utf-8"><title>{main.title} | عرب خبر</title></head><body>'
        f'<nav><ul>{menu}</ul></nav><h1>{main.title}</h1><span class="date">تاريخ النشر: {written(main.day)}</span>'
        f'<div class="article-content">{"<br><br>".join(main.paragraphs)}<br><br>{main.outlet} – متابعة<br><br>'
        f"{DISCLAIMER}<br><br>المصدر: {main.outlet}<br><br>إقرأ أيضاً:<br><br>"
        f"<p>{related.title}</p><p>{written(related.day)}</p>{other}</div>"
        f"<h3>مقالات مشابهة</h3><ul>{listed}</ul><footer>جميع الحقوق محفوظة</footer></body></html>"
    )


def written(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def write_pages(folder: Path, pages: int, seed: int) -> int:
    """Half text, half HTML, the same for the same seed. Returns their bytes."""
    chance = random.Random(seed)
    earlier: list[Story] = []
    total = 0
    for number in range(pages):
        main = story(chance, 5)
        take_up = earlier and chance.random() < SYNDICATED
        related = chance.choice(earlier) if take_up else story(chance, 3)
        similar = [headline(chance) for _ in range(8)]
        html = number % 2
        body = (as_html if html else as_text)(main, related, similar).encode()
        path = folder / f"{number // 1000:03}" / f"{number:06}.{'html' if html else 'txt'}"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(body)
        total += len(body)
        earlier = [*earlier[-REMEMBERED:], main]
    return total


@dataclass(frozen=True)
class Used:
    seconds: float  # on the clock, start of the interpreter included
    cpu_seconds: float
    peak_mib: float


def measure(command: list[str], folder: Path, environment: dict[str, str]) -> Used:
    """Runs a command to its end; ends this program if it fails."""
    log = folder / "output.log"
    with log.open("wb") as output:
        begun = time.perf_counter()
        actions = [(os.POSIX_SPAWN_DUP2, output.fileno(), 1), (os.POSIX_SPAWN_DUP2, output.fileno(), 2)]
        identifier = os.posix_spawn(command[0], command, environment, file_actions=actions)
        _, status, usage = os.wait4(identifier, 0)
        seconds = time.perf_counter() - begun
    if code := os.waitstatus_to_exitcode(status):
        sys.exit(f"{' '.join(command)} ended with {code}:\n{log.read_text('utf-8', 'replace')[-3000:]}")
    return Used(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def one_round(pages: Path, folder: Path) -> dict[str, Used]:
    database = folder / "almasalla.db"
    for file in folder.glob("almasalla.db*"):
        file.unlink()
    spider = folder / "plain.py"
    spider.write_text(PLAIN_SPIDER, "utf-8")
    scrapy = [sys.executable, "-m", "scrapy"]
    ours = [*scrapy, "crawl", "seeds", "-a", f"path={pages}", "-s", f"DATABASE_PATH={database}"]
    plain_environment = {name: value for name, value in os.environ.items() if name != "SCRAPY_SETTINGS_MODULE"}
    plain_environment["PAGES"] = str(pages)
    os.chdir(folder)  # no scrapy.cfg here: Scrapy's defaults
    plain = measure([*scrapy, "runspider", str(spider)], folder, plain_environment)
    os.chdir(ROOT)
    return {"A": plain, "B": measure(ours, folder, dict(os.environ)), "C": measure(ours, folder, dict(os.environ))}


def report(rounds: list[dict[str, Used]], pages: int) -> None:
    names = {"A": "plain spider, nothing done", "B": "scrapy crawl seeds", "C": "the same again"}
    print(f"{'median of ' + str(len(rounds)):30} {'seconds':>8} {'CPU s':>8} {'pages/s':>8} {'peak MiB':>9}")
    for key, name in names.items():
        seconds, cpu, peak = (
            statistics.median(getattr(used[key], what) for used in rounds) for what in ("seconds", "cpu_seconds", "peak_mib")
        )
        print(f"{key}  {name:27} {seconds:8.2f} {cpu:8.2f} {pages / seconds:8.0f} {peak:9.0f}")
    for above, below, text in (("A", "B", "pages/s of B against A"), ("B", "C", "first run against second")):
        ratios = [used[above].seconds / used[below].seconds for used in rounds]
        print(f"{text}: {statistics.median(ratios):.2f} (from {min(ratios):.2f} to {max(ratios):.2f})")


def profile(pages: Path, folder: Path, whole: float) -> None:
    """CPU seconds of each stage, one after the other on every page; the rest of B is Scrapy, workers, finding files."""
    from almasalla_crawler.exporters import SqliteItemExporter
    from almasalla_crawler.items import Page
    from almasalla_crawler.pipelines.clean import clean
    from almasalla_crawler.pipelines.conserve import conserve
    from almasalla_crawler.pipelines.deduplicate import deduplicate
    from almasalla_crawler.pipelines.describe import describe
    from almasalla_crawler.pipelines.split import split
    from almasalla_crawler.pipelines.store import MAX_BATCH_PAGES
    from almasalla_crawler.readers.files import read_regular_file
    from almasalla_crawler.readers.page import read_page

    spent: dict[str, float] = {}
    seen_at = datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")

    def timed(name: str, call: Callable[[], object]) -> None:
        begun = time.process_time()
        call()
        spent[name] = spent.get(name, 0.0) + time.process_time() - begun

    def read(path: Path, page: Page) -> None:
        read_page(read_regular_file(path, pages.resolve(), 1 << 25), page)

    exporter = SqliteItemExporter(folder / "profile.db")
    with closing(exporter.connection):
        exporter.begin_crawl("benchmark", None, {})
        for batch in batches(sorted(pages.resolve().rglob("*.*")), MAX_BATCH_PAGES):
            ready = []
            for path in batch:
                page = Page(f"seed:{path.name}", f"file:{path.name}", observed_at=seen_at, body_sha256=path.name)
                timed("read", lambda path=path, page=page: read(path, page))  # type: ignore[misc]
                for stage in (clean, split, describe, deduplicate, conserve):
                    if page.reject is None:
                        timed(stage.__name__, lambda stage=stage, page=page: stage(page))  # type: ignore[misc]
                ready.append(page)
            timed("store", lambda ready=ready: exporter.export_batch(ready))  # type: ignore[misc]
    spent["rest"] = max(0.0, whole - sum(spent.values()))
    print("where the CPU time of B goes:")
    for name, seconds in spent.items():
        print(f"  {name:12} {seconds:7.2f} s {100 * seconds / max(whole, sum(spent.values())):5.0f} %")


def batches(paths: list[Path], size: int) -> Iterator[list[Path]]:
    return (paths[start : start + size] for start in range(0, len(paths), size))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=1, help="runs of A, B and C; medians are shown")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--directory", type=Path, help="where pages and database go and stay (default: a temporary one)")
    parser.add_argument("--profile", action="store_true", help="show where the time goes, by stage")
    options = parser.parse_args()
    folder = (options.directory or Path(tempfile.mkdtemp(prefix="ingest-"))).resolve()
    pages = folder / "pages"
    shutil.rmtree(pages, ignore_errors=True)
    try:
        size = write_pages(pages, options.pages, options.seed)
        print(f"{options.pages} pages of {size / options.pages / 1000:.1f} kB in {pages}, Python {sys.version.split()[0]}")
        rounds = [one_round(pages, folder) for _ in range(options.rounds)]
        report(rounds, options.pages)
        if options.profile:
            (folder / "profile.db").unlink(missing_ok=True)
            profile(pages, folder, statistics.median(used["B"].cpu_seconds for used in rounds))
    finally:
        if options.directory is None:
            shutil.rmtree(folder)


if __name__ == "__main__":
    main()
