"""Logging and correcting: the log only grows, and what it says can always be put right."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from builders import a_candidate, a_person, a_trip, a_window

from iiplan.errors import InputError
from iiplan.model import Channel, Stage, TouchKind
from iiplan.planner import asking, people
from iiplan.planner.workspace import Workspace


def kinds(ws: Workspace) -> list[TouchKind]:
    """What holds in Ada's log."""
    return [touch.kind for touch in people.person(ws, "ada").touches]


def test_a_touch_is_logged_with_all_that_can_be_said_of_it(ws: Workspace) -> None:
    a_person(ws, "Ada")
    a_person(ws, "Bo")
    touch = asking.log(
        ws,
        "ada",
        TouchKind.ASKED,
        at=ws.now() - timedelta(days=2),
        timezone="Europe/Berlin",
        channel=Channel.INTRODUCTION,
        through="bo",
        template="ask-referral",
        note="Bo wrote first.",
        follow_up_on=date(2026, 12, 1),
    )
    assert ws.store.touches() == (touch,)


def test_what_lies_ahead_is_refused(ws: Workspace) -> None:
    a_person(ws, "Ada")
    with pytest.raises(InputError, match=r"lies ahead\. Log it once it has happened"):
        asking.log(ws, "ada", TouchKind.MET, at=ws.now() + timedelta(hours=1))
    assert ws.store.touches() == ()


def test_a_correction_takes_the_touch_back_and_logs_it_as_it_should_have_been(ws: Workspace) -> None:
    a_person(ws, "Ada")
    wrong = asking.log(ws, "ada", TouchKind.DECLINED)
    right = asking.correct(ws, wrong, replace(wrong, kind=TouchKind.ACCEPTED, note="She wrote: yes, gladly."))
    assert people.person(ws, "ada").touches == (right,)
    assert people.person(ws, "ada").stage is Stage.ACCEPTED
    assert len(ws.store.touches()) == 3  # the first, its void, the new one: nothing is removed


def test_a_correction_that_cannot_be_saved_leaves_the_log_as_it_was(ws: Workspace) -> None:
    a_person(ws, "Ada")
    wrong = asking.log(ws, "ada", TouchKind.ASKED)
    before = ws.store.touches()
    with pytest.raises(InputError, match="lies ahead"):
        asking.correct(ws, wrong, replace(wrong, at=ws.now() + timedelta(days=1)))
    with pytest.raises(InputError, match="introduced by themselves"):
        asking.correct(ws, wrong, replace(wrong, through="ada"))
    assert ws.store.touches() == before


def test_undoing_a_correction_brings_the_first_touch_back(ws: Workspace) -> None:
    a_person(ws, "Ada")
    first = asking.log(ws, "ada", TouchKind.ASKED)
    corrected = asking.correct(ws, first, replace(first, kind=TouchKind.NOTE))
    asking.undo_correction(ws, first, corrected)
    assert people.person(ws, "ada").touches == (first,)


def test_taking_back_is_taken_back(ws: Workspace) -> None:
    a_person(ws, "Ada")
    touch = asking.log(ws, "ada", TouchKind.ASKED)
    void = asking.take_back(ws, touch)
    assert kinds(ws) == []
    asking.take_back(ws, void)
    assert kinds(ws) == [TouchKind.ASKED]


def test_a_cancellation_frees_the_agreed_hour_and_what_is_past_or_only_planned_stays(ws: Workspace) -> None:
    trip = a_trip(ws)
    hour = a_window(day=1, start=10).start
    agreed = a_candidate(ws, trip, "Ada", a_window(), fixed_start=hour)
    other = a_candidate(ws, trip, "Bo", a_window(), fixed_start=a_window(day=2).start)
    for kind in (TouchKind.NOTE, TouchKind.NUDGED):
        assert asking.free_hours(ws, asking.log(ws, "ada", kind)) == ()
    freed = asking.free_hours(ws, asking.log(ws, "ada", TouchKind.CANCELLED))
    assert freed == (agreed,)
    assert [one.fixed_start for one in ws.store.candidates(trip.id)] == [None, other.fixed_start]
    ws.store.save_candidates(freed)  # undone
    on_the_day = replace(ws, now=lambda: hour + timedelta(hours=2))
    assert asking.free_hours(on_the_day, asking.log(on_the_day, "ada", TouchKind.NO_SHOW)) == (agreed,)
    ws.store.save_candidates(freed)
    late = replace(ws, now=lambda: hour + timedelta(days=3))
    assert asking.free_hours(late, asking.log(late, "ada", TouchKind.DECLINED)) == ()
    assert ws.store.candidates(trip.id)[0].fixed_start == hour
