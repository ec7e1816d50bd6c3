"""Identity through the real chain: the same rows whatever the order in which pages arrive."""

import itertools
from pathlib import Path
from typing import Any

import pytest

from almasalla_crawler.exporters import SqliteItemExporter
from almasalla_crawler.items import Page
from almasalla_crawler.pipelines.clean import clean
from almasalla_crawler.pipelines.deduplicate import deduplicate
from almasalla_crawler.pipelines.describe import describe
from almasalla_crawler.pipelines.split import split
from almasalla_crawler.readers.page import read_page
from tests.storage.news_pages import new_exporter

GARDEN = [
    "فتحت بلدية الحي الجنوبي أبواب الحديقة العامة أمام الزوار صباح السبت بعد أشغال دامت سبعة أشهر شملت الممرات والإنارة.",
    "وقال مدير المتنزهات سالم العبدلي إن الحديقة تضم مئتي شجرة نخيل وملعبين للأطفال ومسرحا صغيرا يتسع لثلاثمئة متفرج.",
    "وأضاف أن الدخول مجاني طوال الأسبوع وأن فرق الصيانة ستتولى ري الأشجار ليلا لتقليل استهلاك المياه في أشهر الصيف.",
]
EDITED = [*GARDEN, "وأعلنت البلدية في وقت لاحق تمديد ساعات الدوام حتى منتصف الليل بناء على طلب السكان."]
HARVEST = [
    "بدأ مزارعو الوادي جني محصول الشعير مبكرا هذا العام بعد موسم أمطار وفير أنعش الحقول وخفف كلفة السقي على العائلات.",
    "وذكر رئيس الجمعية الفلاحية ناصر البدري أن المساحة المزروعة بلغت ألفي دونم وأن مخازن الحبوب استعدت لاستقبال الإنتاج.",
]
OWN, OTHER_OWN = "https://almasalah.com/p/1", "https://other.example/p/1"
SHOWN, SHOWN_ELSEWHERE = "https://www.arabkhabar.com/a/1", "https://www.arabkhabar.com/a/2"
MONDAY, TUESDAY, WEDNESDAY, THURSDAY = (f"2025-03-0{day}T08:00:00Z" for day in (3, 4, 5, 6))


def on_own_site(body: list[str]) -> str:
    return "\n\n".join(["افتتاح الحديقة العامة في الحي الجنوبي", "1 آذار 2025", f"بغداد/المسلة: {body[0]}", *body[1:]])


def on_aggregator(body: list[str], source: str = "المسلة") -> str:
    return "\n\n".join(["1 آذار 2025", *body, f"المصدر: {source}"])


Observation = tuple[str, str, str]  # text of the page, url, observed at
CASES: dict[str, tuple[list[Observation], int, int]] = {  # observations, articles, revisions
    "original_and_aggregator": ([(on_own_site(GARDEN), OWN, MONDAY), (on_aggregator(GARDEN), SHOWN, TUESDAY)], 1, 0),
    "edit_on_its_own_site": ([(on_own_site(GARDEN), OWN, MONDAY), (on_own_site(EDITED), OWN, TUESDAY)], 1, 1),
    "edit_seen_through_the_aggregator": (
        [(on_aggregator(GARDEN), SHOWN, MONDAY), (on_aggregator(EDITED), SHOWN, TUESDAY)], 1, 1,
    ),
    "edit_of_the_aggregator_beside_the_original": (
        [(on_own_site(GARDEN), OWN, MONDAY), (on_aggregator(GARDEN), SHOWN, TUESDAY), (on_aggregator(EDITED), SHOWN, WEDNESDAY)],
        1, 1,
    ),
    "aggregator_lags_behind_an_edit": (
        [(on_own_site(GARDEN), OWN, MONDAY), (on_own_site(EDITED), OWN, TUESDAY), (on_aggregator(GARDEN), SHOWN, WEDNESDAY)],
        1, 1,
    ),
    "one_text_on_two_own_sites": ([(on_own_site(GARDEN), OWN, MONDAY), (on_own_site(GARDEN), OTHER_OWN, TUESDAY)], 2, 0),
    "one_text_on_two_aggregator_pages": (
        [(on_aggregator(GARDEN), SHOWN, MONDAY), (on_aggregator(GARDEN, "وكالة الأفق"), SHOWN_ELSEWHERE, TUESDAY)], 1, 0,
    ),
    "another_article_in_the_same_place": (
        [(on_aggregator(GARDEN), SHOWN, MONDAY), (on_aggregator(HARVEST), SHOWN, TUESDAY)], 2, 0,
    ),
    "four_observations_of_one_article": (
        [
            (on_own_site(GARDEN), OWN, MONDAY), (on_aggregator(GARDEN), SHOWN, TUESDAY),
            (on_own_site(EDITED), OWN, WEDNESDAY), (on_aggregator(EDITED), SHOWN, THURSDAY),
        ],
        1, 1,
    ),
}  # fmt: skip


