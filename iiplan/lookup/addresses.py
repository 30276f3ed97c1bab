"""Web addresses that a user typed, and which machines they may lead to.

Whoever gets somebody to fetch an address could make their machine ask another one in its own network: a router, a
printer, a program on the machine itself. So an address is looked up once, every IP address that it stands for is
looked at, and nothing else is connected to.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from iiplan.errors import InputError

__all__ = ["IPAddress", "WebAddress", "is_nowhere", "is_public", "parse_address"]

IPAddress = IPv4Address | IPv6Address

MOST_CHARACTERS = 4_000
_CALENDAR_SCHEMES = {"webcal": "https", "webcals": "https"}  # what calendar apps call an address to subscribe to
_PORTS = {"http": 80, "https": 443}
_SPACES = re.compile(r"[\s\x00-\x1f\x7f]")
_ENDS_IN_A_NUMBER = re.compile(r"(?:.*\.)?(?:0x[0-9a-f]*|[0-9]+)\.?", re.IGNORECASE)
_HOST = re.compile(r"[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?)*\.?", re.IGNORECASE)
_NAT64 = IPv6Network("64:ff9b::/96")
_UNICAST = IPv6Network("2000::/3")
_KEPT = "/%:=&?~+!$,;'@()*[]|"  # of a path or a query
_COPY = "Copy it again from the calendar; it begins with https:// or webcal://."


@dataclass(frozen=True, kw_only=True)
class WebAddress:
    """An http or https address; ``target`` is path and query as they are sent.

    Of all of it only the ``host`` (in ASCII) may be shown: the rest can hold a secret.
    """

    scheme: str
    host: str
    port: int
    target: str

    @property
    def named(self) -> str:
        """The host as the request names it."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _PORTS[self.scheme] else f"{host}:{self.port}"


def parse_address(text: str, base: WebAddress | None = None) -> WebAddress:
    """The address; with ``base``, as one that it led to. InputError for what is none, without repeating the text."""
    bare = text.strip()
    if len(bare) > MOST_CHARACTERS or _SPACES.search(bare):
        raise InputError(f"The address is longer than {MOST_CHARACTERS:,} characters or has blanks in it. {_COPY}")
    try:
        parts = urlsplit(urljoin(f"{base.scheme}://{base.named}{base.target}", bare) if base else bare)
        scheme = _CALENDAR_SCHEMES.get(parts.scheme, parts.scheme)
        host, port = _host(parts), parts.port
    except (ValueError, UnicodeError):
        raise InputError(f"That is not a complete web address. {_COPY}") from None
    if scheme not in _PORTS or not host:
        raise InputError(f"That is not the address of a calendar on the web. {_COPY}")
    if parts.username is not None or parts.password is not None:
        raise InputError(
            "The address has a name or a password in it, and none is sent from here. Use the calendar's secret address."
        )
    query = f"?{quote(parts.query, safe=_KEPT)}" if parts.query else ""
    target = quote(parts.path or "/", safe=_KEPT) + query
    return WebAddress(scheme=scheme, host=host, port=_PORTS[scheme] if port is None else port, target=target)


def _host(parts: SplitResult) -> str:
    """The host in ASCII; ValueError when it is none, or a number spelt so that programs read it differently."""
    host = parts.hostname or ""
    if ":" in host:
        return str(IPv6Address(host))
    if host and not host.isascii():
        host = host.encode("idna").decode("ascii")
    if _ENDS_IN_A_NUMBER.fullmatch(host):
        return str(IPv4Address(host))
    if host and not _HOST.fullmatch(host):
        raise ValueError
    return host.rstrip(".")


def is_public(address: IPAddress) -> bool:
    """Whether an address belongs to the internet at large.

    Not so are those of the machine itself, of private, shared (CGNAT), link-local and reserved networks, multicast,
    and IPv6 addresses that lead to such an IPv4 one: mapped, 6to4, NAT64.
    """
    if isinstance(address, IPv4Address):
        return address.is_global and not (address.is_multicast or address.is_reserved)
    inner = address.ipv4_mapped or address.sixtofour
    if address in _NAT64:
        inner = IPv4Address(int(address) & 0xFFFFFFFF)
    if inner is not None:
        return is_public(inner)
    return address in _UNICAST and address.is_global and address.teredo is None


def is_nowhere(address: IPAddress) -> bool:
    """Whether no single machine can have the address, so that nobody may allow it: 0.0.0.0, multicast, broadcast."""
    if isinstance(address, IPv6Address) and address.ipv4_mapped:
        return is_nowhere(address.ipv4_mapped)
    return address.is_unspecified or address.is_multicast or address == ip_address("255.255.255.255")
