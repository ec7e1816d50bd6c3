"""Imports follow the data: which part of the package may import which, as DESIGN and CONTRIBUTING draw it."""

import ast
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = "almasalla_crawler"
MODULES = sorted((ROOT / PACKAGE).rglob("*.py"))

# part of the package: parts it may import. A part may import itself; the root (the version of the rules) is for everyone.
MAY_IMPORT: dict[str, set[str]] = {
    "items": set(),
    "arabic": set(),
    "paths": set(),
    "memory": set(),
    "verdict": set(),
    "summary": {"verdict"},
    "settings": set(),
    "logs": set(),
    "wording": set(),
    "health": {"items"},
    "metrics": {"health", "storage"},
    "alerts": {"health", "storage"},
    "reports": {"health", "storage", "logs", "wording"},
    "readers": {"items", "arabic"},
    "storage": {"items", "arabic", "health"},
    "downloader": {"items", "memory", "readers", "paths"},
    "extensions": {"items", "logs", "metrics", "paths", "storage"},
    "exports": set(),
    "exporters": {"items", "arabic", "readers", "storage", "exports"},
    "pipelines": {"items", "arabic", "readers", "storage", "exporters", "health", "verdict", "paths"},
    "live": {"items", "readers", "storage", "downloader", "paths"},
    "news_spider": {"items", "live", "readers"},
    "outlets": {"items", "news_spider"},
    "drafts": {"items", "arabic", "readers", "pipelines", "news_spider", "outlets", "paths"},
    "rereading": {"items", "outlets", "readers", "pipelines", "exporters", "storage", "verdict"},
    "spiders": {"live", "downloader", "items", "news_spider", "outlets", "readers", "storage", "paths"},
    "inspect": {"items", "arabic", "storage", "wording"},
    "scheduling": {"alerts", "health", "storage", "verdict"},
    "worker": {"items", "memory"},
    "item_processor": {"items", "memory", "worker"},
    "commands": {
        *("items", "arabic", "readers", "storage", "exporters", "exports", "pipelines"),
        *(
            "verdict",
            "paths",
            "news_spider",
            "outlets",
            "drafts",
            "rereading",
            "alerts",
            "inspect",
            "logs",
            "memory",
            "metrics",
            "reports",
            "scheduling",
            "summary",
            "wording",
        ),
    },
}


def part_of(module: Path) -> str:
    """`readers` for readers/html.py, `items` for items.py, "" for the root of the package."""
    first = module.relative_to(ROOT / PACKAGE).parts[0].removesuffix(".py")
    return "" if first == "__init__" else first


def imported_parts(module: Path) -> Iterator[str]:
    """The part behind each import of ours, also inside functions; "" for the root."""
    for node in ast.walk(ast.parse(module.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module}: a relative import"
            names = [node.module or ""]
            if node.module == PACKAGE:  # a module or a name of the root
                names = [f"{PACKAGE}.{alias.name}" if part_exists(alias.name) else PACKAGE for alias in node.names]
        else:
            continue
        for name in names:
            if name.split(".")[0] == PACKAGE:
                yield [*name.split("."), ""][1]


def part_exists(name: str) -> bool:
    return (ROOT / PACKAGE / name).is_dir() or (ROOT / PACKAGE / f"{name}.py").is_file()


def name_of(module: Path) -> str:
    return str(module.relative_to(ROOT / PACKAGE))


def test_every_part_of_the_package_has_its_arrows() -> None:
    assert {part_of(module) for module in MODULES} - {""} == set(MAY_IMPORT)


@pytest.mark.parametrize("module", MODULES, ids=name_of)
def test_module_imports_only_what_its_arrows_allow(module: Path) -> None:
    part = part_of(module)
    assert set(imported_parts(module)) - {"", part} - MAY_IMPORT.get(part, set()) == set()


def test_arrows_never_lead_back() -> None:
    def reachable(part: str, seen: frozenset[str] = frozenset()) -> set[str]:
        assert part not in seen, f"{part} imports itself over others"
        return {part}.union(*(reachable(one, seen | {part}) for one in MAY_IMPORT[part]))

    assert all(reachable(part) for part in MAY_IMPORT)


@pytest.mark.parametrize("forbidden", ["spiders", "commands"])
def test_nothing_imports_spiders_or_commands(forbidden: str) -> None:
    assert [name_of(module) for module in MODULES if forbidden in imported_parts(module) and part_of(module) != forbidden] == []


def test_only_commands_and_their_works_import_pipelines() -> None:
    importers = {part_of(module) for module in MODULES if "pipelines" in imported_parts(module)}
    assert importers - {"pipelines"} <= {"drafts", "rereading"}


def test_only_storage_speaks_sql() -> None:
    """Others may begin and end a transaction or ask whether a database is there."""
    outside = [module for module in MODULES if part_of(module) not in ("storage", "")]
    words = ("SELECT ", "INSERT ", "UPDATE ", "DELETE ", "CREATE TABLE")
    constants = {
        name_of(module): node.value
        for module in outside
        for node in ast.walk(ast.parse(module.read_text("utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.lstrip().startswith(words)
    }
    assert constants == {}


def test_arabic_and_items_know_no_scrapy() -> None:
    pure = [module for module in MODULES if part_of(module) in ("arabic", "items")]
    imports = {
        (node.module or "") if isinstance(node, ast.ImportFrom) else node.names[0].name
        for module in pure
        for node in ast.walk(ast.parse(module.read_text("utf-8")))
        if isinstance(node, ast.Import | ast.ImportFrom)
    }
    assert not {name.split(".")[0] for name in imports} & {"scrapy", "twisted", "lxml", "sqlite3", "sqlite_utils"}


@pytest.mark.parametrize("connect", ["connect", "connect_ex"])
def test_no_test_reaches_the_network(connect: str) -> None:
    with socket.socket() as sock, pytest.raises(ConnectionRefusedError, match="saved pages only"):
        getattr(sock, connect)(("192.0.2.1", 80))


def test_loopback_is_open_to_tests() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()) as client:
        assert client.getpeername() == server.getsockname()
