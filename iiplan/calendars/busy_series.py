"""All the times of one repeated event in a stretch of time: its rules, further times, exceptions and changed times."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

from iiplan.calendars.busy_events import Event, end_of
from iiplan.calendars.busy_rules import Rule, Work, occurrences
from iiplan.calendars.busy_values import Length, Moment, UnreadableError, instant

__all__ = ["Occurrence", "Stretch", "newest", "times_of"]

_DAY = timedelta(days=1)
_EARLIEST, _LATEST = datetime(1, 1, 1), datetime(9999, 12, 31)  # noqa: DTZ001 (wall time)
_PLACING = 10  # what it costs to place one time of a repetition, beside finding it
_MOST_A_RULE = 200_000


@dataclass(frozen=True, slots=True)
class Stretch:
    """The half-open stretch of time asked about, both ends in UTC, and the zone whose days it is made of."""

    first: datetime
    last: datetime
    zone: tzinfo


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One time of an event, in UTC."""

    event: Event
    start: datetime
    end: datetime


def newest(events: Sequence[Event]) -> list[Event]:
    """Of several with the same identity the one of the highest SEQUENCE; all of them where that does not tell."""
    highest = max((event.sequence for event in events), default=0)
    return [event for event in events if event.sequence == highest]


def times_of(events: Sequence[Event], stretch: Stretch, work: Work) -> Iterator[Occurrence]:
    """The times in the stretch of all that one UID stands for, free ones as well; not in order.

    An event whose repetition takes too much work gets a fault instead of its times.
    """
    masters = newest([event for event in events if event.replaces is None])
    changes: dict[Moment, list[Event]] = {}
    for event in events:
        if event.replaces is not None:
            changes.setdefault(event.replaces, []).append(event)
    changed = [newest(same)[-1] for same in changes.values()]
    plans: dict[tuple[tzinfo, bool], _Changes] = {}
    dropped = _Keys()
    for master in masters:
        dropped.add(master.without, master)
        key = (master.zone, master.whole_day)
        if key not in plans:
            plans[key] = _Changes(changed, master)
        try:
            yield from _times_of_master(master, plans[key], stretch, work)
        except UnreadableError as error:
            master.faults.append(f"{error}, so it is left out")
    for event in changed:
        if event.replaces is not None and not (masters and dropped.holds(event.replaces, masters[0])):
            found = Occurrence(event, *_hours(event.start, event.length, stretch))
            if _meets(found, stretch):
                yield found


class _Keys:
    """A set of times that stand for instances of a repeated event: dates for all of a day, else exact instants."""

    def __init__(self) -> None:
        self.days: set[date] = set()
        self.instants: set[datetime] = set()

    def add(self, moments: Sequence[Moment], master: Event) -> None:
        for moment in moments:
            if moment.whole_day or master.whole_day:
                self.days.add(moment.wall.date())
            else:
                self.instants.add(instant(moment.wall, moment.zone or master.zone))

    def holds(self, moment: Moment, master: Event) -> bool:
        if moment.wall.date() in self.days:
            return True
        return not moment.whole_day and instant(moment.wall, moment.zone or master.zone) in self.instants


class _Changes:
    """What the changed times of a series mean for a master: which of its times they replace, and what follows."""

    def __init__(self, changed: Sequence[Event], master: Event) -> None:
        self.replaced = _Keys()
        self.replaced.add([event.replaces for event in changed if event.replaces], master)
        onwards = [
            (instant(event.replaces.wall, event.replaces.zone or master.zone), number, event)
            for number, event in enumerate(changed)
            if event.onwards and event.replaces
        ]
        onwards.sort(key=lambda one: one[:2])
        self.since = [since for since, _, _ in onwards]
        self.events = [event for _, _, event in onwards]
        self.shifts = [self._shift(event) for event in self.events]

    @staticmethod
    def _shift(event: Event) -> timedelta:
        """How much later on the clock the changed time is than the one it replaces."""
        assert event.replaces is not None
        replaced = event.replaces
        if replaced.zone and event.start.zone:
            wall = instant(replaced.wall, replaced.zone).astimezone(event.start.zone).replace(tzinfo=None)
            return event.start.wall - wall
        return event.start.wall - replaced.wall

    def following(self, start: datetime) -> tuple[Event, timedelta] | None:
        """The change of this and all following times that a time is under, and how much it moves it."""
        place = bisect_right(self.since, start) - 1
        return (self.events[place], self.shifts[place]) if place >= 0 else None


