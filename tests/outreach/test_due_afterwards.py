"""What debriefs change in what is due: written down is written down, and nobody is kept in touch with against a no."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from due_builders import ADA, PAST
from outreach_builders import on, touch

from iiplan.model import Touch, Welcome
from iiplan.outreach import NEVER, USUAL, Afterwards, Due, due_list, histories


def due_after(touches: list[Touch], now: datetime, after: Mapping[str, Afterwards]) -> tuple[Due, ...]:
    return due_list(histories([ADA], touches), now, rules=USUAL, trip=PAST, agenda=None, afterwards=after)


MET = touch("met", on(5, 16))


def test_a_debrief_with_a_text_is_no_longer_due_and_one_about_another_meeting_does_not_count() -> None:
    written = Afterwards(written=frozenset({MET.id}))
    assert [one.kind for one in due_after([MET], on(5, 17), {"ada": written})] == ["thank"]
    assert [one.kind for one in due_after([MET], on(5, 17), {"ben": written})] == ["debrief", "thank"]
    other = Afterwards(written=frozenset({"another"}))
    assert [one.kind for one in due_after([MET], on(5, 17), {"ada": other})] == ["debrief", "thank"]


THANKED = [touch("met", on(1), note="x"), touch("thanked", on(2))]


def test_whoever_does_not_welcome_a_follow_up_is_left_in_peace_and_thanked_all_the_same() -> None:
    no = Afterwards(welcome=Welcome.NO, said_on=date(2027, 3, 1))
    assert due_after(THANKED, on(30), {"ada": no}) == ()
    assert no.rests == "They did not welcome a follow-up on Mon 1 Mar."
    assert [one.kind for one in due_after([touch("met", on(1), note="x")], on(1, 20), {"ada": no})] == ["thank"]
    assert due_after(THANKED, on(30), {"ada": Afterwards(every_weeks=NEVER)}) == ()
    for welcome in (Welcome.YES, Welcome.NOT_SAID):
        assert len(due_after(THANKED, on(30), {"ada": Afterwards(welcome=welcome)})) == 1


def test_a_rhythm_of_their_own_goes_before_the_cadence() -> None:
    # The last word was on Tuesday 2 March; three weeks later is the 23rd, and the latest is 14 days after that.
    every = {"ada": Afterwards(every_weeks=3)}
    assert due_after(THANKED, on(22, 23), every) == ()
    (found,) = due_after(THANKED, on(23), every)
    assert found.why == (
        "The last word between you was on Tue 2 Mar, 21 days ago. You chose to write to them every 3 weeks."
    )
    assert found.deadline is not None
    assert found.deadline.date() == date(2027, 4, 6)
