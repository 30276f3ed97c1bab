"""What is new to calendars: revisions through any course of changes and exports, and what a calendar then holds."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import vobject
from calendar_builders import NEW_YORK, entry
from hypothesis import given, settings
from hypothesis import strategies as st

from iiplan.calendars import (
    CalendarEntry,
    Change,
    Edition,
    EntryKind,
    Ring,
    as_handed_out,
    calendar_file,
    called_off,
    editions,
)
from iiplan.model import HandedOut, Revision

TEN = datetime(2027, 3, 16, 10, 0, tzinfo=NEW_YORK)
NOW = datetime(2027, 2, 1, 12, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)

Ledger = dict[str, HandedOut]


def some(uid: str, hour: int = 0, **changes) -> CalendarEntry:
    return entry(TEN + hour * HOUR, uid=uid, **changes)


def given_out(ledger: Ledger, found: tuple[Edition, ...]) -> Ledger:
    """The ledger once these are in somebody's hands."""
    return ledger | {one.entry.uid: as_handed_out(one, ledger.get(one.entry.uid)) for one in found}


def course(*weeks: list[CalendarEntry]) -> list[tuple[Edition, ...]]:
    """The editions of one week after the other, each handed out as a whole an hour after the last."""
    ledger: Ledger = {}
    found = []
    for number, week in enumerate(weeks):
        found.append(editions(week, ledger.values(), NOW + number * HOUR))
        ledger = given_out(ledger, found[-1])
    return found


def test_each_kind_of_change_has_its_name():
    first, second = course(
        [some("same"), some("moved"), some("changed"), some("gone")],
        [some("same"), some("moved", 1), some("changed", location="Elsewhere"), some("new")],
    )
    assert {one.change for one in first} == {Change.NEW}
    assert {one.entry.uid: one.change for one in second} == {
        "same": None,
        "moved": Change.MOVED,
        "changed": Change.CHANGED,
        "gone": Change.CANCELLED,
        "new": Change.NEW,
    }


def test_going_back_to_an_old_content_is_a_new_revision():
    revisions = [found[0].revision.sequence for found in course([some("a")], [some("a", 1)], [some("a")], [some("a")])]
    assert revisions == [0, 1, 2, 2]


def test_a_revision_carries_the_time_of_the_export_in_whole_seconds_and_never_goes_back():
    (first,) = editions([some("a")], [], NOW.replace(microsecond=999_999))
    assert first.revision == Revision(sequence=0, modified=NOW)
    kept = as_handed_out(first, None)
    (second,) = editions([some("a", 1)], [kept], NOW - HOUR)  # a clock that was put back
    assert second.revision == Revision(sequence=1, modified=NOW)


@pytest.mark.parametrize("content", [None, "{}", "[]", '{"start": "x"}'])
def test_what_another_iiplan_handed_out_is_revised_and_cannot_be_called_off(content):
    kept = HandedOut(uid="a", digest="d", revision=Revision(sequence=4, modified=NOW), content=content)
    (found,) = editions([some("a")], [kept], NOW)
    assert (found.revision.sequence, found.change) == (5, Change.CHANGED)
    assert editions([], [kept], NOW) == ()


@pytest.mark.parametrize(
    ("kind", "agreed", "title"),
    [
        (EntryKind.MEETING, True, "Cancelled: Ada"),
        (EntryKind.MEETING, False, "No longer planned: Ada"),
        (EntryKind.HELD, False, "No longer held: Ada"),
        (EntryKind.WAY, True, "No longer needed: Ada"),
        (EntryKind.REMINDER, True, "No longer needed: Ada"),
    ],
)
def test_the_title_says_what_became_of_it_for_apps_that_do_not(kind, agreed, title):
    shown = "Held: Ada" if kind is EntryKind.HELD else "Ada"
    off = called_off(some("a", summary=shown, kind=kind, agreed=agreed, rings=(Ring(at=NOW, words="x"),)))
    assert off.summary == title
    assert (off.off, off.alarm, off.rings, off.takes_the_hour) == (True, None, (), False)
    assert called_off(off) == off


TEXTS = st.text(st.characters(exclude_categories=("Cs",)), max_size=20)


