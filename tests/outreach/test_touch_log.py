"""What of the log still holds after corrections."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from outreach_builders import AFTER_ALL, MONDAY, log, random_logs, touch, void

from iiplan.model import Touch
from iiplan.outreach import effective_touches, stage_of, stages_reached


def test_touches_come_out_by_time_whatever_order_they_were_logged_in() -> None:
    first, second, third = log("asked", "replied", "accepted")
    assert effective_touches([third, first, second]) == (first, second, third)


def test_touches_of_one_moment_come_in_the_order_of_a_conversation() -> None:
    asked, accepted = touch("asked", id="z"), touch("accepted", id="a")
    assert effective_touches([accepted, asked]) == (asked, accepted)


def test_a_void_and_what_it_took_back_are_gone() -> None:
    asked, declined = log("asked", "declined")
    assert effective_touches([asked, declined, void(declined)]) == (asked,)


def test_a_void_of_a_void_brings_the_touch_back() -> None:
    (asked,) = log("asked")
    first = void(asked)
    second = void(first)
    assert effective_touches([asked, first, second]) == (asked,)
    assert effective_touches([asked, first, second, void(second)]) == ()


def test_a_void_may_be_dated_before_what_it_takes_back() -> None:
    (asked,) = log("asked")
    assert effective_touches([asked, void(asked, MONDAY - timedelta(days=3))]) == ()


def test_voids_that_name_themselves_or_one_another_take_nothing_back() -> None:
    (asked,) = log("asked")
    itself = touch("void", id="loop", voids="loop")
    ring = [touch("void", id="a", voids="b"), touch("void", id="b", voids="a")]
    assert effective_touches([asked, itself, *ring]) == (asked,)


def test_a_void_of_something_unknown_takes_nothing_back() -> None:
    (asked,) = log("asked")
    assert effective_touches([asked, touch("void", voids="elsewhere")]) == (asked,)


@settings(deadline=None)
@given(random_logs(), st.randoms())
def test_any_log_in_any_order_gives_the_same_answers(made: list[Touch], shuffled: object) -> None:
    again = list(made)
    shuffled.shuffle(again)  # type: ignore[attr-defined]
    assert effective_touches(again) == effective_touches(made)
    assert stage_of(again, AFTER_ALL) == stage_of(made, AFTER_ALL)
    assert stages_reached(again) == stages_reached(made)


@settings(deadline=None)
@given(random_logs(), random_logs(who="other", most=1))
def test_voiding_a_touch_equals_never_having_logged_it(made: list[Touch], extra: list[Touch]) -> None:
    later = [*made, *extra, *(void(one) for one in extra)]
    assert effective_touches(later) == effective_touches(made)
