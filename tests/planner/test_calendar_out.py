"""What calendars are given: files of the week as it stands, what is new since the last one, and the rest of the day."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import fields, replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
import vobject
from builders import MONDAY, WASHINGTON, a_candidate, a_trip, a_window
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from iiplan.calendars import CalendarOptions, Change, Edition, EntryKind, meeting_uid
from iiplan.errors import InputError
from iiplan.model import Contact, Format, TouchKind, Trip
from iiplan.planner import asking, calendar_out, offering, question_lists, trips, week
from iiplan.planner.calendar_out import WHOLE, Scope, Which
from iiplan.planner.workspace import Workspace, open_workspace

CHANGES = Scope(which=Which.CHANGES)
HOUR = timedelta(hours=1)
NOW = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)


def on(day: int, hour: int, minute: int = 0) -> datetime:
    """An hour of the trip's day number ``day``."""
    return datetime.combine(MONDAY + timedelta(days=day), time(hour, minute), WASHINGTON)


def planned(ws: Workspace, *names: str, **details: object) -> Trip:
    """A week with these people, one a day, planned."""
    trip = a_trip(ws)
    for number, name in enumerate(names):
        a_candidate(ws, trip, name, a_window(day=number % 5), **details)
    week.plan(ws, trip)
    return trip


def change(ws: Workspace, trip: Trip, contact_id: str, **changes: object) -> None:
    """Change what is known about a candidate; nothing is planned anew."""
    candidate = next(one for one in ws.store.candidates(trip.id) if one.contact_id == contact_id)
    ws.store.save_candidates([replace(candidate, **changes)])  # type: ignore[arg-type]


def later(ws: Workspace, hours: int = 1) -> Workspace:
    return Workspace(store=ws.store, now=lambda: ws.now() + hours * HOUR)


def events(content: bytes) -> dict[str, vobject.base.Component]:
    """Events by UID, as another program reads them."""
    return {event.uid.value: event for event in vobject.readOne(content.decode()).vevent_list}


def exported(ws: Workspace, trip: Trip, scope: Scope = WHOLE) -> dict[str, vobject.base.Component]:
    return events(calendar_out.calendar(ws, trip, scope))


def of(ws: Workspace, trip: Trip, contact_id: str, scope: Scope = WHOLE) -> vobject.base.Component:
    """The meeting with somebody in an export."""
    return exported(ws, trip, scope)[meeting_uid(trip.id, contact_id)]


def changes(ws: Workspace, trip: Trip) -> dict[str, Change | None]:
    """What is new, by title."""
    return {one.entry.summary: one.change for one in calendar_out.calendar_week(ws, trip).changes}


def entries(ws: Workspace, trip: Trip, kind: EntryKind) -> list[Edition]:
    return [one for one in calendar_out.calendar_week(ws, trip).editions if one.entry.kind is kind]


# The same week, exported again


def test_two_exports_of_one_plan_are_byte_equal_and_a_moved_meeting_gets_a_higher_sequence(ws: Workspace) -> None:
    trip = planned(ws, "Ada", "Bo")
    first = calendar_out.calendar(ws, trip)
    assert calendar_out.calendar(later(ws), trip) == first
    before = events(first)[meeting_uid(trip.id, "ada")]
    moved_to = before.dtstart.value + HOUR
    change(ws, trip, "ada", fixed_start=moved_to)
    week.plan(later(ws), trip)
    second = events(calendar_out.calendar(later(ws), trip))
    ada, bo = second[meeting_uid(trip.id, "ada")], second[meeting_uid(trip.id, "bo")]
    assert ada.dtstart.value == moved_to
    assert (before.sequence.value, ada.sequence.value, bo.sequence.value) == ("0", "1", "0")
    assert ada.last_modified.value == before.last_modified.value + HOUR


def test_looking_at_what_would_be_exported_records_nothing(ws: Workspace) -> None:
    trip = planned(ws, "Ada")
    for _ in range(2):
        assert calendar_out.export(calendar_out.calendar_week(ws, trip)).content
    assert changes(ws, trip) == {"Ada (Acme)": Change.NEW}


