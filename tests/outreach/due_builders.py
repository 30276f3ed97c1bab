"""Small worlds for tests of what is due."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta
from itertools import count

from outreach_builders import person, trip_from

from iiplan.model import (
    Agenda,
    AgendaDay,
    Block,
    BlockKind,
    Cadence,
    Candidate,
    Contact,
    Coordinates,
    Offer,
    Place,
    Touch,
    Trip,
)
from iiplan.outreach import USUAL, Due, Rules, due_list, histories

ADA = person("Ada")
TRIP = trip_from(date(2027, 3, 15))  # Monday to Friday
PAST = trip_from(date(2027, 2, 1))
_numbers = count(1)


def due(
    contacts: Sequence[Contact] | Contact,
    touches: Sequence[Touch],
    now: datetime,
    *,
    trip: Trip | None = PAST,
    agenda: Agenda | None = None,
    candidates: Sequence[Candidate] = (),
    offers: Sequence[Offer] = (),
    rules: Rules = USUAL,
    asleep: Collection[str] = (),
) -> tuple[Due, ...]:
    """What is due; unless told otherwise with a trip long past, so that nobody new is proposed."""
    people = [contacts] if isinstance(contacts, Contact) else contacts
    return due_list(
        histories(people, touches),
        now,
        rules=rules,
        trip=trip,
        agenda=agenda,
        candidates=candidates,
        offers=offers,
        asleep=asleep,
    )


def kinds(found: Sequence[Due]) -> list[str]:
    return [one.kind.value for one in found]


def with_cadence(**changed: int) -> Rules:
    """The usual cadence with a few numbers changed."""
    return Rules(cadence=Cadence(**changed))


def offer(made_at: datetime, *starts: datetime, who: str = "ada", closed_at: datetime | None = None) -> Offer:
    """Hours held for somebody."""
    return Offer(
        id=f"o{next(_numbers)}", trip_id="berlin", contact_id=who, starts=starts, made_at=made_at, closed_at=closed_at
    )


def plan(start: datetime, who: str = "ada", *, fixed: bool = False) -> Agenda:
    """A plan of one meeting of half an hour."""
    block = Block(
        kind=BlockKind.MEETING,
        start=start,
        end=start + timedelta(minutes=30),
        title="Ada",
        contact_id=who,
        place=Place(name="Office", at=Coordinates(latitude=52.5, longitude=13.4)),
        leave_by=start - timedelta(minutes=40),
        fixed=fixed,
    )
    day = AgendaDay(date=start.date(), opens=start, closes=start + timedelta(hours=1), blocks=(block,))
    return Agenda(trip_id="berlin", timezone="Europe/Berlin", days=(day,))
