"""Addresses of calendar servers: how they are typed, and where a password may travel."""

from __future__ import annotations

from contextlib import suppress
from ipaddress import ip_address
from urllib.parse import SplitResult, unquote, urljoin, urlsplit

from iiplan.errors import InputError

__all__ = ["host_of", "is_private", "may_follow", "may_visit", "same_place", "server_address"]

_MOST = 500  # characters
_PORTS = {"http": 80, "https": 443}
_GOOGLE = (".google.com", ".googleusercontent.com")


def server_address(typed: str) -> str:
    """The URL of what was typed; without a scheme it is https. InputError, which never repeats what was typed."""
    text = typed.strip()
    if not text:
        raise InputError("The server's address is empty. Type it as your provider gives it, with https:// in front.")
    if len(text) > _MOST or any(character.isspace() or not character.isprintable() for character in text):
        raise InputError("That is no address of a server: it is too long or has blanks in it. Copy it again.")
    try:
        parts = urlsplit(text if "://" in text else f"https://{text}")
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        host, parts = "", SplitResult("", "", "", "", "")
    if "@" in parts.netloc:
        raise InputError("Leave user name and password out of the server's address: they have fields of their own.")
    if parts.scheme not in _PORTS or not host:
        raise InputError("That is no address of a server. It looks like https://cloud.example.org/remote.php/dav.")
    if f".{host}".endswith(_GOOGLE):
        raise InputError(
            "Google Calendar takes no password from other programs (it wants OAuth), so iiplan cannot send to it. "
            "Download the file and import it there."
        )
    return parts._replace(path=parts.path or "/", query="", fragment="").geturl()


def host_of(url: str) -> str:
    """Host and port, for people."""
    return urlsplit(url).netloc


def is_private(url: str) -> bool:
    """Whether nobody on the way can read what is sent there: it is encrypted, or stays on this machine."""
    parts = urlsplit(url)
    if parts.scheme == "https" or parts.hostname == "localhost":
        return True
    with suppress(ValueError):
        return ip_address(parts.hostname or "").is_loopback
    return False


def may_follow(asked: str, to: str) -> bool:
    """Whether a redirect may be followed: on the same server, or from http to https on the same host."""
    one, other = urlsplit(asked), urlsplit(to)
    if one.hostname != other.hostname:
        return False
    return _origin(one) == _origin(other) or (one.scheme, other.scheme) == ("http", "https")


def may_visit(server: str, url: str) -> bool:
    """Whether the password for ``server`` may go to an address that the server itself has named.

    Big providers keep the calendars on another of their hosts (caldav.icloud.com names p34-caldav.icloud.com): one
    below the same domain is fine over https, where nobody else can have put it into the answer.
    """
    if may_follow(server, url):
        return True
    one, other = urlsplit(server), urlsplit(url)
    domain = (one.hostname or "").partition(".")[2]
    below = "." in domain and (other.hostname or "").endswith(f".{domain}")
    return below and (one.scheme, other.scheme) == ("https", "https")


def same_place(base: str, one: str, other: str) -> bool:
    """Whether two references on one server are the same, however they are escaped."""
    return _path(base, one) == _path(base, other)


def _path(base: str, reference: str) -> str:
    return unquote(urlsplit(urljoin(base, reference)).path)


def _origin(parts: SplitResult) -> tuple[str, str | None, int | None]:
    return parts.scheme, parts.hostname, parts.port or _PORTS.get(parts.scheme)