def test_a_calendar_without_meetings_is_refused(ws: Workspace) -> None:
    trip = a_trip(ws)
    with pytest.raises(InputError, match="no planned meetings to export yet"):
        calendar_out.calendar(ws, trip)


def test_hostile_names_stay_text_in_the_calendar(ws: Workspace) -> None:
    trip = a_trip(ws)
    a_candidate(ws, trip, "Eve", a_window())
    hostile = "Eve\nBEGIN:VEVENT\nATTENDEE:mailto:a@example.org"
    ws.store.save_contact(Contact(id="eve", name=hostile, role=hostile, organisation="; , \\ 🦉", phone="1\nURL:x"))
    week.plan(ws, trip)
    everything = CalendarOptions(ways=True, notes=True, lunch=True, confirm=True, thank=True, reminder_entries=True)
    calendar_out.save_options(ws, everything)
    week.agree(ws, trip, "eve")
    for _ in range(2):
        content = calendar_out.calendar(ws, trip)
        found = len(calendar_out.calendar_week(ws, trip).editions)
        assert len(re.findall(rb"^BEGIN:VEVENT\r$", content, re.MULTILINE)) == found == len(events(content))
        assert not re.search(rb"^(ATTENDEE|ORGANIZER|METHOD)", content, re.MULTILINE)
        assert not re.search(rb"^URL:x", content, re.MULTILINE)
        ws.store.remove_candidate(trip.id, "eve", ws.now())


# Parts of it


def test_one_day_holds_that_day_and_leaves_the_others_new(ws: Workspace) -> None:
    trip = planned(ws, "Ada", "Bo")
    tuesday = Scope(which=Which.DAY, day=MONDAY + timedelta(days=1))
    assert set(exported(ws, trip, tuesday)) == {meeting_uid(trip.id, "bo")}
    assert changes(ws, trip) == {"Ada (Acme)": Change.NEW}


def test_a_day_with_nothing_on_it_says_so(ws: Workspace) -> None:
    trip = planned(ws, "Ada")
    with pytest.raises(InputError, match="Nothing is planned on Fri 11 Dec 2026"):
        calendar_out.calendar(ws, trip, Scope(which=Which.DAY, day=MONDAY + timedelta(days=4)))


def test_one_meeting_is_a_single_event_and_only_the_whole_plan_names_its_calendar(ws: Workspace) -> None:
    trip = planned(ws, "Ada", "Bo")
    calendar_out.save_options(ws, CalendarOptions(ways=True, notes=True))
    content = calendar_out.calendar(ws, trip, Scope(which=Which.MEETING, contact_id="ada"))
    assert set(events(content)) == {meeting_uid(trip.id, "ada")}
    assert b"X-WR-CALNAME" not in content
    assert b"X-WR-CALNAME" not in calendar_out.calendar(ws, trip, CHANGES)
    assert b"X-WR-CALNAME:Washington week" in calendar_out.calendar(ws, trip)


def test_a_meeting_that_is_not_there_is_refused(ws: Workspace) -> None:
    trip = planned(ws, "Ada")
    with pytest.raises(InputError, match="not in the plan any more"):
        calendar_out.calendar(ws, trip, Scope(which=Which.MEETING, contact_id="zoe"))


def test_file_names_hold_nothing_that_somebody_typed(ws: Workspace) -> None:
    trip = planned(ws, "Ada")
    found = calendar_out.calendar_week(ws, trip)
    scopes = (WHOLE, Scope(which=Which.DAY, day=MONDAY), Scope(which=Which.MEETING, contact_id="ada"), CHANGES)
    names = [calendar_out.export(found, scope).file_name for scope in scopes]
    assert names == ["iiplan-week.ics", "iiplan-2026-12-07.ics", "iiplan-meeting.ics", "iiplan-changes.ics"]


# What is new


