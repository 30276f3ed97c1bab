"""A link that opens the mail program with everything filled in."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

__all__ = ["MOST_CHARACTERS", "MailLink", "mail_link"]

MOST_CHARACTERS = 1_800  # browsers and mail programs cut longer links off somewhere above 2,000


@dataclass(frozen=True, kw_only=True)
class MailLink:
    """``href`` is a mailto: address; ``whole`` says that it holds the text, which is left out when it is too long."""

    href: str
    whole: bool


def mail_link(address: str, subject: str, body: str) -> MailLink:
    """A mailto: link (RFC 6068). Every character is encoded, so that no text can add a header; lines end in CRLF."""
    to = f"mailto:{quote(address, safe='@', errors='replace')}"
    titled = f"{to}?subject={_encoded(' '.join(subject.split()))}"
    lines = body.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\r\n")
    whole = f"{titled}&body={_encoded(lines)}"
    if len(whole) <= MOST_CHARACTERS:
        return MailLink(href=whole, whole=True)
    return MailLink(href=titled if len(titled) <= MOST_CHARACTERS else to, whole=False)


def _encoded(text: str) -> str:
    return quote(text, safe="", errors="replace")
