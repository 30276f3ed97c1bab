"""What is due about one meeting: be there, say how it was, confirm it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from iiplan.model import Stage, TouchKind
from iiplan.outreach.due_kinds import Due, DueKind, Person, hour, later
from iiplan.outreach.meetings import Meeting, confirm_by

__all__ = ["meeting_due"]


def meeting_due(person: Person) -> Due | None:
    """The one thing that is due about the meeting on the trip, if any.

    A meeting counts when it is agreed, or planned with somebody who said yes.
    """
    meeting = person.coming
    if meeting is None or not (person.agreed or person.known.stage is Stage.ACCEPTED):
        return None
    if person.now >= meeting.end:
        return _how_was_it(person, meeting) if person.agreed else None
    if meeting.start - person.now <= timedelta(hours=person.rules.cadence.soon_hours):
        return _meeting_soon(person, meeting)
    return _confirm(person, meeting)


def _how_was_it(person: Person, meeting: Meeting) -> Due:
    end = meeting.end.astimezone(_local(person, meeting).tzinfo)
    return person.due(
        DueKind.HOW_WAS_IT,
        f"Note how it went with {person.name}",
        f"You were to meet on {hour(_local(person, meeting))}, and the log does not say how it went.",
        cause=_cause(meeting),
        logs=TouchKind.MET,
        alternatives=(TouchKind.NO_SHOW, TouchKind.CANCELLED, TouchKind.RESCHEDULED),
        deadline=later(end, person.rules.cadence.thank_hours),  # thanks are due by then, if there was a meeting
    )


def _meeting_soon(person: Person, meeting: Meeting) -> Due:
    start = _local(person, meeting)
    return person.due(
        DueKind.MEETING_SOON,
        f"{'Call' if meeting.call else 'Meet'} {person.name} at {start:%H:%M}",
        _soon_sentence(meeting, start, person.now, confirmed=person.known.stage is Stage.CONFIRMED),
        cause=_cause(meeting),
        logs=None,
        alternatives=(TouchKind.MET, TouchKind.NO_SHOW, TouchKind.CANCELLED),
        deadline=start,
    )


def _confirm(person: Person, meeting: Meeting) -> Due | None:
    opens, until = confirm_by(meeting.start, person.rules)
    if person.known.stage is Stage.CONFIRMED or person.now < opens:
        return None
    when = hour(_local(person, meeting))
    state = "agreed" if person.agreed else "planned"
    return person.due(
        DueKind.CONFIRM,
        f"Confirm {when} with {person.name}",
        f"It is {state} for {when} and not confirmed yet; a day ahead is the time to.",
        cause=_cause(meeting),
        logs=TouchKind.CONFIRMED,
        alternatives=(TouchKind.CANCELLED,),
        deadline=until,
    )


def _soon_sentence(meeting: Meeting, start: datetime, now: datetime, *, confirmed: bool) -> str:
    tail = "is confirmed" if confirmed else "is not confirmed"
    if meeting.start <= now:
        return f"It began at {start:%H:%M}."
    block = meeting.block
    if block is None or block.leave_by is None or block.place is None:
        return f"It starts at {start:%H:%M} and {tail}."
    return f"It {tail}; leave by {block.leave_by.astimezone(start.tzinfo):%H:%M} for {block.place.label}."


def _local(person: Person, meeting: Meeting) -> datetime:
    return meeting.start.astimezone(person.rules.zone) if person.rules.zone else meeting.start


def _cause(meeting: Meeting) -> str:
    return meeting.start.astimezone(UTC).isoformat()
