"""Minutes of one's own and answers of routing servers come back as they were."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from store_builders import NOON, week

from iiplan.errors import InputError
from iiplan.model import SavedPlan, TravelMode
from iiplan.store import Store
from iiplan.store.connections import connect
from iiplan.store.files import prepare
from iiplan.store.schema import STEPS

A, B, C = (389000, -770300), (389100, -770400), (-1, 1_800_000)


def test_own_minutes_come_back_by_direction_and_way(store: Store) -> None:
    given_minutes = {(A, B, None): 12, (B, A, None): 14, (A, B, TravelMode.WALK): 30, (A, C, TravelMode.CAR): 0}
    store.save_own_minutes(given_minutes)
    assert store.own_minutes() == given_minutes
    store.save_own_minutes({(A, B, None): 13, (B, A, None): None})
    assert store.own_minutes() == {(A, B, None): 13, (A, B, TravelMode.WALK): 30, (A, C, TravelMode.CAR): 0}


def test_of_minutes_that_cannot_be_kept_none_are(store: Store) -> None:
    with pytest.raises(InputError, match="Give 0 to 1440 minutes"):
        store.save_own_minutes({(A, B, None): 12, (B, A, None): -1})
    assert store.own_minutes() == {}


def test_answers_are_kept_by_server_and_way_and_found_for_the_spots_asked(store: Store) -> None:
    store.save_routed_seconds("osrm one", TravelMode.WALK, {(A, B): 60.5, (B, A): None, (A, C): 1.0}, NOON)
    store.save_routed_seconds("osrm two", TravelMode.WALK, {(A, B): 7.0}, NOON)
    found = store.routed_seconds("osrm one", TravelMode.WALK, [A, B])
    assert found == {(A, B, TravelMode.WALK): 60.5, (B, A, TravelMode.WALK): None}
    assert store.routed_seconds("osrm one", TravelMode.BIKE, [A, B]) == {}
    assert store.routed_seconds("osrm one", TravelMode.WALK, []) == {}
    assert store.count_routed() == 4
    store.forget_routed()
    assert store.count_routed() == 0


spots = st.tuples(st.integers(-900_000, 900_000), st.integers(-1_800_000, 1_800_000))


@given(st.dictionaries(st.tuples(spots, spots), st.none() | st.floats(0, 1e6), max_size=8))
@settings(max_examples=25)
def test_any_answer_comes_back(tmp_path_factory: pytest.TempPathFactory, seconds: dict) -> None:  # type: ignore[type-arg]
    store = Store.open(tmp_path_factory.mktemp("ways") / "iiplan.sqlite")
    store.save_routed_seconds("s", TravelMode.CAR, seconds, NOON)
    points = {point for pair in seconds for point in pair}
    assert store.routed_seconds("s", TravelMode.CAR, points) == {
        (*pair, TravelMode.CAR): value for pair, value in seconds.items()
    }


def test_a_plan_of_before_says_nothing_of_its_ways(tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("old") / "iiplan.sqlite"
    before = next(n for n, step in enumerate(STEPS) if step.__name__ == "v10_travel")
    prepare(path, STEPS[:before])
    db = connect(path)
    with db:
        db.execute(
            "INSERT INTO trips (id, name, city, timezone, mode, grid_minutes, weights) "
            "VALUES ('dc', 'W', 'W', 'UTC', 'walk', 15, '{}')"
        )
        db.execute("INSERT INTO plans VALUES ('dc', '2026-11-23T12:00:00.000000+00:00', 'f', '{}')")
    db.close()
    assert Store.open(path).plan("dc") == SavedPlan(trip_id="dc", planned_at=NOON, fingerprint="f", document="{}")


def test_where_the_minutes_of_a_plan_come_from_is_kept_with_it(store: Store) -> None:
    store.save_trip(week("dc"))
    plan = SavedPlan(trip_id="dc", planned_at=NOON, fingerprint="f", document="{}", legs='[{"a": 1}]')
    store.save_plan(plan)
    assert store.plan("dc") == plan
