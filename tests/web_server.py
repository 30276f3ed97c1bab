"""A web server of the test's own on this machine, and its answers."""

from __future__ import annotations

import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

__all__ = ["Answer", "WebServer", "serving"]


@dataclass
class Answer:
    """What a path answers with; ``body`` is written piece by piece and may wait in between."""

    body: bytes | Callable[[], Iterator[bytes]] = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)


@dataclass
class WebServer:
    """The server's address and what it was asked: the paths, and the Host of each request."""

    host: str
    port: int
    asked: list[str] = field(default_factory=list)
    named: list[str] = field(default_factory=list)

    def url(self, path: str, host: str | None = None, scheme: str = "http") -> str:
        return f"{scheme}://{host or self.host}:{self.port}{path}"


class _Server(ThreadingHTTPServer):
    """Says nothing of clients that hang up."""

    def handle_error(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def serving(
    answers: dict[str, Answer], host: str = "127.0.0.1", context: ssl.SSLContext | None = None
) -> Iterator[WebServer]:
    """Serve these paths on a free port until the block ends, over TLS with a context; every other path is 404."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            found.asked.append(self.path)
            found.named.append(self.headers["Host"])
            answer = answers.get(self.path.partition("?")[0], Answer(status=404))
            self.send_response(answer.status)
            for name, value in answer.headers.items():
                self.send_header(name, value)
            if isinstance(answer.body, bytes):
                self.send_header("Content-Length", str(len(answer.body)))
            self.end_headers()
            try:
                for piece in [answer.body] if isinstance(answer.body, bytes) else answer.body():
                    self.wfile.write(piece)
            except ConnectionError:
                pass  # whoever asked has had enough

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = _Server((host, 0), Handler)
    if context:
        server.socket = context.wrap_socket(server.socket, server_side=True)
    found = WebServer(host=host, port=server.server_address[1])
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield found
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
