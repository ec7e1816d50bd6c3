"""The pages in a real browser: what a person does with them, in both languages, in the dark and on a phone."""

import asyncio
import os
import re
import shutil
import sqlite3
import threading
from collections.abc import Awaitable, Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.inspect.serving import inspected
from tests.storage.news_pages import ELSEWHERE, news

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
pytest.importorskip("playwright", reason="playwright is not installed: pip install -e '.[dev]'")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="there is no chromium here: apt-get install chromium")

PAGES = ("/", "/articles", "/articles/1", "/pages/1", "/publishers", "/crawls", "/crawls/1", "/rejects", "/search",
         "/articles/999", "/almasalla", "/almasalla/articles", "/almasalla/articles/1", "/almasalla?sql=select+1")  # fmt: skip
# Contrast of every text with what lies behind it, as WCAG 2 counts it; those below 4.5 (3 for large text) come back.
PALE = """() => {
  const canvas = document.createElement("canvas").getContext("2d", {willReadFrequently: true});
  const rgba = (color) => { canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = color; canvas.fillRect(0, 0, 1, 1);
                            const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data; return [r, g, b, a / 255]; };
  const light = ([r, g, b]) => [r, g, b].map(v => v / 255).map(v => v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4)
                               .reduce((sum, v, i) => sum + v * [.2126, .7152, .0722][i], 0);
  const behind = (element) => { for (let e = element; e; e = e.parentElement) { const color = rgba(getComputedStyle(e).backgroundColor);
                                if (color[3] > .99) return color; } return [255, 255, 255, 1]; };
  const found = [];
  for (const element of document.body.querySelectorAll("*")) {
    if (![...element.childNodes].some(n => n.nodeType === 3 && n.textContent.trim()) || !element.checkVisibility()) continue;
    const style = getComputedStyle(element), size = parseFloat(style.fontSize);
    const [a, b] = [light(rgba(style.color)), light(behind(element))].sort((x, y) => y - x);
    const wanted = size >= 24 || (size >= 18.6 && style.fontWeight >= 700) ? 3 : 4.5;
    if ((a + .05) / (b + .05) < wanted) found.push(`${element.tagName}.${element.className} ${((a + .05) / (b + .05)).toFixed(2)} ${element.textContent.trim().slice(0, 30)}`);
  }
  return found;
}"""
UNNAMED = """() => [...document.querySelectorAll("input:not([type=hidden]), select, textarea, button, a[href]")]
  .filter(e => e.checkVisibility() && !(e.labels && e.labels.length && e.labels[0].textContent.trim()) && !e.getAttribute("aria-label")
               && !(["a", "button"].includes(e.localName) ? e.textContent.trim() : ["submit", "button"].includes(e.type)))
  .map(e => e.outerHTML.slice(0, 120))"""

Steps = Callable[[Any], Awaitable[Any]]


class Chromium:
    """Runs in an event loop of a thread of its own: the one of the tests is Twisted's."""

    def __init__(self, address: str) -> None:
        self.address = address.rstrip("/")
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever)
        self._thread.start()
        self._do(self._start())

    def _do(self, steps: Any) -> Any:
        return asyncio.run_coroutine_threadsafe(steps, self._loop).result(timeout=120)

    async def _start(self) -> None:
        from playwright.async_api import async_playwright

        self._playwright = await async_playwright().start()
        sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
        self._browser = await self._playwright.chromium.launch(executable_path=CHROMIUM, args=sandbox)

    def visit(self, steps: Steps, **options: Any) -> list[str]:
        """Takes the steps in a new window; whatever went wrong in the pages meanwhile."""
        return list(self._do(self._visit(steps, options)))

    async def _visit(self, steps: Steps, options: dict[str, Any]) -> list[str]:
        context = await self._browser.new_context(base_url=self.address, **options)
        page = await context.new_page()
        page.set_default_timeout(20_000)
        wrong: list[str] = []
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("console", lambda message: wrong.append(message.text) if message.type in ("error", "warning") else None)
        page.on(
            "request", lambda one: None if one.url.startswith((self.address, "data:")) else wrong.append(f"asks for {one.url}")
        )
        try:
            await steps(page)
        finally:
            await context.close()
        return [one for one in wrong if "404 (Not Found)" not in one]

    def close(self) -> None:
        async def stop() -> None:
            await self._browser.close()
            await self._playwright.stop()

        self._do(stop())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()