def test_changes_are_what_is_new_moved_changed_or_cancelled_and_nothing_else(ws: Workspace) -> None:
    trip = planned(ws, "Ada", "Bo", "Cy", "Di")
    calendar_out.calendar(ws, trip)
    change(ws, trip, "ada", fixed_start=on(0, 15))
    ws.store.remove_candidate(trip.id, "bo", ws.now())
    ws.store.save_contact(replace(ws.store.contact("cy"), phone="+1 202 555 0199"))
    a_candidate(ws, trip, "Ed", fixed_start=on(4, 9))
    expected = {
        "Ada (Acme)": Change.MOVED,
        "No longer planned: Bo (Acme)": Change.CANCELLED,
        "Cy (Acme)": Change.CHANGED,
        "Ed (Acme)": Change.NEW,
    }
    assert changes(ws, trip) == expected
    assert {event.summary.value for event in exported(ws, trip, CHANGES).values()} == set(expected)


def test_a_second_export_of_changes_in_a_row_says_that_nothing_has_changed(ws: Workspace) -> None:
    trip = planned(ws, "Ada")
    calendar_out.calendar(ws, trip, CHANGES)
    with pytest.raises(InputError, match=r"Nothing has changed since the last export"):
        calendar_out.calendar(ws, trip, CHANGES)


def test_two_windows_that_hand_out_different_things_leave_the_next_revision_above_both(ws: Workspace) -> None:
    trip = planned(ws, "Ada")
    stale = calendar_out.export(calendar_out.calendar_week(ws, trip))
    change(ws, trip, "ada", fixed_start=on(0, 15))
    other = of(ws, trip, "ada")
    calendar_out.record(ws, trip, stale)
    assert other.sequence.value == events(stale.content)[meeting_uid(trip.id, "ada")].sequence.value == "0"
    assert of(ws, trip, "ada").sequence.value == "1"


def test_handing_the_same_file_out_twice_is_no_change(ws: Workspace) -> None:
    trip = planned(ws, "Ada")
    file = calendar_out.export(calendar_out.calendar_week(ws, trip))
    calendar_out.record(ws, trip, file)
    calendar_out.record(ws, trip, file)
    assert calendar_out.calendar(later(ws), trip) == file.content


# What is off


def taken_off(ws: Workspace, trip: Trip) -> None:
    ws.store.remove_candidate(trip.id, "ada", ws.now())


def deleted(ws: Workspace, trip: Trip) -> None:
    ws.store.delete_contact("ada", ws.now())


def declined(ws: Workspace, trip: Trip) -> None:
    asking.free_hours(ws, asking.log(ws, "ada", TouchKind.DECLINED))


def cancelled(ws: Workspace, trip: Trip) -> None:
    asking.free_hours(ws, asking.log(ws, "ada", TouchKind.CANCELLED))


def cancelled_before_the_plan_was_made_and_logged_after(ws: Workspace, trip: Trip) -> None:
    asking.free_hours(ws, asking.log(ws, "ada", TouchKind.CANCELLED, at=ws.now() - timedelta(minutes=90)))


def let_go_and_unplanned(ws: Workspace, trip: Trip) -> None:
    week.let_go(ws, trip, "ada")
    change(ws, trip, "ada", windows=())
    week.plan(ws, trip)


@pytest.mark.parametrize(
    "happens",
    [
        taken_off,
        deleted,
        declined,
        cancelled,
        cancelled_before_the_plan_was_made_and_logged_after,
        let_go_and_unplanned,
    ],
)
def test_a_meeting_that_is_off_is_cancelled_at_its_last_hours_in_all_exports_to_come(
    ws: Workspace, happens: Callable[[Workspace, Trip], None]
) -> None:
    trip = planned(ws, "Ada", "Bo")
    week.agree(ws, trip, "ada")
    before = of(ws, trip, "ada")
    week.plan(later(ws), trip)
    happens(later(ws, 2), trip)
    changed = of(later(ws, 3), trip, "ada", CHANGES)
    assert (changed.status.value, changed.transp.value) == ("CANCELLED", "TRANSPARENT")
    assert changed.summary.value == "Cancelled: Ada (Acme)"
    assert (changed.dtstart.value, changed.dtend.value) == (before.dtstart.value, before.dtend.value)
    assert (before.sequence.value, changed.sequence.value) == ("0", "1")
    assert not hasattr(changed, "valarm")
    again = of(later(ws, 4), trip, "ada")
    assert (again.status.value, again.sequence.value) == ("CANCELLED", "1")
    assert changes(ws, trip) == {}


