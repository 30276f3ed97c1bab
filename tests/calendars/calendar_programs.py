"""Calendar programs that run here, each driven so that it says what it makes of calendar files.

Those that keep what they are given (a server, two calendars of the terminal) start empty and take the files in one
after the other, each as its own import does it. The others only read.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import caldav
import icalendar

__all__ = ["PROGRAMS", "Held", "Missing", "Program", "Said"]

ROOT = Path(__file__).resolve().parents[2]
SCRIPTS = Path(__file__).parent / "programs"
VENV = ROOT / ".venv-programs"
SPAN = datetime(2027, 3, 1, tzinfo=UTC), datetime(2027, 5, 1, tzinfo=UTC)  # all of the trips
_PATIENCE = 120  # seconds after which a program is taken to hang


class Missing(Exception):  # noqa: N818 (it is no error on a desk)
    """The program is not there; the message says how to get it."""


@dataclass(frozen=True, kw_only=True)
class Held:
    """One entry as a program has it; times in UTC, ``uid`` and ``description`` None where it does not tell."""

    uid: str | None
    start: datetime
    end: datetime
    summary: str
    description: str | None
    cancelled: bool


@dataclass(frozen=True, kw_only=True)
class Said:
    """What a program has after taking files in. ``findings`` are its validator's, None where it has none.

    ``busy`` are the stretches of time that it says are taken, None where it does not tell. ``old_files`` is whether
    files of entries that were replaced are left.
    """

    held: tuple[Held, ...]
    findings: tuple[str, ...] | None = None
    busy: tuple[tuple[datetime, datetime], ...] | None = None
    old_files: bool = False


class Program:
    """One program; ``keeps`` is whether a second file meets what it was given before."""

    name = ""
    keeps = True

    def __str__(self) -> str:
        return self.name

    def version(self) -> str:
        """Its version. ``Missing`` when it is not there."""
        raise NotImplementedError

    def take(self, folder: Path, files: Sequence[Path], zone: str) -> Said:
        """What it has of the files, in this order, where clocks show ``zone``; ``folder`` is empty and its own."""
        raise NotImplementedError


def _run(*command: str | Path, zone: str = "UTC", **more: str) -> str:
    done = subprocess.run(
        [str(part) for part in command],
        env={**os.environ, "TZ": zone, "LC_ALL": "C.UTF-8", **more},
        capture_output=True,
        timeout=_PATIENCE,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode(errors="replace")
    return done.stdout.decode()


def _wait_until_reached(server: subprocess.Popen[bytes], port: int) -> None:
    while True:
        try:
            socket.create_connection(("127.0.0.1", port)).close()
            return
        except ConnectionError:
            with suppress(subprocess.TimeoutExpired):
                raise RuntimeError(f"The server ended with {server.wait(0.05)}.") from None


def _found(command: str | Path, cure: str) -> str:
    path = shutil.which(command)
    if path is None:
        raise Missing(f"{command} is not there. {cure}")
    return path


def _instant(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


class Reader(Program):
    """A program that reads files and keeps none; a script of ours has it print what it read, as JSON.

    ``validates`` is whether it also looks for faults.
    """

    keeps = False

    def __init__(self, name: str, command: Sequence[str | Path], script: str, cure: str, validates: bool) -> None:
        self.name = name
        self._command = command
        self._script = script
        self._cure = cure
        self.validates = validates

    def version(self) -> str:
        _found(self._command[0], self._cure)
        return str(self._read([], "UTC")["version"])

    def take(self, folder: Path, files: Sequence[Path], zone: str) -> Said:
        read = self._read(files, zone)
        held = tuple(
            Held(
                uid=one["uid"],
                start=_instant(one["start"]),
                end=_instant(one["end"]),
                summary=one["summary"],
                description=one["description"],
                cancelled=one["status"] == "CANCELLED",
            )
            for one in read["events"]
        )
        return Said(held=held, findings=tuple(read["findings"]) if self.validates else None)

    def _read(self, files: Sequence[Path], zone: str) -> dict:
        try:
            return json.loads(_run(*self._command, SCRIPTS / self._script, *files, zone=zone))
        except AssertionError as error:
            if not files:
                raise Missing(f"{self.name} is not there. {self._cure}") from error
            raise


class Radicale(Program):
    """A CalDAV server on this machine, given each entry by its UID as CalDAV clients do."""

    name = "Radicale (with caldav)"

    def version(self) -> str:
        return _run(sys.executable, "-m", "radicale", "--version").strip()

    def take(self, folder: Path, files: Sequence[Path], zone: str) -> Said:
        with self._server(folder, zone) as address, caldav.DAVClient(address, username="me", password="") as client:
            calendar = client.principal().make_calendar("Trip")
            for file in files:
                for item in _by_uid(file.read_bytes()):
                    calendar.add_event(item)
            start, end = SPAN
            found = [one.data for one in calendar.search(event=True, start=start, end=end)]
            free_busy = calendar.freebusy_request(*SPAN).data
        held = [_event(one) for data in found for one in icalendar.Calendar.from_ical(data).walk("VEVENT")]
        periods = re.findall(r"(\d{8}T\d{6}Z)/(\d{8}T\d{6}Z)", free_busy.replace("\r\n ", ""))
        busy = tuple(tuple(datetime.strptime(one, "%Y%m%dT%H%M%S%z") for one in period) for period in periods)
        return Said(held=tuple(held), busy=busy)  # type: ignore[arg-type]

    @contextmanager
    def _server(self, folder: Path, zone: str) -> Iterator[str]:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        command = [sys.executable, "-m", "radicale", "--config", "", "--auth-type", "none", "--auth-delay", "0"]
        command += ["--hosts", f"127.0.0.1:{port}", "--storage-filesystem-folder", str(folder / "kept")]
        with (folder / "log").open("wb") as output:
            server = subprocess.Popen(command, env={**os.environ, "TZ": zone}, stdout=output, stderr=output)
        try:
            _wait_until_reached(server, port)
            yield f"http://127.0.0.1:{port}/"
        finally:
            server.terminate()
            server.wait(_PATIENCE)


class Khal(Program):
    """A calendar for the terminal that keeps a folder of files."""

    name = "khal"

    def version(self) -> str:
        return _run(self._khal(), "--version").split()[-1]

    def take(self, folder: Path, files: Sequence[Path], zone: str) -> Said:
        (folder / "trip").mkdir()
        stamp = "%Y-%m-%dT%H:%M"
        (folder / "config").write_text(
            f"[calendars]\n[[trip]]\npath = {folder / 'trip'}\n[sqlite]\npath = {folder / 'khal.db'}\n[locale]\n"
            f"timeformat = %H:%M\ndateformat = %Y-%m-%d\nlongdateformat = %Y-%m-%d\ndatetimeformat = {stamp}\n"
            f"longdatetimeformat = {stamp}\n"
        )
        khal = [self._khal(), "-c", folder / "config"]
        for file in files:
            _run(*khal, "import", "--batch", "-a", "trip", file, zone=zone)
        fields = [
            part for name in ("uid", "start", "end", "title", "description", "status") for part in ("--json", name)
        ]
        days = f"{(SPAN[1] - SPAN[0]).days}d"
        listed = _run(*khal, "list", "--once", *fields, f"{SPAN[0]:%Y-%m-%d}", days, zone=zone)
        held = tuple(
            Held(
                uid=one["uid"],
                start=datetime.fromisoformat(one["start"]).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC),
                end=datetime.fromisoformat(one["end"]).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC),
                summary=one["title"],
                description=one["description"],
                cancelled=one["status"] == "CANCELLED",
            )
            for line in listed.splitlines()
            for one in json.loads(line)
        )
        return Said(held=held, old_files=len(list((folder / "trip").iterdir())) > len(held))

    def _khal(self) -> Path:
        path = VENV / "bin" / "khal"
        _found(path, "Make it: make programs.")
        return path


class Calcurse(Program):
    """A calendar for the terminal that knows neither UIDs nor whether something is off."""

    name = "calcurse"

    def version(self) -> str:
        return _run(_found("calcurse", "Install it: apt-get install calcurse."), "--version").split()[1]

    def take(self, folder: Path, files: Sequence[Path], zone: str) -> Said:
        calcurse = ["calcurse", "-q", "-D", folder, "-C", folder]
        for file in files:
            _run(*calcurse, "-i", file, zone=zone)
        written = _run(*calcurse, "-x", zone=zone)
        written = re.sub("BEGIN:VALARM.*?END:VALARM\r?\n", "", written, flags=re.DOTALL)  # its -P300S is no duration
        kept = icalendar.Calendar.from_ical(written).walk("VEVENT")
        return Said(held=tuple(_event(one, zone) for one in kept))


def _by_uid(content: bytes) -> Iterator[str]:
    """Each event of a file as a file of its own, with the file's zones."""
    whole = icalendar.Calendar.from_ical(content)
    for event in whole.walk("VEVENT"):
        item = icalendar.Calendar()
        item.add("prodid", whole["PRODID"])
        item.add("version", "2.0")
        for part in (*whole.walk("VTIMEZONE"), event):
            item.add_component(part)
        yield item.to_ical().decode()