def _times_of_master(master: Event, changes: _Changes, stretch: Stretch, work: Work) -> Iterator[Occurrence]:
    without = _Keys()
    without.add(master.without, master)
    lengths = {
        _on_clock_of(master, moment): length for moment, length in master.also if length and not master.whole_day
    }
    first, last = _span(master, changes, stretch)
    left_out = {wall for rule in master.without_rules for wall in _walls(rule, master, first, last, work)}
    walls = sorted(_all_walls(master, first, last, work) - left_out)
    if master.rules and len(walls) > 1:
        work.spend(_PLACING * len(walls))
    for wall in walls:
        at = Moment(wall, master.start.zone, whole_day=master.whole_day)
        if without.holds(at, master) or changes.replaced.holds(at, master):
            continue
        event, length = master, lengths.get(wall, master.length)
        change = changes.following(instant(wall, master.zone))
        if change:
            event, shift = change
            length = event.length
            at = _moved(at, shift, event)
        found = Occurrence(event, *_hours(at, length, stretch))
        if _meets(found, stretch):
            yield found


def _moved(at: Moment, shift: timedelta, event: Event) -> Moment:
    """A time of the series where a change of all that follows puts it, on the clock of the changed event."""
    if at.zone and event.start.zone:
        wall = instant(at.wall, at.zone).astimezone(event.start.zone).replace(tzinfo=None)
        return Moment(wall + shift, event.start.zone)
    return Moment(at.wall + shift, event.start.zone, whole_day=event.whole_day)


def _span(master: Event, changes: _Changes, stretch: Stretch) -> tuple[datetime, datetime]:
    """The stretch on the master's wall clock, widened by all that can move or lengthen a time into it."""
    lengths = [master.length, *(event.length for event in changes.events)]
    lengths += [length for _, length in master.also if length]
    longest = max(length.days * _DAY + length.exact for length in lengths)
    later, earlier = max(changes.shifts, default=timedelta()), min(changes.shifts, default=timedelta())
    slack = 2 * _DAY
    first = _sum(stretch.first.replace(tzinfo=None), -(longest + max(later, timedelta()) + slack))
    return first, _sum(stretch.last.replace(tzinfo=None), slack - min(earlier, timedelta()))


def _sum(moment: datetime, size: timedelta) -> datetime:
    try:
        return moment + size
    except OverflowError:
        return _EARLIEST if size < timedelta() else _LATEST


def _all_walls(master: Event, first: datetime, last: datetime, work: Work) -> set[datetime]:
    """The times of a series on its wall clock: its start, its rules, its further times."""
    walls = {_on_clock_of(master, moment) for moment, _ in master.also}
    start = master.start.wall
    if not master.rules or any(_is_until(rule, start, master) for rule in master.rules):
        walls.add(start)
    for rule in master.rules:
        walls.update(_walls(rule, master, first, last, work))
    return walls


def _walls(rule: Rule, master: Event, first: datetime, last: datetime, work: Work) -> Iterator[datetime]:
    share = Work(min(_MOST_A_RULE, work.left))
    before = share.left
    try:
        for wall in occurrences(rule, master.start.wall, first, last, share):
            if not _is_until(rule, wall, master):
                return
            yield wall
    finally:
        work.left -= before - max(share.left, 0)


def _is_until(rule: Rule, wall: datetime, master: Event) -> bool:
    """Whether a time is not past the UNTIL of the rule; a date means all of that day."""
    until = rule.until
    if until is None:
        return True
    if until.whole_day or master.whole_day:
        return wall.date() <= until.wall.date()
    if until.zone is None:
        return wall <= until.wall
    return instant(wall, master.zone) <= instant(until.wall, until.zone)


def _on_clock_of(master: Event, moment: Moment) -> datetime:
    if master.whole_day:
        return datetime.combine(moment.wall.date(), time())
    if moment.whole_day:  # a further day of a series that has hours
        return datetime.combine(moment.wall.date(), master.start.wall.time())
    if moment.zone is None or moment.zone == master.zone:
        return moment.wall
    return instant(moment.wall, moment.zone).astimezone(master.zone).replace(tzinfo=None)


def _hours(at: Moment, length: Length, stretch: Stretch) -> tuple[datetime, datetime]:
    """Start and end in UTC; whole days are those of the zone asked about."""
    zone = stretch.zone if at.whole_day or at.zone is None else at.zone
    placed = Moment(at.wall, zone)
    return instant(at.wall, zone), end_of(placed, length)


def _meets(found: Occurrence, stretch: Stretch) -> bool:
    """Whether it lies in the stretch at least in part; what takes no time does where its moment does."""
    if found.start == found.end:
        return stretch.first <= found.start < stretch.last
    return found.start < stretch.last and stretch.first < found.end
