"""Each rule of the referee objects when only it is broken, and says so."""

from __future__ import annotations

import copy
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from random_weeks import random_week

from iiplan.scheduling import check, parse_problem, plan_document, referee, solve

MON, TUE = "2027-03-15", "2027-03-16"
Document = dict

PROBLEM: Document = {
    "timezone": "Europe/Berlin",
    "grid_minutes": 15,
    "base": "hotel",
    "days": [
        {
            "date": MON,
            "start": "08:30",
            "end": "18:00",
            "min_meetings": 2,
            "max_meetings": 3,
            "lunch": {"from": "11:30", "to": "14:00", "minutes": 45},
            "busy": [{"from": "15:00", "to": "15:30"}],
        },
        {"date": TUE, "min_meetings": 0, "max_meetings": 1},
    ],
    "places": [{"id": "hotel"}, {"id": "north"}, {"id": "south"}],
    "travel": {"minutes": [[0, 20, 30], [20, 0, 40], [30, 40, 0]]},
    "candidates": [
        {"id": "ann", "name": "Ann", "place": "north", "windows": [{"start": f"{MON}T09:00", "end": f"{MON}T17:00"}]},
        {"id": "bob", "name": "Bob", "place": "south", "windows": [{"start": f"{MON}T09:00", "end": f"{MON}T17:00"}]},
        {"id": "cat", "name": "Cat", "place": None, "fixed_start": f"{MON}T14:05"},
        {
            "id": "dan",
            "name": "Dan",
            "place": "north",
            "seat": "desk",
            "windows": [{"start": f"{d}T09:00", "end": f"{d}T17:00"} for d in (MON, TUE)],
        },
        {
            "id": "eve",
            "name": "Eve",
            "place": "north",
            "seat": "desk",
            "windows": [{"start": f"{d}T09:00", "end": f"{d}T17:00"} for d in (MON, TUE)],
        },
    ],
}


def meeting(who: str, clock: str, end: str, date: str = MON, fixed: bool = False) -> Document:
    return {"candidate": who, "start": f"{date}T{clock}", "end": f"{date}T{end}", "fixed": fixed}


CAT = meeting("cat", "14:05", "14:35", fixed=True)
GOOD = [meeting("ann", "10:00", "10:30"), meeting("bob", "12:30", "13:00"), CAT]


def violations(meetings: list[Document], problem: Document = PROBLEM, **claims: object) -> tuple[str, ...]:
    return check(parse_problem(problem), {"meetings": meetings, **claims}).violations


def changed(**day: object) -> Document:
    """The problem with another Monday."""
    problem = copy.deepcopy(PROBLEM)
    problem["days"][0] |= day
    return problem


def test_a_faultless_plan_is_counted_by_hand() -> None:
    report = check(parse_problem(PROBLEM), {"meetings": GOOD})
    assert report.violations == ()
    # Leave 09:30 (20 minutes to Ann, there at 09:50), Ann occupied 09:50-10:45, 40 minutes to Bob, Bob occupied
    # 12:20-13:15, the call at Bob's 14:05-14:50, busy 15:00-15:30, so the 30 minutes home are 15:30-16:00.
    # Of 390 minutes 90 are travel, 155 occupied, 30 busy, 45 lunch: 70 idle. Three meetings of value 1.
    assert report.points == 3 * 240 - 4 * 90 - 70


