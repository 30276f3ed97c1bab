"""What a trip has in hand: meetings held and agreed, yeses, talks, asks that wait, and people never asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from iiplan.model import Candidate, Source, Stage, Touch, TouchKind, Trip
from iiplan.outreach import History, Rules, stage_at
from iiplan.outreach.business_days import local_date
from iiplan.outreach.meetings import Meeting, is_off, meetings_of

__all__ = ["Hand", "hand"]

_OPEN = frozenset({Stage.ASKED, Stage.REPLIED, Stage.ACCEPTED, Stage.SCHEDULED, Stage.CONFIRMED})
_HOUR = frozenset({Stage.SCHEDULED, Stage.CONFIRMED})


@dataclass(frozen=True, kw_only=True)
class Hand:
    """Counts of people, for one trip and day.

    ``done``: meetings on trip days up to today, held or agreed. ``agreed``: by later trip day. ``undated``: an hour is
    agreed that the app does not know. ``yes`` and ``talking`` (an answer, neither yes nor no): by source. ``waiting``:
    by source and business days since the last ask. ``near`` and ``far``: never asked, by source; far are those known
    to live elsewhere who are not on the trip's list. ``asked_today``: first asks made today.
    """

    done: int = 0
    agreed: Mapping[date, int] = field(default_factory=dict)
    undated: int = 0
    yes: Mapping[Source, int] = field(default_factory=dict)
    talking: Mapping[Source, int] = field(default_factory=dict)
    waiting: Mapping[tuple[Source, int], int] = field(default_factory=dict)
    near: Mapping[Source, int] = field(default_factory=dict)
    far: Mapping[Source, int] = field(default_factory=dict)
    asked_today: int = 0


def hand(people: Sequence[History], trip: Trip, candidates: Sequence[Candidate], now: datetime, rules: Rules) -> Hand:
    """Sort everybody; the order of ``people`` does not matter. ``candidates`` are the trip's, ``now`` is aware."""
    today = local_date(now, trip.zone)
    meetings = meetings_of(None, candidates)
    chosen = {candidate.contact_id for candidate in candidates}
    done = undated = 0
    agreed: Counter[date] = Counter()
    yes: Counter[Source] = Counter()
    talking: Counter[Source] = Counter()
    waiting: Counter[tuple[Source, int]] = Counter()
    for one in people:
        source, meeting = one.contact.source, meetings.get(one.contact.id)
        days = _meeting_days(one, trip, meeting)
        done += sum(day <= today for day in days)
        agreed.update(day for day in days if day > today)
        if days or (meeting and meeting.fixed and not is_off(one.known, meeting, trip.zone)):
            continue
        if one.contact.id not in chosen and _for_another_trip(one, trip):
            continue
        stage = one.known.stage
        if stage in _HOUR:
            undated += 1
        elif stage is Stage.ACCEPTED:
            yes[source] += 1
        elif stage is Stage.REPLIED:
            talking[source] += 1
        elif stage is Stage.ASKED:
            waiting[source, _waited(one, now, rules)] += 1
    near, far = _never_asked(people, trip, chosen, now, rules)
    return Hand(
        done=done,
        agreed=dict(sorted(agreed.items())),
        undated=undated,
        yes=_sorted(yes),
        talking=_sorted(talking),
        waiting=dict(sorted(waiting.items())),
        near=near,
        far=far,
        asked_today=sum(
            ask is not None and local_date(ask.at, trip.zone) == today
            for ask in (one.known.first_ask for one in people)
        ),
    )


def _sorted(counts: Mapping[Source, int]) -> dict[Source, int]:
    return {source: counts[source] for source in Source if counts.get(source)}


def _meeting_days(one: History, trip: Trip, meeting: Meeting | None) -> list[date]:
    """The trip days on which this person was met or is going to be."""
    days = []
    if one.known.met is not None:
        days.append(local_date(one.known.met.at, trip.zone))
    if meeting is not None and meeting.fixed and not is_off(one.known, meeting, trip.zone):
        days.append(local_date(meeting.start, trip.zone))
    return [day for day in days if trip.first_day <= day <= trip.last_day]


def _for_another_trip(one: History, trip: Trip) -> bool:
    """Whether the touch that brought this person where they stand names another trip."""
    known = one.known
    said: Touch | None
    match known.stage:
        case Stage.SCHEDULED | Stage.CONFIRMED:
            said = known.hour
        case Stage.ACCEPTED:
            said = known.yes
        case Stage.REPLIED:
            said = known.answer
        case _:
            said = known.message
    return said is not None and said.trip_id not in {None, trip.id}


def _waited(one: History, now: datetime, rules: Rules) -> int:
    """Business days since the last ask or offer of hours; a nudge does not start the wait anew."""
    asks = [touch for touch in one.touches if touch.kind in {TouchKind.ASKED, TouchKind.OFFERED}]
    last = asks[-1] if asks else one.known.first_ask
    assert last is not None  # who is asked has an ask or a nudge
    return max(rules.days_between(last.at, now, ZoneInfo(last.timezone)), 0)


def _never_asked(
    people: Sequence[History], trip: Trip, chosen: set[str], now: datetime, rules: Rules
) -> tuple[dict[Source, int], dict[Source, int]]:
    """People nothing has happened with, near and far by source: as many an organisation as may be asked at a time,
    and none of one where somebody is asked or talked with."""
    busy = {_organisation(one) for one in people if stage_at(one.known, now, rules) in _OPEN} - {""}
    never = [one for one in people if one.known.last is None and _organisation(one) not in busy]
    taken: Counter[str] = Counter()
    near: Counter[Source] = Counter()
    far: Counter[Source] = Counter()
    order = {source: rank for rank, source in enumerate(Source)}
    for one in sorted(never, key=lambda one: (_is_far(one, trip, chosen), order[one.contact.source])):
        organisation = _organisation(one)
        if not organisation or taken[organisation] < rules.cadence.open_asks:
            taken[organisation] += 1
            (far if _is_far(one, trip, chosen) else near)[one.contact.source] += 1
    return _sorted(near), _sorted(far)


def _organisation(one: History) -> str:
    return " ".join(one.contact.organisation.split()).casefold()


def _is_far(one: History, trip: Trip, chosen: set[str]) -> bool:
    city = one.contact.city.strip().casefold()
    return bool(city) and city != trip.city.strip().casefold() and one.contact.id not in chosen
