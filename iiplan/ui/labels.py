"""How stored words look on the screen: labels and icons. Nothing here is ever stored."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import available_timezones

from iiplan.model import (
    About,
    Audience,
    Authority,
    Channel,
    Draw,
    Format,
    ResearchKind,
    Source,
    Stage,
    Theme,
    TouchKind,
    TravelMode,
    Trip,
)

__all__ = [
    "ABOUT",
    "AUDIENCE",
    "AUTHORITY",
    "CHANNEL",
    "DRAW",
    "DRAW_ICON",
    "FORMAT",
    "KIND",
    "KIND_ICON",
    "MODE",
    "RESEARCH",
    "SOURCE",
    "STAGE",
    "STAGE_ICON",
    "THEME",
    "TILE",
    "day_label",
    "escaped",
    "hours_and_minutes",
    "is_place",
    "plural",
    "source_words",
    "trip_words",
    "zone_label",
    "zone_names",
]

TILE = 168  # pixels of a number in a box: two side by side on a phone

SOURCE = {
    Source.FAMILY: "Family",
    Source.FRIEND: "Friend",
    Source.ALUMNI: "Alumni",
    Source.COLLEAGUE: "Colleague",
    Source.LINKEDIN: "LinkedIn",
    Source.ASSOCIATION: "Association",
    Source.CHAMBER: "Chamber of commerce",
    Source.EVENT: "Event",
    Source.REFERRAL: "Referral",
    Source.OTHER: "Other",
}

AUTHORITY = {
    Authority.CAN_HIRE: "Can hire",
    Authority.HAS_A_SAY: "Has a say in hiring",
    Authority.RECRUITER: "Recruiter",
    Authority.PEER: "Peer",
    Authority.UNKNOWN: "Not known",
}

STAGE = {
    Stage.IDENTIFIED: "Identified",
    Stage.ASKED: "Asked",
    Stage.REPLIED: "Replied",
    Stage.ACCEPTED: "Accepted",
    Stage.SCHEDULED: "Scheduled",
    Stage.CONFIRMED: "Confirmed",
    Stage.MET: "Met",
    Stage.THANKED: "Thanked",
    Stage.IN_TOUCH: "In touch",
    Stage.DECLINED: "Declined",
    Stage.SILENT: "Silent",
}

STAGE_ICON = {
    Stage.IDENTIFIED: "○",
    Stage.ASKED: "✉",
    Stage.REPLIED: "↩",
    Stage.ACCEPTED: "✓",
    Stage.SCHEDULED: "▣",
    Stage.CONFIRMED: "✔",
    Stage.MET: "★",
    Stage.THANKED: "♥",
    Stage.IN_TOUCH: "∞",
    Stage.DECLINED: "✕",
    Stage.SILENT: "…",
}

KIND = {
    TouchKind.ASKED: "Asked",
    TouchKind.NUDGED: "Nudged",
    TouchKind.REPLIED: "Replied",
    TouchKind.ACCEPTED: "Said yes",
    TouchKind.DECLINED: "Said no",
    TouchKind.OFFERED: "Offered hours",
    TouchKind.SCHEDULED: "Scheduled",
    TouchKind.CONFIRMED: "Confirmed",
    TouchKind.RESCHEDULED: "Rescheduled",
    TouchKind.CANCELLED: "Cancelled",
    TouchKind.NO_SHOW: "Did not come",
    TouchKind.MET: "Met",
    TouchKind.THANKED: "Thanked",
    TouchKind.FOLLOWED_UP: "Followed up",
    TouchKind.NOTE: "Note",
}

KIND_ICON = {
    TouchKind.ASKED: ":material/send:",
    TouchKind.NUDGED: ":material/notifications:",
    TouchKind.REPLIED: ":material/reply:",
    TouchKind.ACCEPTED: ":material/thumb_up:",
    TouchKind.DECLINED: ":material/thumb_down:",
    TouchKind.OFFERED: ":material/schedule_send:",
    TouchKind.SCHEDULED: ":material/event:",
    TouchKind.CONFIRMED: ":material/event_available:",
    TouchKind.RESCHEDULED: ":material/event_repeat:",
    TouchKind.CANCELLED: ":material/event_busy:",
    TouchKind.NO_SHOW: ":material/person_off:",
    TouchKind.MET: ":material/handshake:",
    TouchKind.THANKED: ":material/favorite:",
    TouchKind.FOLLOWED_UP: ":material/all_inclusive:",
    TouchKind.NOTE: ":material/edit_note:",
}

CHANNEL = {
    Channel.EMAIL: "E-mail",
    Channel.LINKEDIN: "LinkedIn",
    Channel.PHONE: "Phone",
    Channel.IN_PERSON: "In person",
    Channel.INTRODUCTION: "Introduction",
    Channel.CARD: "Handwritten card",
    Channel.GIFT: "Small gift",
    Channel.OTHER: "Other",
}

THEME = {
    Theme.PATH: "Their path",
    Theme.WORK: "The work",
    Theme.TRENDS: "Trends",
    Theme.INSIGHTS: "Insights",
    Theme.ADVICE: "Advice",
    Theme.SKILLS: "Skills",
    Theme.RESOURCES: "Resources",
    Theme.ASSIGNMENTS: "Assignments",
    Theme.PEOPLE: "People and culture",
    Theme.NEXT: "Whom else, what next",
}

AUDIENCE = {
    Audience.CAN_HIRE: "Who can hire",
    Audience.PEER: "Peers",
    Audience.ALUMNI: "Alumni",
    Audience.RECRUITER: "Recruiters",
}

RESEARCH = {
    ResearchKind.PROFILE: "Profile",
    ResearchKind.WEBSITE: "Website",
    ResearchKind.ARTICLE: "Article",
    ResearchKind.POST: "Post",
    ResearchKind.NEWS: "News",
    ResearchKind.IN_COMMON: "What we share",
    ResearchKind.DONE: "What they have done",
    ResearchKind.OPEN_QUESTION: "Open question",
}

ABOUT = {
    About.WORK: "The work",
    About.PLACE: "The place",
    About.PEOPLE: "The people",
    About.WAY: "The way of working",
    About.SKILLS: "Skills wanted",
    About.TRENDS: "Industry trends",
}

DRAW = {Draw.DRAWS: "Draws me", Draw.PUTS_OFF: "Puts me off", Draw.NEITHER: "Neither"}

DRAW_ICON = {
    Draw.DRAWS: ":material/add_circle:",
    Draw.PUTS_OFF: ":material/do_not_disturb_on:",
    Draw.NEITHER: ":material/radio_button_unchecked:",
}

FORMAT = {Format.IN_PERSON: "In person", Format.CALL: "Phone or video call"}

MODE = {
    TravelMode.WALK: "On foot",
    TravelMode.BIKE: "By bike",
    TravelMode.TRANSIT: "Public transport, or on foot when short",
    TravelMode.CAR: "Car or taxi, or on foot when short",
}


def plural(count: int, one: str, many: str | None = None) -> str:
    """'1 meeting', '3 meetings'; ``many`` where an s is not enough."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def day_label(day: date | datetime) -> str:
    """'Mon 15 Mar'."""
    return f"{day:%a} {day.day} {day:%b}"


