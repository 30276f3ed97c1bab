"""Hypothesis strategies for the nouns: everything the model lets through, hostile text included.

Times are made from instants, so that no local time falls into the hour that summer time skips.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from iiplan.errors import InputError
from iiplan.model import (
    Authority,
    Busy,
    Candidate,
    Channel,
    Contact,
    Coordinates,
    Format,
    Lunch,
    Place,
    PlaceOrigin,
    Source,
    TimeWindow,
    Touch,
    TouchKind,
    TravelMode,
    Trip,
    TripDay,
    Weights,
)

__all__ = [
    "HOSTILE_TEXTS",
    "candidates",
    "contacts",
    "instants",
    "places",
    "texts",
    "touches",
    "trips",
    "windows",
    "zones",
]

HOSTILE_TEXTS = (
    "'; DROP TABLE contacts; --",
    'a "quoted" name',
    "100 % _ ? :name @x $y",
    "\N{FAMILY}\N{ZERO WIDTH JOINER}\N{WOMAN}\N{EMOJI MODIFIER FITZPATRICK TYPE-5}",
    "\N{HEBREW LETTER SHIN}\N{HEBREW LETTER LAMED} \N{RIGHT-TO-LEFT OVERRIDE}abc",
    "one\ntwo\n\n\tthree",
    "e\N{COMBINING ACUTE ACCENT} \N{LATIN SMALL LETTER E WITH ACUTE} \N{LATIN CAPITAL LETTER I WITH DOT ABOVE}",
    "\N{ZERO WIDTH NO-BREAK SPACE}null NULL None",
    "{\"json\": [1, 'two']}",
)
_ZONES = ("UTC", "America/New_York", "Europe/Berlin", "Asia/Kathmandu", "Australia/Lord_Howe", "Pacific/Kiritimati")
_CONTROLS = [chr(n) for n in range(32) if chr(n) not in "\n\t"]
_LETTERS = st.characters(exclude_categories=("Cs",), exclude_characters=_CONTROLS)
_EMAILS = ("", "jo@example.org", "j\u00f6.o-neil+x@b\u00fccher.example")


def texts(most: int = 200) -> st.SearchStrategy[str]:
    """Texts that the model accepts, the empty one included."""
    return st.one_of(st.text(_LETTERS, max_size=min(most, 40)), st.sampled_from(HOSTILE_TEXTS))


def _full_texts() -> st.SearchStrategy[str]:
    return texts().filter(lambda text: bool(text.strip()))


def zones() -> st.SearchStrategy[str]:
    """Names of zones with whole and odd offsets, with and without summer time."""
    return st.sampled_from(_ZONES)


def instants(zone: str = "UTC") -> st.SearchStrategy[datetime]:
    """Aware times of this century, in ``zone``."""
    made = st.datetimes(datetime(2001, 1, 1), datetime(2099, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001
    return made.map(lambda at: at.astimezone(ZoneInfo(zone)))


def places() -> st.SearchStrategy[Place]:
    """Places anywhere but at 0, 0."""
    points = st.tuples(st.floats(-90, 90), st.floats(-180, 180)).filter(lambda pair: pair != (0, 0))
    return st.builds(
        Place,
        name=texts(),
        address=texts(),
        at=points.map(lambda pair: Coordinates(latitude=pair[0], longitude=pair[1])),
        origin=st.sampled_from(PlaceOrigin),
        within_m=st.sampled_from([0, 1, 800, 50_000]),
    )


def contacts(contact_id: st.SearchStrategy[str] | None = None) -> st.SearchStrategy[Contact]:
    """Contacts that nobody referred; the organisation's name has no blanks around it."""
    links = st.sampled_from(["", "https://www.linkedin.com/in/jo-%C3%A9", "http://example.org/?q='x'&y=\u00e9"])
    return st.builds(
        Contact,
        id=st.uuids().map(str) if contact_id is None else contact_id,
        name=_full_texts(),
        role=texts(),
        organisation=texts().map(str.strip),
        city=texts(),
        place=st.none() | places(),
        email=st.sampled_from(_EMAILS),
        phone=st.text("+0123456789 ()-/", max_size=30),
        profile_url=links,
        source=st.sampled_from(Source),
        authority=st.sampled_from(Authority),
        referred_by=st.none(),
        timezone=st.just("") | zones(),
        notes=texts(20_000),
        address=texts(),
        other_emails=st.lists(st.sampled_from(_EMAILS[1:]), max_size=3).map(tuple),
        other_phones=st.lists(st.text("+0123456789", min_size=1, max_size=30), max_size=3).map(tuple),
        links=st.lists(links.filter(bool), max_size=2).map(tuple),
        tags=st.lists(st.sampled_from(["buses", "\u00e4rzte", "<b>", "a'b"]), unique=True).map(tuple),
        fit=st.none() | st.integers(1, 5),
        closeness=st.none() | st.integers(1, 5),
        keen=st.none() | st.integers(1, 5),
        worth=st.none() | st.integers(1, 10),
    )


