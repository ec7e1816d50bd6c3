"""A site on loopback for as long as a test lasts; it remembers what it was asked for."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

Answer = tuple[int, dict[str, str], bytes]  # status, headers, body


@dataclass
class Site:
    """What a site answers. `answer` is asked with the path and query of each request and its headers."""

    answer: Callable[[str, dict[str, str]], Answer]
    url: str = ""
    asked: list[str] = field(default_factory=list)  # paths with their queries, in order

    def pages_asked(self) -> list[str]:
        """Without robots.txt."""
        return [path for path in self.asked if path != "/robots.txt"]


class Server(ThreadingHTTPServer):
    request_queue_size = 64  # five, as it is, are fewer than a crawl opens at once


@contextmanager
def serve(answer: Callable[[str, dict[str, str]], Answer]) -> Iterator[Site]:
    site = Site(answer)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            site.asked.append(self.path)
            status, headers, body = site.answer(self.path, {name.lower(): value for name, value in self.headers.items()})
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = Server(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    site.url = f"http://127.0.0.1:{server.server_port}/"
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
