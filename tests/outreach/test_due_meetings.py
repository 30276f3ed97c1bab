"""What is due around a meeting: confirm it, be there, write it down, thank, keep in touch."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from due_builders import ADA, TRIP, due, kinds, plan, with_cadence
from outreach_builders import agreed, on, person, touch, trip_from

from iiplan.model import Candidate, Format, TouchKind, Trip
from iiplan.outreach import Due, DueKind, Effort, Rules

# ------------------------------------------------------------------------------------------------------ confirming


def test_a_monday_meeting_is_confirmed_on_friday() -> None:
    monday = agreed("Ada", on(15, 14))
    scheduled = [touch("scheduled", on(1))]
    assert due(ADA, scheduled, on(10, 23), candidates=[monday]) == ()
    (found,) = due(ADA, scheduled, on(11, 0), candidates=[monday])  # from Thursday on
    assert found == Due(
        kind=DueKind.CONFIRM,
        key="confirm:ada:2027-03-15T13:00:00+00:00",
        contact_id="ada",
        title="Confirm Mon 15 Mar 14:00 with Ada",
        why="It is agreed for Mon 15 Mar 14:00 and not confirmed yet; a day ahead is the time to.",
        deadline=on(12, 14),
        logs=TouchKind.CONFIRMED,
        alternatives=(TouchKind.CANCELLED,),
    )
    assert due(ADA, [*scheduled, touch("confirmed", on(11))], on(12), candidates=[monday]) == ()


def test_a_midweek_meeting_is_confirmed_a_day_ahead() -> None:
    (found,) = due(ADA, [touch("scheduled", on(1))], on(16), candidates=[agreed("Ada", on(17, 9))])
    assert found.deadline == on(16, 9)


def test_a_holiday_in_between_makes_it_earlier() -> None:
    # Tuesday 30 March after Easter: Good Friday and Easter Monday are free, so it is confirmed on Thursday
    rules = Rules(holidays=frozenset({date(2027, 3, 26), date(2027, 3, 29)}))
    tuesday = [agreed("Ada", on(30, 9))]
    assert due(ADA, [touch("scheduled", on(1))], on(23, 23), candidates=tuesday, rules=rules) == ()
    (found,) = due(ADA, [touch("scheduled", on(1))], on(24, 0), candidates=tuesday, rules=rules)
    assert found.deadline == on(25, 9)


@pytest.mark.parametrize(
    ("hours", "deadline"),
    [(4, on(15, 9)), (24, on(15, 9)), (26, on(15, 7)), (48, on(12, 9)), (96, on(12, 9)), (120, on(11, 9))],
    # Tuesday 9:00 less 48 hours is Sunday: the Friday before it. Less 96 hours is Friday, less 120 Thursday
)
def test_how_far_ahead_can_be_changed_and_is_never_on_a_weekend(hours: int, deadline: datetime) -> None:
    (found,) = due(
        ADA,
        [touch("scheduled", on(1))],
        on(15, 12),
        candidates=[agreed("Ada", on(16, 9))],
        rules=with_cadence(confirm_hours=hours),
    )
    assert found.deadline == deadline


def test_confirming_leaves_24_hours_also_when_the_clocks_change() -> None:
    # In Cairo the clocks go forward at midnight to Friday 30 April 2027: Friday 10:00 less 24 hours is Thursday 09:00
    cairo = Trip(id="c", name="Cairo", city="Cairo", timezone="Africa/Cairo", days=TRIP.days)
    start = datetime(2027, 4, 30, 10, 0, tzinfo=cairo.zone)
    (found,) = due(
        ADA,
        [touch("scheduled", on(1))],
        start.astimezone(UTC) - timedelta(hours=30),
        trip=cairo,
        candidates=[agreed("Ada", start)],
    )
    assert found.deadline == datetime(2027, 4, 29, 9, 0, tzinfo=cairo.zone)


def test_a_planned_hour_is_confirmed_with_who_said_yes_and_with_nobody_else() -> None:
    week = plan(on(17, 11))
    yes = [touch("accepted", on(1)), touch("offered", on(10))]
    (found,) = due(ADA, yes, on(16), agenda=week)
    assert (found.kind, found.logs) == (DueKind.CONFIRM, TouchKind.CONFIRMED)
    assert found.why.startswith("It is planned for Wed 17 Mar 11:00")
    assert due(ADA, [touch("asked", on(10))], on(16), agenda=week) == ()
    assert kinds(due(ADA, yes[:1], on(16), agenda=week)) == ["confirm"]  # and no hours to offer besides


def test_a_cancelled_meeting_is_not_confirmed_though_an_old_plan_still_has_it() -> None:
    fallen = [touch("scheduled", on(1)), touch("cancelled", on(2)), touch("offered", on(12))]
    assert due(ADA, fallen, on(16), agenda=plan(on(17, 11), fixed=True)) == ()


def test_a_yes_after_a_cancellation_makes_a_newly_planned_hour_count() -> None:
    again = [touch("scheduled", on(1)), touch("cancelled", on(2)), touch("accepted", on(3)), touch("offered", on(12))]
    assert kinds(due(ADA, again, on(16), agenda=plan(on(17, 11)))) == ["confirm"]


def test_an_agreed_start_goes_before_what_an_older_plan_says() -> None:
    (found,) = due(
        ADA, [touch("scheduled", on(1))], on(16), agenda=plan(on(17, 11)), candidates=[agreed("Ada", on(17, 15))]
    )
    assert found.title == "Confirm Wed 17 Mar 15:00 with Ada"


# -------------------------------------------------------------------------------------------------------- the day


def test_a_meeting_in_the_next_hours_comes_first_and_says_when_to_leave() -> None:
    week = plan(on(17, 11), fixed=True)
    late = [touch("scheduled", on(1)), touch("replied", on(17, 6))]
    found = due(ADA, late, on(17, 8), agenda=week)
    assert kinds(found) == ["meeting_soon", "reply"]
    assert (found[0].title, found[0].deadline, found[0].logs) == ("Meet Ada at 11:00", on(17, 11), None)
    assert found[0].effort is Effort.GLANCE
    assert found[0].why == "It is not confirmed; leave by 10:20 for Office."
    assert kinds(due(ADA, late, on(17, 6, 59), agenda=week)) == ["confirm", "reply"]
    assert due(ADA, late, on(17, 11, 15), agenda=week)[0].why == "It began at 11:00."
    assert kinds(due(ADA, late, on(17, 6, 59), agenda=week, rules=with_cadence(soon_hours=5)))[0] == "meeting_soon"


def test_a_call_in_the_next_hours_is_called_one() -> None:
    call = Candidate(contact_id="ada", trip_id="berlin", fixed_start=on(17, 11), format=Format.CALL)
    (found,) = due(ADA, [touch("confirmed", on(15))], on(17, 10), candidates=[call])
    assert (found.title, found.why) == ("Call Ada at 11:00", "It starts at 11:00 and is confirmed.")


def test_after_an_agreed_meeting_the_log_asks_how_it_went() -> None:
    meeting = [agreed("Ada", on(17, 11))]
    scheduled = [touch("scheduled", on(1))]
    (found,) = due(ADA, scheduled, on(17, 11, 30), candidates=meeting)
    assert (found.kind, found.logs, found.effort) == (DueKind.HOW_WAS_IT, TouchKind.MET, Effort.CLICK)
    assert found.deadline == on(18, 11, 30)  # thanks would be due by then
    for answer in ("cancelled", "no_show", "declined", "rescheduled", "met"):
        answered = [*scheduled, touch(answer, on(17, 12))]
        assert DueKind.HOW_WAS_IT not in [one.kind for one in due(ADA, answered, on(17, 13), candidates=meeting)]


def test_a_planned_meeting_that_nobody_agreed_to_is_not_asked_about() -> None:
    assert due(ADA, [touch("accepted", on(1)), touch("offered", on(15))], on(18), agenda=plan(on(17, 11))) == ()


# --------------------------------------------------------------------------------------------------- written down


def test_what_was_said_is_written_down_before_the_thanks() -> None:
    met = [touch("met", on(5, 16))]
    found = due(ADA, met, on(5, 17))
    assert kinds(found) == ["debrief", "thank"]
    assert (found[0].title, found[0].logs, found[0].deadline) == (
        "Write down what Ada said",
        TouchKind.NOTE,
        on(6, 16),
    )
    assert found[0].key == f"debrief:ada:{met[0].id}"
    (found,) = due(ADA, [*met, touch("thanked", on(6))], on(8))
    assert (found.kind, found.deadline) == (DueKind.DEBRIEF, None)


def test_a_note_with_the_meeting_or_after_it_is_the_debrief() -> None:
    thanked = touch("thanked", on(6))
    assert due(ADA, [touch("met", on(5), note="Grids!"), thanked], on(8)) == ()
    assert due(ADA, [touch("met", on(5)), touch("note", on(7), note="Grids!"), thanked], on(8)) == ()
    for nothing in (
        touch("note", on(7), note=" "),
        touch("note", on(4), note="before"),
        touch("replied", on(7), note="Yes"),
    ):
        assert "debrief" in kinds(due(ADA, [touch("met", on(5)), nothing, thanked], on(8)))


def test_after_two_weeks_nothing_is_left_to_write_down() -> None:
    met = [touch("met", on(5)), touch("thanked", on(6))]
    assert kinds(due(ADA, met, on(19, 23))) == ["debrief"]
    assert "debrief" not in kinds(due(ADA, met, on(20, 0)))


# --------------------------------------------------------------------------------------------------------- thanks


def test_thanks_are_due_within_24_hours_of_the_meeting() -> None:
    met = [touch("met", on(5, 16), note="x")]
    (found,) = due(ADA, met, on(5, 17))
    assert found == Due(
        kind=DueKind.THANK,
        key=f"thank:ada:{met[0].id}",
        contact_id="ada",
        title="Thank Ada",
        why="You talked on Fri 5 Mar, and no thanks are logged since.",
        deadline=on(6, 16),
        logs=TouchKind.THANKED,
    )
    assert due(ADA, [*met, touch("thanked", on(6))], on(7)) == ()
    assert due(ADA, met, on(5, 17), rules=with_cadence(thank_hours=48))[0].deadline == on(7, 16)


def test_the_24_hours_begin_at_the_end_of_the_meeting_planned_for_that_day() -> None:
    met = [touch("met", on(17, 20), note="x")]  # logged in the evening
    (found,) = due(ADA, met, on(17, 21), candidates=[agreed("Ada", on(17, 11))])
    assert found.deadline == on(18, 11, 30)
    (found,) = due(ADA, met, on(17, 21), candidates=[agreed("Ada", on(16, 11))])
    assert found.deadline == on(18, 20)


def test_thanks_stay_due_when_another_meeting_is_agreed() -> None:
    assert kinds(due(ADA, [touch("met", on(1), note="x"), touch("scheduled", on(2))], on(3))) == ["thank"]


# -------------------------------------------------------------------------------------------------- keep in touch

THANKED = (touch("met", on(1), note="x"), touch("thanked", on(2)))


def test_one_keeps_in_touch_after_two_weeks_and_by_four() -> None:
    assert due(ADA, THANKED, on(15, 23)) == ()
    (found,) = due(ADA, THANKED, on(16, 0))
    assert (found.kind, found.logs, found.deadline) == (
        DueKind.KEEP_IN_TOUCH,
        TouchKind.FOLLOWED_UP,
        on(30, 23, 59),
    )
    assert found.why == "The last word between you was on Tue 2 Mar, 14 days ago."
    assert kinds(due(ADA, THANKED, on(60))) == ["keep_in_touch"]
    wrote = [*THANKED, touch("followed_up", on(16))]
    assert due(ADA, wrote, on(29)) == ()
    assert kinds(due(ADA, wrote, on(30))) == ["keep_in_touch"]


def test_how_often_to_keep_in_touch_can_be_changed() -> None:
    (found,) = due(ADA, THANKED, on(5), rules=with_cadence(touch_after=3, touch_by=5))
    assert found.deadline == on(7, 23, 59)


@pytest.mark.parametrize(
    "since",
    [
        touch("replied", on(3)),
        touch("followed_up", on(3), follow_up_on=date(2027, 4, 20)),
        touch("asked", on(3)),
        touch("scheduled", on(3)),
        touch("met", on(3)),
    ],
    ids=lambda one: one.kind.value,
)
def test_nobody_is_written_to_for_its_own_sake_while_something_is_open(since: object) -> None:
    assert "keep_in_touch" not in kinds(due(ADA, [*THANKED, since], on(25)))  # type: ignore[list-item]


def test_a_person_they_pointed_out_is_a_reason_to_write() -> None:
    reason = " Since you wrote you met Ben, whom they pointed out: a good reason to write."
    referred, introduced = person("Ben", referred_by="ada"), person("Ben")
    met_ben = touch("met", on(10), "ben", note="x")
    thanked_ben = touch("thanked", on(10, 12), "ben")
    (found,) = due([ADA, referred], [*THANKED, met_ben, thanked_ben], on(16))
    assert found.why.endswith(reason)
    asked_ben = touch("asked", on(3), "ben", through="ada")
    (found,) = due([ADA, introduced], [*THANKED, asked_ben, met_ben, thanked_ben], on(16))
    assert found.why.endswith(reason)


def test_a_person_met_before_our_last_word_is_no_news() -> None:
    people = [ADA, person("Ben", referred_by="ada")]
    before = [touch("met", on(1), "ben", note="x"), touch("thanked", on(1, 12), "ben")]
    ben, ada = due(people, [*THANKED, *before], on(16))  # Ben by the 29th, Ada by the 30th
    assert (ben.contact_id, ada.contact_id) == ("ben", "ada")
    assert "pointed out" not in ada.why


def test_a_trip_with_a_meeting_ahead_is_a_word_to_come() -> None:
    assert due(ADA, THANKED, on(16), trip=trip_from(date(2027, 3, 22)), candidates=[agreed("Ada", on(24))]) == ()
