"""Fetching one file from a web address, because the user asked for exactly that.

The host is looked up once a hop, and the connection goes to one of the very addresses that were looked at: a name
cannot point elsewhere in between. Every redirect is looked at anew. No proxy, no cookie, no password; certificates are
verified. What goes wrong is said without the address itself, which may be a secret.
"""

from __future__ import annotations

import http.client
import socket
import ssl
import time
import zlib
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from ipaddress import ip_address
from threading import Timer

from iiplan.errors import InputError
from iiplan.lookup.addresses import IPAddress, WebAddress, is_nowhere, is_public, parse_address

__all__ = ["MOST_BYTES", "fetch", "fetch_where"]

MOST_BYTES = 10_000_000
SECONDS = 15.0
MOST_REDIRECTS = 5

_REDIRECTS = {301, 302, 303, 307, 308}
_CHUNK = 65_536
_HEADERS = {
    "User-Agent": "iiplan",
    "Accept": "text/calendar, */*;q=0.5",
    "Accept-Encoding": "gzip",
    "Connection": "close",
}
_SECRET = "Copy the calendar's secret address in iCal format, or download the file and choose it here."

Resolve = Callable[[str, int], Sequence[IPAddress]]


def fetch(url: str, *, private_allowed: bool, most_bytes: int = MOST_BYTES, seconds: float = SECONDS) -> bytes:
    """What lies at an http, https or webcal address (the latter is read as https).

    ``private_allowed``: also machines of the user's own network, and this one. ``most_bytes`` bounds what is read, also
    once it is unpacked; ``seconds`` all of it together. InputError with what went wrong and the cure.
    """
    allowed = _anywhere if private_allowed else is_public
    return fetch_where(url, allowed=allowed, resolve=system_addresses, most_bytes=most_bytes, seconds=seconds)


def fetch_where(
    url: str, *, allowed: Callable[[IPAddress], bool], resolve: Resolve, most_bytes: int, seconds: float
) -> bytes:
    """The same, where only addresses that are ``allowed`` are connected to; ``resolve`` looks names up."""
    address = parse_address(url)
    until = time.monotonic() + seconds
    for _ in range(MOST_REDIRECTS + 1):
        try:
            with _answer(address, _checked(address, allowed, resolve, until), until) as answer:
                if answer.status not in _REDIRECTS:
                    content = _body(address, answer, most_bytes)
                    _left(until)  # where the connection was cut, an answer without a length looks whole
                    return content
                led = parse_address(answer.getheader("Location") or "", address)
        except ssl.SSLCertVerificationError as error:
            raise InputError(
                f"The certificate of {address.host} is not to be trusted ({error.verify_message}). "
                "Check the address; nothing was read."
            ) from None
        except (OSError, http.client.HTTPException, zlib.error):
            raise InputError(_failure(address, until, seconds)) from None
        if address.scheme == "https" and led.scheme == "http":
            raise InputError(f"{address.host} leads on to an address without https, where others can read along.")
        address = led
    raise InputError(f"{address.host} leads on and on to further addresses. {_SECRET}")


