"""The search over a real database: what is found, in which order, what is shown, and what is refused in words."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from almasalla_crawler.arabic.letters import display_text, search_key
from almasalla_crawler.arabic.queries import QueryError
from almasalla_crawler.storage import filters
from almasalla_crawler.storage import search as module
from almasalla_crawler.storage.database import open_database, open_readonly
from almasalla_crawler.storage.search import Hit, search
from tests.storage.news_pages import ELSEWHERE, Database, News, Seen, elsewhere, own_site

_INSERT = (
    "INSERT INTO articles (title, body, title_key, body_key, publisher, section, date_published_date, block_roles, paragraph_count,"
    " word_count, fingerprint, first_seen_at, observed_at, text_rank) VALUES (?, ?, ?, ?, ?, ?, ?, '[]', 1, 1, ?2, '', '', 2)"
)
Add = Callable[..., int]


@pytest.fixture(scope="module")
def connection(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    with closing(open_database(tmp_path_factory.mktemp("search") / "a.db")) as connection:
        yield connection


@pytest.fixture
def add(connection: sqlite3.Connection) -> Iterator[Add]:
    """Adds an article to an empty database; returns its id."""

    def add(
        title: str | None, body: str = "نص", publisher: str | None = None, section: str | None = None, date: str | None = None
    ) -> int:
        body, key = display_text(body) if "\n" not in body else body, search_key(title or "") or None
        cursor = connection.execute(_INSERT, (title, body, key, search_key(body), publisher, section, date))
        return int(cursor.lastrowid or 0)

    connection.execute("BEGIN")
    yield add
    connection.execute("ROLLBACK")


@pytest.fixture
def ids(connection: sqlite3.Connection) -> Callable[..., list[int]]:
    return lambda text, **filters: [hit.id for hit in search(connection, text, **filters).hits]


def marked(parts: list[tuple[str, bool]]) -> str:
    return "".join(f"[{piece}]" if is_hit else piece for piece, is_hit in parts)


# --- which articles -----------------------------------------------------------------------------------------------------


def test_all_words_must_stand_in_headline_or_text(add: Add, ids: Any) -> None:
    both = add("وزير النقل يزور الميناء", "تفقد الأرصفة الجديدة")
    add("وزير النقل يزور المطار")
    assert ids("وزير أرصفة") == [both]


def test_a_phrase_wants_its_words_side_by_side(add: Add, ids: Any) -> None:
    phrase = add("جلسة لمجلس النواب اليوم")
    add("النواب في مجلس آخر")
    assert ids("«مجلس النواب»") == [phrase]
    assert len(ids("مجلس النواب")) == 2


def test_words_and_phrases_are_left_out_with_a_minus(add: Add, ids: Any) -> None:
    add("وزير الخارجية في عمّان")
    transport = add("وزير النقل في عمّان")
    assert ids("وزير -للخارجية") == [transport]
    assert ids('وزير -"الخارجية في"') == [transport]


@pytest.mark.parametrize(
    ("typed", "written", "other"),
    [("مكتب", "حضر مكتبه كله", "فتحت مكتبة جديدة"), ("خبر", "نشر خبراً قصيراً", "حضر خبراء من الخارج"),
     ("محافظ", "زار محافظها القرية", "زار محافظة أخرى"), ("ماء", "شرب ماءً بارداً", "قال ما قاله أمس"), ("علي", "حضر علي أمس", "مر على الجسر")],
    ids=["pronoun", "tanwin", "pronoun_without_ه", "hamza", "name"],
)  # fmt: skip
def test_another_word_with_the_same_key_is_told_by_its_spelling(typed: str, written: str, other: str, add: Add, ids: Any) -> None:
    right = add(None, written)
    add(None, other)
    assert ids(typed) == [right]


def test_another_word_with_the_same_key_is_not_left_out(add: Add, ids: Any) -> None:
    other = add(None, "زار الوزير مكتبة جديدة")
    add(None, "زار الوزير مكتبه الجديد")
    assert ids("وزير -مكتب") == [other]


def test_a_word_that_is_written_both_ways_is_found_once(add: Add, connection: sqlite3.Connection) -> None:
    add(None, "دخل مكتبه ثم زار مكتبة المدينة")
    results = search(connection, "مكتب")
    assert results.total == 1
    assert marked(results.hits[0].excerpt_parts) == "دخل [مكتبه] ثم زار مكتبة المدينة"


# --- in which order -----------------------------------------------------------------------------------------------------


def test_a_word_in_the_headline_weighs_more_than_any_number_in_the_text(add: Add, ids: Any) -> None:
    often = add("أخبار اليوم", "الجسر " * 40 + "قديم")
    headline = add("إغلاق الجسر مساء اليوم", "تغلق البلدية الطريق أسبوعاً")
    once = add("حركة السير", "يمر الطريق فوق الجسر ثم ينعطف نحو المدينة القديمة وأسواقها")
    assert ids("جسر") == [headline, often, once]


def test_the_rare_word_of_a_query_weighs_more_than_the_common_one(add: Add, ids: Any) -> None:
    common = add(None, "وزير وزير وزير وزير في البحيرة مع آخرين من المدينة")
    rare = add(None, "البحيرة والبحيرة في البحيرة وزير مع آخرين من المدينة")
    for number in range(30):
        add(None, f"وزير رقم {number}")
    assert ids("وزير بحيرة") == [rare, common]


def test_equals_are_sorted_by_date_the_newest_first(add: Add, ids: Any) -> None:
    dates = ["2024-01-01", None, "2025-01-01", "2023-01-01"]
    numbers = [add("خبر واحد", date=date) for date in dates]
    assert ids("خبر") == [numbers[2], numbers[0], numbers[3], numbers[1]]


@pytest.mark.parametrize("ranked", [2, 200], ids=["more_hits_than_are_compared", "few_hits"])
def test_recent_sorts_by_date_whatever_fits_best(ranked: int, add: Add, ids: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "RANKED", ranked)
    old = add("الجسر", "الجسر الجسر", date="2020-01-01")
    new = add("خبر", "قرب الجسر القديم كثير من المقاهي", date="2025-01-01")
    undated = add("الجسر")
    assert ids("جسر", recent=True) == [new, old, undated]


@pytest.mark.parametrize("few", [0, 2, 100])
def test_however_many_articles_a_filter_leaves_the_same_are_found(
    few: int, add: Add, ids: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(filters, "FEW", few)
    one = add("الجسر", publisher="المسلة", section="سياسة", date="2020-01-01")
    other = add("الجسر", publisher="المسلة", section="ثقافة", date="2021-01-01")
    add("خبر", publisher="المسلة", date="2020-01-01")
    add("الجسر", publisher="الواحة", date="2020-01-01")
    assert ids("جسر", publisher="المسله") == [other, one]
    assert ids("جسر", publisher="المسلة", until="2020") == [one]
    assert ids("جسر", publisher="المسلة", since="2020-02", recent=True) == [other]
    assert ids("جسر", publisher="المسلة", section="ثقافة") == [other]


@pytest.mark.parametrize("until", [None, "2020-01-09"])
@pytest.mark.parametrize("among", [1, 4, 9, 100])
def test_the_newest_are_the_same_among_however_many_they_are_looked_for(
    among: int, until: str | None, add: Add, ids: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "RANKED", 3)
    monkeypatch.setattr(module, "_AMONG_NEWEST", among)
    dates = [f"2020-01-{day:02}" for day in (5, 12, 1, 9, 9, 3, 11, 2, 7, 10)]
    found = [(date, add("الجسر", date=date)) for date in dates if add("خبر", date=date)]
    expected = [number for date, number in sorted(found, reverse=True) if date <= (until or date)]
    assert ids("جسر", recent=True, until=until) == expected


def test_of_more_hits_than_are_compared_an_old_headline_is_still_the_first(add: Add, ids: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(module, "RANKED", 5)
    headline = add("الجسر الجديد")
    others = [add(None, "مر فوق الجسر") for _ in range(20)]
    assert ids("جسر", limit=30) == [headline, *others[::-1]]


def test_pages_of_results_follow_each_other(add: Add, connection: sqlite3.Connection, monkeypatch: Any) -> None:
    monkeypatch.setattr(module, "RANKED", 7)
    every = {add("الجسر" if number % 4 else None, "مر فوق الجسر") for number in range(23)}
    pages = [search(connection, "جسر", limit=5, offset=offset) for offset in range(0, 30, 5)]
    shown = [hit.id for page in pages for hit in page.hits]
    assert (len(shown), set(shown)) == (23, every)
    assert {page.total for page in pages} == {23}


def test_more_hits_than_are_counted_have_no_total(add: Add, connection: sqlite3.Connection, monkeypatch: Any) -> None:
    monkeypatch.setattr(module, "RANKED", 3)
    monkeypatch.setattr(module, "COUNTED", 5)
    for _ in range(5):
        add("الجسر")
    assert search(connection, "جسر").total == 5
    add("الجسر")
    assert search(connection, "جسر").total is None


# --- filters ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("typed", ["وكالة الأفق", "وكاله الافق", "وكالةُ  الأُفق", "أفق"])
def test_a_publisher_is_known_in_any_spelling(typed: str, add: Add, ids: Any) -> None:
    article = add("خبر", publisher="وكالة الأفق")
    add("خبر", publisher="صحيفة النخيل")
    add("خبر")
    assert ids("خبر", publisher=typed) == [article]


@pytest.mark.parametrize(
    ("bounds", "wanted"),
    [({"since": "2024-05-31"}, [3, 4]), ({"until": "2024-05-31"}, [1, 2, 3]), ({"since": "2024-05", "until": "2024-05"}, [2, 3]),
     ({"until": "2023"}, [1]), ({"since": "31 أيار 2024", "until": "٢٠٢٤"}, [3, 4]), ({"since": "31/05/2024"}, [3, 4])],
    ids=["since", "until", "month", "year", "as_people_write_it", "slashes"],
)  # fmt: skip
def test_both_ends_of_a_time_are_included(bounds: dict[str, str], wanted: list[int], add: Add, ids: Any) -> None:
    dates = ["2023-12-31", "2024-05-01", "2024-05-31", "2024-06-01", None]
    numbers = [add("خبر", date=date) for date in dates]
    assert sorted(ids("خبر", **bounds)) == [numbers[one - 1] for one in wanted]


def test_a_section_is_known_in_any_spelling(add: Add, ids: Any) -> None:
    article = add("خبر", section="سياسة")
    add("خبر", section="رياضة")
    assert ids("خبر", section="سياسه") == [article]


def test_the_role_is_how_pages_show_an_article(db: Database) -> None:
    bridge, museum = (
        News("افتتاح الجسر", ("فتح الجسر أمام المارة صباح اليوم بعد أعمال طويلة.",) * 2),
        News("افتتاح المتحف", ("استقبل المتحف زواره بعد ترميم قاعاته القديمة كلها.",) * 2),
    )
    db.add(Seen(f"{ELSEWHERE}1", elsewhere(bridge, museum)))
    roles = {role: [hit.title for hit in search(db.connection, "افتتاح", role=role).hits] for role in ("main", "related")}
    assert roles == {"main": ["افتتاح الجسر"], "related": ["افتتاح المتحف"]}


@pytest.mark.parametrize(
    ("text", "filters", "words"),
    [("", {}, "has no words"), ("…؟! 🙂", {}, "has no words"), ("-وزير", {}, "only says what to leave out"), ("و" * 1001, {}, "1,001"),
     ("وزير", {"publisher": "لا أحد"}, "there are: وكالة الأفق"), ("وزير", {"since": "أمس الأول تقريبا"}, "no date"),
     ("وزير", {"until": "2024-13"}, "no date"), ("وزير", {"role": "بطل"}, "main or related")],
    ids=["nothing", "no_words", "only_exclusion", "too_long", "unknown_publisher", "no_date", "no_month", "no_role"],
)  # fmt: skip
def test_what_cannot_be_looked_up_is_said(
    text: str, filters: dict[str, str], words: str, add: Add, connection: sqlite3.Connection
) -> None:
    add("وزير", publisher="وكالة الأفق")
    with pytest.raises(QueryError, match=words):
        search(connection, text, **filters)  # type: ignore[arg-type]


def test_an_article_that_goes_meanwhile_is_shown_as_it_was(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    db.add(Seen("https://almasalah.com/archives/1", own_site(News("افتتاح الجسر", ("فتح الجسر أمام المارة صباح اليوم.",)))))
    ranked = module._ranked

    def meanwhile(*given: Any) -> list[int]:
        db.connection.execute("DELETE FROM articles")
        return ranked(*given)

    monkeypatch.setattr(module, "_ranked", meanwhile)
    with closing(open_readonly(db.exporter.path)) as reader:
        assert [hit.title for hit in search(reader, "جسر").hits] == ["افتتاح الجسر"]
        assert search(reader, "جسر").hits == []


# --- what is shown ------------------------------------------------------------------------------------------------------


def test_a_hit_says_what_it_is_and_shows_its_words_as_they_are_written(db: Database) -> None:
    url = "https://almasalah.com/archives/1"
    db.add(Seen(url, own_site(News("وزيرُ الثّقافة يَفتتح المتحف", ("قال الوزيــر إن المتحف للجميع.", "وللوزير كلمة أخرى.")))))
    (hit,) = search(db.connection, "الوزير").hits
    assert (hit.url, hit.role, hit.publisher, hit.date) == (url, "main", "المسلة", "2025-05-22")
    assert marked(hit.title_parts) == "[وزيرُ] الثّقافة يَفتتح المتحف"
    assert marked(hit.excerpt_parts) == "بغداد/المسلة: قال [الوزيــر] إن المتحف للجميع.\n\n[وللوزير] كلمة أخرى."


def test_an_article_without_a_url_of_its_own_has_that_of_a_page_that_shows_it(db: Database) -> None:
    db.add(Seen(f"{ELSEWHERE}1", elsewhere(News("افتتاح الجسر", ("فتح الجسر أمام المارة صباح اليوم.",)))))
    assert [hit.url for hit in search(db.connection, "جسر").hits] == [f"{ELSEWHERE}1"]


def test_an_article_that_is_found_by_its_headline_shows_how_its_text_begins(add: Add, connection: sqlite3.Connection) -> None:
    add("إغلاق الجسر", "تغلق البلدية الطريق أسبوعاً")
    (hit,) = search(connection, "جسر").hits
    assert hit.excerpt_parts == [("تغلق البلدية الطريق أسبوعاً", False)]


# --- recall -------------------------------------------------------------------------------------------------------------


def recall(connection: sqlite3.Connection, queries: list[tuple[str, list[int], list[int]]]) -> tuple[float, int]:
    """Share of the relevant articles that are found, and how many look-alikes are."""
    found = [({hit.id for hit in search(connection, text, limit=1000).hits}, right, wrong) for text, right, wrong in queries]
    share = sum(len(ids & set(right)) for ids, right, _ in found) / sum(len(right) for _, right, _ in found)
    return share, sum(len(ids & set(wrong)) for ids, _, wrong in found)


def test_search_of_the_shared_lemmas(shared: Path, add: Add, connection: sqlite3.Connection) -> None:
    import json

    table = json.loads((shared / "arabic" / "search_eval.json").read_text("utf-8"))
    ids = {one["id"]: add(None, one["text"]) for one in table["documents"]}
    queries = [(q["query"], [ids[n] for n in q["relevant"]], [ids[n] for n in q["distractors"]]) for q in table["queries"]]
    share, wrong = recall(connection, queries)
    assert share >= 0.97
    assert wrong <= 2


def test_search_of_our_lemmas(add: Add, connection: sqlite3.Connection) -> None:
    table = (Path(__file__).parents[1] / "arabic" / "search_lemmas.txt").read_text("utf-8")
    queries = []
    for line in table.splitlines():
        if not line.startswith("#"):
            text, right, wrong = (part.strip() for part in line.split("|"))
            forms = [
                [add(None, f"قيل أمس {form.replace('+', ' ')} على ظهر الورقة") for form in part.split()]
                for part in (right, wrong)
            ]
            queries.append((text, forms[0], forms[1]))
    share, wrong_ones = recall(connection, queries)
    assert len(queries) >= 60
    assert share >= 0.97
    assert wrong_ones <= 2


# --- hostile queries ----------------------------------------------------------------------------------------------------

HOSTILE = st.lists(
    st.sampled_from(['"', "“", "«", "»", "*", "^", ":", "(", ")", "{", "}", "-", "- ", "+", "NEAR(", "AND", "OR", "NOT", "title_key:", "\\",
                     "'", ";", "--", "\0", "\ud800", "🙂", "و", "ال", "وزير", "\u200f", "ـ", "َ", "87", "x", " ", "\n", "%", "_", ","])
    | st.text(max_size=8)
).map("".join)  # fmt: skip


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(text=HOSTILE, publisher=st.none() | HOSTILE, day=st.none() | HOSTILE)
def test_no_query_is_an_sql_error(
    text: str, publisher: str | None, day: str | None, add: Add, connection: sqlite3.Connection
) -> None:
    if not connection.execute("SELECT count(*) FROM articles").fetchone()[0]:
        add("وزير x NEAR 87", "و ال NOT", "وكالة x", None, "2024-05-01")
    with suppress(QueryError):
        assert all(isinstance(hit, Hit) for hit in search(connection, text, publisher=publisher, since=day, until=day).hits)


@pytest.mark.parametrize("text", ["وزير " * 199, '"وزير ' * 160, "-وزير " * 160 + "نقل", "(" * 900 + "وزير", "و" * 999],
                         ids=["words", "quotes", "minus", "parentheses", "one_word"])  # fmt: skip
def test_long_queries_are_answered(text: str, add: Add, connection: sqlite3.Connection) -> None:
    add("وزير النقل")
    assert search(connection, text).total in (0, 1)
