"""Problem and plan files: what is read, what is refused and with which sentence, and that both ways agree."""

from __future__ import annotations

import copy
import json
import math
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from random_weeks import random_week

from iiplan.errors import InputError
from iiplan.scheduling import parse_plan, parse_problem, plan_document, problem_document, solve

Document = dict
DATE = "2027-03-15"


def problem() -> Document:
    return {
        "timezone": "America/New_York",
        "base": "hotel",
        "days": [{"date": DATE, "lunch": {"from": "11:30", "to": "14:00", "minutes": 45}}],
        "places": [{"id": "hotel"}, {"id": "p1"}],
        "travel": {"minutes": [[0, 14], [15, 0]]},
        "candidates": [
            {"id": "c1", "place": "p1", "windows": [{"start": f"{DATE}T09:00", "end": f"{DATE}T12:00"}]},
            {"id": "c2"},
        ],
        "weights": {"value": 240},
    }


def with_value(path: str, value: object) -> Document:
    """The problem with one value replaced, added, or (for ...) removed; the path is ``days.0.lunch``."""
    document: Document = problem()
    *way, last = path.split(".")
    spot: object = document
    for step in way:
        spot = spot[int(step)] if isinstance(spot, list) else spot[step]  # type: ignore[index]
    key: object = int(last) if isinstance(spot, list) else last
    if value is ...:
        del spot[key]  # type: ignore[attr-defined]
    else:
        spot[key] = value  # type: ignore[index]
    return document