def test_a_meeting_never_exported_and_off_is_in_no_export(ws: Workspace) -> None:
    trip = planned(ws, "Ada", "Bo")
    ws.store.remove_candidate(trip.id, "ada", ws.now())
    assert set(exported(ws, trip)) == {meeting_uid(trip.id, "bo")}


def test_a_meeting_that_comes_back_is_the_same_event_with_a_higher_revision(ws: Workspace) -> None:
    trip = planned(ws, "Ada", "Bo")
    first = of(ws, trip, "ada")
    ws.store.remove_candidate(trip.id, "ada", ws.now())
    calendar_out.calendar(ws, trip)
    candidate = ws.store.removed_candidate(trip.id, "ada")
    assert candidate is not None
    ws.store.save_candidates([candidate])
    assert changes(ws, trip) == {"Ada (Acme)": Change.NEW}
    back = of(ws, trip, "ada")
    assert (back.status.value, back.sequence.value) == (first.status.value, "2")
    assert back.dtstart.value == first.dtstart.value


def test_a_week_with_everything_cancelled_can_still_be_exported(ws: Workspace) -> None:
    trip = planned(ws, "Ada")
    calendar_out.calendar(ws, trip)
    ws.store.remove_candidate(trip.id, "ada", ws.now())
    assert of(ws, trip, "ada").status.value == "CANCELLED"


def test_a_meeting_held_stays_in_the_calendar(ws: Workspace) -> None:
    trip = planned(ws, "Ada")
    week.agree(ws, trip, "ada")
    calendar_out.calendar(ws, trip)
    after = Workspace(store=ws.store, now=lambda: on(5, 12))
    asking.log(after, "ada", TouchKind.MET)
    assert of(after, trip, "ada").status.value == "CONFIRMED"


# What is known since the plan was made


def test_an_hour_agreed_since_the_plan_goes_before_the_plans_and_says_that_the_way_is_not_planned(
    ws: Workspace,
) -> None:
    trip = planned(ws, "Ada")
    change(ws, trip, "ada", fixed_start=on(2, 16))
    ada = of(ws, trip, "ada")
    assert (ada.status.value, ada.dtstart.value) == ("CONFIRMED", on(2, 16))
    assert "The way there is not planned yet" in ada.description.value
    assert "Leave by" not in ada.description.value
    calendar_out.save_options(ws, CalendarOptions(ways=True, notes=True))
    assert entries(ws, trip, EntryKind.WAY) == entries(ws, trip, EntryKind.NOTES) == []


def test_somebody_agreed_on_and_not_planned_yet_is_in_the_calendar(ws: Workspace) -> None:
    trip = a_trip(ws)
    a_candidate(ws, trip, "Ada", fixed_start=on(1, 10), format=Format.CALL, duration=45)
    ada = of(ws, trip, "ada")
    assert (ada.dtstart.value, ada.dtend.value) == (on(1, 10), on(1, 10, 45))
    assert ada.location.value == "Call"


def test_an_hour_let_go_is_a_proposal_until_the_week_is_planned_again(ws: Workspace) -> None:
    trip = planned(ws, "Ada")
    week.agree(ws, trip, "ada")
    assert of(ws, trip, "ada").status.value == "CONFIRMED"
    week.let_go(ws, trip, "ada")
    assert of(ws, trip, "ada").status.value == "TENTATIVE"


def test_a_yes_after_a_cancellation_brings_the_proposal_back(ws: Workspace) -> None:
    trip = planned(ws, "Ada")
    asking.log(ws, "ada", TouchKind.CANCELLED)
    assert calendar_out.calendar_week(ws, trip).editions == ()
    asking.log(later(ws), "ada", TouchKind.ACCEPTED)
    assert [one.contact_id for one in calendar_out.calendar_week(later(ws, 2), trip).meetings] == ["ada"]


def test_a_week_planned_after_a_cancellation_holds_the_new_proposal(ws: Workspace) -> None:
    trip = planned(ws, "Ada")
    week.agree(ws, trip, "ada")
    calendar_out.calendar(ws, trip)
    asking.free_hours(ws, asking.log(later(ws), "ada", TouchKind.CANCELLED))
    assert of(ws, trip, "ada").status.value == "CANCELLED"
    week.plan(later(ws, 2), trip)
    assert of(ws, trip, "ada").status.value == "TENTATIVE"


