from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from store_builders import NOON, candidate, person, week

from iiplan.errors import NotFoundError
from iiplan.model import SavedPlan, TimeWindow, TripDay
from iiplan.store import Store

HOUR = TimeWindow(start=datetime(2027, 3, 1, 15, tzinfo=UTC), end=datetime(2027, 3, 1, 16, tzinfo=UTC))


@pytest.fixture
def planned(store: Store) -> Store:
    """A store with Ann, Bob and Cid, and a trip to Washington."""
    store.save_contacts([person("ann"), person("bob"), person("cid")])
    store.save_trip(week("dc"))
    return store


def test_trips_are_sorted_by_first_day_then_name(store: Store) -> None:
    later = date(2027, 4, 5)
    for trip in (week("3", later, name="oslo"), week("2", later, name="Berlin"), week("1", name="Zagreb")):
        store.save_trip(trip)
    assert [trip.name for trip in store.trips()] == ["Zagreb", "Berlin", "oslo"]


def test_a_trip_that_gets_shorter_loses_its_last_days(store: Store) -> None:
    store.save_trip(week("dc"))
    shorter = week("dc", days=week("dc").days[1:3])
    store.save_trip(shorter)
    assert store.trip("dc") == shorter


def test_a_deleted_trip_comes_back_with_everything(planned: Store) -> None:
    planned.save_candidates([candidate("ann")])
    planned.delete_trip("dc", NOON)
    assert planned.trips() == ()
    assert planned.trips(deleted=True) == (week("dc"),)
    with pytest.raises(NotFoundError, match=r"The trip dc has been deleted\. Restore it"):
        planned.trip("dc")
    planned.save_trip(week("dc", name="Renamed in another tab"))
    assert planned.trips() == ()
    planned.restore_trip("dc")
    assert planned.trip("dc").name == "Renamed in another tab"
    assert planned.trips(deleted=True) == ()
    assert planned.candidates("dc") == (candidate("ann"),)


@pytest.mark.parametrize(
    "call",
    [
        lambda store: store.trip("belrin"),
        lambda store: store.delete_trip("belrin", NOON),
        lambda store: store.restore_trip("belrin"),
        lambda store: store.candidates("belrin"),
        lambda store: store.removed_candidate("belrin", "ann"),
        lambda store: store.save_candidates([candidate("ann", "belrin")]),
        lambda store: store.save_plan(SavedPlan(trip_id="belrin", planned_at=NOON, fingerprint="", document="{}")),
        lambda store: store.save_handed_out("belrin", []),
    ],
)
def test_an_unknown_trip_is_named_with_those_there_are(store: Store, call: Callable[[Store], object]) -> None:
    with pytest.raises(NotFoundError, match=r"No trip 'belrin'\. There is no trip yet"):
        call(store)
    store.save_trip(week("oslo"))
    store.save_trip(week("berlin"))
    with pytest.raises(NotFoundError, match=r"No trip 'belrin'\. Known trips: berlin, oslo\."):
        call(store)


def test_candidates_stay_in_the_order_they_were_added(planned: Store) -> None:
    planned.save_candidates([candidate("cid"), candidate("ann")])
    planned.save_candidates([candidate("bob")])
    planned.save_candidates([candidate("cid", value=9)])
    assert [(c.contact_id, c.value) for c in planned.candidates("dc")] == [("cid", 9), ("ann", 5), ("bob", 5)]


def test_saving_a_candidate_again_replaces_the_windows(planned: Store) -> None:
    other = TimeWindow(start=HOUR.end, end=HOUR.end + timedelta(hours=1))
    planned.save_candidates([candidate("ann", windows=(HOUR, other)), candidate("bob", windows=(HOUR,))])
    planned.save_candidates([candidate("ann", windows=(other,))])
    assert [c.windows for c in planned.candidates("dc")] == [(other,), (HOUR,)]


def test_a_candidate_who_was_removed_can_be_brought_back_with_what_was_typed(planned: Store) -> None:
    typed = candidate("ann", duration=45, seat="dean", windows=(HOUR,), fixed_start=HOUR.start)
    planned.save_candidates([typed, candidate("bob")])
    assert planned.removed_candidate("dc", "ann") is None
    planned.remove_candidate("dc", "ann", NOON)
    planned.remove_candidate("dc", "ann", NOON + timedelta(days=1))
    assert planned.candidates("dc") == (candidate("bob"),)
    brought_back = planned.removed_candidate("dc", "ann")
    assert brought_back == typed
    planned.save_candidates([brought_back])
    assert planned.candidates("dc") == (typed, candidate("bob"))
    assert planned.removed_candidate("dc", "ann") is None


def test_the_same_person_is_another_candidate_on_another_trip(planned: Store) -> None:
    planned.save_trip(week("oslo"))
    planned.save_candidates([candidate("ann", windows=(HOUR,)), candidate("ann", "oslo", value=1)])
    planned.remove_candidate("oslo", "ann", NOON)
    assert planned.candidates("dc") == (candidate("ann", windows=(HOUR,)),)
    assert planned.removed_candidate("dc", "ann") is None


def test_only_candidates_can_be_removed_and_only_contacts_can_be_candidates(planned: Store) -> None:
    with pytest.raises(NotFoundError, match=r"No candidate 'ann' on the trip 'dc'\. Choose one"):
        planned.remove_candidate("dc", "ann", NOON)
    with pytest.raises(NotFoundError, match="No contact 'zoe'"):
        planned.save_candidates([candidate("ann"), candidate("zoe")])
    assert planned.candidates("dc") == ()


def test_hours_are_instants_that_another_zone_shows_at_another_time(planned: Store) -> None:
    planned.save_candidates([candidate("ann", windows=(HOUR,))])
    planned.save_trip(week("dc", timezone="America/Chicago"))
    (kept,) = planned.candidates("dc")
    assert kept.windows[0].start.isoformat() == "2027-03-01T09:00:00-06:00"  # 15:00 UTC


def test_a_day_keeps_every_setting(store: Store) -> None:
    bare = TripDay(date=date(2027, 3, 1), lunch=None, off=True, min_meetings=0, max_meetings=6)
    store.save_trip(week("dc", days=(bare,)))
    assert store.trip("dc").days == (bare,)
