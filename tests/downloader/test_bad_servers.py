"""Everything a server may do wrong comes to one typed outcome, and costs no other page."""

import sqlite3
from contextlib import closing
from pathlib import Path

from scrapy.utils.defer import deferred_f_from_coro_f

from tests.downloader.conftest import Ask
from tests.servers.bad import MIB, MISBEHAVIOURS, BadServer


@deferred_f_from_coro_f
async def test_each_misbehaviour_is_one_typed_reject(ask: Ask, tmp_path: Path) -> None:
    with BadServer({path: behaviour for path, (behaviour, _) in MISBEHAVIOURS.items()}) as server:
        addresses = ((server.url(path), {"download_timeout": 1} if comes_to == "timeout" else {})
                     for path, (_, comes_to) in MISBEHAVIOURS.items())  # fmt: skip
        spider = await ask(*addresses, DOWNLOAD_MAXSIZE=4 * MIB)
    expected = {server.url(path): [comes_to] for path, (_, comes_to) in MISBEHAVIOURS.items()}
    assert spider.came == expected
    with closing(sqlite3.connect(tmp_path / "a.db")) as connection:
        rows = connection.execute("SELECT url, reason, count FROM rejects").fetchall()
    assert sorted(rows) == sorted((url, reason, 1) for url, [reason] in expected.items() if reason != "page")
