"""The judge makes the most of what a solver found, and agrees with the scheduler about what that is worth."""

from __future__ import annotations

from bench.instances import features, plain_week, read_week
from bench.judge import judge
from bench.routes import Answer, route_model
from bench.weeks import random_week
from iiplan.scheduling import Problem, check, parse_problem, solve

# two people at a and b, half an hour from everywhere; Eva from 10:00 to 10:30, Tom from 13:00 to 13:30
WEEK = {
    "timezone": "Europe/Berlin",
    "base": "hotel",
    "days": [{"date": "2027-03-15", "min_meetings": 0}, {"date": "2027-03-16", "min_meetings": 0}],
    "places": [{"id": "hotel"}, {"id": "a"}, {"id": "b"}],
    "travel": {"minutes": [[0, 30, 30], [30, 0, 30], [30, 30, 0]]},
    "candidates": [
        {
            "id": "eva",
            "place": "a",
            "value": 3,
            "windows": [{"start": "2027-03-15T10:00", "end": "2027-03-15T10:30"}],
        },
        {
            "id": "tom",
            "place": "b",
            "value": 4,
            "windows": [{"start": "2027-03-15T13:00", "end": "2027-03-15T13:30"}],
        },
    ],
}
EVA, TOM = 0, 1


def week(**changes: object) -> Problem:
    return parse_problem({**WEEK, **changes})


def people(**changes: object) -> list[dict]:
    return [{**person, **changes} for person in WEEK["candidates"]]


def test_the_points_are_those_of_the_referee() -> None:
    verdict = judge(week(), Answer(days=[[EVA, TOM], []]))
    # 7 stars; 90 minutes of travel; between 10:45 and 12:50 are 125 minutes, 30 of them travel: 95 idle
    assert verdict.points == 7 * 240 - 4 * 90 - 95
    assert (verdict.stars, verdict.meetings, verdict.dropped, verdict.faults) == (7, 2, 0, ())
    assert check(week(), verdict.document).points == verdict.points


def test_an_order_that_is_impossible_is_put_right() -> None:
    assert judge(week(), Answer(days=[[TOM, EVA], []])) == judge(week(), Answer(days=[[EVA, TOM], []]))


def test_someone_put_on_a_day_without_their_hours_is_dropped() -> None:
    verdict = judge(week(), Answer(days=[[EVA], [TOM]]))
    assert (verdict.points, verdict.dropped) == (3 * 240 - 4 * 60, 1)


def test_of_a_seat_placed_twice_the_most_valuable_stays() -> None:
    verdict = judge(week(candidates=people(seat="acme")), Answer(days=[[EVA, TOM], []]))
    assert (verdict.points, verdict.stars, verdict.dropped) == (4 * 240 - 4 * 60, 4, 1)


def test_someone_placed_twice_is_met_once() -> None:
    assert judge(week(), Answer(days=[[EVA, TOM, EVA], [TOM]])).meetings == 2


def test_a_visit_that_is_not_worth_its_way_is_left_out() -> None:
    verdict = judge(week(weights={"travel_minute": 100}), Answer(days=[[EVA, TOM], []]))
    assert (verdict.points, verdict.meetings, verdict.dropped) == (0, 0, 2)


def test_whoever_is_fixed_is_met_even_if_the_solver_forgot() -> None:
    fixed = [{**person, "fixed_start": person["windows"][0]["start"]} for person in WEEK["candidates"]]
    verdict = judge(week(candidates=fixed), Answer(days=[[], []]))
    assert (verdict.meetings, verdict.faults) == (2, ())


def test_whoever_is_fixed_is_met_even_if_it_does_not_pay() -> None:
    some = [{**WEEK["candidates"][0], "fixed_start": "2027-03-15T10:00"}, WEEK["candidates"][1]]
    verdict = judge(week(candidates=some, weights={"travel_minute": 100}), Answer(days=[[EVA, TOM], []]))
    assert (verdict.points, verdict.meetings, verdict.faults) == (3 * 240 - 100 * 60, 1, ())


def test_fixed_meetings_that_clash_leave_no_points() -> None:
    fixed = people(fixed_start="2027-03-15T10:00")
    verdict = judge(week(candidates=fixed), Answer(days=[[EVA, TOM], []]))
    assert verdict.points is None
    assert verdict.faults


def test_the_best_plan_is_worth_the_same_to_the_judge() -> None:
    for kind in ("narrow", "wide"):
        problem = parse_problem(random_week(kind, 8, 3))
        plan = solve(problem)
        days = [
            [problem.candidate_index[m.candidate] for m in plan.meetings if m.date == day.date] for day in problem.days
        ]
        assert judge(problem, Answer(days=days)).points == plan.points


def test_lunch_and_busy_times_are_counted_as_the_referee_does() -> None:
    days = [
        {
            "date": "2027-03-15",
            "min_meetings": 0,
            "lunch": {"from": "11:00", "to": "13:00", "minutes": 45},
            "busy": [{"from": "11:00", "to": "11:30"}],
        },
        {"date": "2027-03-16"},
    ]
    verdict = judge(week(days=days), Answer(days=[[EVA, TOM], []]))
    # of the 95 minutes between the two that are no travel, 30 are busy and 45 lunch (11:30 to 12:15): 20 idle
    assert verdict.points == 7 * 240 - 4 * 90 - 20


def test_the_least_time_between_starts_is_on_the_grid() -> None:
    model = route_model(week())
    eva, tom = model.first_visit + EVA, model.first_visit + TOM
    # a meeting and notes of 45, a way of 30 and 10 early are 85, on a grid of 15 they are 90: 45 are left for the way
    assert model.ways[eva][tom] == 45
    assert model.ways[0][eva] == 40
    assert model.ways[eva][0] == 30


def test_a_meeting_fixed_off_the_grid_keeps_its_minute() -> None:
    fixed = [WEEK["candidates"][0], {**WEEK["candidates"][1], "fixed_start": "2027-03-15T13:10"}]
    model = route_model(week(candidates=fixed))
    eva, tom = model.first_visit + EVA, model.first_visit + TOM
    # from a start at a quarter of an hour to one at 13:10, at least 85 minutes: 11:45 is 85 before, on the grid
    assert model.ways[eva][tom] == 85 - 45
    # and back: from 13:10 on 85 are 14:35, on the grid 14:45, which is 95
    assert model.ways[tom][eva] == 95 - 45


def test_a_window_that_leaves_no_time_for_the_way_is_no_span() -> None:
    early = [{**WEEK["candidates"][0], "windows": [{"start": "2027-03-15T08:00", "end": "2027-03-15T10:00"}]}]
    # at the place at 9:00, so 9:10 at the earliest: 9:15; and 9:30 at the latest
    assert route_model(week(candidates=early)).visits[0].spans == ((0, 555, 570),)


def test_a_plain_week_has_nothing_that_a_solver_cannot_express() -> None:
    full = random_week("narrow", 40, 1)
    assert features(read_week(full)) == {"calls", "seats", "lunch", "idle", "shortfall", "worth"}
    assert features(read_week(plain_week(full))) == frozenset()


def test_random_weeks_are_problems_of_the_size_asked_for() -> None:
    for kind in ("narrow", "wide"):
        problem = parse_problem(random_week(kind, 12, 5, max_meetings=6))
        assert len(problem.candidates) == 12
        assert {day.max_meetings for day in problem.days} == {6}
        assert problem.warnings == ()
        assert random_week(kind, 12, 5, max_meetings=6) == random_week(kind, 12, 5, max_meetings=6)
        assert random_week(kind, 12, 5) != random_week(kind, 12, 6)
