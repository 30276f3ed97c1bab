"""The calendar addresses on a real server of this machine, and a client that sends what it is told to the letter."""

from __future__ import annotations

import http.client
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import uvicorn
from starlette.applications import Starlette

from iiplan.planner.workspace import Workspace
from iiplan.web import calendar_routes


@dataclass(frozen=True)
class Answer:
    """What came back; names of headers in lower case."""

    status: int
    headers: dict[str, str]
    body: bytes


@dataclass(frozen=True)
class Client:
    """Asks the server on ``port``. A header given as a list is sent that often; None leaves ``Host`` out."""

    port: int

    def ask(self, path: str, method: str = "GET", host: str | None = "localhost", **headers: str | list[str]) -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
            if host is not None:
                connection.putheader("Host", host)
            for name, values in headers.items():
                for value in [values] if isinstance(values, str) else values:
                    connection.putheader(name.replace("_", "-"), value)
            connection.endheaders()
            response = connection.getresponse()
            names = {name.lower(): value for name, value in response.getheaders()}
            return Answer(response.status, names, response.read())
        finally:
            connection.close()


class _Server(uvicorn.Server):
    """Says when it has started (or failed to), so that nobody has to wait longer than that."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.ready = threading.Event()

    async def startup(self, sockets: list[object] | None = None) -> None:  # type: ignore[override]
        try:
            await super().startup(sockets)  # type: ignore[arg-type]
        finally:
            self.ready.set()


@contextmanager
def serving(opened: Callable[[], Workspace], allowed_hosts: Callable[[], Sequence[str]] = tuple) -> Iterator[Client]:
    """The routes alone on a free port of 127.0.0.1, until the block ends."""
    app = Starlette(routes=calendar_routes(opened, allowed_hosts))
    server = _Server(uvicorn.Config(app, host="127.0.0.1", port=0, log_config=None, lifespan="off"))
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        server.ready.wait()
        yield Client(server.servers[0].sockets[0].getsockname()[1])
    finally:
        server.should_exit = True
        thread.join()
