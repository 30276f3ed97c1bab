"""What is due once we have talked: write it down, thank, keep in touch."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta

from iiplan.model import Touch, TouchKind
from iiplan.outreach.business_days import local_date
from iiplan.outreach.due_kinds import Due, DueKind, Person, day, end_of_day, later
from iiplan.outreach.history import History
from iiplan.outreach.stages import AFTER_MEETING, MESSAGES

__all__ = ["after_meeting_due", "keep_in_touch", "pointed_out"]

DEBRIEF_WITHIN = 14  # days; later than that there is little left to write down


def after_meeting_due(person: Person) -> Iterator[Due]:
    """A debrief that is missing, and thanks that are owed."""
    met = person.known.met
    if met is None:
        return
    thanks_by = _thanks_by(person, met) if person.known.thanks_owed else None
    if not _written_down(person, met) and person.days_since(met) <= DEBRIEF_WITHIN:
        yield person.due(
            DueKind.DEBRIEF,
            f"Write down what {person.name} said",
            f"You talked on {day(person.local(met))}, and nothing is written down.",
            cause=met.id,
            logs=TouchKind.NOTE,
            deadline=thanks_by,  # good thanks quote what was said
        )
    if thanks_by is not None:
        yield person.due(
            DueKind.THANK,
            f"Thank {person.name}",
            f"You talked on {day(person.local(met))}, and no thanks are logged since.",
            cause=met.id,
            logs=TouchKind.THANKED,
            deadline=thanks_by,
        )


def keep_in_touch(person: Person, led_to: Iterable[History]) -> Due | None:
    """A word now and then to somebody we met; ``led_to`` are the people they pointed out."""
    last, cadence = person.known.last, person.rules.cadence
    if last is None or person.known.stage not in AFTER_MEETING or person.known.thanks_owed:
        return None
    if last.kind is TouchKind.REPLIED or person.promise is not None or person.agreed or person.after.rests:
        return None
    days = person.days_since(last)
    every = person.after.every_weeks
    begins = cadence.touch_after if every is None else 7 * every
    if days < begins:
        return None
    then = person.local(last)
    why = f"The last word between you was on {day(then)}, {days} days ago."
    if every is not None:
        why += f" You chose to write to them every {every} weeks." if every > 1 else " You chose to write weekly."
    news = _met_since_our_word(person, led_to)
    if news:
        why += f" Since you wrote you met {news}, whom they pointed out: a good reason to write."
    return person.due(
        DueKind.KEEP_IN_TOUCH,
        f"Keep in touch with {person.name}",
        why,
        cause=last.id,
        logs=TouchKind.FOLLOWED_UP,
        alternatives=(TouchKind.REPLIED, TouchKind.MET),
        deadline=end_of_day(then.date() + timedelta(days=begins + cadence.touch_by - cadence.touch_after), then),
    )


def pointed_out(people: Iterable[History]) -> Mapping[str, list[History]]:
    """Whom each contact (id) led to: by referral, or by an introduction that the log names."""
    found: dict[str, list[History]] = defaultdict(list)
    for one in people:
        by = {one.contact.referred_by, *(touch.through for touch in one.touches)}
        for contact_id in sorted(name for name in by if name is not None):
            found[contact_id].append(one)
    return found


def _thanks_by(person: Person, met: Touch) -> datetime:
    """So many hours after the end: of the meeting on the trip if that was the day, else of the touch."""
    end, meeting = person.local(met), person.meeting
    if meeting is not None and local_date(meeting.start, end.tzinfo) == end.date():
        end = meeting.end.astimezone(end.tzinfo)
    return later(end, person.rules.cadence.thank_hours)


def _written_down(person: Person, met: Touch) -> bool:
    if met.id in person.after.written:
        return True
    since = person.history.touches[person.history.touches.index(met) :]
    return any(touch.note.strip() for touch in since if touch.id == met.id or touch.kind is TouchKind.NOTE)


def _met_since_our_word(person: Person, led_to: Iterable[History]) -> str:
    """The name of the last one they pointed out whom we met since we last wrote to them; empty when there is none."""
    ours = [touch.at for touch in person.history.touches if touch.kind in MESSAGES | {TouchKind.THANKED}]
    met = [(one.known.met.at, one.contact.name) for one in led_to if one.known.met is not None]
    fresh = [(at, name) for at, name in met if not ours or at > ours[-1]]
    return max(fresh)[1] if fresh else ""