@settings(max_examples=100, deadline=None)
@given(
    st.builds(replace, st.just(some("a", 0, rings=(Ring(at=NOW, words="x"),), url="u")), summary=TEXTS, location=TEXTS)
)
def test_an_entry_comes_back_from_its_content(one: CalendarEntry):
    again = CalendarEntry.of_content(one.content)
    assert again == one
    assert (again.content, again.digest) == (one.content, one.digest)


UIDS = ("a", "b", "c", "d")
WEEKS = st.dictionaries(st.sampled_from(UIDS), st.tuples(st.integers(0, 3), st.booleans()))
SCOPES = st.one_of(st.none(), st.just("changes"), st.sets(st.sampled_from(UIDS)))


class Calendar:
    """A calendar app that takes a file: by UID, and never an older revision."""

    def __init__(self) -> None:
        self.events: dict[str, tuple[int, str, datetime]] = {}

    def take(self, content: bytes) -> None:
        for event in vobject.readOne(content.decode()).vevent_list:
            sequence, uid = int(event.sequence.value), event.uid.value
            new = (sequence, event.status.value, event.dtstart.value.astimezone(UTC))
            old = self.events.get(uid)
            assert old is None or sequence >= old[0], "a revision fell"
            assert old is None or sequence > old[0] or new == old, "a change has no revision of its own"
            self.events[uid] = new


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(WEEKS, SCOPES), min_size=1, max_size=8))
def test_through_any_course_of_changes_and_exports_a_calendar_holds_the_week(steps):
    calendar, ledger = Calendar(), {}
    for number, (week, scope) in enumerate(steps):
        entries = [some(uid, hour, agreed=agreed) for uid, (hour, agreed) in week.items()]
        now = NOW + number * HOUR
        found = editions(entries, ledger.values(), now)
        # Cancelled are exactly those that were handed out once and are missing.
        assert {one.entry.uid for one in found if one.entry.off} == set(ledger) - set(week)
        assert {one.entry.uid for one in found} == set(ledger) | set(week)
        chosen = tuple(
            one
            for one in found
            if scope is None or (one.change is not None if scope == "changes" else one.entry.uid in scope)
        )
        ledger = given_out(ledger, chosen)
        if chosen:
            calendar.take(calendar_file(chosen, timezone="America/New_York", name=None))
        if scope is None or scope == "changes":
            assert all(one.change is None for one in editions(entries, ledger.values(), now))
            live = {
                uid: (status, start) for uid, (_, status, start) in calendar.events.items() if status != "CANCELLED"
            }
            assert live == {
                uid: ("CONFIRMED" if agreed else "TENTATIVE", (TEN + hour * HOUR).astimezone(UTC))
                for uid, (hour, agreed) in week.items()
            }


def test_when_two_windows_handed_out_different_things_the_next_edition_is_new_whatever_it_says():
    (one,), (other,) = (editions([some("a", hour)], [], NOW) for hour in (0, 1))
    ledger = given_out(given_out({}, (one,)), (other,))
    for hour in (0, 1, 2):
        (coming,) = editions([some("a", hour)], ledger.values(), NOW)
        assert (coming.revision.sequence, coming.change) == (1, Change.MOVED if hour != 1 else Change.CHANGED)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.booleans(), st.integers(0, 3), st.booleans()), min_size=2, max_size=8))
def test_two_windows_never_make_a_revision_fall(steps):
    """Each window makes its file at one step and hands it out at a later one."""
    ledger: Ledger = {}
    made: dict[bool, tuple[Edition, ...]] = {}
    highest = -1
    for window, hour, hands_out in steps:
        if hands_out and window in made:
            given = made.pop(window)
            ledger = given_out(ledger, given)
            highest = max(highest, given[0].revision.sequence)
            assert ledger["a"].revision.sequence == highest
        else:
            made[window] = editions([some("a", hour)], ledger.values(), NOW)


def test_five_hundred_meetings_are_compared_and_written_as_they_were():
    week = [some(str(number), number) for number in range(500)]
    first, second = course(week, week)
    files = [calendar_file(one, timezone="America/New_York", name="Week") for one in (first, second)]
    assert files[0] == files[1]
    assert files[0].count(b"BEGIN:VEVENT") == 500
