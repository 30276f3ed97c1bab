"""What is due as a use case: by the user's own cadence and the country's holidays, put off and taken back."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest
from builders import MONDAY, WASHINGTON, a_candidate, a_person, a_trip, a_window

from iiplan.errors import InputError
from iiplan.model import Cadence, Touch, TouchKind, Trip
from iiplan.outreach import DueKind
from iiplan.planner import asking, offering, settings, today
from iiplan.planner.today import DueNow
from iiplan.planner.workspace import Workspace

NOW = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)  # where the clock stands: a Monday, 10:00 in Washington


def kinds(found: DueNow) -> list[str]:
    return [item.kind.value for item in found.items]


def at(ws: Workspace, moment: datetime) -> Workspace:
    """The same data with the clock at another moment."""
    return replace(ws, now=lambda: moment)


def asked(ws: Workspace, name: str, days_ago: int) -> Touch:
    a_person(ws, name)
    return asking.log(ws, name.lower(), TouchKind.ASKED, at=NOW - timedelta(days=days_ago))


def test_the_users_cadence_decides(ws: Workspace) -> None:
    asked(ws, "Ada", 5)  # on Wednesday
    assert kinds(today.due(ws, None, None)) == []
    settings.save_cadence(ws, Cadence(nudge_after=3))
    assert kinds(today.due(ws, None, None)) == ["nudge"]


def test_the_public_holidays_of_the_trips_country_are_no_business_days(ws: Workspace) -> None:
    trip = a_trip(ws)
    asked(ws, "Ada", 0)
    later = at(ws, NOW + timedelta(days=9))  # Wednesday 2 December: seven days later but for Thanksgiving, the 26th
    assert kinds(today.due(later, trip, None)) == ["nudge"]
    assert kinds(today.due(later, replace(trip, country="US"), None)) == []
    assert kinds(today.due(at(ws, NOW + timedelta(days=10)), replace(trip, country="US"), None)) == ["nudge"]


def offered(ws: Workspace) -> Trip:
    """Ada said yes last Monday and was offered two hours today, in two weeks."""
    trip = a_trip(ws)
    a_candidate(ws, trip, "Ada", a_window())
    asking.log(ws, "ada", TouchKind.ACCEPTED, at=NOW - timedelta(days=7))
    hours = [datetime.combine(MONDAY, time(hour), WASHINGTON) for hour in (10, 14)]
    offering.make_offer(ws, trip, "ada", hours)
    return trip


def test_hours_that_are_held_run_out_until_they_are_answered_or_let_go(ws: Workspace) -> None:
    trip = offered(ws)
    waited = at(ws, NOW + timedelta(days=3))
    assert kinds(today.due(ws, trip, None)) == []
    (item,) = today.due(waited, trip, None).items
    assert item.kind is DueKind.OFFER_RUNS_OUT
    assert "Mon 7 Dec 10:00 and Mon 7 Dec 14:00" in item.why
    offering.close(waited, trip, "ada")
    assert kinds(today.due(waited, trip, None)) == []


def test_nothing_is_held_for_somebody_taken_off_the_trip(ws: Workspace) -> None:
    trip = offered(ws)
    ws.store.remove_candidate(trip.id, "ada", NOW)
    assert kinds(today.due(at(ws, NOW + timedelta(days=3)), trip, None)) == []


# --------------------------------------------------------------------------------------------------------- snoozing


def test_what_was_put_off_comes_back_when_the_time_is_over(ws: Workspace) -> None:
    asked(ws, "Ada", 14)
    (item,) = today.due(ws, None, None).items
    until = NOW + timedelta(days=2)
    today.snooze(ws, item, until)
    found = today.due(ws, None, None)
    assert found.items == ()
    assert [(one.item, one.until) for one in found.snoozed] == [(item, until)]
    later = today.due(at(ws, until), None, None)
    assert (kinds(later), later.snoozed) == (["nudge"], ())


def test_what_was_put_off_can_be_taken_back(ws: Workspace) -> None:
    asked(ws, "Ada", 14)
    (item,) = today.due(ws, None, None).items
    today.snooze(ws, item, NOW + timedelta(days=2))
    today.wake(ws, item)
    assert today.due(ws, None, None).items == (item,)
    today.wake(ws, item)  # and again, which does nothing


def test_a_snooze_ends_by_itself_when_the_situation_changes(ws: Workspace) -> None:
    a_person(ws, "Ada")
    asking.log(ws, "ada", TouchKind.REPLIED, at=NOW - timedelta(days=1))
    (item,) = today.due(ws, None, None).items
    today.snooze(ws, item, NOW + timedelta(days=7))
    assert kinds(today.due(ws, None, None)) == []
    asking.log(ws, "ada", TouchKind.REPLIED)
    assert kinds(today.due(ws, None, None)) == ["reply"]


def test_somebody_new_is_proposed_in_place_of_one_put_off(ws: Workspace) -> None:
    trip = a_trip(ws)
    settings.save_cadence(ws, Cadence(new_asks_a_day=1))
    for name in ("Ada", "Ben"):
        a_person(ws, name)
    (item,) = today.due(ws, trip, None).items
    today.snooze(ws, item, NOW + timedelta(days=1))
    found = today.due(ws, trip, None)
    assert [one.contact_id for one in found.items] == ["ben"]
    assert [one.item.contact_id for one in found.snoozed] == ["ada"]


def test_the_first_to_come_back_is_listed_first(ws: Workspace) -> None:
    for name, days in (("Ada", 3), ("Ben", 1), ("Cleo", 2)):
        asked(ws, name, 14)
        (item,) = today.due(ws, None, None).items
        today.snooze(ws, item, NOW + timedelta(days=days))
    assert [one.item.contact_id for one in today.due(ws, None, None).snoozed] == ["ben", "cleo", "ada"]


def test_a_moment_that_is_over_is_refused(ws: Workspace) -> None:
    asked(ws, "Ada", 14)
    (item,) = today.due(ws, None, None).items
    with pytest.raises(InputError, match=r"23 Nov 2026 15:00 is over. Put it off until a later time."):
        today.snooze(ws, item, NOW)
    assert today.due(ws, None, None).items == (item,)


# ------------------------------------------------------------------------------------------------- another moment


def test_at_another_moment_later_touches_have_not_happened(ws: Workspace) -> None:
    asked(ws, "Ada", 14)
    asking.log(ws, "ada", TouchKind.REPLIED, at=NOW - timedelta(days=1))
    assert kinds(today.due(ws, None, None)) == ["reply"]
    yesterday = NOW - timedelta(days=2)
    found = today.due(ws, None, None, now=yesterday)
    assert (kinds(found), found.at) == (["nudge"], yesterday)
    taken_back = asking.log(ws, "ada", TouchKind.NOTE, note="x")
    asking.take_back(ws, taken_back)
    assert kinds(today.due(ws, None, None, now=yesterday)) == ["nudge"]


def test_holidays_are_those_of_the_years_around_that_moment(ws: Workspace) -> None:
    trip = replace(a_trip(ws), country="US")
    a_person(ws, "Ada")
    early = at(ws, datetime(2020, 11, 23, 15, 0, tzinfo=UTC))  # a Monday; Thanksgiving was on the 26th
    asking.log(early, "ada", TouchKind.ASKED)
    assert kinds(today.due(ws, trip, None, now=datetime(2020, 12, 2, 15, 0, tzinfo=UTC))) == []
    assert kinds(today.due(ws, trip, None, now=datetime(2020, 12, 3, 15, 0, tzinfo=UTC))) == ["nudge"]


# ----------------------------------------------------------------------------------------------------- as a document


def test_the_document_says_everything_in_plain_json(ws: Workspace) -> None:
    trip = a_trip(ws)
    a_person(ws, "Ada")
    replied = asking.log(ws, "ada", TouchKind.REPLIED, at=NOW - timedelta(hours=1), timezone="Europe/Berlin")
    asked(ws, "Ben", 14)
    nudge = next(item for item in today.due(ws, trip, None).items if item.kind is DueKind.NUDGE)
    today.snooze(ws, nudge, NOW + timedelta(days=1))
    document = today.due_document(today.due(ws, trip, None))
    assert json.loads(json.dumps(document)) == {
        "now": "2026-11-23T10:00:00-05:00",
        "trip": "Washington week",
        "due": [
            {
                "kind": "reply",
                "contact": {"id": "ada", "name": "Ada"},
                "title": "Reply to Ada",
                "why": "Ada answered on Mon 23 Nov, and nothing is logged since.",
                "effort": "write",
                "deadline": "2026-11-24T09:00:00-05:00",
                "logs": "followed_up",
                "alternatives": ["accepted", "declined", "offered", "scheduled"],
                "key": f"reply:ada:{replied.id}",
                "snoozed_until": None,
            }
        ],
        "snoozed": [
            {
                "kind": "nudge",
                "contact": {"id": "ben", "name": "Ben"},
                "title": "Nudge Ben",
                "why": "Your message of Mon 9 Nov has no answer after 10 business days. Nudge once, then let it rest.",
                "effort": "send",
                "deadline": None,
                "logs": "nudged",
                "alternatives": ["replied", "accepted", "declined"],
                "key": nudge.key,
                "snoozed_until": "2026-11-24T10:00:00-05:00",
            }
        ],
    }


def test_the_document_of_an_empty_morning(ws: Workspace) -> None:
    assert today.due_document(today.due(ws, None, None)) == {
        "now": "2026-11-23T15:00:00+00:00",
        "trip": None,
        "due": [],
        "snoozed": [],
    }


def test_something_without_a_touch_to_log_says_so(ws: Workspace) -> None:
    trip = a_trip(ws)
    a_candidate(ws, trip, "Ada", fixed_start=NOW + timedelta(hours=1))
    (entry,) = today.due_document(today.due(ws, trip, None))["due"]  # type: ignore[misc]
    assert (entry["kind"], entry["effort"], entry["logs"]) == ("meeting_soon", "glance", None)
