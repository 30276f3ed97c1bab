"""What someone costs, who could stand in, two plans side by side: as trying everything finds it."""

from __future__ import annotations

import pytest
from changed import fixed_at, with_person, without
from oracle import best_points, best_points_with
from random_weeks import clock, random_week

from iiplan.errors import InputError, NotFoundError
from iiplan.scheduling import Moment, parse_problem, solve
from iiplan.scheduling.weighing import Move, Price, Tally, compare, price, stand_ins

MON, TUE = "2027-03-15", "2027-03-16"


@pytest.mark.parametrize("batch", range(4))
def test_must_having_someone_costs_what_trying_everything_finds(batch: int) -> None:
    for seed in range(4000 + 15 * batch, 4015 + 15 * batch):
        document = random_week(seed)
        best = best_points(document)
        for person in document["candidates"][:3]:
            points = best_points_with(document, person["id"])
            cost = None if best is None or points is None else best - points
            found = price(parse_problem(document), person["id"])
            assert found == Price(candidate=person["id"], best=best, points=points, cost=cost), f"random_week({seed})"


@pytest.mark.parametrize("batch", range(4))
def test_the_stand_ins_are_those_and_worth_what_trying_everything_finds(batch: int) -> None:
    seen = 0
    for seed in range(5000 + 50 * batch, 5050 + 50 * batch):
        document = random_week(seed)
        plan = solve(parse_problem(document))
        if not plan.meetings:
            continue
        cancelled = plan.meetings[seed % len(plan.meetings)].candidate
        met = {m.candidate: f"{m.date}T{clock(m.start)}" for m in plan.meetings if m.candidate != cancelled}
        stays = fixed_at(without(document, cancelled), **met)
        left_out = [p["id"] for p in document["candidates"] if p["id"] not in met and p["id"] != cancelled]
        expected = {}
        for who in left_out:
            points = best_points_with(without(stays, *(other for other in left_out if other != who)), who)
            if points is not None:
                expected[who] = points
        found = stand_ins(parse_problem(document), cancelled, plan=plan)
        assert {one.candidate: one.points for one in found} == expected, f"random_week({seed})"
        assert [one.points for one in found] == sorted(expected.values(), reverse=True)
        for one in found:
            fixed = fixed_at(without(stays, *(w for w in left_out if w != one.candidate)))
            at = f"{one.date}T{clock(one.start)}"
            assert best_points(fixed_at(fixed, **{one.candidate: at})) == one.points, f"random_week({seed})"
        seen += len(found)
    assert seen > 10


def week(*people: dict, **more: object) -> dict:
    """Two days, one meeting each at most, 30 minutes from the hotel to a."""
    usual = {"min_meetings": 0, "max_meetings": 1}
    return {
        "timezone": "Europe/Berlin",
        "base": "hotel",
        "days": [{"date": MON} | usual, {"date": TUE} | usual],
        "places": [{"id": "hotel"}, {"id": "a"}],
        "travel": {"minutes": [[0, 30], [30, 0]]},
        "candidates": list(people),
    } | more


def person(name: str, date: str = MON, hours: str = "10:00 12:00", **more: object) -> dict:
    window = {"start": f"{date}T{hours[:5]}", "end": f"{date}T{hours[6:]}"}
    return {"id": name.lower(), "name": name, "place": "a", "windows": [window]} | more


def test_the_best_stand_in_comes_first_with_the_hour() -> None:
    people = [person("Eva", value=5), person("Tom", value=2), person("Kim", hours="11:00 12:00", value=3)]
    tom, kim = stand_ins(parse_problem(week(*people)), "eva")[::-1]
    # 240 a star less 60 minutes of travel at 4
    assert (kim.candidate, kim.start, kim.end, kim.points) == ("kim", 11 * 60, 11 * 60 + 30, 3 * 240 - 240)
    assert (tom.candidate, tom.start, tom.points) == ("tom", 10 * 60, 2 * 240 - 240)


def test_nobody_stands_in_for_someone_who_is_not_met() -> None:
    problem = parse_problem(week(person("Eva", value=5), person("Tom")))
    with pytest.raises(InputError, match="The plan does not meet Tom, so nobody need stand in"):
        stand_ins(problem, "tom")
    with pytest.raises(NotFoundError, match="No candidate 'zoe'"):
        stand_ins(problem, "zoe")
    with pytest.raises(NotFoundError, match="No candidate 'zoe'"):
        price(problem, "zoe")


def test_two_plans_are_compared_meeting_by_meeting_and_by_kinds_of_points() -> None:
    before = week(person("Eva"), person("Tom", TUE), person("Kim", TUE, value=1, must=True))
    lunch = {"from": "10:00", "to": "11:00", "minutes": 60}
    before["days"][0] |= {"min_meetings": 2, "lunch": lunch}
    before["weights"] = {"must": 1000, "travel_minute": 1}
    problem = parse_problem(before)
    a = solve(parse_problem(without(before, "kim")))
    b = solve(parse_problem(fixed_at(before, eva=f"{MON}T11:15")))
    found = compare(problem, a, b)
    assert (found.kept, found.added, found.dropped) == ((), ("kim",), ("tom",))
    first = next(m for m in a.meetings if m.candidate == "eva")
    assert found.moved == (
        Move(candidate="eva", before=Moment(first.date, first.start), after=Moment(first.date, 675)),
    )
    assert first.start != 675
    # two stars, 2 * 60 minutes of travel, one meeting fewer than wanted on Monday; whenever Eva is met from 10:00 to
    # 12:00, an hour of lunch from 10:00 to 11:00 does not fit before leaving, at 10:50 at the latest, nor after
    usual = {"value": 480, "missing_meetings": -60, "lunch": -120, "travel": -120, "idle": 0}
    assert found.a == Tally(must=0, **usual)
    assert found.b == Tally(must=1000, **usual)


def test_a_plan_compared_with_itself_keeps_everybody_and_its_points_by_kind_add_up() -> None:
    kinds = set()
    for seed in range(6000, 6080):
        problem = parse_problem(random_week(seed))
        plan = solve(problem)
        if plan.points is None:
            continue
        found = compare(problem, plan, plan)
        assert found.kept == tuple(m.candidate for m in plan.meetings)
        assert (found.moved, found.added, found.dropped) == ((), (), ())
        assert found.a == found.b
        assert found.a.points == plan.points, f"random_week({seed})"
        kinds |= {name for name, points in vars(found.a).items() if points}
    assert kinds == set(vars(found.a))


def test_the_price_of_someone_in_the_best_week_is_nothing() -> None:
    problem = parse_problem(with_person(week(person("Eva", value=5), person("Tom")), "tom", value=2))
    assert price(problem, "eva") == Price(candidate="eva", best=960, points=960, cost=0)
    # Tom for Eva, the same way: three stars
    assert price(problem, "tom") == Price(candidate="tom", best=960, points=240, cost=720)
