"""How fast is a live site crawled, and beside what? `python benchmarks/crawl.py --pages 600`, from the project's folder.

Serves invented pages from a process of its own on loopback, then runs, one after the other:
  A  a plain Scrapy spider that downloads the same pages and does nothing with them
  B  `scrapy crawl site` into a new database
  C  B again, nothing changed; the site's sitemap says so
"""

import argparse
import asyncio
import compileall
import multiprocessing
import os
import statistics
import subprocess
import sys
import tempfile
import time
from multiprocessing.connection import Connection
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

PLAIN_SPIDER = """
import os
import scrapy

class Plain(scrapy.Spider):
    name = "plain"
    custom_settings = {"CONCURRENT_REQUESTS_PER_DOMAIN": int(os.environ["REQUESTS"]), "ROBOTSTXT_OBEY": True}

    async def start(self):
        for number in range(int(os.environ["PAGES"])):
            yield scrapy.Request(f"{os.environ['URL']}news/{number}.html", self.parse)

    def parse(self, response):
        pass
"""


def site_of(pages: int) -> dict[str, tuple[str, bytes]]:
    """Paths with their type and body: articles of about 7 kB, a sitemap that names them, a front page."""
    import random

    from benchmarks.ingest import as_html, headline, story

    chance = random.Random(1)
    answers = {}
    for number in range(pages):
        main, related = story(chance, 8), story(chance, 3)
        answers[f"/news/{number}.html"] = ("text/html", as_html(main, related, [headline(chance) for _ in range(8)]).encode())
    urls = "".join(
        f"<url><loc>URLnews/{number}.html</loc><lastmod>2025-05-{1 + number % 28:02}</lastmod></url>" for number in range(pages)
    )
    answers["/sitemap.xml"] = (
        "application/xml",
        f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{urls}</urlset>'.encode(),
    )
    answers["/robots.txt"] = ("text/plain", b"User-agent: *\nDisallow:\nSitemap: URLsitemap.xml\n")
    answers["/"] = ("text/html", "<html><body><h1>صحيفة الواحة</h1></body></html>".encode())
    return answers


def serve(pages: int, told: Connection) -> None:
    """A server that does nothing but answer, so that it is not what is measured."""
    answers = site_of(pages)

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while request := await reader.readuntil(b"\r\n\r\n"):
                path = request.split(b" ", 2)[1].decode()
                kind, body = answers.get(path, ("text/plain", b""))
                body = body.replace(b"URL", url.encode()) if path.endswith((".xml", ".txt")) else body
                status = "200 OK" if path in answers else "404 Not Found"
                writer.write(f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body)
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()

    async def run() -> None:
        nonlocal url
        server = await asyncio.start_server(answer, "127.0.0.1", 0)
        url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/"
        told.send(url)
        await server.serve_forever()

    url = ""
    asyncio.run(run())


def timed(command: list[str], **environment: str) -> float:
    began = time.perf_counter()
    done = subprocess.run(command, cwd=ROOT, env={**os.environ, **environment}, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(done.stdout[-2000:] + done.stderr[-2000:])
    return time.perf_counter() - began


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=600)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--requests", type=int, default=8, help="at a time, of all three")
    options = parser.parse_args()
    compileall.compile_dir(str(ROOT / "almasalla_crawler"), quiet=1)  # as pip does with what A imports
    ours, theirs = multiprocessing.Pipe()
    server = multiprocessing.get_context("spawn").Process(target=serve, args=(options.pages, theirs), daemon=True)
    server.start()
    url = ours.recv()
    seconds: dict[str, list[float]] = {"A": [], "B": [], "C": []}
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder) / "plain.py"
        plain.write_text(PLAIN_SPIDER, "utf-8")
        for number in range(options.rounds):
            settings = {"DATABASE_PATH": f"{folder}/{number}.db", "DOWNLOAD_DELAY": "0", "AUTOTHROTTLE_ENABLED": "False",
                        "CONCURRENT_REQUESTS_PER_DOMAIN": str(options.requests), "WARC_DIR": "",
                        "ALLOW_PRIVATE_ADDRESSES": "True"}  # fmt: skip
            pairs = [part for name, value in settings.items() for part in ("-s", f"{name}={value}")]
            crawl = [sys.executable, "-m", "scrapy", "crawl", "site", "--nolog", "-a", f"url={url}", *pairs]
            run = [sys.executable, "-m", "scrapy", "runspider", "--nolog", str(plain)]
            given = {
                "URL": url,
                "PAGES": str(options.pages),
                "REQUESTS": str(options.requests),
                "SCRAPY_SETTINGS_MODULE": "scrapy.settings.default_settings",
            }
            seconds["A"].append(timed(run, **given))
            seconds["B"].append(timed(crawl))
            seconds["C"].append(timed(crawl))
    server.terminate()
    names = {"A": "a plain spider, nothing done", "B": "scrapy crawl site", "C": "the same again"}
    for name, taken in seconds.items():
        middle = statistics.median(taken)
        print(f"{name}  {names[name]:30} {middle:7.2f} s  {options.pages / middle:7.0f} pages/s")
    ratio = statistics.median(a / b for a, b in zip(seconds["A"], seconds["B"], strict=True))
    again = statistics.median(b / c for b, c in zip(seconds["B"], seconds["C"], strict=True))
    print(f"B crawls at {ratio:.2f} of the pages a second of A; a second crawl is {again:.1f} times faster than the first")


if __name__ == "__main__":
    main()
