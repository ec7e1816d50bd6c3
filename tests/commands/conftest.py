"""A small database made by the real crawl of two pages that share an article."""

import shutil
from pathlib import Path

import pytest

from tests.typed import scrapy

HARBOUR = "\n\n".join([
    "البصرة/المسلة: استقبل ميناء الصيد في الفاو مئة زورق جديد وزعت على الصيادين ضمن برنامج لتجديد الأسطول المحلي المتقادم.",
    "وقال نقيب الصيادين كاظم العامري إن الزوارق مزودة بأجهزة ملاحة وإنارة ليلية وأن صيانتها مجانية في السنة الأولى.",
])  # fmt: skip
SCHOOL = "\n\n".join([
    "أربيل/المسلة: انضمت عشرون مدرسة ريفية إلى شبكة الدروس المرئية التي تتيح لتلاميذ القرى حضور حصص العلوم مع معلمي المدينة.",
    "وأوضحت مشرفة البرنامج هناء درويش أن الحصص تسجل وتعاد مساء لمن فاتهم الدرس بسبب بعد الطريق أو انقطاع التيار.",
])  # fmt: skip


@pytest.fixture(scope="session")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The folder and the database of a crawl; the folder has its name in the database."""
    folder = tmp_path_factory.mktemp("crawled") / "saved"
    write_pages(folder)
    path = folder.with_name("a.db")
    done = scrapy("crawl", "seeds", "-a", f"path={folder}", "-s", f"DATABASE_PATH={path}", "-L", "ERROR")
    assert done.returncode == 0, done.stderr
    return folder, path


def write_pages(folder: Path) -> None:
    folder.mkdir()
    related = f"إقرأ أيضاً:\n\nمدارس الريف تنضم إلى شبكة الدروس المرئية\n\n2 آذار 2025\n\n{SCHOOL}"
    (folder / "harbour.txt").write_text(f"1 آذار 2025\n\n{HARBOUR}\n\nالمصدر: المسلة\n\n{related}\n", "utf-8")
    (folder / "school.txt").write_text(f"2 آذار 2025\n\n{SCHOOL}\n\nالمصدر: المسلة\n", "utf-8")


@pytest.fixture
def folder(crawled: tuple[Path, Path]) -> Path:
    """As it was crawled, whatever another test did to it."""
    shutil.rmtree(crawled[0])
    write_pages(crawled[0])
    return crawled[0]


@pytest.fixture
def database(folder: Path, crawled: tuple[Path, Path], tmp_path: Path) -> Path:
    """A copy of the database of the crawl."""
    return Path(shutil.copy(crawled[1], tmp_path / "a.db"))