# Hours offered


def test_offered_hours_are_held_each_on_its_own_and_cancelled_once_one_is_chosen(ws: Workspace) -> None:
    trip = planned(ws, "Ada", "Bo")
    hours = [on(0, 10), on(0, 14), on(1, 11)]
    offering.make_offer(ws, trip, "ada", hours)
    held = {uid: event for uid, event in exported(ws, trip).items() if event.summary.value == "Held: Ada (Acme)"}
    assert sorted(event.dtstart.value for event in held.values()) == hours
    assert {event.status.value for event in held.values()} == {"TENTATIVE"}
    assert meeting_uid(trip.id, "ada") not in exported(ws, trip)
    week.agree(ws, trip, "ada", on(0, 14))
    after = exported(ws, trip)
    assert {after[uid].status.value for uid in held} == {"CANCELLED"}
    assert {after[uid].summary.value for uid in held} == {"No longer held: Ada (Acme)"}
    assert after[meeting_uid(trip.id, "ada")].status.value == "CONFIRMED"


def test_an_hour_offered_again_is_the_same_event(ws: Workspace) -> None:
    trip = planned(ws, "Ada")
    offering.make_offer(ws, trip, "ada", [on(0, 10)])
    before = exported(ws, trip)
    offering.make_offer(ws, trip, "ada", [on(0, 10), on(0, 12)])
    assert [one.change for one in calendar_out.calendar_week(ws, trip).changes] == [Change.NEW]
    assert set(before) < set(exported(ws, trip))


# What else is wanted


def test_options_are_kept_and_unknown_ones_are_passed_over(ws: Workspace) -> None:
    assert calendar_out.options(ws) == CalendarOptions()
    wanted = CalendarOptions(ways=True, leave=False)
    calendar_out.save_options(ws, wanted)
    assert calendar_out.options(ws) == wanted
    ws.store.save_setting("calendar", {"ways": True, "music": True, "lunch": "loud"})
    assert calendar_out.options(ws) == CalendarOptions(ways=True)


def test_ways_notes_and_lunch_are_events_of_their_own_at_the_hours_of_the_agenda(ws: Workspace) -> None:
    trip = planned(ws, "Ada")
    calendar_out.save_options(ws, CalendarOptions(ways=True, notes=True, lunch=True))
    agenda = week.current(ws, trip).agenda
    assert agenda is not None
    day = agenda.days[0]
    (block,) = day.meetings
    assert block.leave_by is not None
    found = {
        one.entry.summary: (one.entry.start, one.entry.end) for one in calendar_out.calendar_week(ws, trip).editions
    }
    hours = {(one.kind.value, one.title): (one.start, one.end) for one in day.blocks}
    assert found == {
        "Ada (Acme)": hours["meeting", "Ada"],
        f"To Ada: leave by {block.leave_by:%H:%M}": hours["travel", "To Ada"],
        "Back to the base": hours["travel", "Back to the base"],
        "Write notes: Ada": hours["debrief", "Write notes"],
        "Lunch": hours["lunch", "Lunch"],
    }


def test_what_is_no_longer_wanted_is_cancelled_and_the_meeting_stays(ws: Workspace) -> None:
    trip = planned(ws, "Ada")
    calendar_out.save_options(ws, CalendarOptions(ways=True))
    calendar_out.calendar(ws, trip)
    calendar_out.save_options(ws, CalendarOptions())
    assert set(changes(ws, trip).values()) == {Change.CANCELLED}
    assert all(title.startswith("No longer needed: ") for title in changes(ws, trip))
    assert of(ws, trip, "ada").status.value == "TENTATIVE"


