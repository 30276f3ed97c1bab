"""What to do now: derived from the log, the trip and the clock, never stored, and gone once the log answers it.

The rules, most pressing first:

1. A meeting that starts within four hours, or is under way.
2. An agreed meeting that is over and of which the log says nothing: note how it went.
3. A planned or agreed meeting that is not confirmed: a business day and 24 hours ahead, shown from the morning of
   the business day before that (a Monday meeting is due on Friday and shown on Thursday).
4. A meeting not yet thanked for: within 24 hours.
5. A reply that we owe: their message is the last word.
6. Hours to offer: they said yes, or an agreed hour fell through, and no hours were offered since.
7. A nudge after seven business days without an answer; once until they answer.
8. The next person at an organisation where an ask has been open for three business days, unless somebody there is
   talking with us or was asked more recently.
9. Somebody new, while the trip lies ahead: at most three a day and one an organisation, none where an ask is open.

Business days are Monday to Friday; days and hours are those of the trip, without one those of the touch.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta

from iiplan.model import Agenda, Candidate, Contact, Stage, Touch, TouchKind, Trip
from iiplan.outreach.business_days import add_business_days
from iiplan.outreach.due_kinds import Due, DueKind, Person, business_days, day, local
from iiplan.outreach.meetings import Meeting, confirm_by, is_agreed, is_off, meetings_of
from iiplan.outreach.new_people import new_people_due
from iiplan.outreach.rules import Rules
from iiplan.outreach.stages import silent_for, standing

__all__ = ["Due", "DueKind", "due_list"]

SOON = timedelta(hours=4)
THANK_WITHIN = timedelta(hours=24)
_RANK = {kind: rank for rank, kind in enumerate(DueKind)}
_LATEST = datetime.max.replace(tzinfo=UTC)


def due_list(
    contacts: Iterable[Contact],
    touches_by_contact: Mapping[str, Sequence[Touch]],
    now: datetime,
    *,
    trip: Trip | None,
    agenda: Agenda | None,
    candidates: Iterable[Candidate] = (),
) -> tuple[Due, ...]:
    """Everything due at ``now`` (aware), most pressing first: by the rules above, then by when it is due, then by name.

    ``candidates`` are those of the trip; an agreed start among them counts even without a plan (``agenda``).
    """
    now = now.astimezone(UTC)
    chosen = tuple(candidates)
    meetings = meetings_of(agenda, chosen)
    people = [
        Person(
            contact=contact,
            known=standing(touches_by_contact.get(contact.id, ())),
            meeting=meetings.get(contact.id),
            zone=trip.zone if trip else None,
        )
        for contact in contacts
    ]
    found = [due for person in people for due in _due_with(person, now)]
    found += new_people_due(people, now, trip, {candidate.contact_id for candidate in chosen})
    names = {person.contact.id: person.name.casefold() for person in people}
    return tuple(
        sorted(found, key=lambda due: (_RANK[due.kind], due.due_at or _LATEST, names[due.contact_id], due.contact_id))
    )


def _due_with(person: Person, now: datetime) -> Iterator[Due]:
    """What is due with one person: about their meeting, their thanks, and at most one message."""
    meeting = person.meeting
    if meeting is not None and is_off(person.known, meeting, person.zone):
        meeting = None
    about_meeting = _meeting_due(person, meeting, now) if meeting else None
    if about_meeting:
        yield about_meeting
    if person.known.thanks_owed:
        yield _thank(person)
    if person.known.last is not None and person.known.last.kind is TouchKind.REPLIED:
        yield _reply(person)
    elif about_meeting is None and not (meeting and is_agreed(person.known, meeting)):
        message = _offer_hours(person, meeting) or _nudge(person, now)
        if message:
            yield message


def _meeting_due(person: Person, meeting: Meeting, now: datetime) -> Due | None:
    known = person.known
    start = meeting.start.astimezone(person.zone) if person.zone else meeting.start
    when = f"{day(start)} {start:%H:%M}"
    if not is_agreed(known, meeting) and known.stage is not Stage.ACCEPTED:
        return None
    if now >= meeting.end:
        if not is_agreed(known, meeting):
            return None
        why = f"You were to meet on {when}, and the log does not say how it went."
        return person.due(DueKind.HOW_WAS_IT, f"Note how it went with {person.name}", why, meeting.end, TouchKind.MET)
    confirmed = known.stage is Stage.CONFIRMED
    if meeting.start - now <= SOON:
        verb = "Call" if meeting.call else "Meet"
        return person.due(
            DueKind.MEETING_SOON,
            f"{verb} {person.name} at {start:%H:%M}",
            _soon_sentence(meeting, start, now, confirmed=confirmed),
            start,
            None,
        )
    opens, until = confirm_by(meeting.start, person.zone)
    if confirmed or now < opens:
        return None
    state = "agreed" if is_agreed(known, meeting) else "planned"
    why = f"It is {state} for {when} and not confirmed yet; a day ahead is the time to."
    return person.due(DueKind.CONFIRM, f"Confirm {when} with {person.name}", why, until, TouchKind.CONFIRMED)


def _soon_sentence(meeting: Meeting, start: datetime, now: datetime, *, confirmed: bool) -> str:
    tail = "is confirmed" if confirmed else "is not confirmed"
    if meeting.start <= now:
        return f"It began at {start:%H:%M}."
    block = meeting.block
    if block is None or block.leave_by is None or block.place is None:
        return f"It starts at {start:%H:%M} and {tail}."
    return f"It {tail}; leave by {block.leave_by.astimezone(start.tzinfo):%H:%M} for {block.place.label}."


def _thank(person: Person) -> Due:
    assert person.known.met is not None  # thanks are owed for a meeting
    met = local(person.known.met, person.zone)
    why = f"You talked on {day(met)}, and no thanks are logged since."
    at = (met.astimezone(UTC) + THANK_WITHIN).astimezone(met.tzinfo)
    return person.due(DueKind.THANK, f"Thank {person.name}", why, at, TouchKind.THANKED)


def _reply(person: Person) -> Due:
    assert person.known.last is not None  # it is their reply
    replied = local(person.known.last, person.zone)
    why = f"{person.name} answered on {day(replied)}, and nothing is logged since."
    at = add_business_days(replied, 1)
    return person.due(DueKind.REPLY, f"Reply to {person.name}", why, at, TouchKind.FOLLOWED_UP)


def _offer_hours(person: Person, meeting: Meeting | None) -> Due | None:
    """``meeting`` is planned only, nothing is agreed."""
    known = person.known
    if known.stage is not Stage.ACCEPTED or known.yes is None:
        return None
    since = local(known.yes, person.zone)
    if known.offer is not None and known.offer.at >= known.yes.at:
        return None
    at = add_business_days(since, 1)
    if known.offer is not None and known.yes.kind is TouchKind.ACCEPTED:
        offered = local(known.offer, person.zone)
        why = f"{person.name} said yes on {day(since)}, after hours offered on {day(offered)}; no hour is agreed yet."
        return person.due(DueKind.OFFER_HOURS, f"Settle an hour with {person.name}", why, at, TouchKind.SCHEDULED)
    happened = {
        TouchKind.ACCEPTED: f"{person.name} said yes on {day(since)}",
        TouchKind.CANCELLED: f"The meeting was cancelled on {day(since)}",
        TouchKind.NO_SHOW: f"The meeting of {day(since)} did not take place",
    }[known.yes.kind]
    why = f"{happened}, and no hours were offered since."
    if meeting is not None:
        start = meeting.start.astimezone(person.zone) if person.zone else meeting.start
        why += f" The plan has {day(start)} {start:%H:%M}."
    return person.due(DueKind.OFFER_HOURS, f"Offer hours to {person.name}", why, at, TouchKind.OFFERED)


def _nudge(person: Person, now: datetime) -> Due | None:
    known = person.known
    waiting = known.stage in {Stage.ASKED, Stage.REPLIED, Stage.ACCEPTED}
    if not waiting or known.nudged or known.message is None:
        return None
    if known.answer is not None and known.answer.at > known.message.at:
        return None
    waited = silent_for(known, now, Rules(zone=person.zone))
    if waited < 7:
        return None
    sent = local(known.message, person.zone)
    why = f"Your message of {day(sent)} has no answer after {business_days(waited)}. Nudge once, then let it rest."
    return person.due(DueKind.NUDGE, f"Nudge {person.name}", why, add_business_days(sent, 7), TouchKind.NUDGED)
