"""The day sheet as a use case: the week as it stands, the people, their questions, what to bring."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest
from builders import MONDAY, NEAR, WASHINGTON, a_candidate, a_person, a_trip, a_window

from iiplan.briefing import DaySheet, Paper, SheetMeeting, StopKind
from iiplan.errors import InputError
from iiplan.model import (
    Authority,
    Channel,
    Format,
    Offer,
    PlannedQuestion,
    ResearchKind,
    ResearchNote,
    Source,
    Theme,
    Touch,
    TouchKind,
    Trip,
)
from iiplan.planner import day_sheets, packing, question_lists, week
from iiplan.planner.workspace import Workspace

TUESDAY = MONDAY + timedelta(days=1)


def at(hour: int, day: int = 0) -> datetime:
    return datetime.combine(MONDAY + timedelta(days=day), time(hour), WASHINGTON)


def the_sheet(ws: Workspace, trip: Trip) -> DaySheet:
    return day_sheets.day_sheet(ws, trip, MONDAY)


def the_meeting(ws: Workspace, trip: Trip) -> SheetMeeting:
    meeting = the_sheet(ws, trip).meetings[0].meeting
    assert meeting is not None
    return meeting


def test_a_planned_day_says_when_to_leave_and_when_one_is_back(ws: Workspace) -> None:
    trip = a_trip(ws)
    a_candidate(ws, trip, "Ann", a_window(start=10, end=11), duration=60)
    agenda = week.plan(ws, trip).agenda
    assert agenda is not None
    sheet, planned = the_sheet(ws, trip), agenda.days[0]
    assert (sheet.leave, sheet.back) == (planned.meetings[0].leave_by, planned.back)
    (stop,) = sheet.meetings
    assert (stop.title, stop.start, stop.end) == ("Ann", at(10), at(11))
    meeting = the_meeting(ws, trip)
    assert (meeting.where, meeting.agreed, meeting.call) == ("Office, 1200 K St NW", False, False)
    assert "walk (estimate" in meeting.way
    assert meeting.map.startswith("https://www.openstreetmap.org/?mlat=38.902500")
    (back,) = [stop for stop in sheet.stops if stop.kind is StopKind.BACK]
    assert back.start == planned.back
    assert "walk (estimate" in back.note
    assert sheet.warning == ""


def test_an_hour_agreed_since_the_plan_is_on_the_sheet_and_no_way_is_made_up(ws: Workspace) -> None:
    trip = a_trip(ws)
    a_candidate(ws, trip, "Ann", a_window(start=10, end=12))
    week.plan(ws, trip)
    a_candidate(ws, trip, "Bo", fixed_start=at(15))
    sheet = the_sheet(ws, trip)
    assert [stop.title for stop in sheet.meetings] == ["Ann", "Bo"]
    bo = sheet.meetings[1].meeting
    assert bo is not None
    assert (bo.way, bo.leave_by, bo.agreed) == ("The way there is not planned yet.", None, True)
    assert "Something has changed since the week was planned" in sheet.warning
    assert (sheet.leave, sheet.back) == (None, None)  # the ways away and back are those of another day


def test_without_a_plan_the_sheet_says_to_plan(ws: Workspace) -> None:
    trip = a_trip(ws)
    a_candidate(ws, trip, "Ann", fixed_start=at(9))
    assert the_sheet(ws, trip).warning.startswith("The week is not planned yet")


def test_whoever_cancelled_is_not_on_the_sheet(ws: Workspace) -> None:
    trip = a_trip(ws)
    a_candidate(ws, trip, "Ann", a_window(start=10, end=12))
    week.plan(ws, trip)
    later = ws.now() + timedelta(seconds=1)
    ws.store.add_touches(
        [
            Touch(
                id="t1",
                contact_id="ann",
                kind=TouchKind.DECLINED,
                at=later.astimezone(UTC),
                timezone="America/New_York",
                channel=Channel.EMAIL,
            )
        ]
    )
    assert the_sheet(replace(ws, now=lambda: later), trip).meetings == ()


def test_a_visit_without_an_address_is_no_call(ws: Workspace) -> None:
    trip = a_trip(ws)
    a_candidate(ws, trip, "Ann", fixed_start=at(9), place=None)
    a_candidate(ws, trip, "Cy", fixed_start=at(11), format=Format.CALL)
    ann, cy = (stop.meeting for stop in the_sheet(ws, trip).meetings)
    assert ann is not None
    assert cy is not None
    assert (ann.call, ann.where, ann.way) == (False, "", "The way there is not planned yet.")
    assert (cy.call, cy.where, cy.way) == (True, "", "")
    ws.store.save_contact(replace(ws.store.contact("ann"), address="12 Nowhere Lane\nSomewhere"))
    assert the_meeting(ws, trip).where == "12 Nowhere Lane Somewhere"


def test_an_hour_held_stands_on_its_day(ws: Workspace) -> None:
    trip = a_trip(ws)
    a_candidate(ws, trip, "Ann", a_window(day=1))
    ws.store.save_offer(Offer(id="o1", trip_id=trip.id, contact_id="ann", starts=(at(10, 1),), made_at=ws.now()))
    (stop,) = day_sheets.day_sheet(ws, trip, TUESDAY).stops
    assert (stop.kind, stop.title) == (StopKind.HELD, "Held for Ann")
    assert stop.note == "Offered, not chosen yet; at Office, 1200 K St NW."
    assert day_sheets.sheet_days(ws, trip) == (TUESDAY,)
    a_candidate(ws, trip, "Ann", a_window(day=1), place=None)
    (stop,) = day_sheets.day_sheet(ws, trip, TUESDAY).stops
    assert stop.note == "Offered, not chosen yet; no address is known."


def test_five_questions_at_most_and_the_closing_two_always_among_them(ws: Workspace) -> None:
    trip = a_trip(ws)
    a_candidate(ws, trip, "Ann", fixed_start=at(9))
    ann = ws.store.contact("ann")
    planned = question_lists.propose(ws, ann, 45)  # (45 - 3) // 4 = 10 questions
    meeting = the_meeting(ws, trip)
    assert meeting.questions == tuple(one.text for one in (*planned[:3], *planned[-2:]))
    assert meeting.further == 5
    question_lists.save_question(ws, replace(planned[0], asked=True))
    assert the_meeting(ws, trip).questions[0] == planned[1].text
    assert the_meeting(ws, trip).further == 4


def test_a_short_list_is_shown_whole(ws: Workspace) -> None:
    trip = a_trip(ws)
    a_candidate(ws, trip, "Ann", fixed_start=at(9))
    one = PlannedQuestion(id="q", contact_id="ann", position=0, text="Which\nbus?", theme=Theme.WORK)
    ws.store.save_planned_questions([one])
    assert (the_meeting(ws, trip).questions, the_meeting(ws, trip).further) == (("Which bus?",), 0)
    planned = question_lists.propose(ws, ws.store.contact("ann"), 15)  # (15 - 3) // 4 = 3 questions
    assert the_meeting(ws, trip).questions == ("Which bus?", *(question.text for question in planned[1:]))
    assert len(planned) == 3


def test_two_lines_say_who_somebody_is(ws: Workspace) -> None:
    trip = a_trip(ws)
    a_candidate(ws, trip, "Ann", fixed_start=at(9))
    a_person(ws, "Ravi")
    found = replace(
        ws.store.contact("ann"), source=Source.ALUMNI, referred_by="ravi", authority=Authority.CAN_HIRE, role="Head"
    )
    ws.store.save_contact(found)
    assert the_meeting(ws, trip).about == ("Head, Acme", "Alumni, referred by Ravi, can hire")
    ws.store.save_contact(replace(found, referred_by=None, source=Source.REFERRAL, authority=Authority.HAS_A_SAY))
    assert the_meeting(ws, trip).about == ("Head, Acme", "Has a say in hiring")


def test_a_text_from_right_to_left_keeps_to_itself_among_others(ws: Workspace) -> None:
    trip = a_trip(ws)
    a_candidate(ws, trip, "Ann", fixed_start=at(9), place=replace(NEAR, name="مركز"))
    assert the_meeting(ws, trip).where == "\u2068مركز\u2069, 1200 K St NW"


def test_research_stands_in_one_line_what_we_share_first(ws: Workspace) -> None:
    trip = a_trip(ws)
    a_candidate(ws, trip, "Ann", fixed_start=at(9))
    ws.store.save_contact(replace(ws.store.contact("ann"), notes="Met at the fair."))
    assert the_meeting(ws, trip).found == "Met at the fair."
    notes = (
        ResearchNote(
            id="1", kind=ResearchKind.WEBSITE, text="Moves in spring.", found_on=MONDAY, organisation=" ACME "
        ),
        ResearchNote(id="2", kind=ResearchKind.ARTICLE, text="Wrote on\nbuses.", found_on=MONDAY, contact_id="ann"),
        ResearchNote(
            id="3", kind=ResearchKind.IN_COMMON, text="Same school", found_on=MONDAY - timedelta(9), contact_id="ann"
        ),
    )
    for note in notes:
        ws.store.save_research(note)
    assert the_meeting(ws, trip).found == "Same school; Wrote on buses; Moves in spring"
    ws.store.save_research(replace(notes[0], text="long " * 100))
    assert len(the_meeting(ws, trip).found) <= 220
    assert the_meeting(ws, trip).found.endswith(" …")


def test_the_first_introduction_that_says_something_is_taken(ws: Workspace) -> None:
    trip = a_trip(ws)
    a_candidate(ws, trip, "Ann", fixed_start=at(9))
    assert the_sheet(ws, trip).introduction == ()
    variants = [
        {"id": "a", "title": "A", "text": " "},
        {"id": "b", "title": "B", "text": "I am Jo.\n\nI count  buses."},
    ]
    ws.store.save_setting("introductions", {"variants": variants})
    assert the_sheet(ws, trip).introduction == ("I am Jo.", "I count buses.")
    ws.store.save_setting("introductions", {"variants": "broken"})
    assert the_sheet(ws, trip).introduction == ()


def test_what_to_bring_carries_its_ticks(ws: Workspace) -> None:
    trip = a_trip(ws)
    a_candidate(ws, trip, "Ann", fixed_start=at(9))
    first = packing.day_checklist(ws, trip, MONDAY)[0]
    packing.set_tick(ws, first.scope, first.item.text, True)
    bring = the_sheet(ws, trip).bring
    assert bring[0] == (first.item.text, True)
    assert ("3 résumés, in a folder", False) in bring


def test_the_next_day_is_today_or_the_first_to_come(ws: Workspace) -> None:
    trip = a_trip(ws)
    with pytest.raises(InputError, match=r"has no meeting yet\. Plan the week first"):
        day_sheets.next_day(ws, trip)
    a_candidate(ws, trip, "Ann", fixed_start=at(9))
    a_candidate(ws, trip, "Bo", fixed_start=at(9, 1))
    assert day_sheets.next_day(ws, trip) == MONDAY
    assert day_sheets.next_day(replace(ws, now=lambda: at(20)), trip) == MONDAY
    assert day_sheets.next_day(replace(ws, now=lambda: at(1, 1)), trip) == TUESDAY
    with pytest.raises(InputError, match=r"are over\. Name a day with --day, or take --week"):
        day_sheets.next_day(replace(ws, now=lambda: at(1, 2)), trip)


def test_the_week_has_a_sheet_for_each_day_with_meetings(ws: Workspace) -> None:
    trip = a_trip(ws)
    with pytest.raises(InputError, match="has no meeting yet"):
        day_sheets.week_sheets(ws, trip)
    a_candidate(ws, trip, "Ann", fixed_start=at(9))
    a_candidate(ws, trip, "Bo", fixed_start=at(9, 3))
    assert [sheet.date for sheet in day_sheets.week_sheets(ws, trip)] == [MONDAY, MONDAY + timedelta(days=3)]


def test_a_day_that_is_not_the_trips_is_refused_and_a_day_off_is_not(ws: Workspace) -> None:
    trip = a_trip(ws)
    off = replace(trip, days=(replace(trip.days[0], off=True), *trip.days[1:]))
    ws.store.save_trip(off)
    assert the_sheet(ws, off).off
    assert not day_sheets.day_sheet(ws, off, TUESDAY).off
    with pytest.raises(InputError, match="is not on Washington week, which lasts from 2026-12-07 to 2026-12-11"):
        day_sheets.day_sheet(ws, trip, MONDAY - timedelta(days=1))


def test_the_paper_is_remembered(ws: Workspace) -> None:
    assert day_sheets.paper(ws) is Paper.A4
    day_sheets.save_paper(ws, Paper.LETTER)
    assert day_sheets.paper(ws) is Paper.LETTER
    ws.store.save_setting("day_sheet", {"paper": "papyrus"})
    assert day_sheets.paper(ws) is Paper.A4
