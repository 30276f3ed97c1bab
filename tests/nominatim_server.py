"""A tiny Nominatim server on this machine, which remembers what it was asked."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

__all__ = ["CAFE", "FakeNominatim", "fake_nominatim"]

CAFE = {
    "lat": "48.2103",
    "lon": "16.3655",
    "category": "amenity",
    "type": "cafe",
    "addresstype": "amenity",
    "name": "Café Central",
    "display_name": "Café Central, 14, Herrengasse, Wien, Austria",
    "boundingbox": ["48.2102", "48.2104", "16.3653", "16.3657"],
}


class FakeNominatim(ThreadingHTTPServer):
    """Answers every search with ``status`` and ``body`` (a callable writes the answer itself)."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.status = 200
        self.body: object = [CAFE]
        self.raw: bytes | None = None
        self.hold = threading.Event()
        self.holding = False
        self.asked: list[dict[str, str]] = []
        self.agents: list[str] = []

    @property
    def address(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.server_address[1]}"


class _Handler(BaseHTTPRequestHandler):
    server: FakeNominatim

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        self.server.asked.append(
            {"path": parts.path, **{key: value[0] for key, value in parse_qs(parts.query).items()}}
        )
        self.server.agents.append(self.headers.get("User-Agent", ""))
        if self.server.holding:
            self.server.hold.wait(30)
            return
        content = self.server.raw if self.server.raw is not None else json.dumps(self.server.body).encode()
        self.send_response(self.server.status)
        if 300 <= self.server.status < 400:
            self.send_header("Location", f"{self.server.address}/elsewhere")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *args: object) -> None:
        """Say nothing."""


@contextmanager
def fake_nominatim() -> Iterator[FakeNominatim]:
    """A running server; ends with the block."""
    with FakeNominatim() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield server
        finally:
            server.hold.set()
            server.shutdown()
            thread.join()
