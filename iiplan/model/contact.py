"""People and the organisations they work for."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlsplit

from iiplan.errors import InputError
from iiplan.model._checks import optional_text, require_text, zone
from iiplan.model.place import Place

__all__ = ["Authority", "Contact", "Organisation", "Source"]


class Source(StrEnum):
    """How a person was found."""

    FAMILY = "family"
    FRIEND = "friend"
    ALUMNI = "alumni"
    COLLEAGUE = "colleague"
    LINKEDIN = "linkedin"
    ASSOCIATION = "association"
    CHAMBER = "chamber"
    EVENT = "event"
    REFERRAL = "referral"
    OTHER = "other"


class Authority(StrEnum):
    """What a person can decide about hiring; from the top of the chain of command down."""

    CAN_HIRE = "can_hire"
    HAS_A_SAY = "has_a_say"
    RECRUITER = "recruiter"
    PEER = "peer"
    UNKNOWN = "unknown"


@dataclass(frozen=True, kw_only=True)
class Organisation:
    """Where people work. ``name`` is unique without regard to case."""

    id: str
    name: str
    website: str = ""
    notes: str = ""

    def __post_init__(self) -> None:
        require_text(self.name, "The organisation's name")
        _require_web_address(self.website, f"The website of {self.name}")
        optional_text(self.notes, f"The notes on {self.name}", most=20_000)


@dataclass(frozen=True, kw_only=True)
class Contact:
    """A person we might talk to. ``organisation`` is its name; ``referred_by`` is another contact's id.

    ``timezone`` is the IANA zone they live by; empty: that of the trip.
    """

    id: str
    name: str
    role: str = ""
    organisation: str = ""
    city: str = ""
    place: Place | None = None
    email: str = ""
    phone: str = ""
    profile_url: str = ""
    source: Source = Source.OTHER
    authority: Authority = Authority.UNKNOWN
    referred_by: str | None = None
    timezone: str = ""
    notes: str = ""

    def __post_init__(self) -> None:
        require_text(self.name, "The name")
        for value, what in ((self.role, "role"), (self.organisation, "organisation"), (self.city, "city")):
            optional_text(value, f"The {what} of {self.name}")
        optional_text(self.phone, f"The phone number of {self.name}", most=60)
        optional_text(self.notes, f"The notes on {self.name}", most=20_000)
        if self.timezone:
            zone(self.timezone)
        _require_email(self.email, self.name)
        _require_web_address(self.profile_url, f"The profile link of {self.name}")
        if self.referred_by == self.id:
            raise InputError(f"{self.name} cannot have been referred by themselves. Choose somebody else, or nobody.")


def _require_email(value: str, name: str) -> None:
    optional_text(value, f"The e-mail address of {name}", most=254)
    if not value:
        return
    local, at, domain = value.rpartition("@")
    if not (at and local and "." in domain.strip(".")) or any(c.isspace() or c in "<>\"'(),;:" for c in value):
        raise InputError(f"{value!r} is not an e-mail address. It should read like jo@example.org.")


def _require_web_address(value: str, what: str) -> None:
    optional_text(value, what, most=2_000)
    if not value:
        return
    try:
        parts = urlsplit(value)
    except ValueError:
        parts = urlsplit("")
    if parts.scheme not in {"http", "https"} or not parts.hostname or any(c.isspace() for c in value):
        raise InputError(f"{what} ({value!r}) is not a web address. It should start with https://.")
