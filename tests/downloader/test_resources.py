"""However much a server sends, the crawl stays small and awake."""

import json
import subprocess
import sys
from pathlib import Path

from tests.downloader.conftest import QUICK
from tests.servers.bad import MISBEHAVIOURS, BadServer
from tests.typed import ROOT

HUGE = [path for path, (_, comes_to) in MISBEHAVIOURS.items() if comes_to in ("too_large", "bad_http")]


def test_bombs_and_endless_answers_cost_less_than_500_megabytes_and_no_stall(tmp_path: Path) -> None:
    settings = {**QUICK, "CONCURRENT_REQUESTS": 16, "LOG_ENABLED": False, "WARC_DIR": str(tmp_path / "warc"),
                "DATABASE_PATH": str(tmp_path / "a.db")}  # fmt: skip
    with BadServer({path: behaviour for path, (behaviour, _) in MISBEHAVIOURS.items()}) as server:
        command = [
            sys.executable,
            "-m",
            "tests.servers.asking",
            json.dumps(settings),
            *map(server.url, HUGE),
            server.url("/good"),
        ]
        done = subprocess.run(command, check=True, cwd=ROOT, capture_output=True, text=True, timeout=60)
    said = json.loads(done.stdout)
    expected = {server.url(path): [MISBEHAVIOURS[path][1]] for path in [*HUGE, "/good"]}
    assert said["came"] == expected
    assert said["megabytes"] < 500
    assert said["stall"] < 1
