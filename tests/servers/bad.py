"""A web server that misbehaves, one way an address. Blocking sockets in threads of their own: each answer is what it says."""

import gzip
import socket
import ssl
import struct
import threading
import time
import zlib
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

import brotli

from almasalla_crawler.readers.packed import zstd

MIB = 1024 * 1024
HTML = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
CHUNKED = HTML + b"Transfer-Encoding: chunked\r\n\r\n"
TITLE = "افتتاح مكتبة عامة في حي السراي بعد ترميم دام عامين"
TEXT = (
    "افتتحت بلدية المدينة صباح الأحد المكتبة العامة في حي السراي بعد ترميم استمر عامين، وقال مدير المكتبة إن القاعات الجديدة"
    " تتسع لثلاثمئة قارئ. وأضاف أن قسم الأطفال يضم أربعة آلاف كتاب جمعها متطوعون من مدارس الحي خلال الصيف الماضي."
)
PAGE = (
    f"<!DOCTYPE html><html lang=ar><head><meta charset=utf-8><title>{TITLE}</title></head><body><article><h1>{TITLE}</h1>"
    f"<p>{TEXT}</p><p>{TEXT.replace('صباح', 'مساء')}</p></article></body></html>"
).encode()


@dataclass(slots=True)
class Asked:
    """A request as it came."""

    path: str
    headers: dict[str, str]
    at: float = field(default_factory=time.monotonic)


@dataclass(slots=True)
class Answer:
    """The other end of a connection."""

    connection: socket.socket
    server: "BadServer"
    asked: Asked

    def send(self, *parts: bytes) -> None:
        self.connection.sendall(b"".join(parts))

    def page(self, body: bytes = PAGE, status: str = "200 OK", length: int | None = None, **headers: str) -> None:
        headers = {"content_type": "text/html; charset=utf-8", **headers}
        lines = "".join(f"{name.replace('_', '-').title()}: {value}\r\n" for name, value in headers.items())
        head = f"HTTP/1.1 {status}\r\n{lines}Content-Length: {len(body) if length is None else length}\r\n\r\n"
        self.send(head.encode(), body)

    def redirect(self, target: str) -> None:
        self.page(b"", "302 Found", location=target)

    def times(self) -> int:
        """How often this address was asked for, this time included."""
        return sum(asked.path == self.asked.path for asked in self.server.asked)

    def forever(self, part: bytes, pause_seconds: float = 0) -> None:
        """Until the other end hangs up or the server stops."""
        while not self.server.stopped.wait(pause_seconds):
            self.send(part)


Behaviour = Callable[[Answer], None]