@st.composite
def touches(draw: st.DrawFn, contact_id: str, trip_id: str | None = None) -> Touch:
    """Touches of one contact that take nothing back, dated in the zone they were logged in."""
    zone = draw(zones())
    return Touch(
        id=draw(st.uuids().map(str)),
        contact_id=contact_id,
        kind=draw(st.sampled_from([kind for kind in TouchKind if kind is not TouchKind.VOID])),
        at=draw(instants(zone)),
        timezone=zone,
        trip_id=trip_id,
        channel=draw(st.none() | st.sampled_from(Channel)),
        note=draw(texts(20_000)),
        template=draw(texts()),
        follow_up_on=draw(st.none() | st.dates()),
    )


def _clock(minutes: int) -> time:
    return time(minutes // 60, minutes % 60)


@st.composite
def _days(draw: st.DrawFn, day: date) -> TripDay:
    start, end = sorted(draw(st.lists(st.integers(0, 1439), min_size=2, max_size=2, unique=True)))
    most = draw(st.integers(1, 6))
    earliest = draw(st.integers(0, 1100))
    length = draw(st.integers(5, 240))
    lunch = Lunch(earliest=_clock(earliest), latest=_clock(min(1439, earliest + length + 60)), minutes=length)
    pairs = st.lists(st.integers(0, 1439), min_size=2, max_size=2, unique=True).map(sorted)
    busy = st.builds(lambda pair, title: Busy(start=_clock(pair[0]), end=_clock(pair[1]), title=title), pairs, texts())
    return TripDay(
        date=day,
        start=_clock(start),
        end=_clock(end),
        min_meetings=draw(st.integers(0, most)),
        max_meetings=most,
        lunch=draw(st.sampled_from([None, lunch])),
        busy=tuple(draw(st.lists(busy, max_size=3))),
        off=draw(st.booleans()),
    )


@st.composite
def trips(draw: st.DrawFn, trip_id: str = "trip") -> Trip:
    """Trips of one to seven days in this century."""
    first = draw(st.dates(date(2001, 1, 1), date(2099, 12, 1)))
    return Trip(
        id=trip_id,
        name=draw(_full_texts()),
        city=draw(_full_texts()),
        timezone=draw(zones()),
        days=tuple(draw(_days(first + timedelta(days=n))) for n in range(draw(st.integers(1, 7)))),
        base=draw(st.none() | places()),
        mode=draw(st.sampled_from(TravelMode)),
        grid_minutes=draw(st.sampled_from([5, 10, 15, 20, 30, 60])),
        country=draw(st.sampled_from(["", "DE", "US-DC"])),
        weights=draw(st.builds(Weights, value=st.integers(0, 10**6), idle_minute=st.integers(0, 100))),
    )


def windows(zone: str) -> st.SearchStrategy[TimeWindow]:
    """Hours of five minutes to a day in ``zone``, those that end before they start on the clock left out."""

    def made(start: datetime, minutes: int) -> TimeWindow | None:
        end = start.astimezone(UTC) + timedelta(minutes=minutes)
        try:
            return TimeWindow(start=start, end=end.astimezone(ZoneInfo(zone)))
        except InputError:  # around the end of summer time
            return None

    found = st.builds(made, instants(zone), st.integers(5, 1440))
    return found.filter(lambda window: window is not None).map(lambda window: window or _never())


def _never() -> TimeWindow:
    raise AssertionError("filtered out before")


@st.composite
def candidates(draw: st.DrawFn, trip: Trip, contact_id: str) -> Candidate:
    """Candidates of ``trip`` with their times in its zone."""
    minutes = st.none() | st.integers(0, 240)
    return Candidate(
        contact_id=contact_id,
        trip_id=trip.id,
        format=draw(st.sampled_from(Format)),
        duration=draw(st.integers(5, 480)),
        value=draw(st.integers(1, 10)),
        must=draw(st.booleans()),
        seat=draw(texts()),
        place=draw(st.none() | places()),
        windows=tuple(draw(st.lists(windows(trip.timezone), max_size=4))),
        fixed_start=draw(st.none() | instants(trip.timezone)),
        arrive_early=draw(minutes),
        debrief=draw(minutes),
    )