def _event(event: icalendar.Event, floats_in: str = "UTC") -> Held:
    """An event as icalendar reads it; times without a zone are in ``floats_in``."""
    start = event["DTSTART"].dt
    end = event["DTEND"].dt if "DTEND" in event else start + event["DURATION"].dt
    zone = ZoneInfo(floats_in)
    start, end = (one if one.tzinfo else one.replace(tzinfo=zone) for one in (start, end))
    return Held(
        uid=event.get("UID"),
        start=start.astimezone(UTC),
        end=end.astimezone(UTC),
        summary=str(event["SUMMARY"]),
        description=str(event.get("DESCRIPTION", "")),
        cancelled=event.get("STATUS") == "CANCELLED",
    )


_APT = "Install it: apt-get install"
PROGRAMS: tuple[Program, ...] = (
    Radicale(),
    Khal(),
    Calcurse(),
    Reader(
        "libical",
        ["/usr/bin/python3"],
        "read_libical.py",
        f"{_APT} gir1.2-ical-3.0 python3-gi.",
        True,
    ),
    Reader("ical.js", [VENV / "bin" / "node"], "read_ical_js.cjs", "Make it: make programs.", False),
    Reader("sabre/vobject", ["php"], "read_sabre.php", f"{_APT} php-cli php-sabre-vobject.", False),
    Reader("vobject", [sys.executable], "read_vobject.py", "", True),
    Reader("icalendar", [sys.executable], "read_icalendar.py", "", True),
)
