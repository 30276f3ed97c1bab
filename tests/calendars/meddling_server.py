"""A server in front of another one (or of none) that answers some requests by itself, on a free port of 127.0.0.1."""

from __future__ import annotations

import http.client
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass(frozen=True)
class Request:
    """``number`` counts the requests of this method from 1."""

    method: str
    path: str
    number: int
    headers: dict[str, str]


@dataclass
class Reply:
    status: int
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""


Meddle = Callable[[Request], Reply | None]


@contextmanager
def meddling(
    meddle: Meddle, behind: int | None = None, after: Callable[[Request, Reply], Reply] = lambda request, reply: reply
) -> Iterator[str]:
    """The URL of a server that answers what ``meddle`` says; where that is None, what the server on the port ``behind``
    says, as changed by ``after``."""
    counts: dict[str, int] = {}
    lock = threading.Lock()

    class Handler(BaseHTTPRequestHandler):
        def answer(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            with lock:
                counts[self.command] = counts.get(self.command, 0) + 1
            request = Request(self.command, self.path, counts[self.command], dict(self.headers.items()))
            reply = meddle(request)
            if reply is None:
                reply = after(request, _forwarded(behind, request, body))
            self.send_response(reply.status)
            for name, value in reply.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(reply.body)))
            self.end_headers()
            self.wfile.write(reply.body)

        do_GET = do_PUT = do_DELETE = do_PROPFIND = do_REPORT = do_MKCALENDAR = answer  # noqa: N815

        def log_message(self, format: str, *args: object) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _forwarded(port: int | None, request: Request, body: bytes) -> Reply:
    assert port is not None
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        names = {name: value for name, value in request.headers.items() if name.lower() != "accept-encoding"}
        connection.request(request.method, request.path, body, names)
        response = connection.getresponse()
        kept = {name: response.headers[name] for name in ("ETag", "Content-Type", "WWW-Authenticate", "Location")}
        return Reply(response.status, {name: value for name, value in kept.items() if value}, response.read())
    finally:
        connection.close()
