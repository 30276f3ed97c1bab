"""The week as a use case: plan, agree, let go, out of date."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest
from builders import MONDAY, NEAR, WASHINGTON, a_candidate, a_trip, a_window

from iiplan.errors import InputError
from iiplan.model import Agenda, Block, BlockKind, Busy, Format, Stage, TouchKind
from iiplan.outreach import effective_touches, stage_of
from iiplan.planner import asking, offering, week
from iiplan.planner.trips import change_day
from iiplan.planner.workspace import Workspace, open_workspace


def planned(ws: Workspace, *names: str) -> Agenda:
    trip = a_trip(ws)
    for number, name in enumerate(names):
        a_candidate(ws, trip, name, a_window(day=number % 5))
    agenda = week.plan(ws, trip).agenda
    assert agenda is not None
    return agenda


def the_trip(ws: Workspace):  # type: ignore[no-untyped-def]
    return ws.store.trips()[0]


def meeting(agenda: Agenda, contact_id: str) -> Block:
    return next(block for block in agenda.meetings if block.contact_id == contact_id)


def test_a_planned_week_is_there_again_after_a_reload(ws: Workspace, database) -> None:  # type: ignore[no-untyped-def]
    agenda = planned(ws, "Ada", "Bo")
    again = week.current(open_workspace(database, now=ws.now), the_trip(ws))
    assert again.agenda == agenda
    assert not again.out_of_date
    assert agenda.proven


def test_a_changed_window_makes_the_plan_out_of_date(ws: Workspace) -> None:
    planned(ws, "Ada")
    trip = the_trip(ws)
    candidate = ws.store.candidates(trip.id)[0]
    ws.store.save_candidates([replace(candidate, windows=(a_window(start=10),))])
    assert week.current(ws, trip).out_of_date
    week.plan(ws, trip)
    assert not week.current(ws, trip).out_of_date


def test_a_trip_without_a_base_says_where_to_enter_it(ws: Workspace) -> None:
    trip = a_trip(ws, base=None)
    assert "say where you stay" in week.current(ws, trip).obstacle
    with pytest.raises(InputError, match="no base yet"):
        week.plan(ws, trip)


def test_people_who_cannot_be_planned_yet_are_left_out_with_the_cure(ws: Workspace) -> None:
    trip = a_trip(ws)
    a_candidate(ws, trip, "Ada")
    a_candidate(ws, trip, "Bo", a_window(), place=None)
    a_candidate(ws, trip, "Cy", a_window())
    asking.log(ws, "cy", TouchKind.DECLINED)
    outside = datetime.combine(MONDAY - timedelta(days=1), time(10), WASHINGTON)
    a_candidate(ws, trip, "Di", fixed_start=outside)
    agenda = week.plan(ws, trip).agenda
    assert agenda is not None
    reasons = {one.name: one.reason for one in agenda.left_out}
    assert reasons["Ada"].startswith("No hours given yet.")
    assert reasons["Bo"].startswith("No place to meet yet.")
    assert reasons["Cy"] == "Declined."
    assert "Sun 06 Dec 10:00, is not on a day of the trip" in reasons["Di"]


def test_an_agreed_meeting_keeps_its_hour_when_the_week_is_planned_again(ws: Workspace) -> None:
    agenda = planned(ws, "Ada", "Bo")
    trip = the_trip(ws)
    start = meeting(agenda, "ada").start
    week.agree(ws, trip, "ada")
    candidate = next(one for one in ws.store.candidates(trip.id) if one.contact_id == "ada")
    ws.store.save_candidates([replace(candidate, windows=(a_window(day=3),))])
    again = week.plan(ws, trip).agenda
    assert again is not None
    assert meeting(again, "ada").start == start
    assert meeting(again, "ada").fixed


def test_agreeing_on_an_hour_keeps_the_plan_current_and_logs_it(ws: Workspace) -> None:
    agenda = planned(ws, "Ada", "Bo")
    week.agree(ws, the_trip(ws), "ada")
    now = week.current(ws, the_trip(ws))
    assert not now.out_of_date
    assert now.agenda is not None
    assert [block.start for block in now.agenda.meetings] == [block.start for block in agenda.meetings]
    assert stage_of(ws.store.touches(contact_id="ada"), ws.now()) is Stage.SCHEDULED


def test_agreeing_on_an_hour_of_an_outdated_plan_leaves_it_outdated(ws: Workspace) -> None:
    planned(ws, "Ada")
    trip = the_trip(ws)
    a_candidate(ws, trip, "Bo", a_window(day=1))
    week.agree(ws, trip, "ada")
    assert week.current(ws, trip).out_of_date


def test_letting_go_frees_the_hour_and_takes_the_log_back(ws: Workspace) -> None:
    planned(ws, "Ada")
    trip = the_trip(ws)
    week.agree(ws, trip, "ada")
    week.let_go(ws, trip, "ada")
    assert ws.store.candidates(trip.id)[0].fixed_start is None
    assert stage_of(ws.store.touches(contact_id="ada"), ws.now()) is Stage.IDENTIFIED


def test_letting_go_of_an_hour_agreed_twice_leaves_nothing_scheduled(ws: Workspace) -> None:
    agenda = planned(ws, "Ada")
    trip = the_trip(ws)
    week.agree(ws, trip, "ada")
    week.agree(ws, trip, "ada", agenda.meetings[0].start + timedelta(hours=1))
    week.let_go(ws, trip, "ada")
    assert stage_of(ws.store.touches(contact_id="ada"), ws.now()) is Stage.IDENTIFIED


def test_letting_go_leaves_what_was_agreed_before_an_earlier_meeting_in_the_log(ws: Workspace) -> None:
    planned(ws, "Ada")
    trip = the_trip(ws)
    earlier = replace(ws, now=lambda: ws.now() - timedelta(days=2))
    for kind in (TouchKind.SCHEDULED, TouchKind.MET):
        asking.log(earlier, "ada", kind, trip_id=trip.id)
    week.agree(ws, trip, "ada")
    week.let_go(ws, trip, "ada")
    held = effective_touches(ws.store.touches(contact_id="ada"))
    assert [touch.kind for touch in held] == [TouchKind.SCHEDULED, TouchKind.MET]


def test_clashing_agreed_meetings_are_named_and_the_saved_plan_stays(ws: Workspace) -> None:
    agenda = planned(ws, "Ada", "Bo")
    trip = the_trip(ws)
    at_ten = datetime.combine(MONDAY, time(10), WASHINGTON)
    for candidate in ws.store.candidates(trip.id):
        ws.store.save_candidates([replace(candidate, fixed_start=at_ten)])
    with pytest.raises(InputError, match=r"cannot all be kept.*Ada.*Bo"):
        week.plan(ws, trip)
    now = week.current(ws, trip)
    assert now.agenda is not None
    assert now.out_of_date
    assert len(now.agenda.meetings) == len(agenda.meetings)


def test_the_way_to_each_meeting_ends_when_one_should_be_at_the_door(ws: Workspace) -> None:
    agenda = planned(ws, "Ada")
    day = agenda.days[0]
    way = next(block for block in day.blocks if block.kind is BlockKind.TRAVEL)
    early = next(block for block in day.blocks if block.kind is BlockKind.EARLY)
    assert way.end == early.start
    assert early.end == day.meetings[0].start
    assert day.leave == day.meetings[0].leave_by == way.start
    assert day.meetings[0].travel_minutes == way.minutes


def test_a_call_has_no_way_and_no_place(ws: Workspace) -> None:
    trip = a_trip(ws)
    a_candidate(ws, trip, "Ada", a_window(), format=Format.CALL)
    agenda = week.plan(ws, trip).agenda
    assert agenda is not None
    assert agenda.meetings[0].place is None
    assert agenda.meetings[0].leave_by is None
    assert not [block for block in agenda.days[0].blocks if block.kind is BlockKind.TRAVEL]


def test_a_way_is_shown_before_an_appointment_that_it_cannot_cross(ws: Workspace) -> None:
    # The only start is 12:00. One must be at the door at 11:50, is busy until 11:50, and walks a few minutes:
    # the way lies before the appointment.
    trip = a_trip(ws)
    trip = change_day(trip, replace(trip.days[0], lunch=None, busy=(Busy(start=time(10), end=time(11, 50)),)))
    ws.store.save_trip(trip)
    a_candidate(
        ws,
        trip,
        "Ada",
        replace(a_window(start=12, end=13), end=a_window(start=12, end=13).start + timedelta(minutes=30)),
    )
    agenda = week.plan(ws, trip).agenda
    assert agenda is not None
    way = agenda.days[0].meetings[0]
    assert way.leave_by is not None
    assert way.leave_by + timedelta(minutes=way.travel_minutes) == datetime.combine(MONDAY, time(10), WASHINGTON)


def test_blocks_of_a_day_never_overlap(ws: Workspace) -> None:
    trip = a_trip(ws)
    for number, name in enumerate(("Ada", "Bo", "Cy", "Di", "Ed", "Flo", "Gil", "Hal")):
        a_candidate(
            ws, trip, name, a_window(day=number % 2), format=Format.CALL if number % 3 == 0 else Format.IN_PERSON
        )
    agenda = week.plan(ws, trip).agenda
    assert agenda is not None
    assert agenda.meetings
    for day in agenda.days:
        for before, after in zip(day.blocks, day.blocks[1:], strict=False):
            assert before.end <= after.start


def test_a_deleted_contact_leaves_a_plan_that_is_out_of_date_but_readable(ws: Workspace) -> None:
    planned(ws, "Ada", "Bo")
    ws.store.delete_contact("ada", datetime(2026, 11, 23, tzinfo=UTC))
    now = week.current(ws, the_trip(ws))
    assert now.out_of_date
    assert now.agenda is not None
    assert {block.title for block in now.agenda.meetings} == {"Ada", "Bo"}
    assert NEAR.label in {block.place.label for block in now.agenda.meetings if block.place}


def test_a_new_plan_says_what_it_changes(ws: Workspace) -> None:
    before = planned(ws, "Ada", "Bo", "Cy")
    trip = the_trip(ws)
    later = meeting(before, "ada").start + timedelta(hours=2)
    by_id = {one.contact_id: one for one in ws.store.candidates(trip.id)}
    ws.store.save_candidates([replace(by_id["ada"], fixed_start=later)])
    ws.store.remove_candidate(trip.id, "bo", ws.now())
    a_candidate(ws, trip, "Di", a_window(day=4))
    after = week.plan(ws, trip).agenda
    assert after is not None
    assert week.differences(before, after) == f"Moved: Ada to Mon {later:%H:%M}. Added: Di. Left out now: Bo."
    assert week.differences(after, after) == ""


def test_a_stopped_search_keeps_the_best_so_far_with_a_true_bound(ws: Workspace) -> None:
    trip = a_trip(ws)
    for number, name in enumerate(("Ada", "Bo", "Cy")):
        a_candidate(ws, trip, name, a_window(day=number))
    stopped = week.plan(ws, trip, stop=lambda: True).agenda
    whole = week.plan(ws, trip).agenda
    assert stopped is not None
    assert whole is not None
    assert stopped.points <= whole.points <= stopped.bound
    assert whole.proven


def test_undoing_an_agreed_hour_leaves_the_plan_up_to_date(ws: Workspace) -> None:
    agenda = planned(ws, "Ada", "Bo")
    trip = the_trip(ws)
    before = week.agree(ws, trip, "ada")
    week.put_back(ws, trip, before)
    again = week.current(ws, trip)
    assert again.agenda == agenda
    assert not again.out_of_date
    assert stage_of(ws.store.touches(contact_id="ada"), ws.now()) is Stage.IDENTIFIED


def test_undoing_a_chosen_hour_holds_the_offered_hours_again(ws: Workspace) -> None:
    planned(ws, "Ada")
    trip = the_trip(ws)
    starts = [hour.start for hour in offering.hours_to_offer(ws, trip, "ada").suggested]
    offering.make_offer(ws, trip, "ada", starts)
    before = week.agree(ws, trip, "ada", starts[1])
    assert not offering.open_offers(ws, trip)
    week.put_back(ws, trip, before)
    assert [list(offer.starts) for offer in offering.open_offers(ws, trip)] == [sorted(starts)]
    assert ws.store.candidates(trip.id)[0].fixed_start is None


def test_undoing_another_hour_brings_back_the_one_agreed_before(ws: Workspace) -> None:
    planned(ws, "Ada")
    trip = the_trip(ws)
    week.agree(ws, trip, "ada", a_window(start=9).start)
    week.put_back(ws, trip, week.agree(ws, trip, "ada", a_window(start=13).start))
    assert ws.store.candidates(trip.id)[0].fixed_start == a_window(start=9).start


def test_an_hour_let_go_is_agreed_again_after_undo(ws: Workspace) -> None:
    planned(ws, "Ada")
    trip = the_trip(ws)
    week.agree(ws, trip, "ada")
    week.put_back(ws, trip, week.let_go(ws, trip, "ada"))
    assert ws.store.candidates(trip.id)[0].fixed_start is not None
    assert stage_of(ws.store.touches(contact_id="ada"), ws.now()) is Stage.SCHEDULED
    assert not week.current(ws, trip).out_of_date


def test_undo_keeps_a_plan_made_since(ws: Workspace) -> None:
    planned(ws, "Ada")
    trip = the_trip(ws)
    before = week.agree(ws, trip, "ada")
    a_candidate(ws, trip, "Bo", a_window(day=1))
    week.plan(ws, trip)
    week.put_back(ws, trip, before)
    agenda = week.current(ws, trip).agenda
    assert agenda is not None
    assert len(agenda.meetings) == 2


def test_an_hour_agreed_in_two_tabs_is_logged_once(ws: Workspace) -> None:
    planned(ws, "Ada")
    trip = the_trip(ws)
    week.agree(ws, trip, "ada")
    with pytest.raises(InputError, match="is agreed already, perhaps in another tab"):
        week.agree(ws, trip, "ada")
    kinds = [touch.kind for touch in ws.store.touches(contact_id="ada")]
    assert kinds == [TouchKind.SCHEDULED]
