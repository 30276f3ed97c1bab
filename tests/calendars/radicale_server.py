"""A real Radicale server on a free port of 127.0.0.1, for tests of whatever speaks CalDAV. Usable from any folder.

``tests/calendars`` must be on the path (pytest puts it there for the tests beside it).
"""

from __future__ import annotations

import http.client
import socket
import subprocess
import sys
from base64 import b64encode
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

USER, PASSWORD = "ada", "päss-wörd 4711"
FROZEN = "frozen"  # a calendar whose address starts so can only be read
_RIGHTS = f"""
[frozen]
user: .+
collection: [^/]+/{FROZEN}.*
permissions: Rr

[all]
user: .+
collection: .*
permissions: RrWw
"""


@dataclass(frozen=True)
class Radicale:
    """A running server."""

    port: int
    folder: Path
    user: str = USER
    password: str = PASSWORD

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/"

    def add_frozen(self, name: str = FROZEN) -> str:
        """Put a calendar there that the user can only read; its URL."""
        folder = self.folder / "data" / "collection-root" / self.user / name
        folder.mkdir(parents=True)
        (folder / ".Radicale.props").write_text('{"tag": "VCALENDAR"}', encoding="utf-8")
        return f"{self.url}{self.user}/{name}/"

    def ask(
        self, method: str, path: str, body: str = "", headers: Mapping[str, str] | None = None
    ) -> tuple[int, str, dict[str, str]]:
        """Status, text and headers (names in lower case) of one request as the user, by no client of ours."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        login = b64encode(f"{self.user}:{self.password}".encode()).decode()
        try:
            connection.request(method, path, body.encode(), {"Authorization": f"Basic {login}", **(headers or {})})
            response = connection.getresponse()
            names = {name.lower(): value for name, value in response.getheaders()}
            return response.status, response.read().decode(), names
        finally:
            connection.close()

    def files(self, calendar: str) -> dict[str, str]:
        """The events of a calendar by file name, as they lie in the server's own folder; ``calendar`` is its name
        in the address."""
        folder = self.folder / "data" / "collection-root" / self.user / calendar
        return {one.name: one.read_text(encoding="utf-8") for one in folder.iterdir() if one.suffix == ".ics"}

    def calendars(self) -> list[str]:
        """The calendars of the user, by their names in the address."""
        folder = self.folder / "data" / "collection-root" / self.user
        return sorted(one.name for one in folder.iterdir() if one.is_dir() and not one.name.startswith("."))


@contextmanager
def radicale(folder: Path) -> Iterator[Radicale]:
    """A server with one user (USER, PASSWORD), its files below ``folder``, until the block ends."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "users").write_text(f"{USER}:{PASSWORD}\n", encoding="utf-8")
    (folder / "rights").write_text(_RIGHTS, encoding="utf-8")
    port = _free_port()
    options = {
        "server-hosts": f"127.0.0.1:{port}",
        "auth-type": "htpasswd",
        "auth-htpasswd-filename": str(folder / "users"),
        "auth-htpasswd-encryption": "plain",
        "auth-delay": "0",
        "rights-type": "from_file",
        "rights-file": str(folder / "rights"),
        "storage-filesystem-folder": str(folder / "data"),
    }
    flags = [f"--{name}={value}" for name, value in options.items()]
    command = [sys.executable, "-m", "radicale", "--config", "", *flags]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log)
    try:
        _wait_for(port, process, folder / "log")
        yield Radicale(port=port, folder=folder)
    finally:
        process.terminate()
        process.wait(timeout=30)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    """Until the server takes connections; when it has ended instead, its log is the reason."""
    while True:
        try:
            process.wait(timeout=0.05)
        except subprocess.TimeoutExpired:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    return
        else:
            raise RuntimeError(log.read_text(encoding="utf-8", errors="replace"))