def hours_and_minutes(minutes: int) -> str:
    """'2 h 05 min', '45 min'."""
    hours, rest = divmod(minutes, 60)
    return f"{hours} h {rest:02d} min" if hours else f"{rest} min"


def zone_label(timezone: str) -> str:
    """'America/New_York' as 'New York time'."""
    city = timezone.rsplit("/", 1)[-1].replace("_", " ")
    return timezone if timezone.startswith("Etc/") or "/" not in timezone else f"{city} time"


def is_place(timezone: str) -> bool:
    """Whether a zone is named after a place, or is UTC: nobody looks for Etc/GMT+5 or localtime."""
    return timezone == "UTC" or ("/" in timezone and not timezone.startswith("Etc/"))


def zone_names(also: str) -> list[str]:
    """The zones to choose from, and ``also``, sorted."""
    return sorted({also, *(name for name in available_timezones() if is_place(name))})


def trip_words(trip: Trip) -> str:
    """City, dates and time zone of a trip in a line of Markdown."""
    first, last = day_label(trip.first_day), f"{day_label(trip.last_day)} {trip.last_day.year}"
    dates = last if trip.first_day == trip.last_day else f"{first} to {last}"
    return f"{escaped(trip.city)}, {dates}. Times are {zone_label(trip.timezone)} ({escaped(trip.timezone)})."


_MARKDOWN = str.maketrans({mark: "\\" + mark for mark in "\\`*_{}[]()#+-.!|<>~:$&^="})


def source_words(source: Source) -> str:
    """A source inside a sentence: 'friend', but 'LinkedIn'."""
    return SOURCE[source] if source is Source.LINKEDIN else SOURCE[source].lower()


def escaped(text: str) -> str:
    """Somebody's text for a place that reads Markdown: shown letter for letter, on one line."""
    return " ".join(text.split()).translate(_MARKDOWN)
