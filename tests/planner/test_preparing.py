"""How ready one is shows part by part; introductions, practice and research are kept."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from builders import MONDAY, WASHINGTON, a_candidate, a_person, a_trip

from iiplan.errors import InputError
from iiplan.model import Format, Introduction, ResearchKind, ResearchNote, TouchKind
from iiplan.planner import asking, preparing, question_lists
from iiplan.planner.preparing import Prepared
from iiplan.planner.workspace import Workspace


def at(hour: int) -> datetime:
    return datetime.combine(MONDAY, time(hour), WASHINGTON)


def note(note_id: str, kind: ResearchKind = ResearchKind.ARTICLE, **about: str) -> ResearchNote:
    about = about or {"contact_id": "ann"}
    return ResearchNote(id=note_id, kind=kind, text="x", found_on=date(2026, 11, 20), **about)  # type: ignore[arg-type]


def open_parts(one: Prepared) -> list[str]:
    return [part.name for part in one.parts if not part.done]


def test_a_meeting_becomes_ready_part_by_part(ws: Workspace) -> None:
    trip = a_trip(ws)
    a_candidate(ws, trip, "Ann", fixed_start=at(9))
    (one,) = preparing.prepared(ws, trip)
    assert open_parts(one) == [
        "The person looked up",
        "The organisation looked up",
        "What you share",
        "Questions",
        "Introduction practised",
        "Confirmed",
    ]
    assert (one.done, one.first_to_do) == (1, "Note two things about them.")
    for each in (note("1"), note("2", ResearchKind.IN_COMMON), note("3", organisation=" ACME ")):
        ws.store.save_research(each)
    question_lists.propose(ws, ws.store.contact("ann"), 30)
    preparing.practise(ws, "know", 80)
    asking.log(ws, "ann", TouchKind.CONFIRMED)
    (one,) = preparing.prepared(ws, trip)
    assert (open_parts(one), one.first_to_do) == ([], "")


def test_an_open_question_is_no_finding_and_old_practice_does_not_count(ws: Workspace) -> None:
    trip = a_trip(ws)
    a_candidate(ws, trip, "Ann", fixed_start=at(9))
    for number in range(3):
        ws.store.save_research(note(str(number), ResearchKind.OPEN_QUESTION))
    run = preparing.practise(ws, "know", 80)
    ws.store.delete_rehearsal(run.id)
    ws.store.save_rehearsal(type(run)(id="old", introduction_id="know", at=run.at - timedelta(days=8), seconds=80))
    (one,) = preparing.prepared(ws, trip)
    assert {"The person looked up", "Introduction practised"} <= set(open_parts(one))


def test_a_call_needs_a_number_and_a_visit_a_place(ws: Workspace) -> None:
    trip = a_trip(ws)
    a_candidate(ws, trip, "Cy", fixed_start=at(9), format=Format.CALL)
    (one,) = preparing.prepared(ws, trip)
    assert "Number to call" in open_parts(one)


def test_meetings_come_by_hour_and_then_those_who_said_yes(ws: Workspace) -> None:
    trip = a_trip(ws)
    for name, hour in (("Bob", 14), ("Ann", 9)):
        a_candidate(ws, trip, name, fixed_start=at(hour))
    for name in ("Zoe", "Yan"):
        a_candidate(ws, trip, name)
    asking.log(ws, "zoe", TouchKind.ACCEPTED)
    assert [one.contact.name for one in preparing.prepared(ws, trip)] == ["Ann", "Bob", "Zoe"]


def test_introductions_begin_with_two_empty_ones_and_need_names_of_their_own(ws: Workspace) -> None:
    assert [one.text for one in preparing.introductions(ws)] == ["", ""]
    mine = (Introduction(id="a", title="Planners", text="I am …"), Introduction(id="b", title="Others"))
    preparing.save_introductions(ws, mine)
    assert preparing.introductions(ws) == mine
    with pytest.raises(InputError, match="Two introductions are called 'planners'"):
        preparing.save_introductions(ws, [*mine, Introduction(id="c", title="PLANNERS ")])
    assert preparing.introductions(ws) == mine


def test_a_person_without_an_organisation_has_no_part_for_it(ws: Workspace) -> None:
    trip = a_trip(ws)
    a_candidate(ws, trip, "Ann", fixed_start=at(9))
    a_person(ws, "Ann")
    (one,) = preparing.prepared(ws, trip)
    assert "The organisation looked up" not in [part.name for part in one.parts]
