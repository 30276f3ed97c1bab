"""People and the organisations they work for."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlsplit

from iiplan.errors import InputError
from iiplan.model._checks import optional_text, require_range, require_text, zone
from iiplan.model.place import Place

__all__ = ["Authority", "Contact", "Organisation", "Source", "require_web_address"]


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
        require_web_address(self.website, f"The website of {self.name}")
        optional_text(self.notes, f"The notes on {self.name}", most=20_000)


@dataclass(frozen=True, kw_only=True)
class Contact:
    """A person we might talk to. ``organisation`` is its name; ``referred_by`` is another contact's id.

    ``email``, ``phone`` and ``profile_url`` are what is used; further ones stand in ``other_emails``,
    ``other_phones`` and ``links``. ``address`` is what stands on an envelope, with or without a ``place``.
    ``timezone`` is the IANA zone they live by; empty: that of the trip.

    ``fit`` (how well their work fits what we look for), ``closeness`` (how well we know them) and ``keen`` (how much
    we want this talk) are 1 to 5, None: not said. ``worth``, 1 to 10 stars, is the user's own word over what these
    and the authority add up to; None: what they add up to.
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
    address: str = ""
    other_emails: tuple[str, ...] = ()
    other_phones: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    fit: int | None = None
    closeness: int | None = None
    keen: int | None = None
    worth: int | None = None

    def __post_init__(self) -> None:
        require_text(self.name, "The name")
        for value, what in ((self.role, "role"), (self.organisation, "organisation"), (self.city, "city")):
            optional_text(value, f"The {what} of {self.name}")
        for phone in (self.phone, *self.other_phones):
            optional_text(phone, f"The phone number of {self.name}", most=60)
        optional_text(self.address, f"The address of {self.name}", most=1_000)
        optional_text(self.notes, f"The notes on {self.name}", most=20_000)
        if self.timezone:
            zone(self.timezone)
        for email in (self.email, *self.other_emails):
            _require_email(email, self.name)
        for link in (self.profile_url, *self.links):
            require_web_address(link, f"The profile link of {self.name}")
        for texts, what in ((self.other_emails, "e-mail address"), (self.other_phones, "number"), (self.links, "link")):
            if not all(text.strip() for text in texts):
                raise InputError(f"A further {what} of {self.name} is empty. Leave it out.")
        _require_tags(self.tags, self.name)
        for number, what in ((self.fit, "fit"), (self.closeness, "closeness"), (self.keen, "keenness")):
            if number is not None:
                require_range(number, f"The {what} of {self.name}", 1, 5)
        if self.worth is not None:
            require_range(self.worth, f"The worth of {self.name}", 1, 10, "stars")
        if self.referred_by == self.id:
            raise InputError(f"{self.name} cannot have been referred by themselves. Choose somebody else, or nobody.")


def _require_tags(tags: tuple[str, ...], name: str) -> None:
    if len({tag.casefold() for tag in tags}) < len(tags):
        raise InputError(f"{name} has the same tag twice. Take one of them off.")
    for tag in tags:
        require_text(tag, f"A tag of {name}", most=60)
        if "," in tag or tag != " ".join(tag.split()):
            raise InputError(f"The tag {tag!r} of {name} has a comma or blanks too many. Use plain words.")


def _require_email(value: str, name: str) -> None:
    optional_text(value, f"The e-mail address of {name}", most=254)
    if not value:
        return
    local, at, domain = value.rpartition("@")
    if not (at and local and "." in domain.strip(".")) or any(c.isspace() or c in "<>\"'(),;:" for c in value):
        raise InputError(f"{value!r} is not an e-mail address. It should read like jo@example.org.")


def require_web_address(value: str, what: str) -> None:
    """Refuse a text that is neither empty nor an http(s) address with a host."""
    optional_text(value, what, most=2_000)
    if not value:
        return
    try:
        parts = urlsplit(value)
    except ValueError:
        parts = urlsplit("")
    if parts.scheme not in {"http", "https"} or not parts.hostname or any(c.isspace() for c in value):
        raise InputError(f"{what} ({value!r}) is not a web address. It should start with https://.")