def system_addresses(host: str, port: int) -> tuple[IPAddress, ...]:
    """What the machine's own look-up says of a name."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(ip_address(str(one[4][0]).partition("%")[0]) for one in found))


def _anywhere(_: IPAddress) -> bool:
    return True


def _checked(
    address: WebAddress, allowed: Callable[[IPAddress], bool], resolve: Resolve, until: float
) -> Sequence[IPAddress]:
    """What the host stands for, each of it allowed."""
    pool = ThreadPoolExecutor(max_workers=1)  # a look-up has no time limit of its own
    try:
        found = pool.submit(resolve, address.host, address.port).result(_left(until))
    except (socket.gaierror, UnicodeError):
        raise InputError(
            f"No machine is known by the name of {address.host}. Check the address and the connection to the internet."
        ) from None
    finally:
        pool.shutdown(wait=False)
    if any(is_nowhere(one) for one in found):
        raise InputError(f"{address.host} leads to no machine at all. Check the address.")
    if not all(allowed(one) for one in found):
        raise InputError(
            f"{address.host} lies in your own network or on this machine. If you trust it, say that it is in your "
            "own network, and fetch it again."
        )
    return found


@contextmanager
def _answer(address: WebAddress, machines: Sequence[IPAddress], until: float) -> Iterator[http.client.HTTPResponse]:
    """The answer to the request, its headers read; when the time is up, the connection is cut, whatever it does."""
    connection = _Connection(address, machines, until)
    timer = Timer(_left(until), connection.cut)
    timer.daemon = True
    timer.start()
    try:
        connection.request("GET", address.target, headers=_HEADERS | {"Host": address.named})
        yield connection.getresponse()
    finally:
        timer.cancel()
        connection.close()


class _Connection(http.client.HTTPConnection):
    """A connection to one of the machines that were looked at, and to nothing else."""

    def __init__(self, address: WebAddress, machines: Sequence[IPAddress], until: float) -> None:
        super().__init__(address.host, address.port)
        self._address = address
        self._machines = machines
        self._until = until
        self._open: socket.socket | None = None

    def connect(self) -> None:
        """Try the machines in turn."""
        problem: OSError = ConnectionError()
        for machine in self._machines:
            try:
                self._open = socket.create_connection((str(machine), self._address.port), _left(self._until))
                break
            except OSError as error:
                problem = error
        else:
            raise problem
        if self._address.scheme == "https":
            context = ssl.create_default_context()
            raw = self._open
            self._open = context.wrap_socket(
                raw, server_hostname=self._address.host, do_handshake_on_connect=False
            )  # the handshake comes after, so that it can be cut, too
            self._open.do_handshake()
        self.sock = self._open

    def cut(self) -> None:
        """End whatever waits for the other side."""
        if self._open is not None:
            with suppress(OSError):
                socket.socket.shutdown(self._open, socket.SHUT_RDWR)  # that of SSL would take its state away, too


def _body(address: WebAddress, answer: http.client.HTTPResponse, most: int) -> bytes:
    """What the answer brings, unpacked. InputError when it is not the file that was wanted."""
    if answer.status != http.HTTPStatus.OK:
        raise InputError(_refusal(address, answer.status))
    encoding = (answer.getheader("Content-Encoding") or "identity").strip().lower()
    if encoding not in {"identity", "gzip", "x-gzip"}:
        raise InputError(f"{address.host} packs the file in a way that is not known here. {_SECRET}")
    too_much = f"What lies at {address.host} is larger than {most / 1_000_000:g} MB, which is the most. "
    too_much += "Publish a shorter stretch of time, or one calendar at a time."
    unpack = zlib.decompressobj(wbits=31) if encoding != "identity" else None
    content = bytearray()
    read = 0
    while piece := answer.read(_CHUNK):
        read += len(piece)
        if unpack:
            piece = unpack.decompress(piece, most + 1 - len(content))
        content += piece
        if len(content) > most or read > most:
            raise InputError(too_much)
    if answer.length or (unpack and read and not unpack.eof):
        raise http.client.IncompleteRead(b"")
    start = bytes(content[:200]).lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    kind = (answer.getheader("Content-Type") or "").lower()
    if start.startswith((b"<!doctype html", b"<html")) or (kind.startswith("text/html") and start.startswith(b"<")):
        raise InputError(f"{address.host} answers with a web page, perhaps to sign in on, and not a file. {_SECRET}")
    return bytes(content)


def _refusal(address: WebAddress, status: int) -> str:
    if status in {401, 403, 407}:
        return f"{address.host} wants a sign-in, or does not allow it. {_SECRET}"
    if status in {404, 410}:
        return f"{address.host} has nothing at this address (any more). {_SECRET}"
    if status == http.HTTPStatus.TOO_MANY_REQUESTS or status >= http.HTTPStatus.INTERNAL_SERVER_ERROR:
        return f"{address.host} cannot answer right now (status {status}). Try again later."
    return f"{address.host} answers in a way that is not understood (status {status}). {_SECRET}"


def _failure(address: WebAddress, until: float, seconds: float) -> str:
    if time.monotonic() >= until:
        return f"{address.host} took longer than {seconds:g} seconds. Try again later, or download the file."
    return f"{address.host} cannot be reached, or breaks off. Check the address and the connection, and try again."


def _left(until: float) -> float:
    """The seconds left; TimeoutError when there are none."""
    left = until - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left
