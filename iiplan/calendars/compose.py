"""From a week as it stands to the entries of a calendar: the same for the same week, whenever they are made."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from iiplan.calendars import wording
from iiplan.calendars.entries import CalendarEntry, EntryKind, Ring, meeting_uid, part_uid
from iiplan.calendars.options import USUAL_OPTIONS, CalendarOptions
from iiplan.calendars.reminders import Reminder
from iiplan.calendars.zonerules import known_zone, on_the_clock
from iiplan.errors import InputError
from iiplan.model import Agenda, AgendaDay, Block, BlockKind, Contact
from iiplan.travel import map_link

__all__ = ["calendar_entries"]

_ALARM_WITHOUT_A_WAY = timedelta(minutes=10)
_TASK = timedelta(minutes=10)  # how long a reminder is as an entry


def calendar_entries(
    agenda: Agenda,
    contacts: Mapping[str, Contact],
    *,
    options: CalendarOptions = USUAL_OPTIONS,
    held: Iterable[Block] = (),
    reminders: Mapping[str, Sequence[Reminder]] | None = None,
    way_unknown: Collection[str] = (),
    questions: Mapping[str, Sequence[str]] | None = None,
) -> tuple[CalendarEntry, ...]:
    """One entry for each meeting of the agenda, each hour ``held`` and whatever else is wanted, in order of start.

    ``contacts`` by id; a meeting with somebody no longer in it goes by its title in the plan. ``held`` are meetings
    that might be: one for each hour offered. ``reminders`` by contact id. ``way_unknown`` are those met at an hour
    that the plan does not know, so that nothing can be said of the way there. ``questions`` by contact id are what to
    ask first.
    """
    composer = _Composer(
        trip_id=agenda.trip_id,
        zone=known_zone(agenda.timezone),
        contacts=contacts,
        options=options,
        reminders=reminders or {},
        way_unknown=way_unknown,
        questions=questions or {},
    )
    entries = [entry for day in agenda.days for entry in composer.day(day)]
    entries += [composer.held(block) for block in held]
    return tuple(sorted(entries, key=lambda entry: (entry.start.astimezone(UTC), entry.uid)))


@dataclass(frozen=True, kw_only=True)
class _Composer:
    """What the entries of one trip have in common."""

    trip_id: str
    zone: ZoneInfo
    contacts: Mapping[str, Contact]
    options: CalendarOptions
    reminders: Mapping[str, Sequence[Reminder]]
    way_unknown: Collection[str]
    questions: Mapping[str, Sequence[str]]

    def day(self, day: AgendaDay) -> Iterator[CalendarEntry]:
        for block in day.meetings:
            block = self.on_the_clock(block)
            yield self.meeting(block)
            yield from self.around(block, day)
        if not day.meetings:
            return
        if self.options.lunch:
            yield from (self.own(block, day.date, EntryKind.LUNCH) for block in _of(day, BlockKind.LUNCH))
        if self.options.ways:
            home = (block for block in _of(day, BlockKind.TRAVEL) if block.end == day.back)
            yield from (self.own(block, day.date, EntryKind.WAY) for block in home)

    def meeting(self, block: Block) -> CalendarEntry:
        contact_id, contact = self.whom(block)
        reminders = self.reminders.get(contact_id, ())
        way = contact_id not in self.way_unknown
        todo = [one.words for one in reminders]
        return self.entry(
            block,
            uid=meeting_uid(self.trip_id, contact_id),
            summary=wording.summary(block, contact),
            description=wording.describe(
                block, contact, self.zone.key, way=way, ask=self.questions.get(contact_id, ()), todo=todo
            ),
            alarm=_alarm(block) if self.options.leave else None,
            agreed=block.fixed,
            reminder=wording.reminder(block, contact) if self.options.leave else "",
            rings=tuple(Ring(at=one.at, words=one.words) for one in reminders),
        )

    def held(self, block: Block) -> CalendarEntry:
        block = self.on_the_clock(block)
        contact_id, contact = self.whom(block)
        return self.entry(
            block,
            uid=part_uid(self.trip_id, contact_id, "held", block.start.astimezone(UTC).isoformat()),
            kind=EntryKind.HELD,
            summary=f"Held: {wording.summary(block, contact)}",
            description=wording.describe_held(block, contact, self.zone.key),
        )

    def around(self, block: Block, day: AgendaDay) -> Iterator[CalendarEntry]:
        """What belongs to one meeting: the way, the notes, the reminders."""
        contact_id, _ = self.whom(block)
        if block.leave_by:
            if self.options.ways:
                yield self.way(block, block.leave_by)
            elif self.options.leave and self.options.reminder_entries:
                words = wording.reminder(block, self.contacts.get(contact_id))
                yield self.task(block, Reminder(part="leave", at=block.leave_by, words=words))
        if self.options.reminder_entries:
            yield from (self.task(block, one) for one in self.reminders.get(contact_id, ()))
        if self.options.notes and contact_id not in self.way_unknown:
            notes = (one for one in _of(day, BlockKind.DEBRIEF) if on_the_clock(one.start, self.zone) == block.end)
            yield from (self.notes(block, one) for one in notes)

    def way(self, block: Block, leave_by: datetime) -> CalendarEntry:
        contact_id, contact = self.whom(block)
        arrive = on_the_clock(leave_by.astimezone(UTC) + timedelta(minutes=block.travel_minutes), self.zone)
        return self.entry(
            replace(block, start=leave_by, end=max(arrive, leave_by + timedelta(minutes=1))),
            uid=part_uid(self.trip_id, contact_id, "way"),
            kind=EntryKind.WAY,
            summary=f"To {wording.name(block, contact)}: leave by {leave_by:%H:%M}",
            description=wording.describe_way(block, contact, self.zone.key),
            agreed=block.fixed,
        )

    def notes(self, block: Block, notes: Block) -> CalendarEntry:
        contact_id, contact = self.whom(block)
        notes = self.on_the_clock(notes)
        return self.entry(
            replace(block, start=notes.start, end=notes.end),
            uid=part_uid(self.trip_id, contact_id, "notes"),
            kind=EntryKind.NOTES,
            summary=f"Write notes: {wording.name(block, contact)}",
            description="Write down what was said while it is fresh.",
            agreed=block.fixed,
        )

    def task(self, block: Block, reminder: Reminder) -> CalendarEntry:
        contact_id, contact = self.whom(block)
        return CalendarEntry(
            uid=part_uid(self.trip_id, contact_id, reminder.part),
            contact_id=contact_id,
            kind=EntryKind.REMINDER,
            start=on_the_clock(reminder.at, self.zone),
            end=on_the_clock(reminder.at.astimezone(UTC) + _TASK, self.zone),
            summary=wording.one_line(reminder.words).removesuffix("."),
            location="",
            coordinates=None,
            description=wording.describe_task(reminder.words, contact),
            alarm=None,
            agreed=block.fixed,
        )

    def own(self, block: Block, day: date, kind: EntryKind) -> CalendarEntry:
        """Something of the day that concerns nobody in particular."""
        block = self.on_the_clock(block)
        return CalendarEntry(
            uid=part_uid(self.trip_id, day.isoformat(), "home" if kind is EntryKind.WAY else kind.value),
            contact_id="",
            kind=kind,
            start=block.start,
            end=block.end,
            summary=wording.one_line(block.title),
            location="",
            coordinates=None,
            description=wording.way_back(block) if kind is EntryKind.WAY else "",
            alarm=None,
            agreed=True,
        )

    def entry(self, block: Block, **fields: object) -> CalendarEntry:
        """An entry about somebody, at the hours and the place of ``block``."""
        contact_id, contact = self.whom(block)
        place = block.place
        usual: dict[str, object] = {
            "contact_id": contact_id,
            "start": block.start,
            "end": block.end,
            "location": wording.location(block, contact),
            "coordinates": place.at if place else None,
            "url": map_link(place) if place else "",
            "alarm": None,
        }
        return CalendarEntry(**(usual | fields))  # type: ignore[arg-type]

    def whom(self, block: Block) -> tuple[str, Contact | None]:
        if block.contact_id is None:
            raise InputError(f"The meeting {block.title!r} does not say with whom it is. Plan the week again.")
        return block.contact_id, self.contacts.get(block.contact_id)

    def on_the_clock(self, block: Block) -> Block:
        """The block on the clocks of the trip's zone, on hours that they show."""
        leave_by = None if block.leave_by is None else on_the_clock(block.leave_by, self.zone)
        start, end = on_the_clock(block.start, self.zone), on_the_clock(block.end, self.zone)
        return replace(block, start=start, end=end, leave_by=leave_by)


def _alarm(block: Block) -> timedelta:
    """When it is time to leave; where there is no way to go, and for calls, ten minutes before the start."""
    if block.place is None or block.leave_by is None:
        return _ALARM_WITHOUT_A_WAY
    return max(timedelta(), block.start.astimezone(UTC) - block.leave_by.astimezone(UTC))


def _of(day: AgendaDay, kind: BlockKind) -> list[Block]:
    return [block for block in day.blocks if block.kind is kind]
