"""Hours to offer: each one's worth as trying everything finds it, and no two promises of the same time."""

from __future__ import annotations

import random
from itertools import product

import pytest
from changed import fixed_at, with_person
from oracle import best_points, fixed_meetings_fit, minutes
from random_weeks import batches, clock, random_week

from iiplan.errors import NotFoundError
from iiplan.scheduling import Moment, parse_problem
from iiplan.scheduling.offering import Hold, Slot, offers

MON, TUE = "2027-03-15", "2027-03-16"


def local(date: object, minute: int) -> str:
    return f"{date}T{clock(minute)}"


def grid_starts(document: dict, person: dict) -> list[str]:
    """Every start on the grid in the windows given or, without any, in the trip's hours."""
    days = {day["date"]: day for day in document["days"]}
    windows = [(w["start"][:10], w["start"][11:], w["end"][11:]) for w in person["windows"]]
    windows = windows or [(date, day.get("start", "08:30"), day.get("end", "18:00")) for date, day in days.items()]
    found = {
        local(date, start)
        for date, first, last in windows
        for start in range(0, 1440, document["grid_minutes"])
        if date in days and minutes(first) <= start <= minutes(last) - person["duration"]
    }
    return sorted(found)


def free_again(document: dict) -> dict:
    """The document with nobody fixed who makes it impossible from the beginning."""
    if fixed_meetings_fit(document):
        return document
    return document | {"candidates": [p | {"fixed_start": None} for p in document["candidates"]]}


@pytest.mark.parametrize("batch", batches(4))
def test_each_start_is_offered_with_the_worth_that_trying_everything_finds(batch: int) -> None:
    seen = 0
    for seed in range(2000 + 15 * batch, 2015 + 15 * batch):
        document = free_again(random_week(seed))
        person = next((p for p in document["candidates"] if not p.get("fixed_start")), None)
        if person is None:
            continue
        found = offers(parse_problem(document), person["id"])
        worth = {
            start: best_points(fixed_at(document, **{person["id"]: start})) for start in grid_starts(document, person)
        }
        expected = {start: points for start, points in worth.items() if points is not None}
        assert {local(s.date, s.start): s.points for s in found.slots} == expected, f"random_week({seed})"
        assert all(slot.end - slot.start == person["duration"] for slot in found.slots)
        seen += len(found.slots)
    assert seen > 30


def test_someone_without_windows_is_offered_the_hours_of_the_trip() -> None:
    for seed in range(2100, 2106):
        document = free_again(random_week(seed) | {"grid_minutes": 30})
        document = with_person(document, "c0", windows=[], fixed_start=None)
        person = document["candidates"][0]
        found = offers(parse_problem(document), "c0")
        worth = {start: best_points(fixed_at(document, c0=start)) for start in grid_starts(document, person)}
        assert {local(s.date, s.start): s.points for s in found.slots} == {
            start: points for start, points in worth.items() if points is not None
        }


def combinations_of(document: dict, held: list[Hold]) -> list[dict]:
    """The week for every choice of one hour of each open offer, or none of it."""
    choices = [[None, *(local(m.date, m.minute) for m in hold.starts)] for hold in held]
    return [
        fixed_at(document, **{h.candidate: start for h, start in zip(held, chosen, strict=True) if start})
        for chosen in product(*choices)
    ]


@pytest.mark.parametrize("batch", batches(4))
def test_open_offers_are_possible_in_every_combination_and_nothing_possible_is_withheld(batch: int) -> None:
    withheld = promised = 0
    for seed in range(3000 + 40 * batch, 3040 + 40 * batch):
        rng = random.Random(seed)
        document = free_again(random_week(seed) | {"grid_minutes": rng.choice([15, 30])})
        if rng.random() < 0.5:
            document["candidates"] = [p | {"place": rng.choice([p["place"], None])} for p in document["candidates"]]
        for day in document["days"]:
            day["max_meetings"] = rng.choice([2, 3, 4, 4])
        held: list[Hold] = []
        for person in rng.sample(document["candidates"], len(document["candidates"]))[:4]:
            if person.get("fixed_start"):
                continue
            if rng.random() < 0.4:
                person["windows"] = []
            slots = offers(parse_problem(document), person["id"], held=held).slots
            starts = {local(slot.date, slot.start) for slot in slots}
            before = combinations_of(document, held)
            for start in rng.sample(grid_starts(document, person), min(6, len(grid_starts(document, person)))):
                fit = all(fixed_meetings_fit(fixed_at(week, **{person["id"]: start})) for week in before)
                assert (start in starts) == fit, f"random_week({seed}): {person['id']} at {start}"
                withheld += not fit
            chosen = rng.sample(slots, min(rng.choice([1, 2, 3]), len(slots)))
            promised += len(chosen)
            held.append(Hold(candidate=person["id"], starts=tuple(Moment(s.date, s.start) for s in chosen)))
        assert all(fixed_meetings_fit(week) for week in combinations_of(document, held)), f"random_week({seed})"
    assert withheld > 50
    assert promised > 50


def document(**more: object) -> dict:
    """A day of three meetings at most, 30 minutes between any two places, and three people free all day."""
    hours = [{"start": f"{MON}T08:30", "end": f"{MON}T18:00"}, {"start": f"{TUE}T08:30", "end": f"{TUE}T18:00"}]
    return {
        "timezone": "Europe/Berlin",
        "base": "hotel",
        "grid_minutes": 30,
        "days": [{"date": MON, "max_meetings": 3}, {"date": TUE, "max_meetings": 3}],
        "places": [{"id": "hotel"}, {"id": "a"}, {"id": "b"}],
        "travel": {"minutes": [[0, 30, 30], [30, 0, 30], [30, 30, 0]]},
        "candidates": [
            {"id": "eva", "place": "a", "windows": hours},
            {"id": "tom", "place": "b", "windows": hours},
            {"id": "kim", "place": None, "windows": hours},
        ],
    } | more