REFUSALS: list[tuple[str, object, str]] = [
    # unknown keys, with the nearest known one
    ("grid", 15, "The problem: 'grid' is not a known key. Did you mean 'grid_minutes'?"),
    ("days.0.min_meeting", 1, "Day '2027-03-15': 'min_meeting' is not a known key. Did you mean 'min_meetings'?"),
    ("days.0.lunch.until", "14:00", "Day '2027-03-15', 'lunch': 'until' is not a known key"),
    ("days.0.busy", [{"from": "9:00"}], "Day '2027-03-15', 'busy' entry 1: 'from' must be a time"),
    ("places.1.latitude", 1, "Place 'p1': 'latitude' is not a known key. Did you mean 'lat'?"),
    ("candidates.0.durations", 30, "Candidate 'c1': 'durations' is not a known key. Did you mean 'duration'?"),
    ("candidates.0.xyzzy", 30, "Candidate 'c1': 'xyzzy' is not a known key. Remove it"),
    ("candidates.0.windows.0.from", "x", "Candidate 'c1', window 1: 'from' is not a known key"),
    ("weights.idle", 1, "'weights': 'idle' is not a known key. Did you mean 'idle_minute'?"),
    ("travel.matrix", [], "'travel': 'matrix' is not a known key"),
    # missing
    ("timezone", ..., "The problem: 'timezone' is missing; add it with a text"),
    ("base", ..., "The problem: 'base' is missing"),
    ("days", ..., "The problem: 'days' is missing; add it with a list"),
    ("candidates", ..., "'candidates' is missing"),
    ("days.0.date", ..., "Day number 1: 'date' is missing; add it with a date such as"),
    ("days.0.lunch.minutes", ..., "'minutes' is missing"),
    ("candidates.0.id", ..., "Candidate number 1: 'id' is missing"),
    ("days", [], "'days' is empty; add at least one day"),
    # wrong types
    ("days", {}, "'days' must be a list in square brackets, not an object"),
    ("grid_minutes", 0, "'grid_minutes' must be a whole number from 1 to 1440, not 0"),
    ("grid_minutes", True, "'grid_minutes' must be a whole number from 1 to 1440, not true"),
    ("grid_minutes", 15.0, "'grid_minutes' must be a whole number from 1 to 1440, not 15.0"),
    ("candidates.0.duration", "30", "Candidate 'c1': 'duration' must be a whole number from 1 to 1440, not '30'"),
    ("candidates.0.duration", 1441, "'duration' must be a whole number from 1 to 1440, not 1441"),
    ("candidates.0.duration", 10**5000, "not a huge number"),
    ("candidates.0.debrief", -1, "'debrief' must be a whole number from 0 to 1440, not -1"),
    ("candidates.0.arrive_early", math.inf, "'arrive_early' must be a whole number from 0 to 1440, not inf"),
    ("candidates.0.value", 11, "'value' must be a whole number from 1 to 10, not 11"),
    ("candidates.0.must", 1, "Candidate 'c1': 'must' must be true or false, not 1"),
    ("candidates.0.windows", None, "'windows' must be a list in square brackets, not null"),
    ("candidates.0.seat", 3, "Candidate 'c1': 'seat' must be a text in quotes, not 3"),
    ("candidates.0", 7, "Candidate number 1 must be an object"),
    ("days.0.max_meetings", 25, "Day '2027-03-15': 'max_meetings' must be a whole number from 0 to 24, not 25"),
    ("weights.travel_minute", -4, "'weights': 'travel_minute' must be a whole number from 0 to 1000000, not -4"),
    ("weights.travel_minute", math.nan, "not nan"),
    # places, ids, zone
    ("timezone", "Mars/Base", "'Mars/Base' is not a known time zone; write an IANA name"),
    ("timezone", "../../etc/passwd", "is not a known time zone"),
    ("base", "motel", "'base' 'motel' is not in 'places'; add it there, or use one of: 'hotel', 'p1'"),
    ("days.0.base", "motel", "Day '2027-03-15': 'base' 'motel' is not in 'places'"),
    ("candidates.0.place", "p9", "Candidate 'c1': 'place' 'p9' is not in 'places'"),
    ("candidates.1.id", "c1", "Candidate 'c1' is there twice; give each candidate an id of its own"),
    ("places.1.id", "hotel", "Place 'hotel' is there twice"),
    ("candidates.0.name", "a\nb", "'name' holds control characters"),
    ("candidates.0.name", "", "'name' must have 1 to 1000 characters"),
    # times
    ("days.0.start", "24:30", "'start' must be a time from '00:00' to '24:00' such as '09:30', not '24:30'"),
    ("days.0.start", "19:00", "Day '2027-03-15': 'end' (18:00) must be later than 'start' (19:00)"),
    ("days.0.date", "2027-02-30", "'date' must be a date that exists, such as '2027-03-15', not '2027-02-30'"),
    ("days.0.lunch.to", "11:00", "'to' ('11:00') must be later than 'from' ('11:30'); swap or correct them"),
    ("days.0.busy", [{"from": "23:00", "to": "01:00"}], "'to' ('01:00') must be later than 'from' ('23:00')"),
    (
        "candidates.0.windows.0.end",
        f"{DATE}T08:00",
        "Candidate 'c1', window 1: 'end' (2027-03-15T08:00) must be later than 'start' (2027-03-15T09:00)",
    ),
    (
        "candidates.0.windows.0.end",
        "2027-03-16T08:00",
        "Candidate 'c1', window 1: 'end' (2027-03-16T08:00) is on another day than 'start'; write one window",
    ),
    ("candidates.0.windows.0.start", f"{DATE}T09:00Z", "must be a local time without an offset"),
    ("candidates.0.windows.0.start", f"{DATE}T09:00+01:00", "must be a local time without an offset"),
    ("candidates.0.windows.0.start", f"{DATE} 09:00", "must be a local time"),
    (
        "candidates.0.fixed_start",
        "2027-03-20T10:00",
        "Candidate 'c1': 'fixed_start' is on Sat 20 Mar 2027, which is not a day of the trip "
        "(2027-03-15 to 2027-03-15); add that day, or remove 'fixed_start'",
    ),
    # the matrix
    ("travel.minutes", [[0, 14]], "'travel.minutes' has 1 rows, but there are 2 places"),
    ("travel.minutes", [[0], [1]], "'travel.minutes' row 1 has 1 columns, but there are 2 places"),
    ("travel.minutes", [[0, -1], [1, 0]], "row 1, column 2 must be a whole number of minutes, 0 or more"),
    ("travel.minutes", [[0, 1.5], [1, 0]], "row 1, column 2 must be a whole number of minutes"),
    ("travel.minutes", [3, 4], "row 1 must be a list of whole minutes, not 3"),
    ("travel.minutes", 3, "'travel': 'minutes' must be a list"),
    ("travel", ..., "Place 'hotel': 'lat' is missing and there is no 'travel'; add coordinates or"),
    ("places.0.lat", 91, "Place 'hotel': 'lat' must be a number from -90 to 90, not 91"),
    ("places.0.lat", math.nan, "'lat' must be a number from -90 to 90, not nan"),
    ("places.0.lon", 10**400, "'lon' must be a number from -180 to 180, not a huge number"),
]


