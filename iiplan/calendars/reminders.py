"""When to be reminded about a meeting: to confirm it before, to thank for it after."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from iiplan.calendars.options import CalendarOptions
from iiplan.calendars.wording import one_line
from iiplan.calendars.zonerules import known_zone, on_the_clock
from iiplan.model import Block, Contact, Stage
from iiplan.outreach import Rules
from iiplan.outreach.meetings import confirm_by

__all__ = ["Reminder", "reminders"]

_MORNING, _EVENING = time(9), time(18)
_CONFIRMED = frozenset({Stage.CONFIRMED, Stage.MET, Stage.THANKED, Stage.IN_TOUCH})
_THANKED = frozenset({Stage.THANKED, Stage.IN_TOUCH})


@dataclass(frozen=True, kw_only=True)
class Reminder:
    """``at`` (aware) to be told ``words``. ``part`` tells the reminders of one meeting apart for ever."""

    part: str
    at: datetime
    words: str


def reminders(
    block: Block, contact: Contact | None, stage: Stage, rules: Rules, options: CalendarOptions, timezone: str
) -> tuple[Reminder, ...]:
    """The reminders about one meeting that are wanted and that the log has not made needless.

    An hour that is not agreed has none. To confirm: at nine on the day until which it should be confirmed (the
    business day before), or at that very hour when it is earlier. To thank: at six that evening, or at nine the
    next morning when the meeting ends later, but never after thanks are due.
    """
    if not block.fixed:
        return ()
    zone = known_zone(timezone)
    who = one_line(contact.name if contact else block.title)
    start, end = on_the_clock(block.start, zone), on_the_clock(block.end, zone)
    found = []
    if options.confirm and stage not in _CONFIRMED:
        until = on_the_clock(confirm_by(start, rules)[1], zone)
        at = min(on_the_clock(datetime.combine(until.date(), _MORNING, zone), zone), until)
        found.append(Reminder(part="confirm", at=at, words=f"Confirm {_when(start)} with {who}."))
    if options.thank and stage not in _THANKED:
        due = on_the_clock(end.astimezone(UTC) + timedelta(hours=rules.cadence.thank_hours), zone)
        evening = datetime.combine(end.date(), _EVENING, zone)
        morning = datetime.combine(end.date() + timedelta(days=1), _MORNING, zone)
        at = min(on_the_clock(evening if end <= evening else morning, zone), due)
        found.append(Reminder(part="thank", at=at, words=f"Thank {who} by {_when(due)}."))
    return tuple(found)


def _when(moment: datetime) -> str:
    return f"{moment:%a} {moment.day} {moment:%b %H:%M}"
