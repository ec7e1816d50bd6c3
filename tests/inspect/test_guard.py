"""What stands between the browser and the data."""

import pytest

from tests.inspect.browsing import Browser

ADDRESSES = ("/", "/articles", "/articles/1", "/pages/1", "/publishers", "/crawls", "/rejects", "/almasalla", "/almasalla/articles",
             "/almasalla/articles/1", "/nothing", "/inspect/inspect.css")  # fmt: skip


@pytest.mark.parametrize("address", ADDRESSES)
def test_no_page_loads_or_runs_anything_from_elsewhere(browser: Browser, address: str) -> None:
    page = browser.get(address)
    policy = dict(part.strip().split(" ", 1) for part in page.headers["content-security-policy"].split(";"))
    assert (policy["default-src"], policy["script-src"], policy["frame-ancestors"]) == ("'none'", "'self'", "'none'")
    assert page.headers["referrer-policy"] == "no-referrer"
    if page.document is not None:
        loaded = page.values("link[rel=stylesheet], link[rel=icon]", "href") + page.values("script", "src")
        assert all(one and one.startswith("/") for one in loaded), "a script in the page would not run"


@pytest.mark.parametrize("host", ["127.0.0.1:8001", "localhost", "localhost:8001", "[::1]:8001"])
def test_this_machine_may_ask(browser: Browser, host: str) -> None:
    assert browser.get("/", host=host).status == 200


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:8001", "127.0.0.1.evil.example", "localhost.evil.example:80", "10.0.0.1"]
)
def test_a_page_of_another_name_may_not_ask(browser: Browser, host: str) -> None:
    answer = browser.get("/articles", host=host)
    assert answer.status == 400
    assert "127.0.0.1" in answer.source


def test_the_language_is_the_one_the_browser_asks_for(browser: Browser) -> None:
    page = browser.get("/", accept_language="ar-IQ,ar;q=0.9")
    assert (page.document.get("lang"), page.document.get("dir")) == ("ar", "rtl")
    assert "أحدث المقالات" in page.texts("h2")


def test_a_language_once_chosen_is_kept(browser: Browser) -> None:
    chosen = browser.get("/?lang=ar&theme=dark", accept_language="en").headers.get_list("set-cookie")
    cookie = "; ".join(one.split(";")[0] for one in chosen)
    page = browser.get("/crawls", accept_language="en", cookie=cookie)
    assert (page.document.get("lang"), page.document.get("data-theme")) == ("ar", "dark")


def test_what_columns_mean_is_arabic_in_an_arabic_page_and_marked_where_it_is_english(
    browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = browser.get("/almasalla/articles?lang=ar")
    assert page.document.get("dir") == "rtl"
    assert page.values("main", "dir") == [None]
    assert set(page.values(".column-descriptions dd", "lang")) == {None}
    tables = browser.datasette._metadata_local["databases"]["almasalla"]["tables"]
    monkeypatch.setitem(tables["articles"]["columns"], "url", "a wording of another version")
    page = browser.get("/almasalla/articles?lang=ar")
    assert (page.values("dd[lang]", "dir"), page.texts("dd[lang=en]")) == (["ltr"], ["a wording of another version"])
