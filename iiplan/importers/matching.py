"""What identifies people: links and phone numbers written in many ways, as one text each."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from urllib.parse import unquote, urlsplit

import phonenumbers

__all__ = ["phone_key", "profile_key"]


@lru_cache(maxsize=65_536)
def phone_key(number: str, region: str) -> str:
    """The number in E.164 (+4930123456), or empty when it cannot be a number of the region or of its own country."""
    try:
        parsed = phonenumbers.parse(number, region or None)
    except phonenumbers.NumberParseException:
        return ""
    if not phonenumbers.is_possible_number(parsed):
        return ""
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)


def profile_key(url: str) -> str:
    """Host and path alone; LinkedIn's language hosts (``de.linkedin.com``) are one. Empty for a host without a path.

    Only LinkedIn's queries are dropped: elsewhere they may say who it is.
    """
    if not url:
        return ""
    parts = urlsplit(url)
    host = (parts.hostname or "").removeprefix("www.")
    host = re.sub(r"^[a-z]{2}\.(?=linkedin\.com$)", "", host)
    path = unicodedata.normalize("NFC", unquote(parts.path)).casefold().rstrip("/")
    query = f"?{parts.query}" if parts.query and host != "linkedin.com" else ""
    return host + path + query if path or query else ""
