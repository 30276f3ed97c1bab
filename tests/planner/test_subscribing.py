"""Subscribing as a use case: on, off, renewed, and when an app last came by."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from builders import a_candidate, a_trip, a_window

from iiplan.errors import InputError, NotFoundError
from iiplan.model import Feed
from iiplan.planner import feed, week
from iiplan.planner.workspace import Workspace


def test_switching_on_twice_keeps_the_address(ws: Workspace) -> None:
    trip = a_trip(ws)
    first = feed.switch_on(ws, trip)
    assert feed.switch_on(ws, trip) == first == feed.of_trip(ws, trip)


def test_addresses_never_repeat(ws: Workspace) -> None:
    trip = a_trip(ws)
    feed.switch_on(ws, trip)
    assert len({feed.renew(ws, trip).token for _ in range(20)}) == 20


def test_a_feed_that_was_switched_off_elsewhere_is_not_renewed(ws: Workspace) -> None:
    trip = a_trip(ws)
    with pytest.raises(NotFoundError, match=r"Subscribing to Washington week has been switched off\. Switch"):
        feed.renew(ws, trip)
    assert feed.of_trip(ws, trip) is None


def test_an_address_says_when_an_app_last_came_by_and_a_new_one_starts_anew(ws: Workspace) -> None:
    trip = a_trip(ws)
    a_candidate(ws, trip, "Ada", a_window())
    week.plan(ws, trip)
    on = feed.switch_on(ws, trip)
    assert feed.last_fetched(on) is None
    later = replace(ws, now=lambda: ws.now() + timedelta(hours=2))
    feed.calendar_at(later, feed.path_of(on))
    assert feed.last_fetched(on) == later.now()
    assert feed.last_fetched(feed.renew(ws, trip)) is None


def test_a_token_is_not_in_what_is_printed_of_a_feed(ws: Workspace) -> None:
    on = feed.switch_on(ws, a_trip(ws))
    assert on.token not in repr(on)
    assert on.token not in f"{on}"


@pytest.mark.parametrize("token", ["", "short", "x" * 42, "x" * 44, "x" * 42 + "\n", "x" * 42 + "é", "../" + "x" * 40])
def test_a_token_that_is_none_is_refused_and_not_repeated(ws: Workspace, token: str) -> None:
    with pytest.raises(InputError, match="The secret part of a calendar address is 43 letters") as error:
        Feed(trip_id="dc", token=token, made_at=ws.now())
    assert not token or token not in str(error.value)