@pytest.fixture(scope="module")
def chromium(path: Path) -> Iterator[Chromium]:
    with inspected(path) as (address, _):
        browser = Chromium(address)
        yield browser
        browser.close()


@pytest.mark.parametrize(("language", "scheme"), [("ar", "light"), ("en", "dark")])
def test_every_page_can_be_read(chromium: Chromium, language: str, scheme: str) -> None:
    """No error, nothing asked of another host, enough contrast, a name for every control, one first heading, no lost landmark."""
    found: dict[str, Any] = {}

    async def steps(page: Any) -> None:
        for address in PAGES:
            await page.goto(address)
            found[address] = [*await page.evaluate(PALE), *await page.evaluate(UNNAMED)]
            headings = await page.locator("h1").count()
            landmarks = [await page.locator(one).count() for one in ("main", "header.masthead", "footer.colophon")]
            found[address] += [] if (headings, landmarks) == (1, [1, 1, 1]) else [f"{headings} headings, landmarks {landmarks}"]

    assert chromium.visit(steps, locale=language, color_scheme=scheme) == []
    assert {address: faults for address, faults in found.items() if faults} == {}


def test_every_page_fits_a_phone(chromium: Chromium) -> None:
    widths: dict[str, int] = {}

    async def steps(page: Any) -> None:
        for address in PAGES:
            await page.goto(address)
            widths[address] = await page.evaluate("document.documentElement.scrollWidth")

    assert chromium.visit(steps, locale="ar", viewport={"width": 320, "height": 640}, is_mobile=True) == []
    assert {address: width for address, width in widths.items() if width > 320} == {}


def test_a_search_finds_an_article_whatever_the_spelling(chromium: Chromium) -> None:
    wanted = news(2).title.split()

    async def steps(page: Any) -> None:
        await page.goto("/")
        await page.get_by_role("searchbox").fill(f"{wanted[1].replace('ة', 'ه')} {wanted[2]}")
        await page.keyboard.press("Enter")
        await page.locator(".card a", has_text=news(2).title).first.click()
        assert await page.locator("h1").inner_text() == news(2).title
        assert await page.locator(".text p").count() >= 4

    assert chromium.visit(steps) == []


def test_hits_are_marked_in_the_original_spelling(chromium: Chromium) -> None:
    async def steps(page: Any) -> None:
        await page.goto(f"/search?q={news(2).title.split()[1]}")
        marked = await page.locator("mark").all_inner_texts()
        assert news(2).title.split()[1] in marked

    assert chromium.visit(steps) == []


def test_from_an_article_to_its_page_and_back_by_the_bracket(chromium: Chromium, path: Path) -> None:
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as connection:
        query = "SELECT p.article_id FROM appearances p JOIN pages g ON g.id = p.page_id WHERE g.url = ? AND role = 'main'"
        number = connection.execute(query, (f"{ELSEWHERE}10",)).fetchone()[0]

    async def steps(page: Any) -> None:
        await page.goto(f"/articles/{number}?lang=en")
        await page.locator("#seen + ul a", has_text="arabkhabar").click()
        await page.get_by_role("heading", name="Nothing was lost").wait_for()
        lines = await page.locator(".line").count()
        colours = await page.locator(".line").evaluate_all("all => all.map(e => getComputedStyle(e).borderInlineStartColor)")
        assert len(set(colours)) >= 4
        await page.locator(".legend a", has_text="paragraph").first.click()
        await page.locator(".line").first.wait_for()
        assert await page.locator(".line").count() < lines
        await page.locator(".bracketed a").first.click()
        assert re.fullmatch(r".*/articles/\d+", page.url)

    assert chromium.visit(steps) == []