def test_a_moved_meeting_moves_its_way_under_the_same_uid(ws: Workspace) -> None:
    trip = planned(ws, "Ada")
    calendar_out.save_options(ws, CalendarOptions(ways=True))
    week.agree(ws, trip, "ada", on(0, 10))
    week.plan(ws, trip)
    (before,) = [one for one in entries(ws, trip, EntryKind.WAY) if one.entry.contact_id]
    calendar_out.calendar(ws, trip)
    change(ws, trip, "ada", fixed_start=on(1, 15))
    week.plan(ws, trip)
    (after,) = [one for one in entries(ws, trip, EntryKind.WAY) if one.entry.contact_id]
    assert (after.entry.uid, after.change) == (before.entry.uid, Change.MOVED)
    assert after.entry.start == before.entry.start + timedelta(days=1, hours=5)


ASK_AND_THANK = CalendarOptions(confirm=True, thank=True, reminder_entries=True)


def agreed(ws: Workspace, start: datetime, country: str = "") -> Trip:
    trip = a_trip(ws)
    trip = replace(trip, country=country)
    ws.store.save_trip(trip)
    a_candidate(ws, trip, "Ada", fixed_start=start)
    calendar_out.save_options(ws, ASK_AND_THANK)
    return trip


def tasks(ws: Workspace, trip: Trip) -> dict[str, datetime]:
    return {one.entry.summary: one.entry.start for one in entries(ws, trip, EntryKind.REMINDER)}


def test_a_monday_meeting_is_confirmed_on_friday_and_thanked_for_that_evening(ws: Workspace) -> None:
    trip = agreed(ws, on(0, 10))
    assert tasks(ws, trip) == {
        "Confirm Mon 7 Dec 10:00 with Ada": on(-3, 9),
        # The meeting ends at 10:30; thanks are due 24 hours later.
        "Thank Ada by Tue 8 Dec 10:30": on(0, 18),
    }


def test_a_holiday_in_between_brings_the_confirmation_forward(ws: Workspace) -> None:
    # Thanksgiving 2026 is Thursday 26 November: a meeting on Friday is confirmed on Wednesday.
    trip = agreed(ws, on(0, 10), country="US")
    days = [replace(trip.days[0], date=date(2026, 11, 27))]
    ws.store.save_trip(replace(trip, days=tuple(days)))
    change(ws, trip, "ada", fixed_start=datetime(2026, 11, 27, 10, 0, tzinfo=WASHINGTON))
    found = tasks(ws, ws.store.trip(trip.id))
    assert found["Confirm Fri 27 Nov 10:00 with Ada"] == datetime(2026, 11, 25, 9, 0, tzinfo=WASHINGTON)


def test_a_meeting_that_ends_in_the_evening_is_thanked_for_next_morning(ws: Workspace) -> None:
    trip = agreed(ws, on(0, 17, 45))
    assert tasks(ws, trip)["Thank Ada by Tue 8 Dec 18:15"] == on(1, 9)


def test_reminders_ring_at_the_same_moments_and_stand_in_the_text(ws: Workspace) -> None:
    trip = agreed(ws, on(0, 10))
    ada = of(ws, trip, "ada")
    triggers = [alarm.trigger.value for alarm in ada.valarm_list]
    assert triggers == [timedelta(minutes=-10), on(-3, 9).astimezone(UTC), on(0, 18).astimezone(UTC)]
    assert "Confirm Mon 7 Dec 10:00 with Ada.\nThank Ada by Tue 8 Dec 10:30." in ada.description.value


def test_what_the_log_has_answered_needs_no_reminder(ws: Workspace) -> None:
    trip = agreed(ws, on(0, 10))
    calendar_out.calendar(ws, trip)
    asking.log(ws, "ada", TouchKind.CONFIRMED)
    assert changes(ws, trip)["No longer needed: Confirm Mon 7 Dec 10:00 with Ada"] is Change.CANCELLED
    assert "Thank Ada by Tue 8 Dec 10:30" in tasks(ws, trip)


def test_a_proposal_has_no_reminders_but_the_one_to_leave(ws: Workspace) -> None:
    trip = planned(ws, "Ada")
    calendar_out.save_options(ws, ASK_AND_THANK)
    (start,) = tasks(ws, trip).values()
    agenda = week.current(ws, trip).agenda
    assert agenda is not None
    assert start == agenda.meetings[0].leave_by


def test_reminders_take_no_time(ws: Workspace) -> None:
    trip = agreed(ws, on(0, 10))
    taken = {event.summary.value for event in exported(ws, trip).values() if not hasattr(event, "transp")}
    assert taken == {"Ada (Acme)"}


