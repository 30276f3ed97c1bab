"""What to do now: derived from the log, the trip and the clock, never stored, and gone once the log answers it.

About a meeting, agreed or planned with somebody who said yes:

- meeting soon: it starts within ``soon_hours``, or is under way.
- how was it: an agreed meeting is over and the log says nothing of it. By when thanks would be due.
- confirm: it is not confirmed. At least ``confirm_hours`` and a business day ahead; shown from the morning of the
  business day before that (a Monday meeting is due on Friday and shown on Thursday).

Once we have talked:

- debrief: in the last 14 days, no debrief of it has a text, and neither has that touch or a later one of kind note.
  Before the thanks.
- thank: neither thanked nor followed up. Within ``thank_hours`` of the end.
- keep in touch: thanked or in touch, nothing open between us, and ``touch_after`` days since the last word, or the
  weeks chosen for them. By ``touch_by`` days, or as much later. Not when they do not welcome it.

A message, at most one a person:

- reply: their message is the last word. Within a business day.
- offer hours: they said yes, or an agreed hour fell through, and no hours were offered since. Within a business day.
- offer runs out: hours are held without a word since and without a reminder, for ``offer_waits`` business days or
  until a business day before the first. By the business day before the first that is still held.
- nudge: ``nudge_after`` business days without an answer. Once until they answer; not while a promise of ours is open.

- keep promise: a touch names a day by which to come back, and neither follow-up nor meeting came later. Shown from
  the business day before.

Whom to ask, colleagues looked at together (``asks.py``):

- next person: where an ask is open no longer and has no answer; nobody is talking with us there.
- ask new: somebody of an organisation where no ask waits for an answer, while the trip lies ahead.

What was asked for a trip that is over rests: no nudge and no next person.

The order: what has a deadline that is over or within 24 hours, then the rest; within each the shortest to do first
(``Effort``), then by deadline (those without one last), then by kind, name and id.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from iiplan.model import Agenda, Candidate, Offer, Trip, WorthWeights
from iiplan.outreach.after_meeting import after_meeting_due, keep_in_touch, pointed_out
from iiplan.outreach.afterwards import NOTHING_YET, Afterwards
from iiplan.outreach.asks import asks_due
from iiplan.outreach.due_kinds import Due, DueKind, Effort, Person
from iiplan.outreach.history import History
from iiplan.outreach.meeting_due import meeting_due
from iiplan.outreach.meetings import meetings_of
from iiplan.outreach.message_due import message_due, promise_due
from iiplan.outreach.rules import USUAL, Rules
from iiplan.outreach.worth import USUAL_WEIGHTS

__all__ = ["Due", "DueKind", "Effort", "due_list", "people_now"]

PRESSING = timedelta(hours=24)
_RANK = {kind: rank for rank, kind in enumerate(DueKind)}
_LATEST = datetime.max.replace(tzinfo=UTC)


def due_list(
    people: Sequence[History],
    now: datetime,
    *,
    rules: Rules = USUAL,
    trip: Trip | None,
    agenda: Agenda | None,
    candidates: Iterable[Candidate] = (),
    offers: Iterable[Offer] = (),
    asleep: Collection[str] = (),
    afterwards: Mapping[str, Afterwards] | None = None,
    weights: WorthWeights = USUAL_WEIGHTS,
) -> tuple[Due, ...]:
    """Everything due at ``now`` (aware), in the order of this module's head.

    ``candidates`` and ``offers`` are those of the trip; an agreed start of a candidate counts even without a plan
    (``agenda``), closed offers are passed over. ``asleep`` are keys of what was put off: it is listed all the same,
    but somebody new is proposed in its place. ``weights`` say what a person's worth is made of, ``afterwards``, by
    contact id, what debriefs say. Days are those of ``rules.zone``, else of the trip's zone, else of the zone in
    which each touch was logged.
    """
    now = now.astimezone(UTC)
    chosen = tuple(candidates)
    everybody = people_now(
        people, now, rules=rules, trip=trip, agenda=agenda, candidates=chosen, offers=offers, afterwards=afterwards
    )
    found: list[Due] = []
    messages: dict[str, Due] = {}
    led_to = pointed_out(people)
    for person in everybody:
        found += _beside_messages(person, led_to.get(person.id, ()))
        message = message_due(person)
        if message is not None:
            messages[person.id] = message
    found += [due for due in messages.values() if due.kind is not DueKind.NUDGE]
    on_trip = {one.contact_id for one in chosen}
    found += asks_due(everybody, messages, trip, chosen=on_trip, asleep=asleep, weights=weights)
    names = {person.id: person.name.casefold() for person in everybody}

    def order(due: Due) -> tuple[bool, Effort, datetime, int, str, str]:
        deadline = due.deadline or _LATEST
        pressing = due.deadline is not None and due.deadline <= now + PRESSING
        return (not pressing, due.effort, deadline, _RANK[due.kind], names[due.contact_id], due.contact_id)

    return tuple(sorted(found, key=order))


def people_now(
    people: Sequence[History],
    now: datetime,
    *,
    rules: Rules,
    trip: Trip | None,
    agenda: Agenda | None = None,
    candidates: Sequence[Candidate] = (),
    offers: Iterable[Offer] = (),
    afterwards: Mapping[str, Afterwards] | None = None,
) -> list[Person]:
    """Everybody with what the trip has for them, by whom what is due is decided; see ``due_list``."""
    if trip is not None and rules.zone is None:
        rules = replace(rules, zone=trip.zone)
    meetings = meetings_of(agenda, candidates)
    held = {offer.contact_id: offer for offer in offers if offer.closed_at is None}
    return [
        Person(
            history=one,
            now=now,
            rules=rules,
            trip=trip,
            meeting=meetings.get(one.contact.id),
            offer=held.get(one.contact.id),
            after=(afterwards or {}).get(one.contact.id, NOTHING_YET),
        )
        for one in people
    ]


def _beside_messages(person: Person, led_to: Sequence[History]) -> Iterator[Due]:
    """What is due with one person apart from a message that moves the asking on."""
    about_meeting = meeting_due(person)
    if about_meeting is not None:
        yield about_meeting
    yield from after_meeting_due(person)
    others = (promise_due(person), keep_in_touch(person, led_to))
    yield from (due for due in others if due is not None)