def observe(exporter: SqliteItemExporter, text: str, url: str, observed_at: str) -> None:
    page = Page(url, f"file:{observed_at}", observed_at=observed_at, body_sha256=observed_at)
    read_page(text.encode(), page)
    for stage in (clean, split, describe, deduplicate):
        stage(page)
    exporter.export_batch([page])


def rows_of(path: Path, observations: list[Observation]) -> dict[str, list[Any]]:
    exporter = new_exporter(path)
    exporter.begin_crawl("test", "test", {})
    for observation in observations:
        observe(exporter, *observation)
    queries = {
        "articles": "SELECT url, publisher, title, body, date_published_date, observed_at FROM articles",
        "revisions": "SELECT observed_at, body FROM revisions",
        "appearances": "SELECT g.url, p.role, a.body FROM appearances p JOIN articles a ON a.id = p.article_id"
        " JOIN pages g ON g.id = p.page_id",
        "pairs": "SELECT kind, similarity FROM pairs",
    }
    rows = {name: sorted(map(repr, exporter.connection.execute(query))) for name, query in queries.items()}
    exporter.finish_exporting()
    return rows


@pytest.mark.parametrize(("observations", "articles", "revisions"), CASES.values(), ids=CASES)
def test_any_order_of_arrival_gives_the_same_rows(
    tmp_path: Path, observations: list[Observation], articles: int, revisions: int
) -> None:
    orders = itertools.permutations(observations)
    results = [rows_of(tmp_path / f"{number}.db", list(order)) for number, order in enumerate(orders)]
    assert (len(results[0]["articles"]), len(results[0]["revisions"])) == (articles, revisions)
    assert all(result == results[0] for result in results)


def test_the_original_gives_the_values_and_its_url_to_an_article_known_from_an_aggregator(tmp_path: Path) -> None:
    rows = rows_of(tmp_path / "a.db", [(on_aggregator(GARDEN), SHOWN, TUESDAY), (on_own_site(GARDEN), OWN, MONDAY)])
    assert OWN in rows["articles"][0]
    assert "افتتاح الحديقة العامة في الحي الجنوبي" in rows["articles"][0]


def test_copies_on_two_own_sites_are_a_pair(tmp_path: Path) -> None:
    observations, _, _ = CASES["one_text_on_two_own_sites"]
    assert rows_of(tmp_path / "a.db", observations)["pairs"] == ["('copy', 1.0)"]


def test_the_current_text_is_the_latest_observation(tmp_path: Path) -> None:
    observations, _, _ = CASES["edit_seen_through_the_aggregator"]
    rows = rows_of(tmp_path / "a.db", observations[::-1])
    assert "منتصف الليل" in rows["articles"][0]
    assert "منتصف الليل" not in rows["revisions"][0]


def test_a_one_sentence_stub_on_two_pages_is_two_articles(tmp_path: Path) -> None:
    stub = on_aggregator(["أعلنت البلدية تعطيل الدوام غدا بسبب الأمطار."])
    rows = rows_of(tmp_path / "a.db", [(stub, SHOWN, MONDAY), (stub, SHOWN_ELSEWHERE, TUESDAY)])
    assert len(rows["articles"]) == 2


def test_a_one_sentence_stub_seen_twice_on_its_page_is_one_article(tmp_path: Path) -> None:
    stub = on_aggregator(["أعلنت البلدية تعطيل الدوام غدا بسبب الأمطار."])
    rows = rows_of(tmp_path / "a.db", [(stub, SHOWN, MONDAY), (stub, SHOWN, TUESDAY)])
    assert len(rows["articles"]) == 1