@pytest.mark.parametrize(
    ("path", "value", "sentence"), REFUSALS, ids=[f"{p}-{i}" for i, (p, _, _) in enumerate(REFUSALS)]
)
def test_a_value_that_cannot_be_is_refused_with_its_own_sentence(path: str, value: object, sentence: str) -> None:
    with pytest.raises(InputError, match=re.escape(sentence)):
        parse_problem(with_value(path, value))


def test_a_day_that_is_there_twice_is_refused() -> None:
    document = problem()
    document["days"].append({"date": DATE})
    with pytest.raises(InputError, match="Day '2027-03-15' is there twice in 'days'; keep one of them"):
        parse_problem(document)


@pytest.mark.parametrize("document", [None, [], "x", 3, True, {"": 1}, {1: 2}])
def test_what_is_no_problem_at_all_is_refused(document: object) -> None:
    with pytest.raises(InputError, match="The problem"):
        parse_problem(document)


def test_the_defaults_are_those_of_the_format() -> None:
    parsed = parse_problem(problem())
    first, call = parsed.candidates
    day = parsed.days[0]
    assert (parsed.grid_minutes, day.start, day.end, day.min_meetings, day.max_meetings) == (15, 510, 1080, 3, 4)
    assert (first.duration, first.arrive_early, first.debrief, first.value, first.must) == (30, 10, 15, 1, False)
    assert (call.place, call.arrive_early, call.windows, call.fixed_start, call.name) == (None, 0, (), None, "c2")
    weights = parsed.weights
    assert (weights.value, weights.must, weights.missing_meeting) == (240, 100_000, 60)
    assert (weights.missed_lunch, weights.travel_minute, weights.idle_minute) == (120, 4, 1)


def test_a_window_outside_the_trip_is_a_warning() -> None:
    document = with_value("candidates.0.windows.0", {"start": "2027-03-20T09:00", "end": "2027-03-20T10:00"})
    assert parse_problem(document).warnings == (
        "Candidate 'c1': a window on Sat 20 Mar 2027 is outside the trip's days and not used.",
    )


@pytest.mark.parametrize(
    ("path", "value", "sentence"),
    [
        ("days.0.max_meetings", 2, "'min_meetings' 3 is more than 'max_meetings' 2"),
        ("days.0.lunch.minutes", 151, "a lunch of 151 minutes never fits between 11:30 and 14:00"),
        ("travel.minutes", [[5, 14], [15, 0]], "gives 5 minutes from place 'hotel' to itself"),
    ],
)
def test_what_is_defined_but_hardly_meant_is_a_warning(path: str, value: object, sentence: str) -> None:
    warnings = parse_problem(with_value(path, value)).warnings
    assert len(warnings) == 1
    assert sentence in warnings[0]


def test_a_window_may_last_until_midnight() -> None:
    document = with_value("candidates.0.windows.0.end", "2027-03-16T00:00")
    assert parse_problem(document).candidates[0].windows[0].end == 1440