# Anything that may happen


def agree_on(ws: Workspace, trip: Trip, who: str, number: int) -> None:
    change(ws, trip, who, fixed_start=on(number % 5, 9 + number))


def plan_without_agreement(ws: Workspace, trip: Trip, who: str, number: int) -> None:
    change(ws, trip, who, fixed_start=None)


def offer(ws: Workspace, trip: Trip, who: str, number: int) -> None:
    with suppress(InputError):  # an hour held for the other one
        offering.make_offer(ws, trip, who, [on(number % 5, 9 + number)])


def close_offer(ws: Workspace, trip: Trip, who: str, number: int) -> None:
    offering.close(ws, trip, who)


def call_off(ws: Workspace, trip: Trip, who: str, number: int) -> None:
    asking.free_hours(ws, asking.log(ws, who, TouchKind.CANCELLED))


def want_more_or_less(ws: Workspace, trip: Trip, who: str, number: int) -> None:
    names = [field.name for field in fields(CalendarOptions)]
    calendar_out.save_options(ws, CalendarOptions(**{name: bool(number >> bit & 1) for bit, name in enumerate(names)}))


def take_off(ws: Workspace, trip: Trip, who: str, number: int) -> None:
    ws.store.remove_candidate(trip.id, who, ws.now())


def come_back(ws: Workspace, trip: Trip, who: str, number: int) -> None:
    trips.add_candidates(ws, trip, [who])


EVENTS = (agree_on, plan_without_agreement, offer, close_offer, call_off, want_more_or_less, take_off)
STEPS = st.lists(
    st.tuples(st.sampled_from(EVENTS), st.sampled_from(["ada", "bo"]), st.integers(0, 8), st.sampled_from(list(Which))),
    min_size=1,
    max_size=6,
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STEPS)
def test_whatever_happens_a_calendar_that_took_every_file_holds_what_the_week_says(tmp_path: Path, steps: list) -> None:
    hour = iter(range(1, 1000))
    ws = open_workspace(tmp_path / f"{uuid4()}.sqlite", now=lambda: NOW + next(hour) * HOUR / 60)
    trip = planned(ws, "Ada", "Bo")
    held: dict[str, tuple[int, str, datetime]] = {}

    def take(scope: Scope) -> None:
        try:
            content = calendar_out.calendar(ws, trip, scope)
        except InputError:
            return  # there is nothing of the kind
        for uid, event in events(content).items():
            new = (int(event.sequence.value), event.status.value, event.dtstart.value)
            assert uid not in held or new == held[uid] or new[0] > held[uid][0]
            held[uid] = new

    for happens, who, number, which in steps:
        on_the_trip = who in {one.contact_id for one in ws.store.candidates(trip.id)}
        (happens if on_the_trip else come_back)(ws, trip, who, number)
        take(Scope(which=which, day=MONDAY + timedelta(days=number % 5), contact_id=who))
    take(CHANGES)
    with pytest.raises(InputError, match=r"Nothing has changed|no planned meetings"):
        calendar_out.calendar(ws, trip, CHANGES)
    week_now = calendar_out.calendar_week(ws, trip).editions
    assert {uid: (status, start) for uid, (_, status, start) in held.items()} == {
        one.entry.uid: (
            "CANCELLED" if one.entry.off else "CONFIRMED" if one.entry.agreed else "TENTATIVE",
            one.entry.start,
        )
        for one in week_now
    }


def test_the_first_three_questions_stand_in_the_meeting_and_a_new_one_raises_its_revision(ws: Workspace) -> None:
    trip = planned(ws, "Ann", "Bob")
    before = of(ws, trip, "ann")
    question_lists.propose(ws, ws.store.contact("ann"), 45)
    asked = [one.text for one in ws.store.planned_questions("ann")]
    after = of(ws, trip, "ann")
    said = [line.removeprefix("Ask: ") for line in after.description.value.split("\n") if line.startswith("Ask: ")]
    assert said == asked[:3]
    assert int(after.sequence.value) == int(before.sequence.value) + 1
    assert "Ask: " not in of(ws, trip, "bob").description.value
