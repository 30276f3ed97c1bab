"""Logs for tests: what happened, in order, without dates that do not matter."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from iiplan.model import Candidate, Channel, Contact, Stage, Touch, TouchKind, Trip, TripDay
from iiplan.outreach import stage_of

BERLIN = ZoneInfo("Europe/Berlin")
MONDAY = datetime(2027, 3, 1, 10, 0, tzinfo=BERLIN)  # 1 March 2027 is a Monday
_numbers = count(1)


def touch(kind: str, at: datetime = MONDAY, who: str = "ada", **details: object) -> Touch:
    """One touch with an id of its own."""
    settings: dict[str, object] = {"id": f"t{next(_numbers)}", "timezone": "Europe/Berlin", **details}
    return Touch(contact_id=who, kind=TouchKind(kind), at=at, **settings)  # type: ignore[arg-type]


def log(*kinds: str, who: str = "ada", start: datetime = MONDAY) -> list[Touch]:
    """These kinds, one an hour."""
    return [touch(kind, start + timedelta(hours=number), who) for number, kind in enumerate(kinds)]


def void(taken_back: Touch, at: datetime | None = None) -> Touch:
    """The touch that takes another back."""
    return touch("void", at or taken_back.at, taken_back.contact_id, voids=taken_back.id)


def stage_after(*kinds: str) -> Stage:
    """The stage on the evening of a day on which these things happened."""
    return stage_of(log(*kinds), MONDAY + timedelta(hours=12))


def person(name: str, **details: object) -> Contact:
    """A contact whose id is the name in lower case."""
    return Contact(id=name.lower(), name=name, **details)  # type: ignore[arg-type]


def trip_from(first: date, days: int = 5) -> Trip:
    """A trip to Berlin."""
    return Trip(
        id="berlin",
        name="Berlin week",
        city="Berlin",
        timezone="Europe/Berlin",
        days=tuple(TripDay(date=first + timedelta(days=n)) for n in range(days)),
    )


def agreed(name: str, start: datetime) -> Candidate:
    """A candidate whose start is agreed; half an hour."""
    return Candidate(contact_id=name.lower(), trip_id="berlin", fixed_start=start)


def on(day: int, hour: int = 10, minute: int = 0) -> datetime:
    """A moment of March 2027 in Berlin; the 1st is a Monday."""
    return datetime.combine(date(2027, 3, 1) + timedelta(days=day - 1), time(hour, minute), BERLIN)


_MOMENTS = st.integers(0, 60 * 24 * 60).map(
    lambda minutes: datetime(2027, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)
AFTER_ALL = datetime(2027, 3, 2, 12, 0, tzinfo=UTC)  # later than every moment of a random log


@st.composite
def random_logs(draw: st.DrawFn, who: str = "ada", most: int = 14) -> list[Touch]:
    """Any log of one contact: every kind at any time, voids of anything (themselves and one another included).

    Some touches have a note, some a promise, some name somebody who introduced them.
    """
    size = draw(st.integers(0, most))
    made: list[Touch] = []
    for number in range(size):
        kind = draw(st.sampled_from(TouchKind))
        made.append(
            Touch(
                id=f"{who}-{number}",
                contact_id=who,
                kind=kind,
                at=draw(_MOMENTS),
                timezone=draw(st.sampled_from(["UTC", "America/New_York", "Asia/Kathmandu"])),
                channel=draw(st.none() | st.sampled_from(Channel)),
                voids=f"{who}-{draw(st.integers(0, most))}" if kind is TouchKind.VOID else None,
                note=draw(st.sampled_from(["", " ", "What was said."])),
                follow_up_on=draw(st.none() | st.dates(date(2027, 2, 20), date(2027, 3, 10))),
                through=draw(st.none() | st.sampled_from([name for name in "abcdef" if name != who])),
            )
        )
    return made