CASES: dict[str, tuple[list[Document], Document, str]] = {
    "everybody_is_a_candidate": (
        [*GOOD, meeting("zoe", "16:30", "17:00", TUE)],
        PROBLEM,
        "'zoe' is met, but is not a candidate",
    ),
    "every_meeting_is_on_the_trip": (
        [*GOOD, meeting("dan", "10:00", "10:30", "2027-03-20")],
        PROBLEM,
        "Dan is met on 2027-03-20, which is not a day of the trip",
    ),
    "nobody_is_met_twice": (
        [meeting("dan", "10:00", "10:30"), CAT, meeting("dan", "10:00", "10:30", TUE)],
        PROBLEM,
        "Dan is met 2 times",
    ),
    "one_person_of_a_seat": (
        [meeting("dan", "10:00", "10:30"), CAT, meeting("eve", "10:00", "10:30", TUE)],
        PROBLEM,
        "Dan and Eve are both met, but seat 'desk' allows one",
    ),
    "fixed_meetings_take_place": (GOOD[:2], PROBLEM, "Cat is fixed on Mon 15 Mar at 14:05, but is not met then"),
    "meetings_last_as_long_as_asked": (
        [meeting("ann", "10:00", "10:25"), CAT],
        PROBLEM,
        "Ann is met for 25 minutes, not 30",
    ),
    "not_too_many_meetings": (GOOD, changed(max_meetings=2), "Mon 15 Mar has 3 meetings, more than the 2 allowed"),
    "meetings_lie_in_a_window": (
        [meeting("ann", "16:45", "17:15"), CAT],
        PROBLEM,
        "Ann on Mon 15 Mar at 16:45 lies in none of the hours given",
    ),
    "meetings_start_on_the_grid": (
        [meeting("ann", "10:05", "10:35"), CAT],
        PROBLEM,
        "Ann on Mon 15 Mar at 10:05 is not at a multiple of 15 minutes",
    ),
    "occupied_times_do_not_overlap": (
        [meeting("ann", "10:00", "10:30"), meeting("dan", "10:45", "11:15"), CAT],
        PROBLEM,
        "Ann on Mon 15 Mar at 10:00 keeps one until 10:45, and the time for Dan begins at 10:35",
    ),
    "occupied_times_are_not_busy": (
        [meeting("ann", "10:00", "10:30"), CAT],
        changed(busy=[{"from": "10:40", "to": "10:50"}]),
        "Ann on Mon 15 Mar at 10:00 overlaps the busy time 10:40 to 10:50",
    ),
    "the_first_is_reached_from_the_base": (
        [meeting("ann", "10:00", "10:30"), CAT],
        changed(start="09:31"),
        "Ann on Mon 15 Mar at 10:00 cannot be reached from the base after 09:31",
    ),
    "each_is_reached_from_the_one_before": (
        # Ann's debrief ends at 10:45, Bob needs you at 11:20: 35 minutes for a way of 40
        [meeting("ann", "10:00", "10:30"), meeting("bob", "11:30", "12:00"), CAT],
        PROBLEM,
        "Bob on Mon 15 Mar at 11:30 cannot be reached from Ann in time; the way takes 40 minutes",
    ),
    "the_base_is_reached_again": (GOOD, changed(end="15:59"), "leaves no time to be back by 15:59"),
}


@pytest.mark.parametrize("rule", CASES)
def test_only_the_broken_rule_objects(rule: str) -> None:
    meetings, problem, sentence = CASES[rule]
    found = violations(meetings, problem)
    assert len(found) == 1
    assert sentence in found[0]


def test_every_rule_has_a_case_of_its_own() -> None:
    rules: tuple[Callable[..., object], ...] = (*referee._WEEK_RULES, *referee._DAY_RULES)
    assert [rule.__name__ for rule in rules] == list(CASES)


def test_travel_may_not_pass_through_a_busy_time() -> None:
    # between 10:45 and 12:20 the 40 minutes to Bob fit before 11:30 or after it, but not around 11:05 to 12:00
    assert violations(GOOD, changed(busy=[{"from": "11:30", "to": "11:45"}])) == ()
    assert "cannot be reached from Ann" in violations(GOOD, changed(busy=[{"from": "11:05", "to": "12:00"}]))[0]


