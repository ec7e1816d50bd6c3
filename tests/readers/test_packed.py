"""Bodies as they travel, and those made to keep whoever unpacks them busy."""

import gzip
import sys
import time
import zlib

import pytest

from almasalla_crawler.items import Rejected
from almasalla_crawler.readers.packed import unpacked

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

LIMIT = 1_000_000
TEXT = "افتتحت البلدية جسراً للمشاة".encode() * 20_000
FRAME = {"gzip": gzip.compress(b""), "zstd": zstd.compress(b"")}


@pytest.mark.parametrize(
    ("layer", "body"),
    [
        ("gzip", gzip.compress(TEXT)), ("deflate", zlib.compress(TEXT)), ("deflate", zlib.compress(TEXT)[2:-4]),
        ("zstd", zstd.compress(TEXT)),
    ],
    ids=["gzip", "deflate", "deflate without its header", "zstd"],
)  # fmt: skip
def test_what_was_packed_is_unpacked(layer: str, body: bytes) -> None:
    assert unpacked(body, [layer], LIMIT * 10) == TEXT


@pytest.mark.parametrize("layer", ["gzip", "zstd"])
def test_members_that_follow_each_other_are_one_body(layer: str) -> None:
    pack = gzip.compress if layer == "gzip" else zstd.compress
    assert unpacked(pack(TEXT) + FRAME[layer] * 500 + pack(b"end"), [layer], LIMIT * 10) == TEXT + b"end"


@pytest.mark.parametrize("layer", ["gzip", "zstd"])
def test_a_chain_without_end_is_refused_before_it_is_walked(layer: str) -> None:
    body = FRAME[layer] * (16 * LIMIT // len(FRAME[layer]))
    before = time.process_time()
    with pytest.raises(Rejected, match="1000 pieces") as refused:
        unpacked(body, [layer], LIMIT)
    assert refused.value.reject.reason == "too_large"
    assert time.process_time() - before < 5  # copying the rest at each member would take an hour
