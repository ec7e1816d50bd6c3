"""Takes the pictures of the README: `python docs/make_images.py` runs the commands on a fresh database and shows what they show.

Needs chromium, a monospaced font with Arabic (DejaVu Sans Mono: terminals rarely set Arabic right, browsers do), the Arabic fonts
that the web page asks for first (Noto Naskh Arabic, Noto Sans Arabic), and pngquant.
"""

import html
import json
import os
import pty
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import closing
from pathlib import Path

from rich.cells import cell_len
from rich.text import Text

ROOT = Path(__file__).resolve().parent.parent
IMAGES = ROOT / "docs" / "images"
COLUMNS, WIDTH, HEIGHT = 112, 1075, 1170  # characters; CSS pixels
SHOWN = "متحف للنسيج"  # the headline of the article that is shown whole: two pages have it
ARABIC = re.compile(r"[\u0600-\u06ff]")
CELLS = re.compile(r"([│┃]|^\w+\s{2,})")  # borders of a table, names of a list
STYLE = """
body { margin: 0; background: #14161a; color: #d7dae0; }
pre { margin: 18px 22px; font: 14px/1.42 "DejaVu Sans Mono", monospace; }
bdi { display: inline-block; white-space: nowrap; line-height: 1; }
.prompt { color: #7ec699; } .cut { color: #7d8590; } b { color: #fff; }
"""


def run(command: list[str], folder: Path, environment: dict[str, str]) -> str:
    """What `command` prints on a terminal, with its colours."""
    main, terminal = pty.openpty()
    with subprocess.Popen(command, cwd=folder, env=environment, stdout=terminal, stderr=subprocess.DEVNULL) as process:
        os.close(terminal)
        shown = b""
        while chunk := _read(main):
            shown += chunk
        process.wait()
    os.close(main)
    return shown.decode().replace("\r\n", "\n")


def _read(descriptor: int) -> bytes:
    try:
        return os.read(descriptor, 65536)
    except OSError:  # Linux says so when the other side has closed
        return b""


def as_html(shown: str) -> str:
    return "\n".join(_line(Text.from_ansi(line)) for line in shown.split("\n"))


def _line(line: Text) -> str:
    bold = any("bold" in str(span.style) for span in line.spans)
    shown = "".join(_cell(cell) for cell in CELLS.split(line.plain))
    return f"<b>{shown}</b>" if bold else shown


def _cell(cell: str) -> str:
    """Arabic is set from right to left, in as many columns as the terminal gives it."""
    text = cell.strip()
    if not ARABIC.search(text):
        return html.escape(cell)
    before, after = cell[: cell.index(text)], cell[cell.index(text) + len(text) :]
    side = "right" if len(before) > 1 or not after else "left"
    return f'{before}<bdi style="width:{cell_len(text)}ch;text-align:{side}">{html.escape(text)}</bdi>{after}'


def lines_between(shown: str, first: int, last: int) -> str:
    return "\n".join(shown.split("\n")[first:last])


def main() -> None:
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        shutil.copy(ROOT / "scrapy.cfg", folder)
        shutil.copytree(ROOT / "seeds", folder / "seeds")
        environment = os.environ | {"COLUMNS": str(COLUMNS), "LINES": "50", "TERM": "xterm-256color", "PYTHONPATH": str(ROOT)}
        scrapy = [sys.executable, "-m", "scrapy"]
        crawl = run([*scrapy, "crawl", "seeds"], folder, environment)
        listed = run([*scrapy, "articles", "--limit", "6"], folder, environment)
        articles = json.loads(run([*scrapy, "articles", "--json", "--limit", "-1"], folder, environment))
        number = next(str(article["id"]) for article in articles if (article["title"] or "").startswith(SHOWN))
        article = run([*scrapy, "articles", number], folder, environment)
        table = article[article.index("seen as") :].split("\n", 1)[1]
        cut = '<span class="cut">[...]</span>'
        screen = "\n".join(
            [
                _prompt("scrapy crawl seeds"), as_html(crawl.strip("\n")),
                "", _prompt("scrapy articles --limit 6"), as_html(listed.strip("\n")),
                "", _prompt(f"scrapy articles {number}"), as_html(lines_between(article, 0, 12)), cut,
                as_html(lines_between(table, 0, 15)), cut,
            ]
        )  # fmt: skip
        page = folder / "terminal.html"
        page.write_text(f'<!doctype html><meta charset="utf-8"><style>{STYLE}</style><pre>{screen}</pre>', "utf-8")
        take("terminal.png", page.as_uri(), WIDTH, HEIGHT)
        database = folder / "data" / "almasalla.db"
        of_the_web_page([*scrapy, "inspect", "--port", "0", "-s", f"DATABASE_PATH={database}"], database)


def of_the_web_page(command: list[str], path: Path) -> None:
    """The front page in Arabic, and the page of an aggregator that holds two articles, as they are right after the crawl."""
    with closing(sqlite3.connect(path)) as connection:
        query = (
            "SELECT page_id FROM captures WHERE page_id IN (SELECT page_id FROM appearances WHERE role = 'related')"
            " ORDER BY line_count LIMIT 1"
        )
        number = connection.execute(query).fetchone()[0]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as server:
        try:
            said = server.stdout.readline() if server.stdout else ""
            address = said[said.index("http://") :].split()[0]
            take("front.png", f"{address}?lang=ar", 1120, 1132)
            take("source.png", f"{address}pages/{number}?lang=en&theme=dark", 1120, 1700)
        finally:
            server.terminate()


def take(name: str, address: str, width: int, height: int) -> None:
    """A picture of what chromium shows, in few colours."""
    picture = IMAGES / name
    browser = ["chromium", "--headless", "--no-sandbox", "--hide-scrollbars", f"--window-size={width},{height}"]
    subprocess.run([*browser, f"--screenshot={picture}", address], check=True, capture_output=True, timeout=120)
    if quantize := shutil.which("pngquant"):  # a quarter of the bytes
        subprocess.run([quantize, "--force", "--output", picture, "64", picture], check=True)


def _prompt(command: str) -> str:
    return f'<span class="prompt">$ {html.escape(command)}</span>'


if __name__ == "__main__":
    main()