class BadServer:
    """Listens on a port of 127.0.0.1. `asked` has every request it got."""

    def __init__(self, behaviours: dict[str, Behaviour], certificate: Path | None = None) -> None:
        self.behaviours = behaviours
        self.context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH) if certificate else None
        if self.context is not None and certificate is not None:
            self.context.load_cert_chain(certificate)
        self.asked: list[Asked] = []
        self.connections = 0
        self.stopped = threading.Event()
        self.socket = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.netloc = f"127.0.0.1:{self.socket.getsockname()[1]}"

    def url(self, path: str) -> str:
        return f"{'https' if self.context else 'http'}://{self.netloc}{path}"

    def times(self) -> dict[str, int]:
        counts: dict[str, int] = defaultdict(int)
        for asked in self.asked:
            counts[asked.path] += 1
        return counts

    def __enter__(self) -> Self:
        threading.Thread(target=self._listen, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stopped.set()
        self.socket.shutdown(socket.SHUT_RDWR)
        self.socket.close()

    def _listen(self) -> None:
        while not self.stopped.is_set():
            try:
                connection, _ = self.socket.accept()
            except OSError:
                return
            self.connections += 1
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        try:
            with self.context.wrap_socket(connection, server_side=True) if self.context else connection as stream:
                for asked in _requests(stream):
                    self.asked.append(asked)
                    behaviour = self.behaviours.get(asked.path, _absent)
                    behaviour(Answer(stream, self, asked))
                    if behaviour in HANG_UP:
                        return
        except OSError:  # the other end hung up
            connection.close()


def _requests(stream: socket.socket) -> Iterator[Asked]:
    received = b""
    while data := stream.recv(65536):
        received += data
        while b"\r\n\r\n" in received:
            head, _, received = received.partition(b"\r\n\r\n")
            line, *headers = head.decode("latin-1").split("\r\n")
            yield Asked(line.split(" ")[1], {name.lower(): value for name, _, value in (h.partition(": ") for h in headers)})


def _absent(answer: Answer) -> None:
    answer.page(b"<html><body>no such page</body></html>", "404 Not Found")


# --- what it does, by address; what comes of it ------------------------------------------------------------------------

MISBEHAVIOURS: dict[str, tuple[Behaviour, str]] = {}
HANG_UP: set[Behaviour] = set()  # those whose connection ends with the answer


def misbehaves(path: str, comes_to: str, hang_up: bool = False) -> Callable[[Behaviour], Behaviour]:
    """`comes_to`: the reason of the reject, or "page"."""

    def register(behaviour: Behaviour) -> Behaviour:
        MISBEHAVIOURS[path] = (behaviour, comes_to)
        if hang_up:
            HANG_UP.add(behaviour)
        return behaviour

    return register


def packed_zeros(packer: Callable[[bytes], bytes]) -> bytes:
    return packer(bytes(40 * MIB))


def brotli_zeros() -> bytes:
    """320 MiB in 60 kB."""
    packer = brotli.Compressor(quality=1)
    return b"".join([*(packer.process(bytes(16 * MIB)) for _ in range(20)), packer.finish()])


def answers(path: str, comes_to: str, body: bytes = PAGE, status: str = "200 OK", **headers: str) -> None:
    MISBEHAVIOURS[path] = (lambda answer: answer.page(body, status, **headers), comes_to)


def leads(path: str, comes_to: str, target: str) -> None:
    MISBEHAVIOURS[path] = (lambda answer: answer.redirect(target), comes_to)


answers("/good", "page")
answers("/dead-inside", "truncated", PAGE[: PAGE.index(b"</article>") - 40])
answers("/without-ends", "page", PAGE.removesuffix(b"</body></html>"))
answers("/absent", "http_error", b"<html><body>404</body></html>", "404 Not Found")
answers("/gone", "http_error", b"<html><body>410</body></html>", "410 Gone")
answers("/broken", "http_error", b"oops", "500 Internal Server Error")
answers("/forbidden", "http_error", b"<html><body><h1>Forbidden</h1></body></html>", "403 Forbidden")
answers("/unasked-304", "http_error", b"", "304 Not Modified")
answers("/nothing", "empty", b"")
answers("/blank", "empty", b"\n \n")
answers("/no-content", "empty", b"", "204 No Content")
answers("/part", "truncated", status="206 Partial Content", content_range="bytes 0-99/10000")
answers("/two-lengths", "bad_http", content_length="5")
answers("/no-length", "bad_http", content_length="abc")
answers("/waf", "blocked", b"", "202 Accepted", x_amzn_waf_action="challenge")
answers("/pdf", "not_text", b"%PDF-1.7\n" + bytes(range(256)), content_type="application/pdf")
answers("/picture-as-page", "not_text", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 9)
answers("/mitigated", "blocked", b"<html><body>wait</body></html>", "403 Forbidden", cf_mitigated="challenge")
answers("/moment", "blocked", b"<html><title>Just a moment...</title><script src=/cdn-cgi/challenge-platform/x></script></html>",
        "503 Service Unavailable", server="cloudflare")  # fmt: skip
answers("/denied", "blocked", b"<html><title>Access Denied</title>errors.edgesuite.net/18.c4</html>", "403 Forbidden")
answers("/captcha", "blocked", b"<html><title>Human Verification</title><div class=px-captcha></div></html>")
answers("/gzip-bomb", "too_large", packed_zeros(gzip.compress), content_encoding="gzip")
answers("/deflate-bomb", "too_large", packed_zeros(zlib.compress), content_encoding="deflate")
answers("/brotli-bomb", "too_large", brotli_zeros(), content_encoding="br")
answers("/zstd-bomb", "too_large", packed_zeros(zstd.compress), content_encoding="zstd")
answers("/gzip-file-bomb", "too_large", packed_zeros(gzip.compress), content_type="application/gzip")
answers("/five-layers", "too_large", content_encoding="gzip, gzip, gzip, gzip, gzip")
answers("/cut-gzip", "truncated", gzip.compress(PAGE)[:-30], content_encoding="gzip")
answers("/cut-brotli", "truncated", brotli.compress(PAGE)[:-30], content_encoding="br")
answers("/cut-zstd", "truncated", zstd.compress(PAGE)[:-30], content_encoding="zstd")
answers("/cut-deflate", "truncated", zlib.compress(PAGE)[:-30], content_encoding="deflate")
answers("/not-gzip", "page", content_encoding="gzip")
answers("/not-brotli", "bad_encoding", b"\xff\xfe\xfd" * 100, content_encoding="br")
answers("/damaged-gzip", "bad_encoding", gzip.compress(PAGE)[:-8] + bytes(8), content_encoding="gzip")
answers("/gzip-file", "page", gzip.compress(PAGE), content_type="application/octet-stream")
answers("/raw-deflate", "page", zlib.compress(PAGE)[2:-4], content_encoding="deflate")
answers("/two-members", "page", gzip.compress(PAGE[:100]) + gzip.compress(PAGE[100:]), content_encoding="x-gzip")
answers("/odd-encoding", "page", content_encoding="utf-8")
answers("/refresh-loop", "redirect_loop", b'<html><meta http-equiv=refresh content="0; url=/refresh-loop?again">' + PAGE[-50:])
answers("/refresh-loop?again", "redirect_loop", b'<html><meta http-equiv=refresh content="0; url=/refresh-loop">' + PAGE[-50:])
answers("/reloads", "page", PAGE.replace(b"<head>", b'<head><meta http-equiv=refresh content="1; url=/reloads">'))
leads("/loop", "redirect_loop", "/loop")
leads("/hop6", "redirect_loop", "/hop5")
leads("/hop5", "page", "/hop4")
leads("/hop4", "page", "/hop3")
leads("/hop3", "page", "/hop2")
leads("/hop2", "page", "/hop1")
leads("/hop1", "page", "/good")
leads("/to-file", "forbidden_scheme", "file:///etc/passwd")
leads("/to-ftp", "forbidden_scheme", "FTP://127.0.0.1/secret")
leads("/to-data", "forbidden_scheme", "data:text/html,<p>page")
leads("/to-credentials", "bad_url", "http://admin:secret@127.0.0.1/")
leads("/to-mail", "bad_url", "http://127.0.0.1:25/")
leads("/to-length", "bad_url", "/" + "ا" * 1000)
leads("/to-nowhere", "bad_url", "http://[::1")
leads("/to-no-name", "bad_url", "http://" + "a" * 300 + ".example/")
leads("/to-closed-port", "robots_unavailable", "http://127.0.0.1:1024/")


@misbehaves("/silent", "timeout")
def silent(answer: Answer) -> None:
    answer.server.stopped.wait()


@misbehaves("/half-headers", "timeout")
def half_headers(answer: Answer) -> None:
    answer.send(HTML)
    answer.server.stopped.wait()


@misbehaves("/drip", "timeout")
def drip(answer: Answer) -> None:
    answer.send(HTML, b"Content-Length: 100000\r\n\r\n")
    answer.forever(b"<p>", 0.1)


@misbehaves("/endless", "too_large")
def endless(answer: Answer) -> None:
    answer.send(HTML, b"Connection: close\r\n\r\n")
    answer.forever(b"<p>" * 20_000)


@misbehaves("/endless-chunks", "too_large")
def endless_chunks(answer: Answer) -> None:
    answer.send(CHUNKED)
    answer.forever(b"10000\r\n" + b"x" * 0x10000 + b"\r\n")


@misbehaves("/gigabyte", "too_large")
def gigabyte(answer: Answer) -> None:
    answer.page(length=1024 * MIB)


@misbehaves("/short", "truncated", hang_up=True)
def short(answer: Answer) -> None:
    answer.page(length=len(PAGE) + 1000)


@misbehaves("/cut-chunks", "truncated", hang_up=True)
def cut_chunks(answer: Answer) -> None:
    answer.send(CHUNKED, b"%x\r\n" % len(PAGE), PAGE, b"\r\n")


@misbehaves("/cut", "truncated", hang_up=True)
def cut(answer: Answer) -> None:
    answer.send(b"HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\n", PAGE[:-200])


@misbehaves("/cut-feed", "truncated", hang_up=True)
def cut_feed(answer: Answer) -> None:
    feed = f"<?xml version='1.0'?><rss><channel><item><title>{TITLE}"
    answer.send(b"HTTP/1.0 200 OK\r\nContent-Type: text/xml\r\n\r\n", feed.encode())


@misbehaves("/without-length", "page", hang_up=True)
def without_length(answer: Answer) -> None:
    answer.send(b"HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\n", PAGE, b"<!-- cached -->")


@misbehaves("/short-once", "page")
def short_once(answer: Answer) -> None:
    if answer.times() == 1:
        answer.page(length=len(PAGE) + 1000)
        answer.connection.shutdown(socket.SHUT_RDWR)
    else:
        answer.page()


@misbehaves("/headers-without-end", "bad_http")
def headers_without_end(answer: Answer) -> None:
    answer.send(b"HTTP/1.1 200 OK\r\n")
    answer.forever(b"".join(b"X-Flood-%d: %s\r\n" % (n, b"x" * 200) for n in range(300)))


@misbehaves("/long-header", "connection_failed")
def long_header(answer: Answer) -> None:
    answer.send(b"HTTP/1.1 200 OK\r\nX-Long: ")
    answer.forever(b"x" * 65536)


@misbehaves("/interim-without-end", "bad_http")
def interim_without_end(answer: Answer) -> None:
    answer.forever(b"HTTP/1.1 103 Early Hints\r\nLink: </style.css>\r\n\r\n" * 500)


@misbehaves("/bad-status", "bad_http", hang_up=True)
def bad_status(answer: Answer) -> None:
    answer.send(b"HTTP/1.1 OK\r\n\r\n", PAGE)


@misbehaves("/no-http", "bad_http", hang_up=True)
def no_http(answer: Answer) -> None:
    answer.send(b"SSH-2.0-OpenSSH_9.2\r\n" * 3)


@misbehaves("/no-answer", "connection_failed", hang_up=True)
def no_answer(answer: Answer) -> None:
    pass


@misbehaves("/reset", "connection_failed", hang_up=True)
def reset(answer: Answer) -> None:
    answer.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


@misbehaves("/bare-newlines", "page", hang_up=True)
def bare_newlines(answer: Answer) -> None:
    answer.send(b"HTTP/1.1 200 OK\nContent-Type: text/html\nno colon here\nContent-Length: %d\n\n" % len(PAGE), PAGE)


@misbehaves("/too-much", "page", hang_up=True)
def too_much(answer: Answer) -> None:
    answer.send(HTML, b"Content-Length: %d\r\n\r\n" % len(PAGE), PAGE, b"HTTP/1.1 200 OK\r\n\r\n")


@misbehaves("/busy-once", "page")
def busy_once(answer: Answer) -> None:
    if answer.times() == 1:
        answer.page(b"busy", "429 Too Many Requests", retry_after="1")
    else:
        answer.page()