def test_days_are_put_in_order_and_travel_is_estimated_where_it_is_not_given() -> None:
    document = problem()
    document["days"].insert(0, {"date": "2027-03-16"})
    del document["travel"]
    document["places"] = [{"id": "hotel", "lat": 38.9, "lon": -77.03}, {"id": "p1", "lat": 38.95, "lon": -77.0}]
    parsed = parse_problem(document)
    assert [str(day.date) for day in parsed.days] == ["2027-03-15", "2027-03-16"]
    assert parsed.minutes[0][0] == 0
    assert 5 < parsed.minutes[0][1] < 120
    assert "travel" not in problem_document(parsed)


@given(seed=st.integers(0, 5000))
@settings(max_examples=80, deadline=None)
def test_a_problem_survives_being_written_and_read(seed: int) -> None:
    parsed = parse_problem(random_week(seed))
    written = problem_document(parsed)
    assert parse_problem(json.loads(json.dumps(written))) == parsed
    assert problem_document(parse_problem(written)) == written


@given(seed=st.integers(0, 399))
@settings(max_examples=30, deadline=None)
def test_a_plan_survives_being_written_and_read(seed: int) -> None:
    parsed = parse_problem(random_week(seed))
    plan = solve(parsed)
    assert parse_plan(json.loads(json.dumps(plan_document(plan))), parsed) == plan


json_values = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(),
        st.floats(),
        st.text(max_size=8),
        st.sampled_from([DATE, "09:00", f"{DATE}T09:00", "c1", "p1", 10**30, -1, 1e308]),
    ),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["id", "from", "x"]), inner, max_size=3)
    ),
    max_leaves=6,
)


def spots(value: object, way: tuple[object, ...] = ()) -> list[tuple[object, ...]]:
    """The ways to every value inside a document."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [way, *(spot for key, child in inner for spot in spots(child, (*way, key)))]


@given(seed=st.integers(0, 200), pick=st.integers(0, 10**6), value=json_values)
@settings(max_examples=400, deadline=None)
def test_whatever_stands_anywhere_is_read_or_refused_but_never_a_crash(seed: int, pick: int, value: object) -> None:
    document: object = copy.deepcopy(random_week(seed))
    ways = spots(document)
    *way, last = ways[1 + pick % (len(ways) - 1)]
    spot: object = document
    for step in way:
        spot = spot[step]  # type: ignore[index]
    spot[last] = value  # type: ignore[index]
    try:
        parsed = parse_problem(document)
    except InputError as error:
        outcome = str(error).endswith((".", "?"))
    else:
        outcome = parse_problem(problem_document(parsed)) == parsed
    assert outcome


def test_deep_nesting_is_refused_like_any_wrong_type() -> None:
    deep: object = []
    for _ in range(100_000):
        deep = [deep]
    with pytest.raises(InputError, match="must be a text in quotes, not a list"):
        parse_problem(with_value("candidates.0.name", deep))


@pytest.mark.parametrize(
    ("document", "sentence"),
    [
        ({}, "The plan: 'meetings' is missing"),
        ({"meetings": [], "status": "best"}, "'status' must be 'optimal', 'feasible' or 'infeasible', not 'best'"),
        ({"meetings": [{"candidate": "c1"}]}, "Meeting 1 of the plan: 'start' is missing"),
        ({"meetings": [], "unplaced": [{"candidate": "zoe"}]}, "candidate 'zoe', whom the problem does not have"),
        ({"meetings": [], "conflicts": [3]}, "must be a text in quotes, not 3"),
        (
            {"meetings": [{"candidate": "c1", "start": "2027-03-20T09:00", "end": "2027-03-20T09:30"}]},
            "The plan has something on 2027-03-20, which is not a day of the problem",
        ),
        (
            {"meetings": [{"candidate": "c1", "start": f"{DATE}T09:00", "end": f"{DATE}T08:30"}]},
            "'end' (2027-03-15T08:30) must be later than 'start' on the same day",
        ),
    ],
)
def test_a_plan_that_does_not_belong_to_the_problem_is_refused(document: Document, sentence: str) -> None:
    with pytest.raises(InputError, match=re.escape(sentence)):
        parse_plan(document, parse_problem(problem()))
