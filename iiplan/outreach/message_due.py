"""What is due while somebody is being talked into a meeting: a reply, hours, a reminder, a promise, a nudge."""

from __future__ import annotations

from textwrap import shorten

from iiplan.model import Stage, TouchKind
from iiplan.outreach.business_days import local_date
from iiplan.outreach.due_kinds import Due, DueKind, Person, business_days, day, end_of_day, hour
from iiplan.outreach.meeting_due import meeting_due

__all__ = ["message_due", "promise_due"]

ANSWER = (TouchKind.REPLIED, TouchKind.ACCEPTED, TouchKind.DECLINED)
REMINDERS = frozenset({TouchKind.NUDGED, TouchKind.FOLLOWED_UP})


def message_due(person: Person) -> Due | None:
    """The one message that is due to a person, if any; beside a meeting only a reply."""
    if person.known.last is not None and person.known.last.kind is TouchKind.REPLIED:
        return _reply(person)
    if person.agreed or meeting_due(person) is not None:
        return None
    return _offer_hours(person) or _offer_runs_out(person) or _nudge(person)


def promise_due(person: Person) -> Due | None:
    """What we promised to come back with: from the business day before the day that was named."""
    promise = person.promise
    if promise is None or promise.follow_up_on is None:
        return None
    made = person.local(promise)
    if local_date(person.now, made.tzinfo) < person.rules.add_days(promise.follow_up_on, -1):
        return None
    said = shorten(promise.note, 160, placeholder="…")
    return person.due(
        DueKind.KEEP_PROMISE,
        f"Come back to {person.name} as promised",
        f"On {day(made)} you promised to by {day(promise.follow_up_on)}{f': {said}' if said else '.'}",
        cause=promise.id,
        logs=TouchKind.FOLLOWED_UP,
        alternatives=(TouchKind.MET,),
        deadline=end_of_day(promise.follow_up_on, made),
    )


def _reply(person: Person) -> Due:
    assert person.known.last is not None  # it is their reply
    replied = person.local(person.known.last)
    return person.due(
        DueKind.REPLY,
        f"Reply to {person.name}",
        f"{person.name} answered on {day(replied)}, and nothing is logged since.",
        cause=person.known.last.id,
        logs=TouchKind.FOLLOWED_UP,
        alternatives=(TouchKind.ACCEPTED, TouchKind.DECLINED, TouchKind.OFFERED, TouchKind.SCHEDULED),
        deadline=person.rules.add_days(replied, 1),
    )


def _offer_hours(person: Person) -> Due | None:
    """They said yes and no hours were offered since; or they said yes to hours offered, and none is agreed."""
    known = person.known
    if known.stage is not Stage.ACCEPTED or known.yes is None:
        return None
    if known.offer is not None and known.offer.at >= known.yes.at:
        return None
    since = person.local(known.yes)
    deadline = person.rules.add_days(since, 1)
    if known.offer is not None and known.yes.kind is TouchKind.ACCEPTED:
        offered = day(person.local(known.offer))
        return person.due(
            DueKind.OFFER_HOURS,
            f"Settle an hour with {person.name}",
            f"{person.name} said yes on {day(since)}, after hours offered on {offered}; no hour is agreed yet.",
            cause=known.yes.id,
            logs=TouchKind.SCHEDULED,
            alternatives=(TouchKind.OFFERED, TouchKind.DECLINED),
            deadline=deadline,
        )
    happened = {
        TouchKind.ACCEPTED: f"{person.name} said yes on {day(since)}",
        TouchKind.CANCELLED: f"The meeting was cancelled on {day(since)}",
        TouchKind.NO_SHOW: f"The meeting of {day(since)} did not take place",
    }[known.yes.kind]
    why = f"{happened}, and no hours were offered since."
    if person.coming is not None:
        start = person.coming.start
        why += f" The plan has {hour(start.astimezone(person.rules.zone) if person.rules.zone else start)}."
    return person.due(
        DueKind.OFFER_HOURS,
        f"Offer hours to {person.name}",
        why,
        cause=known.yes.id,
        logs=TouchKind.OFFERED,
        alternatives=(TouchKind.SCHEDULED, TouchKind.DECLINED),
        deadline=deadline,
    )


def _offer_runs_out(person: Person) -> Due | None:
    """Hours are held, without a word from them and without a reminder, for long enough or nearly to the first."""
    offer = person.offer
    if offer is None:
        return None
    held = sorted(start for start in offer.starts if start > person.now)
    answered = person.known.answer is not None and person.known.answer.at > offer.made_at
    reminded = any(touch.kind in REMINDERS and touch.at >= offer.made_at for touch in person.history.touches)
    if not held or answered or reminded:
        return None
    rules = person.rules
    near = rules.days_between(person.now, min(offer.starts), min(offer.starts).tzinfo) <= 1
    made = offer.made_at.astimezone(rules.zone) if rules.zone else offer.made_at
    if not near and rules.days_between(made, person.now, made.tzinfo) < rules.cadence.offer_waits:
        return None
    shown = [start.astimezone(rules.zone) if rules.zone else start for start in held]
    *others, last = map(hour, shown)
    hours = f"{', '.join(others)} and {last}" if others else last
    return person.due(
        DueKind.OFFER_RUNS_OUT,
        f"Ask {person.name} which hour suits",
        f"Held for them since {day(made)} without a word: {hours}. Remind them, or withdraw the offer.",
        cause=offer.id,
        logs=TouchKind.NUDGED,
        alternatives=(TouchKind.SCHEDULED, *ANSWER),
        deadline=rules.add_days(shown[0], -1),  # they need a business day to answer
    )


def _nudge(person: Person) -> Due | None:
    """Wanted by one person's log; whether there is room for it is decided beside their colleagues."""
    known = person.known
    if known.stage not in {Stage.ASKED, Stage.REPLIED, Stage.ACCEPTED} or known.nudged or known.message is None:
        return None
    if not person.our_word_is_last or person.promise is not None or person.rests:
        return None
    if person.waited < person.rules.cadence.nudge_after:
        return None
    sent = day(person.local(known.message))
    return person.due(
        DueKind.NUDGE,
        f"Nudge {person.name}",
        f"Your message of {sent} has no answer after {business_days(person.waited)}. Nudge once, then let it rest.",
        cause=known.message.id,
        logs=TouchKind.NUDGED,
        alternatives=ANSWER,
    )