DAY = {
    "date": MON,
    "leave": "09:30",
    "return": "16:00",
    "travel_minutes": 90,
    "idle_minutes": 70,
    "lunch": {"start": "11:30", "end": "12:15"},
    "points": 290,
}
LEFT_OUT = [{"candidate": "dan", "reason": "x"}, {"candidate": "eve", "reason": "x"}]
CLAIMS = [
    ({"leave": "09:29"}, "leaving should be 09:30, not 09:29"),
    ({"return": "16:01"}, "returning should be 16:00, not 16:01"),
    ({"travel_minutes": 91}, "travel minutes should be 90, not 91"),
    ({"idle_minutes": 71}, "idle minutes should be 70, not 71"),
    ({"points": 291}, "points should be 290, not 291"),
    ({"lunch": None}, "a lunch can be had, but none is stated"),
    ({"lunch": {"start": "11:40", "end": "12:25"}}, "no lunch can be had from 11:40 to 12:25"),
    ({"lunch": {"start": "11:30", "end": "12:00"}}, "no lunch can be had from 11:30 to 12:00"),
    ({"date": TUE}, "describes Tue 16 Mar, on which nobody is met"),
]


def test_a_plan_that_describes_itself_truly_is_faultless() -> None:
    claims = {"days": [DAY], "unplaced": LEFT_OUT, "points": 290, "bound": 290, "status": "optimal"}
    assert violations(GOOD, **claims) == ()


@pytest.mark.parametrize(("wrong", "sentence"), CLAIMS)
def test_a_false_statement_about_a_day_is_named(wrong: Document, sentence: str) -> None:
    found = violations(GOOD, days=[DAY | wrong], unplaced=LEFT_OUT)
    assert any(sentence in fault for fault in found), found


@pytest.mark.parametrize(
    ("claims", "sentence"),
    [
        ({"points": 291}, "worth 290 points, not 291"),
        ({"points": 290, "bound": 289}, "bound of 289 is less than the 290"),
        ({"points": 290, "bound": 300, "status": "optimal"}, "called optimal, but its bound is 300"),
        ({"unplaced": LEFT_OUT[:1]}, "Eve is neither met nor left out"),
        ({"unplaced": [*LEFT_OUT, {"candidate": "ann", "reason": "x"}]}, "Ann is both met and left out"),
        ({"unplaced": [*LEFT_OUT, {"candidate": "zoe", "reason": "x"}]}, "'zoe' is left out, but is not a candidate"),
        ({"days": [DAY, DAY], "unplaced": LEFT_OUT}, "describes a day twice"),
    ],
)
def test_a_false_statement_about_the_week_is_named(claims: Document, sentence: str) -> None:
    found = violations(GOOD, **claims)
    assert len(found) == 1
    assert sentence in found[0]


def test_a_meeting_is_marked_fixed_exactly_when_it_is() -> None:
    found = violations([GOOD[0] | {"fixed": True}, *GOOD[1:]])
    assert found == ("Ann is marked as fixed, which is not so.",)


def test_a_plan_may_call_itself_infeasible_only_when_the_fixed_meetings_clash() -> None:
    claims = {"status": "infeasible", "conflicts": ["x"]}
    assert "can all take place" in violations([], **claims)[0]
    assert violations([], changed(start="15:00"), **claims) == ()
    assert "has meetings" in violations(GOOD, changed(start="15:00"), **claims)[0]
    assert "names no conflict" in violations([], changed(start="15:00"), status="infeasible")[0]


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 399), pick=st.integers(0, 50), shift=st.sampled_from([-90, -7, -1, 1, 7, 90]))
def test_a_moved_meeting_never_keeps_a_plan_faultless_with_the_same_claims(seed: int, pick: int, shift: int) -> None:
    problem = parse_problem(random_week(seed))
    plan = plan_document(solve(problem))
    meetings: list[Document] = plan["meetings"]  # type: ignore[assignment]
    if not meetings:
        return
    chosen = meetings[pick % len(meetings)]
    for key in ("start", "end"):
        hours, minutes = divmod(int(chosen[key][11:13]) * 60 + int(chosen[key][14:]) + shift, 60)
        chosen[key] = f"{chosen[key][:11]}{hours:02d}:{minutes:02d}"
    report = check(problem, plan)
    # a move may give an equally good plan with the same hours of leaving and returning, but never a better one
    assert report.violations or report.points == plan["points"]
