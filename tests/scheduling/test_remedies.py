"""What it would take: each remedy solved again by trying everything, and the edits that a click applies."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from oracle import best_points, best_points_with
from random_weeks import batches, random_week

from iiplan.errors import InputError, NotFoundError
from iiplan.scheduling import Moment, Problem, Remedy, parse_plan, parse_problem, problem_document, solve
from iiplan.scheduling.edits import (
    AddWindow,
    Drop,
    EarlierStart,
    Edit,
    LaterReturn,
    MakeCall,
    MoveFixed,
    RaiseMost,
    ShorterLunch,
    ShorterMeeting,
    edit_document,
    read_edit,
)
from iiplan.scheduling.remedy_search import explain, remedies

MON, TUE = dt.date(2027, 3, 15), dt.date(2027, 3, 16)
KINDS = {AddWindow, Drop, EarlierStart, LaterReturn, MakeCall, MoveFixed, RaiseMost, ShorterLunch, ShorterMeeting}


def edited(problem: Problem, edit: Edit) -> dict:
    """The document of the changed problem."""
    document = problem_document(edit.apply(problem))
    assert problem_document(parse_problem(document)) == document
    return document


def without(document: dict, who: str) -> dict:
    return document | {"candidates": [p for p in document["candidates"] if p["id"] != who]}


@pytest.mark.parametrize("batch", batches(6))
def test_each_remedy_is_worth_what_it_says_and_brings_the_person_in(batch: int) -> None:
    seen: dict[type, int] = {}
    for seed in range(7000 + 25 * batch, 7025 + 25 * batch):
        # a coarse grid for most, or trying everything would take minutes
        problem = parse_problem(random_week(seed) | ({"grid_minutes": 30} if seed % 25 else {}))
        plan = solve(problem)
        found = remedies(problem, plan, most=9)
        assert list(found) == [one.candidate for one in plan.unplaced]
        for who, some in found.items():
            where = f"random_week({seed}), {who}"
            assert [one.points for one in some] == sorted((one.points for one in some), reverse=True), where
            for one in some:
                assert one.edit is not None
                document = edited(problem, one.edit)
                assert best_points(document) == one.points, f"{where}: {one}"
                # whoever plans again after the change meets the person: all weeks without are worth less
                rest = best_points(without(document, who))
                assert rest is None or rest < one.points, f"{where}: {one}"
                assert plan.points is not None
                if isinstance(one.edit, Drop):
                    assert one == some[-1], where
                else:
                    assert one.points > plan.points, f"{where}: {one}"
                seen[type(one.edit)] = seen.get(type(one.edit), 0) + 1
    assert len(seen) >= 5, seen


def best_of(problem: Problem, edits: list[Edit], who: str, points: int) -> int | None:
    """The most points above those of now that any of the changes brings by meeting someone, by trying everything."""
    worth = []
    for edit in edits:
        document = edited(problem, edit)
        best, rest = best_points(document), best_points(without(document, who))
        if best is not None and best > points and (rest is None or best > rest):
            worth.append(best)
    return max(worth, default=None)


@pytest.mark.parametrize("batch", batches(3))
def test_no_better_hour_call_or_meeting_more_is_overlooked(batch: int) -> None:
    checked = 0
    for seed in range(8000 + 12 * batch, 8012 + 12 * batch):
        problem = parse_problem(random_week(seed) | {"grid_minutes": 30})
        plan = solve(problem)
        if plan.points is None:
            continue
        for who, some in list(remedies(problem, plan, most=9).items())[:2]:
            person = problem.candidates[problem.candidate_index[who]]
            if best_points_with(problem_document(problem), who) == plan.points:
                continue
            said = {type(one.edit): one.points for one in some}
            hours = [
                AddWindow(candidate=who, date=day.date, start=start, end=start + person.duration)
                for day in problem.days
                for start in range(0, 1440, 30)
                if day.start <= start and start + person.duration <= day.end
            ]
            assert said.get(AddWindow) == best_of(problem, hours, who, plan.points), f"random_week({seed}), {who}"
            if person.place is not None:
                call = best_of(problem, [MakeCall(candidate=who)], who, plan.points)
                assert said.get(MakeCall) == call, f"random_week({seed}), {who}"
            dates = {window.date for window in person.windows}
            free = [day for day in problem.days if day.date in dates]
            raised = [RaiseMost(date=day.date, most=day.max_meetings + 1) for day in free]
            assert said.get(RaiseMost) == best_of(problem, raised, who, plan.points), f"random_week({seed}), {who}"
            checked += 1
    assert checked > 5


# -- one small week for each kind -------------------------------------------------------------------------


def week(*people: dict, **day: object) -> Problem:
    """Two days from 08:30 to 18:00, two meetings each, 30 minutes between any places at a point each."""
    usual = {"min_meetings": 0, "max_meetings": 2}
    return parse_problem(
        {
            "timezone": "Europe/Berlin",
            "base": "hotel",
            "days": [{"date": str(MON)} | usual | day, {"date": str(TUE)} | usual],
            "places": [{"id": "hotel"}, {"id": "a"}, {"id": "b"}],
            "travel": {"minutes": [[0, 30, 30], [30, 0, 30], [30, 30, 0]]},
            "candidates": list(people),
            "weights": {"travel_minute": 1},
        }
    )


def person(name: str, *hours: str, **more: object) -> dict:
    """A candidate with windows written ``'15 09:00 12:00'``."""
    windows = [{"start": f"2027-03-{h[:2]}T{h[3:8]}", "end": f"2027-03-{h[:2]}T{h[9:]}"} for h in hours]
    return {"id": name.lower(), "name": name, "place": "a", "windows": windows} | more


def said(problem: Problem, who: str = "eva", most: int = 9) -> dict[str, int]:
    return {one.change: one.points for one in remedies(problem, solve(problem), who, most=most)[who]}


def test_a_wider_window_is_the_one_next_to_hours_given_among_equally_good_ones() -> None:
    problem = week(person("Eva", "15 10:00 10:20"))
    # one star less 60 minutes of travel; 10:00 is the only start of half an hour that begins within the hours given
    assert said(problem)["Ask whether Eva could also meet on Mon 15 Mar from 10:00 to 10:30."] == 180


def test_someone_without_hours_is_to_be_asked_for_some() -> None:
    changes = said(week(person("Eva")))
    assert list(changes) == ["Ask whether Eva could meet on Mon 15 Mar from 09:15 to 09:45."]


def test_a_shorter_meeting_is_the_longest_that_fits() -> None:
    assert said(week(person("Eva", "15 10:00 10:25")))["Ask Eva for 20 minutes instead of 30."] == 180


def test_a_call_spares_the_way() -> None:
    # 08:30 to 09:00 is too early for half an hour on the way, but not for a call at the hotel
    assert said(week(person("Eva", "15 08:30 09:00")))["Talk to Eva by phone or video instead of visiting."] == 240


def test_a_fixed_meeting_may_be_moved_to_another_of_its_hours() -> None:
    problem = week(
        person("Eva", "15 10:00 10:30"),
        person("Tom", "15 10:00 11:45", fixed_start=f"{MON}T10:15"),
    )
    # at 11:15 Tom follows at the same place: two stars, 60 of travel, and from 10:45 to 11:05 a wait of 20; at 11:00 it
    # is a wait of 5
    assert said(problem)["Move the meeting with Tom on Mon 15 Mar from 10:15 to 11:00."] == 480 - 60 - 5


def test_a_fixed_meeting_without_other_hours_moves_within_its_day() -> None:
    problem = week(person("Eva", "15 10:00 10:30"), person("Tom", fixed_start=f"{MON}T10:15"))
    assert said(problem)["Move the meeting with Tom on Mon 15 Mar from 10:15 to 11:00."] == 480 - 60 - 5


def test_one_meeting_more_on_a_day() -> None:
    people = [person("Eva", "15 11:00 11:30"), person("Tom", fixed_start=f"{MON}T10:00")]
    assert said(week(*people, max_meetings=1))["Allow two meetings on Mon 15 Mar instead of one."] == 480 - 60 - 5


def test_a_later_return_and_an_earlier_start_are_the_least_that_do() -> None:
    # Eva's time would last until 18:15, and the way home until 18:45; Tom's begins at 08:05, so leave at 07:35
    late = said(week(person("Eva", "15 17:30 18:00")))
    assert late["Return by 19:00 instead of 18:00 on Mon 15 Mar."] == 180
    early = said(week(person("Eva", "15 08:15 08:45")))
    assert early["Be ready to leave at 07:30 instead of 08:30 on Mon 15 Mar."] == 180


def test_a_shorter_lunch_where_the_long_one_leaves_no_time_for_two() -> None:
    lunch = {"from": "11:00", "to": "12:00", "minutes": 45}
    people = [person("Eva", "15 11:30 12:00"), person("Tom", fixed_start=f"{MON}T10:00")]
    document = problem_document(week(*people, lunch=lunch))
    problem = parse_problem(document | {"weights": {"travel_minute": 1, "missed_lunch": 500}})
    # Tom's time lasts until 10:45, Eva's begins at 11:20 at the same place: lunch from 11:00 on, 15 idle
    assert said(problem)["Take 20 minutes for lunch instead of 45 on Mon 15 Mar."] == 480 - 60 - 15


def test_letting_go_of_someone_comes_last_and_never_costs_more_than_the_person_brings() -> None:
    both = "15 10:00 10:30"
    near = said(week(person("Eva", both), person("Tom", both, value=2)))
    assert near["Let go of Tom."] == 180
    assert list(near)[-1] == "Let go of Tom."
    far = said(week(person("Eva", both), person("Tom", both, value=3)))
    assert "Let go of Tom." not in far


def test_nobody_is_to_let_go_of_someone_agreed_or_indispensable() -> None:
    both = "15 10:00 10:30"
    for other in (person("Tom", both, must=True, value=2), person("Tom", fixed_start=f"{MON}T10:00")):
        document = problem_document(week(person("Eva", both), other)) | {"weights": {"must": 0, "travel_minute": 1}}
        assert "Let go of Tom." not in said(parse_problem(document))


def test_nothing_helps_against_a_seat_that_someone_fixed_holds() -> None:
    problem = week(person("Eva", "15 14:00 15:00", seat="x"), person("Tom", fixed_start=f"{TUE}T10:00", seat="x"))
    assert said(problem) == {}


def test_at_most_three_are_said_the_best_first() -> None:
    problem = parse_problem(random_week(7020) | {"grid_minutes": 30})
    plan = solve(problem)
    everything = remedies(problem, plan, most=9)
    assert max(len(some) for some in everything.values()) == 5
    assert remedies(problem, plan) == {who: some[:3] for who, some in everything.items()}
    assert remedies(problem, plan, most=1) == {who: some[:1] for who, some in everything.items()}


def test_nobody_has_remedies_where_the_fixed_meetings_clash() -> None:
    problem = week(person("Eva", "15 10:00 12:00"), *(person(n, fixed_start=f"{MON}T10:00") for n in ("Tom", "Kim")))
    assert remedies(problem, solve(problem)) == {"eva": (), "tom": (), "kim": ()}


def test_without_time_nothing_is_tried_and_with_plenty_everything() -> None:
    problem = week(person("Eva", "15 10:00 10:25"))
    plan = solve(problem)
    assert remedies(problem, plan, time_limit=0) == {"eva": ()}
    assert remedies(problem, plan, time_limit=3600) == remedies(problem, plan) != {"eva": ()}


def test_an_unknown_candidate_is_refused() -> None:
    problem = week(person("Eva", "15 10:00 12:00"))
    with pytest.raises(NotFoundError, match="No candidate 'zoe'"):
        remedies(problem, solve(problem), "zoe")
    assert remedies(problem, solve(problem), "eva") == {}


def test_explain_is_the_plan_file_with_remedies_and_can_be_read_back() -> None:
    problem = week(person("Eva", "15 10:00 10:25"))
    plan = solve(problem)
    document = json.loads(json.dumps(explain(problem, plan)))
    (left,) = document["unplaced"]
    assert left["reason"] == plan.unplaced[0].reason
    assert left["remedies"][0]["edit"]["kind"]
    (again,) = parse_plan(document, problem).unplaced
    assert again.remedies == remedies(problem, plan)["eva"]


# -- edits ------------------------------------------------------------------------------------------------

EDITS: list[tuple[Edit, dict]] = [
    (
        AddWindow(candidate="eva", date=TUE, start=600, end=630),
        {"date": "2027-03-16", "start": "10:00", "end": "10:30"},
    ),
    (MoveFixed(candidate="tom", start=Moment(TUE, 600)), {"start": "2027-03-16T10:00"}),
    (RaiseMost(date=MON, most=5), {"date": "2027-03-15", "most": 5}),
    (LaterReturn(date=MON, end=1140), {"end": "19:00"}),
    (EarlierStart(date=MON, start=450), {"start": "07:30"}),
    (ShorterLunch(date=MON, minutes=30), {"minutes": 30}),
    (ShorterMeeting(candidate="eva", minutes=20), {"minutes": 20}),
    (MakeCall(candidate="eva"), {"candidate": "eva"}),
    (Drop(candidate="tom"), {"candidate": "tom"}),
]


@pytest.mark.parametrize(("edit", "part"), EDITS)
def test_an_edit_can_be_written_read_applied_and_undone(edit: Edit, part: dict) -> None:
    lunch = {"from": "11:30", "to": "14:00", "minutes": 45}
    problem = week(person("Eva", "15 10:00 10:30"), person("Tom", fixed_start=f"{MON}T15:00"), lunch=lunch)
    before = problem_document(problem)
    document = json.loads(json.dumps(edit_document(edit)))
    assert document.items() >= part.items()
    assert read_edit(document) == edit
    assert edited(problem, edit) != before
    assert problem_document(problem) == before


def test_every_kind_of_edit_is_tried_here() -> None:
    assert {type(edit) for edit, _ in EDITS} == KINDS == set(Edit.__subclasses__())


@pytest.mark.parametrize(
    ("document", "sentence"),
    [
        ("drop", "'drop' is no change of a problem. 'kind' must be one of add_window, move_fixed, "),
        ({"kind": "explode"}, "is no change of a problem"),
        ({"kind": "drop"}, "The change 'drop' has no usable 'candidate': None."),
        ({"kind": "raise_most", "date": "2027-03-15", "most": True}, "has no usable 'most': True."),
        ({"kind": "later_return", "date": "Monday", "end": "19:00"}, "has no usable 'date': 'Monday'."),
    ],
)
def test_what_is_no_edit_is_refused(document: object, sentence: str) -> None:
    with pytest.raises(InputError) as refused:
        read_edit(document)
    assert sentence in str(refused.value)


def test_an_edit_of_what_is_gone_is_refused() -> None:
    problem = week(person("Eva", "15 10:00 10:30"))
    with pytest.raises(NotFoundError, match="no candidate 'tom' any more"):
        Drop(candidate="tom").apply(problem)
    with pytest.raises(NotFoundError, match="Wed 17 Mar is no day of the problem any more"):
        RaiseMost(date=dt.date(2027, 3, 17), most=5).apply(problem)


def test_a_remedy_says_the_same_with_and_without_the_others() -> None:
    problem = parse_problem(random_week(7003))
    plan = solve(problem)
    everyone = remedies(problem, plan)
    assert {who: remedies(problem, plan, who)[who] for who in everyone} == everyone
    assert all(isinstance(one, Remedy) for some in everyone.values() for one in some)
