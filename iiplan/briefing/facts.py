"""What is known about a contact, a trip, a meeting and the writer, as the blanks of messages take it."""

from __future__ import annotations

from datetime import UTC
from zoneinfo import ZoneInfo

from iiplan.briefing.moments import day_words, trip_days, when_words, zone_words
from iiplan.briefing.names import first_name
from iiplan.model import Contact, DebriefText, Place, Profile, Source, Touch, Trip
from iiplan.outreach.meetings import Meeting

__all__ = [
    "address_label",
    "contact_facts",
    "debrief_facts",
    "meeting_facts",
    "met_facts",
    "profile_facts",
    "referred_facts",
    "referrer_facts",
    "trip_facts",
]

_MARKS = frozenset('"“”„«»')
_FOUND = {
    Source.FAMILY: "my family",
    Source.FRIEND: "friends",
    Source.ALUMNI: "the alumni network",
    Source.COLLEAGUE: "colleagues",
    Source.LINKEDIN: "LinkedIn",
    Source.ASSOCIATION: "our association",
    Source.CHAMBER: "the chamber of commerce",
    Source.EVENT: "an event",
}


def contact_facts(contact: Contact) -> dict[str, str]:
    """Who they are."""
    return {
        "contact.name": _line(contact.name),
        "contact.first_name": first_name(contact.name),
        "contact.role": _line(contact.role),
        "contact.organisation": _line(contact.organisation),
        "contact.city": _line(contact.city),
        "contact.source": contact.source.value,
        "contact.found": _FOUND.get(contact.source, ""),
    }


def referrer_facts(referrer: Contact) -> dict[str, str]:
    """Who pointed the contact out to us."""
    return {"referrer.name": _line(referrer.name), "referrer.first_name": first_name(referrer.name)}


def referred_facts(referred: Contact, met: bool) -> dict[str, str]:
    """Whom the contact pointed out to us, and whether we met them."""
    return {
        "referred.name": _line(referred.name),
        "referred.first_name": first_name(referred.name),
        "referred.met": "yes" if met else "",
    }


def profile_facts(profile: Profile) -> dict[str, str]:
    """Who writes."""
    return {
        "me.name": _line(profile.name),
        "me.first_name": first_name(profile.name),
        "me.who": _clause(profile.who),
        "me.wants": _clause(profile.wants),
        "me.school": _line(profile.school),
        "me.email": _line(profile.email),
        "me.phone": _line(profile.phone),
        "me.link": _line(profile.link),
    }


def trip_facts(trip: Trip) -> dict[str, str]:
    """Where we will be, and when; days off at either end are left out."""
    first, last = trip_days(trip)
    return {
        "trip.city": _line(trip.city),
        "trip.when": when_words(first, last),
        "trip.first_day": day_words(first),
        "trip.last_day": day_words(last),
    }


def meeting_facts(meeting: Meeting, place: Place | None, timezone: str) -> dict[str, str]:
    """When and where we meet, in the zone of the reader. ``place`` is None for a call."""
    start = meeting.start.astimezone(ZoneInfo(timezone))
    minutes = round((meeting.end.astimezone(UTC) - start.astimezone(UTC)).total_seconds() / 60)
    return {
        "meeting.day": day_words(start),
        "meeting.time": f"{start:%H:%M}",
        "meeting.zone": zone_words(timezone),
        "meeting.minutes": str(minutes),
        "meeting.place": "" if meeting.call or place is None else _line(place.label),
        "meeting.call": "yes" if meeting.call else "",
    }


def met_facts(met: Touch, timezone: str) -> dict[str, str]:
    """When we met last."""
    return {"met.day": day_words(met.at.astimezone(ZoneInfo(timezone)))}


def debrief_facts(text: DebriefText) -> dict[str, str]:
    """What they said, and what we promised them, as it was written down."""
    return {"said": _clause(_unquoted(_line(text.quote))), "promised": _clause(text.promised)}


def address_label(contact: Contact) -> str:
    """What stands on the envelope, a line each: name, organisation, street and town; empty without an address."""
    written = contact.address or (contact.place.address if contact.place else "")
    lines = [" ".join(line.split()) for line in (contact.name, contact.organisation, *written.splitlines())]
    return "\n".join(dict.fromkeys(line for line in lines if line)) if written.strip() else ""


def _unquoted(text: str) -> str:
    """A quotation without its marks, where they stand around the whole of it."""
    inner = text.rstrip(".").strip()[1:-1]
    marks = text[:1] in _MARKS and text.rstrip(".")[-1:] in _MARKS and not _MARKS & set(inner)
    return inner if marks else text


def _line(text: str) -> str:
    return " ".join(text.split())


def _clause(text: str) -> str:
    """The end of a sentence, without a full stop: the template brings its own."""
    return _line(text).rstrip(".").rstrip()
