"""What is due while somebody is being asked: replies, hours, reminders, promises, nudges."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from due_builders import ADA, TRIP, due, kinds, offer, plan, with_cadence
from outreach_builders import agreed, on, touch, trip_from, void

from iiplan.model import TouchKind
from iiplan.outreach import Due, DueKind, Effort, Rules

EASTER = frozenset({date(2027, 3, 26), date(2027, 3, 29)})  # Good Friday and Easter Monday of 2027

# ------------------------------------------------------------------------------------------------ replies and hours


def test_a_reply_is_owed_while_theirs_is_the_last_word() -> None:
    asked, replied = touch("asked", on(1)), touch("replied", on(2, 16))
    (found,) = due(ADA, [asked, replied], on(3))
    assert found == Due(
        kind=DueKind.REPLY,
        key=f"reply:ada:{replied.id}",
        contact_id="ada",
        title="Reply to Ada",
        why="Ada answered on Tue 2 Mar, and nothing is logged since.",
        deadline=on(3, 16),
        logs=TouchKind.FOLLOWED_UP,
        alternatives=(TouchKind.ACCEPTED, TouchKind.DECLINED, TouchKind.OFFERED, TouchKind.SCHEDULED),
    )
    assert found.effort is Effort.WRITE
    assert due(ADA, [asked, replied, touch("followed_up", on(3))], on(4)) == ()
    assert kinds(due(ADA, [asked, replied, touch("note", on(3))], on(4))) == ["reply"]


def test_a_taken_back_answer_leaves_the_reply_owed() -> None:
    answer = touch("followed_up", on(3))
    assert kinds(due(ADA, [touch("replied", on(2)), answer, void(answer, on(4))], on(4))) == ["reply"]


def test_hours_are_offered_to_who_said_yes() -> None:
    yes = [touch("asked", on(1)), touch("accepted", on(5))]
    (found,) = due(ADA, yes, on(8))
    assert (found.kind, found.title, found.logs) == (DueKind.OFFER_HOURS, "Offer hours to Ada", TouchKind.OFFERED)
    assert found.why == "Ada said yes on Fri 5 Mar, and no hours were offered since."
    assert found.deadline == on(8)  # a business day after Friday is Monday
    assert due(ADA, [*yes, touch("offered", on(8))], on(9)) == ()
    assert due(ADA, [*yes, touch("scheduled", on(8))], on(9)) == ()


def test_an_offer_before_the_yes_asks_for_an_hour_to_be_settled() -> None:
    (found,) = due(ADA, [touch("offered", on(1)), touch("accepted", on(2))], on(3))
    assert (found.title, found.logs) == ("Settle an hour with Ada", TouchKind.SCHEDULED)
    assert found.why == "Ada said yes on Tue 2 Mar, after hours offered on Mon 1 Mar; no hour is agreed yet."


@pytest.mark.parametrize(
    ("undone", "why"),
    [
        ("cancelled", "The meeting was cancelled on Wed 3 Mar, and no hours were offered since."),
        ("no_show", "The meeting of Wed 3 Mar did not take place, and no hours were offered since."),
    ],
)
def test_hours_are_offered_again_when_a_meeting_fell_through(undone: str, why: str) -> None:
    fallen = [touch("offered", on(1)), touch("scheduled", on(2)), touch(undone, on(3))]
    (found,) = due(ADA, fallen, on(4))
    assert (found.kind, found.why) == (DueKind.OFFER_HOURS, why)
    assert due(ADA, [*fallen, touch("rescheduled", on(4))], on(4, 12)) == ()


def test_an_offer_says_what_the_plan_has() -> None:
    (found,) = due(ADA, [touch("accepted", on(1))], on(2), agenda=plan(on(17, 11)))
    assert found.why == "Ada said yes on Mon 1 Mar, and no hours were offered since. The plan has Wed 17 Mar 11:00."


def test_no_hours_are_offered_for_an_agreed_meeting() -> None:
    assert due(ADA, [touch("accepted", on(1))], on(2), candidates=[agreed("Ada", on(17))]) == ()


# ----------------------------------------------------------------------------------------------------- held hours

YES = [touch("accepted", on(1)), touch("offered", on(2))]


def test_hours_held_without_a_word_are_asked_about_after_three_business_days() -> None:
    held = offer(on(2), on(16, 10), on(17, 11))
    assert due(ADA, YES, on(4), offers=[held]) == ()
    (found,) = due(ADA, YES, on(5), offers=[held])  # Tuesday to Friday
    assert (found.kind, found.logs, found.key) == (
        DueKind.OFFER_RUNS_OUT,
        TouchKind.NUDGED,
        f"offer_runs_out:ada:{held.id}",
    )
    assert found.why == (
        "Held for them since Tue 2 Mar without a word: Tue 16 Mar 10:00 and Wed 17 Mar 11:00. "
        "Remind them, or withdraw the offer."
    )
    assert found.deadline == on(15, 10)  # the business day before the first hour
    assert kinds(due(ADA, YES, on(3), offers=[held], rules=with_cadence(offer_waits=1))) == ["offer_runs_out"]


def test_a_held_hour_that_comes_near_is_asked_about_at_once() -> None:
    held = offer(on(4), on(8, 10), on(17, 11))  # on Thursday for Monday
    late = [touch("accepted", on(1)), touch("offered", on(4))]
    assert due(ADA, late, on(4, 11), offers=[held]) == ()
    (found,) = due(ADA, late, on(5), offers=[held])
    assert found.deadline == on(5)
    (found,) = due(ADA, late, on(8, 11), offers=[held])  # the first is over, the other still held
    assert "word: Wed 17 Mar 11:00. Remind" in found.why
    assert kinds(due(ADA, late, on(17, 11), offers=[held])) == ["nudge"]  # both are over


@pytest.mark.parametrize("answer", ["replied", "accepted", "declined", "scheduled", "nudged", "followed_up"])
def test_held_hours_are_not_asked_about_after_a_word_or_a_reminder(answer: str) -> None:
    held = offer(on(2), on(16, 10))
    assert "offer_runs_out" not in kinds(due(ADA, [*YES, touch(answer, on(5))], on(5), offers=[held]))


def test_closed_offers_hold_nothing() -> None:
    assert due(ADA, YES, on(5), offers=[offer(on(2), on(16), closed_at=on(3))]) == ()


def test_nothing_is_held_once_an_hour_is_agreed() -> None:
    assert due(ADA, YES, on(5), offers=[offer(on(2), on(16))], candidates=[agreed("Ada", on(16))]) == ()


def test_held_hours_come_before_a_nudge_and_not_beside_it() -> None:
    assert kinds(due(ADA, YES, on(12), offers=[offer(on(2), on(16))])) == ["offer_runs_out"]
    assert kinds(due(ADA, YES, on(16, 10), offers=[offer(on(2), on(16))])) == ["nudge"]  # none is held any more


# ------------------------------------------------------------------------------------------------------- promises


def test_a_promise_is_due_from_the_business_day_before_until_it_is_kept() -> None:
    said = (
        touch("replied", on(1)),
        touch("followed_up", on(2), note="Send the  article\non grids", follow_up_on=date(2027, 3, 15)),
    )
    assert due(ADA, said, on(11, 23)) == ()
    (found,) = due(ADA, said, on(12, 0))  # Friday before that Monday
    assert (found.kind, found.logs, found.deadline) == (
        DueKind.KEEP_PROMISE,
        TouchKind.FOLLOWED_UP,
        on(15, 23, 59),
    )
    assert found.why == "On Tue 2 Mar you promised to by Mon 15 Mar: Send the article on grids"
    assert kinds(due(ADA, said, on(31))) == ["keep_promise"]
    assert due(ADA, [*said, touch("followed_up", on(12))], on(15)) == ()
    assert "keep_promise" not in kinds(due(ADA, [*said, touch("met", on(12))], on(15)))
    assert kinds(due(ADA, [*said, touch("replied", on(12))], on(15))) == ["reply", "keep_promise"]


def test_the_promise_to_be_kept_first_is_named() -> None:
    two = [
        touch("note", on(1), note="later", follow_up_on=date(2027, 3, 5)),
        touch("note", on(2), note="sooner", follow_up_on=date(2027, 3, 4)),
    ]
    assert [one.why for one in due(ADA, two, on(5))] == ["On Tue 2 Mar you promised to by Thu 4 Mar: sooner"]


def test_a_promise_made_to_who_declined_is_a_promise() -> None:
    no = [touch("asked", on(1)), touch("declined", on(2), follow_up_on=date(2027, 3, 10))]
    assert [one.why for one in due(ADA, no, on(10))] == ["On Tue 2 Mar you promised to by Wed 10 Mar."]


def test_a_promise_in_a_holiday_week_is_shown_before_the_holidays() -> None:
    said = [touch("note", on(1), follow_up_on=date(2027, 3, 30))]  # the Tuesday after Easter
    rules = Rules(holidays=EASTER)
    assert due(ADA, said, on(24), rules=rules) == ()
    assert kinds(due(ADA, said, on(25), rules=rules)) == ["keep_promise"]


# ---------------------------------------------------------------------------------------------------------- nudges


def test_a_nudge_is_due_after_seven_business_days() -> None:
    asked = [touch("asked", on(1))]
    assert due(ADA, asked, on(9)) == ()
    (found,) = due(ADA, asked, on(10))
    assert found == Due(
        kind=DueKind.NUDGE,
        key=f"nudge:ada:{asked[0].id}",
        contact_id="ada",
        title="Nudge Ada",
        why="Your message of Mon 1 Mar has no answer after 7 business days. Nudge once, then let it rest.",
        logs=TouchKind.NUDGED,
        alternatives=(TouchKind.REPLIED, TouchKind.ACCEPTED, TouchKind.DECLINED),
    )
    assert kinds(due(ADA, asked, on(3), rules=with_cadence(nudge_after=2))) == ["nudge"]


def test_holidays_are_no_days_to_answer_on() -> None:
    asked = [touch("asked", on(22))]  # Monday; without the holidays seven business days end on Wednesday 31
    assert kinds(due(ADA, asked, on(31))) == ["nudge"]
    assert due(ADA, asked, on(31), rules=Rules(holidays=EASTER)) == ()
    assert kinds(due(ADA, asked, on(33), rules=Rules(holidays=EASTER))) == ["nudge"]  # Friday 2 April


def test_a_nudge_is_proposed_once() -> None:
    nudged = [touch("asked", on(1)), touch("nudged", on(10))]
    assert due(ADA, nudged, on(31)) == ()
    assert due(ADA, [*nudged, touch("asked", on(15))], on(31)) == ()


def test_an_answer_makes_room_for_another_nudge() -> None:
    again = [
        touch("asked", on(1)),
        touch("nudged", on(10)),
        touch("replied", on(11)),
        touch("followed_up", on(12)),
    ]
    assert kinds(due(ADA, again, on(23))) == ["nudge"]


def test_offered_hours_that_stay_unanswered_are_nudged_about() -> None:
    assert kinds(due(ADA, [touch("accepted", on(1)), touch("offered", on(2))], on(11))) == ["nudge"]


def test_thanks_for_an_earlier_meeting_are_no_reason_not_to_nudge() -> None:
    again = [touch("met", on(1), note="x"), touch("asked", on(2)), touch("thanked", on(3))]
    assert kinds(due(ADA, again, on(11))) == ["nudge"]


def test_who_answered_our_last_message_is_not_nudged() -> None:
    answered = [
        touch("met", on(1)),
        touch("accepted", on(2)),
        touch("offered", on(3)),
        touch("replied", on(4)),
        touch("thanked", on(5)),
    ]
    assert due(ADA, answered, on(31)) == ()


def test_who_answered_in_the_same_minute_is_not_nudged() -> None:
    assert kinds(due(ADA, [touch("asked", on(1)), touch("replied", on(1)), touch("note", on(2))], on(31))) == ["reply"]
    assert due(ADA, [touch("followed_up", on(1)), touch("asked", on(1)), touch("declined", on(1))], on(31)) == ()


def test_nobody_who_declined_is_nudged() -> None:
    assert due(ADA, [touch("asked", on(1)), touch("declined", on(2))], on(31)) == ()


def test_nobody_is_nudged_whom_we_promised_to_come_back_to() -> None:
    asked = [touch("asked", on(1), follow_up_on=date(2027, 3, 22))]
    assert due(ADA, asked, on(12)) == ()
    assert kinds(due(ADA, asked, on(22))) == ["keep_promise"]


def test_what_was_asked_for_a_trip_that_is_over_rests() -> None:
    asked = [touch("asked", on(10))]
    assert kinds(due(ADA, asked, on(19), trip=TRIP)) == ["nudge"]  # its last day
    assert due(ADA, asked, on(20), trip=TRIP) == ()
    assert kinds(due(ADA, [touch("asked", on(20))], on(31), trip=TRIP)) == ["nudge"]  # not for that trip
    assert kinds(due(ADA, asked, on(20), trip=trip_from(date(2027, 4, 5)))) == ["nudge"]


# ------------------------------------------------------------------------------------------------- whose days count


def test_without_a_trip_days_are_those_of_the_touch() -> None:
    late = datetime(2027, 3, 2, 3, 0, tzinfo=UTC)  # Monday evening in Washington, Tuesday in Berlin
    sent = [touch("replied", late, timezone="America/New_York")]
    assert "Mon 1 Mar" in due(ADA, sent, on(3), trip=None)[0].why
    assert "Tue 2 Mar" in due(ADA, sent, on(3), trip=TRIP)[0].why
