"""One request to a calendar server, and every way in which it can fail, in plain words.

The caldav library negotiates how to log in and reads the answers. It is imported with the first request, never before.
What it and the libraries below it raise may hold addresses and more, so nothing of it is shown or chained.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

from iiplan.calendars.caldav_address import host_of, is_private, may_follow, may_visit, server_address
from iiplan.calendars.caldav_errors import (
    ChangedError,
    ForbiddenError,
    GoneError,
    RefusedError,
    ServerError,
    UidTakenError,
)
from iiplan.errors import InputError

if TYPE_CHECKING:
    from caldav.davclient import DAVClient

__all__ = ["Answer", "Login", "Wire", "installed"]

TIMEOUT = 20  # seconds, for connecting and for each wait on the server
_MOST_REDIRECTS = 5
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_TAKEN = "}no-uid-conflict"  # how servers say that a UID stands there already (RFC 4791, 5.3.2.1)
_ONE_EVENT = frozenset({400, 405, 409, 413, 415, 422, 501})  # answers that tell of one event, not of the calendar


def installed() -> bool:
    """Whether the library is there; it is looked for, not imported."""
    return find_spec("caldav") is not None


@dataclass(frozen=True, kw_only=True)
class Login:
    """Who asks which server. ``unencrypted`` says that the password may go over a way that others can read.

    The password is kept out of ``repr``; nothing stores a Login.
    """

    server: str
    user: str
    password: str = field(repr=False)
    unencrypted: bool = False

    def __post_init__(self) -> None:
        object.__setattr__(self, "server", server_address(self.server))
        if not self.user.strip():
            raise InputError("The user name is empty. Type the one that your calendar provider knows.")
        if not self.password:
            raise InputError("The password is empty. Type it; many providers want one made for apps.")
        if not is_private(self.server) and not self.unencrypted:
            raise InputError(
                f"The way to {host_of(self.server)} is not encrypted: others on it could read the password. Use an "
                "address with https://, or say that it may go unencrypted all the same."
            )


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What came back: ``url`` is where it came from after redirects; ``tree`` the XML element, None if it was none."""

    url: str
    status: int
    etag: str
    tree: Any


class Wire:
    """Asks one server in one user's name. ServerError, in words for the user, when an answer is no success."""

    def __init__(self, login: Login) -> None:
        self._login = login
        self._client: DAVClient | None = None

    def ask(
        self, method: str, url: str, body: str = "", *, headers: Mapping[str, str] | None = None, what: str = ""
    ) -> Answer:
        """The server's answer. ``what`` names the calendar or event that the request is about."""
        for _ in range(_MOST_REDIRECTS):
            if not may_visit(self._login.server, url):
                raise ServerError(
                    f"{self._host} sends iiplan on to another server, {host_of(url)}, which does not get the password. "
                    "If that is where your calendars are, type its address."
                )
            response = self._send(method, url, body, headers or {}, what)
            target = response.headers.get("Location", "")
            if response.status not in _REDIRECTS or not target:
                break
            onward = urljoin(url, target)
            if not may_follow(url, onward):
                raise ServerError(
                    f"{self._host} sends iiplan on to {host_of(onward) or 'another address'}, where the password does "
                    "not go. Type the address that your provider names for CalDAV."
                )
            url = onward
        else:
            raise ServerError(f"{self._host} sends iiplan round in circles. Check the address.")
        self._judge(response.status, response.tree, what)
        return Answer(url=url, status=response.status, etag=response.headers.get("ETag", ""), tree=response.tree)

    @property
    def _host(self) -> str:
        return host_of(self._login.server)

    def _send(self, method: str, url: str, body: str, headers: Mapping[str, str], what: str) -> Any:
        try:
            if self._client is None:
                self._client = _client(self._login)
            return self._client.request(url, method, body, headers)
        except Exception as error:  # whatever it is, it may hold more than a screen should show
            problem = self._in_words(error, what)
        raise problem

    def _in_words(self, error: Exception, what: str) -> ServerError:
        from caldav.lib import error as dav
        from caldav.lib.http_sync import requests

        known = requests.exceptions
        if isinstance(error, dav.AuthorizationError) and any(_TAKEN in one for one in error.preconditions):
            return UidTakenError(f"{what} is in the calendar already, in another place.")
        if isinstance(error, dav.AuthorizationError) and error.status == 403:
            return ForbiddenError(f"{self._host} does not allow {self._login.user} to do that.")
        if isinstance(error, dav.AuthorizationError):
            words = (
                f"{self._host} does not accept this user name and password. Check both; many providers want a password "
                "made for apps in the place of your usual one."
            )
        elif isinstance(error, dav.RateLimitError):
            words = f"{self._host} is busy or asks to wait. Try again in a few minutes."
        elif isinstance(error, known.SSLError):
            words = (
                f"No safe connection to {self._host}: its certificate is not valid for this machine, or it does not "
                "speak https at that port. Check the address, and this machine's date and time."
            )
        elif isinstance(error, known.Timeout):
            words = f"{self._host} did not answer within {TIMEOUT} seconds. Try again later."
        elif isinstance(error, known.ConnectionError) and "NameResolution" in repr(error):
            words = (
                f"No server named {self._host} was found. Check the spelling, and whether this machine is connected to "
                "the internet."
            )
        elif isinstance(error, known.ConnectionError):
            words = (
                f"Nothing answers at {self._host}. Check the address, whether the server is running, and whether this "
                "machine is connected."
            )
        else:
            words = f"{self._host} answers in a way that iiplan does not understand. Check the address."
        return ServerError(words)

    def _judge(self, status: int, tree: Any, what: str) -> None:
        """Nothing for a success; else what the status means, ``what`` being what was asked for."""
        about = what or self._host
        if status < 300:
            return
        if status == 412:
            raise ChangedError(f"{about} was changed on the server in the meantime. Send again.")
        if tree is not None and any(_TAKEN in str(one.tag) for one in tree.iter()):
            raise UidTakenError(f"{about} is in the calendar already, in another place.")
        if status in {404, 410}:
            raise GoneError(f"{about} is not on {self._host} any more. Choose the calendar again.")
        if status == 507:
            raise ServerError(f"There is no room left on {self._host}. Make some there, and send again.")
        if status in _ONE_EVENT:
            raise RefusedError(f"{self._host} does not accept {about} (it says {status}).")
        if status >= 500:
            raise ServerError(f"{self._host} has a fault of its own (it says {status}). Try again later.")
        raise ServerError(f"{self._host} answers {status} to what iiplan asks. Check the address.")


def _client(login: Login) -> DAVClient:
    """The library's client for that login, which follows no redirect by itself and takes no login from elsewhere."""
    from caldav.davclient import DAVClient

    client = DAVClient(
        url=login.server, username=login.user, password=login.password, timeout=TIMEOUT, enable_rfc6764=False
    )
    client.session.request = partial(_plain_request, client.session.request)  # type: ignore[method-assign]
    return client


def _plain_request(send: Any, method: str, url: str, *, auth: Any = None, **options: Any) -> Any:
    """Without redirects; with a login that does nothing, before there is one, the library looks for none in .netrc."""
    return send(method, url, auth=auth or _nobody, **options, allow_redirects=False)


def _nobody(request: Any) -> Any:
    return request