def test_language_and_colours_are_chosen_once(chromium: Chromium) -> None:
    async def steps(page: Any) -> None:
        await page.goto("/articles")
        await page.get_by_role("link", name="العربية").click()
        await page.locator("html[dir=rtl] body").wait_for()
        await page.get_by_role("link", name="داكن").click()
        await page.locator("html[data-theme=dark] .choices [aria-current]").wait_for()
        await page.wait_for_load_state()
        dark = await page.evaluate("getComputedStyle(document.body).backgroundColor")
        await page.goto("/almasalla/articles")  # Datasette's pages follow too
        assert await page.evaluate("getComputedStyle(document.body).backgroundColor") == dark == "rgb(21, 22, 24)"
        assert await page.evaluate("document.documentElement.lang") == "ar"

    assert chromium.visit(steps, locale="en", color_scheme="light") == []


def test_the_direction_of_a_text_is_its_own(chromium: Chromium) -> None:
    async def steps(page: Any) -> None:
        await page.goto("/articles/1?lang=en")
        assert await page.evaluate("getComputedStyle(document.querySelector('.text p')).direction") == "rtl"
        assert await page.evaluate("getComputedStyle(document.querySelector('.story header')).direction") == "rtl"
        assert await page.evaluate("getComputedStyle(document.querySelector('.card-index')).direction") == "ltr"
        arabic = "[...document.querySelectorAll('td:has(.mark)')].filter(e => /[ء-ي]/.test(e.textContent))"
        assert await page.evaluate(f"[...new Set({arabic}.map(e => getComputedStyle(e).direction))]") == ["rtl"]

    assert chromium.visit(steps) == []


def test_the_keyboard_is_enough(chromium: Chromium) -> None:
    async def steps(page: Any) -> None:
        await page.goto("/?lang=en")
        await page.keyboard.press("Tab")
        assert await page.evaluate("document.activeElement.textContent") == "To the content"
        await page.keyboard.press("Enter")
        await page.keyboard.press("Tab")
        assert await page.evaluate("!!document.activeElement.closest('main')")
        outline = await page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert outline != "none"

    assert chromium.visit(steps) == []


def test_the_menu_of_a_column_opens_with_a_key_and_speaks_arabic(chromium: Chromium) -> None:
    async def steps(page: Any) -> None:
        await page.goto("/almasalla/pages")
        await page.get_by_role("button", name="ما يُفعل بالعمود").nth(1).press("Enter")
        assert await page.evaluate("document.activeElement.textContent") == "رتّب تصاعدياً"
        await page.keyboard.press("Enter")
        await page.wait_for_url("**/pages?_sort=url")

    assert chromium.visit(steps, locale="ar") == []


def test_markup_in_the_data_does_nothing(chromium: Chromium, path: Path) -> None:
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as connection:
        number = connection.execute("SELECT id FROM articles WHERE title LIKE '%script%'").fetchone()[0]
    dialogs: list[str] = []

    async def steps(page: Any) -> None:
        page.on("dialog", lambda dialog: dialogs.append(dialog.message))
        for address in (f"/articles/{number}", "/articles", "/almasalla/articles", "/search?q=%3Cscript%3Ealert(1)%3C/script%3E"):
            await page.goto(address)

    assert chromium.visit(steps) == []
    assert dialogs == []


def test_the_editor_for_sql_runs(chromium: Chromium) -> None:
    async def steps(page: Any) -> None:
        await page.goto("/almasalla")
        await page.locator(".CodeMirror").click()
        await page.keyboard.press("Control+A")
        await page.keyboard.type("select count(*) as n from pages")
        await page.get_by_role("button", name="Run SQL").click()
        assert int(await page.locator(".col-n").last.inner_text()) > 1

    assert chromium.visit(steps) == []
