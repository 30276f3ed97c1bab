"""What is asked of a calendar server (RFC 4791, RFC 4918), and what its answers say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any
from xml.sax.saxutils import escape

__all__ = [
    "CALDAV",
    "DAV",
    "LIST",
    "WHERE",
    "events_body",
    "hrefs",
    "is_absent",
    "is_multistatus",
    "make_body",
    "property_of",
    "responses",
    "same_uid_body",
    "text",
]

DAV = "{DAV:}"
CALDAV = "{urn:ietf:params:xml:ns:caldav}"
_SPACES = 'xmlns="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"'
_HEAD = '<?xml version="1.0" encoding="utf-8"?>'
_STATE = "<prop><getetag/><C:calendar-data/></prop>"

WHERE = (
    f"{_HEAD}<propfind {_SPACES}><prop><resourcetype/><current-user-principal/><C:calendar-home-set/></prop></propfind>"
)
LIST = (
    f"{_HEAD}<propfind {_SPACES}><prop><resourcetype/><displayname/><current-user-privilege-set/>"
    "<C:supported-calendar-component-set/></prop></propfind>"
)


def make_body(name: str) -> str:
    """Make a calendar of that name for events."""
    return (
        f"{_HEAD}<C:mkcalendar {_SPACES}><set><prop><displayname>{escape(name)}</displayname>"
        '<C:supported-calendar-component-set><C:comp name="VEVENT"/></C:supported-calendar-component-set>'
        "</prop></set></C:mkcalendar>"
    )


def events_body(paths: Iterable[str]) -> str:
    """The events at these paths, and nothing else of the calendar."""
    named = "".join(f"<href>{escape(path)}</href>" for path in paths)
    return f"{_HEAD}<C:calendar-multiget {_SPACES}>{_STATE}{named}</C:calendar-multiget>"


def same_uid_body(uid: str) -> str:
    """The event of that UID, wherever it lies in the calendar."""
    return (
        f'{_HEAD}<C:calendar-query {_SPACES}>{_STATE}<C:filter><C:comp-filter name="VCALENDAR">'
        '<C:comp-filter name="VEVENT"><C:prop-filter name="UID"><C:text-match collation="i;octet">'
        f"{escape(uid)}</C:text-match></C:prop-filter></C:comp-filter></C:comp-filter></C:filter></C:calendar-query>"
    )


def is_multistatus(tree: Any) -> bool:
    """Whether an answer is one of a server that speaks WebDAV."""
    return tree is not None and any(True for _ in tree.iter(f"{DAV}multistatus"))


def responses(tree: Any) -> Iterator[tuple[str, Any]]:
    """Each thing that an answer tells of: its reference, and its element."""
    for response in tree.iter(f"{DAV}response"):
        href = response.find(f"{DAV}href")
        if href is not None and href.text:
            yield href.text.strip(), response


def is_absent(response: Any) -> bool:
    """Whether the server says that there is nothing at the reference, of the thing itself or of its properties."""
    said = [status.text or "" for status in response.iter(f"{DAV}status")]
    return bool(said) and all(" 404" in text or " 410" in text for text in said)


def property_of(response: Any, name: str) -> Any:
    """The element of a property that the server knows; None where it has none. ``name`` starts with its namespace."""
    for found in response.iter(f"{DAV}propstat"):
        status = found.find(f"{DAV}status")
        element = found.find(f"{DAV}prop/{name}")
        if element is not None and (status is None or " 2" in (status.text or "")):
            return element
    return None


def text(response: Any, name: str) -> str:
    """The text of a property, empty where there is none."""
    element = property_of(response, name)
    return (element.text or "") if element is not None else ""


def hrefs(response: Any, name: str) -> list[str]:
    """The references in a property."""
    element = property_of(response, name)
    return [] if element is None else [one.text.strip() for one in element.iter(f"{DAV}href") if one.text]
