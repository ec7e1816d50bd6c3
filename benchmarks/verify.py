"""Does `scrapy verify` find bit rot? `python benchmarks/verify.py --flips 200`, from the project's folder.

Crawls seeds/ into a new database, again with a changed page, and adds rows of what is no crawl. Then turns one random bit of
a copy at a time and asks SQLite's integrity_check and verify. A bit that stands for nothing (free space) changes no value of
any table; such flips are counted apart.
"""

import argparse
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from almasalla_crawler.commands.verify import verify  # noqa: E402 - of this checkout, whatever is installed
from almasalla_crawler.storage import schedules  # noqa: E402
from almasalla_crawler.storage.alerts import note_told, untold  # noqa: E402
from almasalla_crawler.storage.database import open_database, open_readonly, transaction  # noqa: E402
from almasalla_crawler.storage.failures import DatabaseError, explaining  # noqa: E402
from almasalla_crawler.storage.health import accept, note_cut_off  # noqa: E402
from almasalla_crawler.storage.locks import write_lock  # noqa: E402


def fill_other_tables(path: Path) -> None:
    """Rows of what is no crawl: problems that somebody was told of, an accepted outlet, schedules and their runs."""
    at = datetime(2025, 5, 21, 6, 30, tzinfo=UTC)
    with closing(open_database(path)) as connection, transaction(connection, write_lock(path)):
        accept(connection, connection.execute("SELECT outlet FROM crawls").fetchone()[0])
        for outlet in ("oasis", "harbour"):
            note_cut_off(connection, "site", outlet, None, "failed", "the process was not started")
            schedules.set_due(connection, outlet, "every 15m", at)
            state = schedules.states(connection)[outlet]
            run = schedules.begin_run(connection, state, "site", outlet, at, at)
            schedules.end_run(connection, run, schedules.RunEnd(at, "failed", 1, said="no such host"), at, None, 1)
        note_told(connection, "5e1f", untold(connection, "5e1f", ("failed", "warning")))


def flip(body: bytes, chance: random.Random) -> bytes:
    """The file with one bit turned."""
    place = chance.randrange(len(body))
    return body[:place] + bytes([body[place] ^ (1 << chance.randrange(8))]) + body[place + 1 :]


def finds(path: Path) -> bool:
    try:
        with explaining(path), closing(open_readonly(path)) as connection:
            return any(not one.is_note for found in verify(connection, False, 1 << 20).values() for one in found)
    except DatabaseError:
        return True


def sqlite_finds(path: Path) -> bool:
    try:
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)) as connection:
            return connection.execute("PRAGMA integrity_check(1)").fetchone()[0] != "ok"
    except (sqlite3.Error, UnicodeDecodeError):
        return True


def values(path: Path) -> dict[str, list[object]] | None:
    """The values of every column of every table, and the schema; None if SQLite cannot read them."""
    try:
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)) as connection:
            connection.text_factory = bytes
            found: dict[str, list[object]] = {"schema": connection.execute("SELECT name, sql FROM sqlite_master").fetchall()}
            for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
                cursor = connection.execute(f'SELECT * FROM "{name.decode()}"')
                names = [f"{name.decode()}.{column[0]}" for column in cursor.description]
                found |= dict(zip(names, map(list, zip(*cursor, strict=True)), strict=False))
            return found
    except (sqlite3.Error, UnicodeDecodeError):
        return None


def count(database: Path, wanted: int, seed: int) -> Counter[str]:
    """Turns bits until `wanted` of them have changed a value."""
    chance, counts = random.Random(seed), Counter[str]()
    body, before = database.read_bytes(), values(database) or {}
    damaged = database.with_name("damaged.db")
    while counts["damage"] < wanted:
        damaged.write_bytes(flip(body, chance))
        after = values(damaged)
        if after == before:
            counts["free space or index only"] += 1
            continue
        is_found = finds(damaged)
        counts["damage"] += 1
        counts["found by integrity_check"] += sqlite_finds(damaged)
        counts["found by verify"] += is_found
        if not is_found:
            counts[f"missed: {', '.join(name for name in before if after is None or after.get(name) != before[name])}"] += 1
    return counts


def crawl(pages: Path, database: Path) -> None:
    command = [
        sys.executable,
        "-m",
        "scrapy",
        "crawl",
        "seeds",
        "--nolog",
        "-a",
        f"path={pages}",
        "-s",
        f"DATABASE_PATH={database}",
    ]
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)


def change_a_page(pages: Path) -> None:
    """The longest text has another word at its end, so that the next crawl stores a revision."""
    page = max(pages.rglob("*.txt"), key=lambda path: path.stat().st_size)
    first, _, rest = page.read_text("utf-8").partition(".")
    page.write_text(f"{first} أيضاً.{rest}", "utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--flips", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder) / "a.db"
        shutil.copytree(ROOT / "seeds", Path(folder) / "seeds")
        crawl(Path(folder) / "seeds", database)
        change_a_page(Path(folder) / "seeds")
        crawl(Path(folder) / "seeds", database)
        fill_other_tables(database)
        started = time.perf_counter()
        assert not finds(database)
        print(f"verify takes {time.perf_counter() - started:.2f} s for {database.stat().st_size:,} bytes")
        for name, number in count(database, options.flips, options.seed).items():
            print(f"{number:7} {name}")


if __name__ == "__main__":
    main()
