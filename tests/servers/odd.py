"""What servers and the boxes before them do that no standard foresees, one way an address, and what comes of it."""

import gzip
import socket
import struct
import zlib

import brotli

from tests.servers.bad import CHUNKED, HANG_UP, HTML, PAGE, TITLE, Answer, Behaviour

LENGTH = b"Content-Length: %d\r\n" % len(PAGE)
LAST = b"\r\n0\r\n\r\n"
ODD: dict[str, tuple[Behaviour, str]] = {}  # behaviour; the reason of the reject, or "page"


def answers(path: str, comes_to: str, body: bytes = PAGE, status: str = "200 OK", **headers: str) -> None:
    ODD[path] = (lambda answer: answer.page(body, status, **headers), comes_to)


def sends(path: str, comes_to: str, *parts: bytes) -> None:
    """Bytes as they are; then it hangs up."""

    def send(answer: Answer) -> None:
        answer.send(*parts)

    HANG_UP.add(send)
    ODD[path] = (send, comes_to)


def refreshes(path: str, target: str) -> None:
    meta = f'<head><meta http-equiv=refresh content="0; url={target}">'
    answers(path, "page", PAGE.replace(b"<head>", meta.encode()))


def packed_with_a_long_name() -> bytes:
    head = b"\x1f\x8b\x08\x08\0\0\0\0\0\x03" + b"n" * 300_000 + b"\0"
    return head + zlib.compress(PAGE)[2:-4] + struct.pack("<II", zlib.crc32(PAGE), len(PAGE))


answers("/good", "page")
answers(
    "/warning-first", "page", b"<br />\n<b>Warning</b>: Undefined variable $x in <b>x.php</b> on line <b>3</b><br />\n" + PAGE
)
answers("/other-charset", "page", content_type="text/html; charset=windows-1256")
answers("/no-such-charset", "page", content_type="text/html; charset=foo-8859-99")
answers("/packed-twice-said-once", "page", gzip.compress(gzip.compress(PAGE)), content_encoding="gzip")
answers("/packed-in-capitals", "page", gzip.compress(PAGE), content_encoding="GZIP, identity")
answers("/unknown-packing", "page", content_encoding="compress")
answers("/called-brotli", "bad_encoding", gzip.compress(PAGE), content_encoding="br")
answers("/called-gzip", "bad_encoding", brotli.compress(PAGE), content_encoding="gzip")
answers("/rest-behind-gzip", "page", gzip.compress(PAGE) + b"rest" * 50, content_encoding="gzip")
answers("/long-name-in-gzip", "page", packed_with_a_long_name(), content_encoding="gzip")
answers("/wide-zstd", "bad_encoding", b"\x28\xb5\x2f\xfd\x00\xa8\x09\x00\x00a", content_encoding="zstd")  # a window of 2 GiB
answers("/to-itself", "redirect_loop", b"", "302 Found", location="")
answers("/to-nothing", "http_error", b"", "302 Found")
answers("/choices", "http_error", status="300 Multiple Choices")
answers("/to-a-place-on-the-page", "page", b"", "302 Found", location="/good#top")
answers("/to-lines", "http_error", b"", "302 Found", location="/good%0d%0aSet-Cookie:x=1")
sends("/to-letters", "page", "HTTP/1.1 302 Found\r\nLocation: /خبر\r\nContent-Length: 0\r\n\r\n".encode())
answers("/%D8%AE%D8%A8%D8%B1", "page")
ODD["/to-the-same-scheme"] = (lambda answer: answer.redirect(f"//{answer.server.netloc}/good"), "page")
ODD["/to-more-and-more"] = (lambda answer: answer.redirect(f"{answer.asked.path}?{'x=1&' * answer.times()}"), "http_error")
refreshes("/refresh-by-script", "javascript:location.reload()")
refreshes("/refresh-to-a-file", "file:///etc/passwd")
refreshes("/refresh-to-nowhere", "http://[::1")
answers("/login", "http_error", b"<html>login</html>", "401 Unauthorized", www_authenticate='Basic realm="x"')
answers("/proxy-login", "http_error", b"", "407 Proxy Authentication Required")
answers("/by-court", "http_error", b"<html>451</html>", "451 Unavailable For Legal Reasons")
answers("/no-such-status", "http_error", b"<html>denied</html>", "999 Request Denied")
answers("/no-status", "http_error", status="000 Nothing")
answers("/empty-and-full", "empty", status="204 No Content")
answers("/broken-with-page", "http_error", status="500 Internal Server Error")
answers("/range-unasked", "page", content_range="bytes 0-99/1000")
answers("/wait-after-all", "page", retry_after="3600")
answers("/called-picture", "page", content_type="image/jpeg")
answers("/attachment", "page", content_disposition='attachment; filename="x.html"')
answers("/odd-validators", "page", etag=f'"{"e" * 12_000}"', last_modified="Thu, 99 Foo 99999 25:61:61 GMT", date="never")
sends("/first-go-on", "page", b"HTTP/1.1 100 Continue\r\n\r\n", HTML, LENGTH, b"\r\n", PAGE)
sends("/other-protocol", "connection_failed", b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n\x81\x05hello")
sends("/small-letters", "page", b"http/1.1 200 ok\r\ncontent-type: text/html\r\n", LENGTH.lower(), b"\r\n", PAGE)
sends("/chunks-with-words", "page", CHUNKED, b'%X;x="y"\r\n' % len(PAGE), PAGE, b"\r\n0\r\nX-Trailer: 1\r\n\r\n")
sends("/negative-chunk", "truncated", CHUNKED, b"-5\r\n", PAGE, LAST)
sends("/endless-number", "truncated", CHUNKED, b"f" * 40, b"\r\n", PAGE, LAST)
sends(
    "/chunks-and-length", "page", HTML, b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n%x\r\n" % len(PAGE), PAGE, LAST
)
sends("/packed-for-transfer", "bad_http", HTML, b"Transfer-Encoding: gzip, chunked\r\n\r\n1\r\nx", LAST)
sends(
    "/cookies",
    "page",
    HTML,
    b"".join(b"Set-Cookie: c%d=%s; Domain=.com\r\n" % (n, b"v" * 300) for n in range(300)),
    LENGTH,
    b"\r\n",
    PAGE,
)
sends("/no-letters-in-names", "bad_http", HTML, b"X\xff: \x80\r\n", LENGTH, b"\r\n", PAGE)
sends("/folded", "page", b"HTTP/1.1 200 OK\r\nContent-Type: text/html;\r\n charset=utf-8\r\n", LENGTH, b"\r\n", PAGE)
sends("/long-type", "page", b"HTTP/1.1 200 OK\r\nContent-Type: text/html; ", b"x=y;" * 3000, b"\r\n", LENGTH, b"\r\n", PAGE)
sends("/length-of-a-lie", "too_large", HTML, b"Content-Length: ", b"9" * 30, b"\r\n\r\n", PAGE)
sends("/length-below-zero", "bad_http", HTML, b"Content-Length: -5\r\n\r\n", PAGE)
sends("/length-twice", "page", HTML, LENGTH, LENGTH, b"\r\n", PAGE)
sends("/deep", "page", HTML, b"\r\n", b"<html><body>", b"<div>" * 20_000, PAGE, TITLE.encode(), b"</body></html>")


def reset_behind_the_page(answer: Answer) -> None:
    answer.page()
    answer.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


HANG_UP.add(reset_behind_the_page)
ODD["/reset-behind"] = (reset_behind_the_page, "page")
