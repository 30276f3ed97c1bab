"""A stand-in for Valhalla on this machine: a real HTTP server that speaks its JSON and knows only straight lines."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from iiplan.travel import distance_km

Cell = Callable[[tuple[float, float], tuple[float, float]], float | None]


def four_km_an_hour(origin: tuple[float, float], goal: tuple[float, float]) -> float | None:
    return distance_km(origin, goal) / 4 * 3600


@dataclass(kw_only=True)
class FakeValhalla:
    """Answers ``sources_to_targets`` like the real one, by ``cell``; keeps what it was asked."""

    cell: Cell = four_km_an_hour
    url: str = ""
    asked: list[dict[str, object]] = field(default_factory=list)
    raw: bytes | None = None
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)

    @contextmanager
    def serving(self) -> Iterator[FakeValhalla]:
        fake = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                fake.asked.append({"path": self.path, "agent": self.headers["User-Agent"], **asked})
                answer = fake.raw if fake.raw is not None else fake.answer(asked)
                self.send_response(fake.status)
                for name, value in fake.headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(answer)))
                self.end_headers()
                self.wfile.write(answer)

            def log_message(self, *_: object) -> None:
                pass

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        self.url = f"http://127.0.0.1:{server.server_port}"
        try:
            yield self
        finally:
            server.shutdown()
            thread.join()
            server.server_close()

    def answer(self, asked: dict[str, list[dict[str, float]]]) -> bytes:
        def pairs(name: str) -> list[tuple[float, float]]:
            return [(one["lat"], one["lon"]) for one in asked[name]]

        table = [
            [{"from_index": i, "to_index": j, "time": self.cell(a, b)} for j, b in enumerate(pairs("targets"))]
            for i, a in enumerate(pairs("sources"))
        ]
        return json.dumps({"sources_to_targets": table, "units": "kilometers"}).encode()
