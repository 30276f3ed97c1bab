"""Links that ring somebody up, or open a text message to them with the words in it."""

from __future__ import annotations

import re
from urllib.parse import quote

__all__ = ["phone_link", "text_link"]

_EXTENSION = re.compile(r"[a-zA-Z;,#/]")  # what begins an extension, a remark or a second number


def phone_link(phone: str) -> str | None:
    """A tel: address (RFC 3966) of the digits alone, so that no text gets into it; None without a number in it.

    An extension is left out: it is dialled by hand.
    """
    dialled = _digits(phone)
    return f"tel:{dialled}" if dialled else None


def text_link(phone: str, words: str) -> str | None:
    """An sms: address (RFC 5724) with the words in it, every character encoded; None without a number."""
    dialled = _digits(phone)
    return f"sms:{dialled}?body={quote(words, safe='', errors='replace')}" if dialled else None


def _digits(phone: str) -> str:
    phone = phone.replace("(0)", "") if phone.strip().startswith("+") else phone  # dialled within the country only
    number = _EXTENSION.split(phone.strip().removeprefix("tel:"), maxsplit=1)[0]
    digits = "".join(one for one in number if one in "0123456789")
    return ("+" if number.strip().startswith("+") else "") + digits if len(digits) >= 3 else ""
