"""Each stage has one rule; every order of touches gives a stage."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import product
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from outreach_builders import AFTER_ALL, MONDAY, log, on, random_logs, stage_after, touch, void

from iiplan.model import Stage, Touch, TouchKind
from iiplan.outreach import stage_of, stages_reached
from iiplan.outreach.stages import FUNNEL_STAGES


def test_identified_is_who_has_notes_at_most() -> None:
    assert stage_after() is Stage.IDENTIFIED
    assert stage_after("note") is Stage.IDENTIFIED
    assert stage_after("followed_up") is Stage.IDENTIFIED


@pytest.mark.parametrize("opening", ["asked", "nudged", "offered"])
def test_asked_is_who_was_written_to_and_has_not_answered(opening: str) -> None:
    assert stage_after(opening) is Stage.ASKED
    assert stage_after("declined", opening) is Stage.ASKED
    assert stage_after("met", "thanked", opening) is Stage.ASKED


def test_silent_is_who_was_asked_seven_business_days_ago() -> None:
    asked = [touch("asked", on(1))]
    assert stage_of(asked, on(9, 23)) is Stage.ASKED  # Tuesday of the week after: six business days
    assert stage_of(asked, on(10, 0)) is Stage.SILENT  # Wednesday: seven


def test_any_message_resets_the_clock_of_silence() -> None:
    for kind in ("asked", "nudged", "offered", "followed_up"):
        later = [touch("asked", on(1)), touch(kind, on(8))]
        assert stage_of(later, on(16)) is Stage.ASKED
        assert stage_of(later, on(17)) is Stage.SILENT


def test_silence_is_counted_in_the_zone_of_the_message() -> None:
    late = datetime(2027, 3, 2, 3, 0, tzinfo=ZoneInfo("UTC"))  # still Monday in Washington
    washington = [touch("asked", late, timezone="America/New_York")]
    now = datetime(2027, 3, 10, 18, 0, tzinfo=ZoneInfo("UTC"))  # Wednesday
    assert stage_of(washington, now) is Stage.SILENT
    assert stage_of([touch("asked", late, timezone="UTC")], now) is Stage.ASKED


def test_replied_is_who_answered_neither_yes_nor_no() -> None:
    assert stage_after("asked", "replied") is Stage.REPLIED
    assert stage_after("replied") is Stage.REPLIED
    assert stage_after("asked", "replied", "asked", "nudged", "offered", "followed_up") is Stage.REPLIED


def test_accepted_is_who_said_yes_and_has_no_hour() -> None:
    assert stage_after("asked", "accepted") is Stage.ACCEPTED
    assert stage_after("asked", "accepted", "offered", "replied") is Stage.ACCEPTED
    assert stage_after("declined", "accepted") is Stage.ACCEPTED
    assert stage_after("scheduled", "cancelled") is Stage.ACCEPTED
    assert stage_after("scheduled", "confirmed", "no_show") is Stage.ACCEPTED
    assert stage_after("met", "accepted") is Stage.ACCEPTED


def test_declined_is_who_said_no_and_nothing_came_of_it_since() -> None:
    assert stage_after("asked", "declined") is Stage.DECLINED
    assert stage_after("accepted", "declined") is Stage.DECLINED
    assert stage_after("declined", "replied", "cancelled", "thanked", "followed_up") is Stage.DECLINED


def test_scheduled_is_who_agreed_to_an_hour_or_to_a_new_one() -> None:
    assert stage_after("asked", "scheduled") is Stage.SCHEDULED
    assert stage_after("scheduled", "accepted", "asked", "replied") is Stage.SCHEDULED
    assert stage_after("scheduled", "cancelled", "rescheduled") is Stage.SCHEDULED
    assert stage_after("scheduled", "confirmed", "rescheduled") is Stage.SCHEDULED


def test_confirmed_is_whose_hour_was_confirmed() -> None:
    assert stage_after("scheduled", "confirmed") is Stage.CONFIRMED
    assert stage_after("confirmed", "replied") is Stage.CONFIRMED


def test_met_is_whom_we_talked_to_even_without_having_asked() -> None:
    assert stage_after("met") is Stage.MET
    assert stage_after("scheduled", "no_show", "rescheduled", "met") is Stage.MET
    assert stage_after("met", "thanked", "met") is Stage.MET
    assert stage_after("met", "cancelled", "replied") is Stage.MET


def test_thanked_is_who_was_thanked_after_meeting() -> None:
    assert stage_after("met", "thanked") is Stage.THANKED
    assert stage_after("scheduled", "thanked") is Stage.THANKED  # the meeting went unlogged


def test_thanks_for_the_last_meeting_leave_the_next_one_standing() -> None:
    assert stage_after("met", "scheduled", "thanked") is Stage.SCHEDULED


def test_in_touch_is_who_heard_from_us_after_the_meeting() -> None:
    assert stage_after("met", "thanked", "followed_up") is Stage.IN_TOUCH
    assert stage_after("met", "followed_up", "thanked") is Stage.IN_TOUCH
    assert stage_after("met", "followed_up", "replied") is Stage.IN_TOUCH


def test_a_voided_touch_does_not_count_towards_the_stage() -> None:
    asked, declined = log("asked", "declined")
    assert stage_of([asked, declined, void(declined)], MONDAY + timedelta(days=1)) is Stage.ASKED


def test_every_order_of_three_touches_gives_a_stage_that_was_reached() -> None:
    kinds = [kind.value for kind in TouchKind if kind is not TouchKind.VOID]
    found = set()
    for three in product(kinds, repeat=3):
        stage = stage_after(*three)
        found.add(stage)
        implied = {Stage.DECLINED: Stage.REPLIED, Stage.CONFIRMED: Stage.SCHEDULED}.get(stage, stage)
        assert implied in stages_reached(log(*three)), three
    assert found == set(Stage) - {Stage.SILENT}  # nothing lies a week back here


def test_reaching_a_stage_implies_the_stages_before_it() -> None:
    assert stages_reached(log("met")) == {
        Stage.IDENTIFIED,
        Stage.ASKED,
        Stage.REPLIED,
        Stage.ACCEPTED,
        Stage.SCHEDULED,
        Stage.MET,
    }
    assert stages_reached([]) == {Stage.IDENTIFIED}


def test_declining_counts_as_having_replied_and_no_more() -> None:
    assert stages_reached(log("asked", "declined")) == {Stage.IDENTIFIED, Stage.ASKED, Stage.REPLIED}


def test_what_was_reached_once_stays_reached() -> None:
    assert Stage.SCHEDULED in stages_reached(log("scheduled", "cancelled", "declined"))


def test_following_up_with_someone_never_met_reaches_nothing() -> None:
    assert stages_reached(log("asked", "followed_up")) == {Stage.IDENTIFIED, Stage.ASKED}


@settings(deadline=None)
@given(random_logs())
def test_any_random_log_reaches_the_funnel_stages_in_order(made: list[Touch]) -> None:
    reached = stages_reached(made)
    assert reached == set(FUNNEL_STAGES[: len(reached)])
    assert stage_of(made, AFTER_ALL) in Stage