def starts(slots: tuple[Slot, ...], date: str) -> list[str]:
    return [clock(slot.start) for slot in slots if str(slot.date) == date]


def hold(who: str, *at: str) -> Hold:
    return Hold(
        candidate=who,
        starts=tuple(
            Moment(day.date, minutes(one[11:]))
            for one in at
            for day in parse_problem(document()).days
            if str(day.date) == one[:10]
        ),
    )


def test_the_way_to_a_held_hour_is_kept_free_too() -> None:
    found = offers(parse_problem(document()), "eva", held=[hold("tom", f"{MON}T12:00")])
    # Tom's time is 11:50 to 12:45. Eva's begins 10 minutes early and ends 15 minutes after her half hour; with 30 of
    # travel in between: end by 11:20, so start by 10:35, or begin at 13:15, so start at 13:25 or later
    assert [start for start in starts(found.slots, MON) if "10:00" <= start <= "14:00"] == [
        "10:00",
        "10:30",
        "13:30",
        "14:00",
    ]
    assert "12:00" in starts(found.slots, TUE)


def test_a_way_that_is_never_made_because_a_fixed_visit_lies_between_withholds_nothing() -> None:
    # from a to b it is 400 minutes, but by the hotel, where Uli is met at noon, it is 60
    uli = {"id": "uli", "place": "hotel", "windows": [], "fixed_start": f"{MON}T12:00"}
    travel = {"minutes": [[0, 30, 30], [30, 0, 400], [30, 400, 0]]}
    problem = parse_problem(document(candidates=[*document()["candidates"], uli], travel=travel))
    found = offers(problem, "eva", held=[hold("tom", f"{MON}T15:00")])
    # before Uli there is time on the way to the hotel; after Uli comes Tom, too far from Eva
    assert starts(found.slots, MON) == ["09:30", "10:00", "10:30"]


def test_two_offers_of_a_seat_are_never_open_at_once() -> None:
    people = [p | {"seat": "desk"} for p in document()["candidates"]]
    problem = parse_problem(document(candidates=people))
    assert offers(problem, "eva", held=[hold("tom", f"{MON}T12:00")]).slots == ()
    assert offers(problem, "eva", held=[Hold(candidate="tom", starts=())]).slots != ()


def test_no_more_hours_of_a_day_are_promised_than_it_may_have_meetings() -> None:
    days = [{"date": MON, "max_meetings": 2}, {"date": TUE, "max_meetings": 3}]
    held = [hold("tom", f"{MON}T12:00"), hold("kim", f"{MON}T15:00", f"{TUE}T15:00")]
    found = offers(parse_problem(document(days=days)), "eva", held=held)
    assert starts(found.slots, MON) == []
    assert starts(found.slots, TUE) != []


def test_a_candidate_does_not_stand_in_the_way_of_a_new_offer_to_the_same_candidate() -> None:
    problem = parse_problem(document())
    assert offers(problem, "eva", held=[hold("eva", f"{MON}T12:00")]) == offers(problem, "eva")


def test_the_hours_suggested_are_on_different_days_or_halves_of_them_and_the_best_comes_first() -> None:
    found = offers(parse_problem(document()), "eva", 4)
    halves = [(slot.date, slot.start < 720) for slot in found.suggested]
    assert len(set(halves)) == len(halves) == 4
    assert found.suggested[0].points == max(slot.points for slot in found.slots)
    assert {slot.date for slot in found.suggested[:2]} == {slot.date for slot in found.slots}
    assert len(offers(parse_problem(document()), "eva", 2).suggested) == 2


def test_another_day_is_suggested_before_the_other_half_of_the_same_if_it_is_nearly_as_good() -> None:
    def halves(away: int) -> list[str]:
        places = [{"id": "hotel"}, {"id": "a"}, {"id": "b"}]
        travel = {"minutes": [[0, 30, 0], [30, 0, away], [0, away, 0]]}
        days = [{"date": MON, "min_meetings": 0}, {"date": TUE, "min_meetings": 0, "base": "b"}]
        people = [p for p in document()["candidates"] if p["id"] == "eva"]
        problem = parse_problem(document(candidates=people, places=places, travel=travel, days=days))
        return [str(slot.date) for slot in offers(problem, "eva", 2).suggested]

    # on Tuesday the base is b: each minute more of the way costs 4 points there and 4 back, and 60 are the limit
    assert halves(37) == [MON, TUE]
    assert halves(38) == [MON, MON]


def test_a_fixed_meeting_of_the_candidates_own_may_be_offered_another_hour() -> None:
    fixed = fixed_at(document(), eva=f"{MON}T12:00")
    assert offers(parse_problem(fixed), "eva") == offers(parse_problem(document()), "eva")


def test_an_unknown_candidate_is_refused_with_the_known_ones() -> None:
    with pytest.raises(NotFoundError, match=r"No candidate 'zoe' in the problem. Candidates: eva, tom, kim\."):
        offers(parse_problem(document()), "zoe")
    with pytest.raises(NotFoundError, match="No candidate 'zoe'"):
        offers(parse_problem(document()), "eva", held=[Hold(candidate="zoe", starts=())])
