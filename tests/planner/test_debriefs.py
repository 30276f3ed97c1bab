"""Debriefs as use cases: one a meeting, both windows kept, promises that come due, words for the thank-you."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date, datetime, timedelta

import pytest
from builders import MONDAY, WASHINGTON, a_person, a_trip
from hypothesis import given
from hypothesis import strategies as st

from iiplan.model import DebriefText, Touch, TouchKind, Welcome
from iiplan.outreach import DueKind, effective_touches
from iiplan.planner import asking, debriefs, keeping, messages, people, settings, today
from iiplan.planner.debrief_text import cleaned, missing_in, taken_in
from iiplan.planner.debriefs import Talk
from iiplan.planner.workspace import Workspace

THEN = datetime(2026, 12, 7, 15, 0, tzinfo=WASHINGTON)
LIST = DebriefText(promised="the reading list", promised_by=date(2026, 12, 10))


@pytest.fixture
def ws(ws: Workspace) -> Workspace:
    return replace(ws, now=lambda: THEN)


@pytest.fixture
def ann(ws: Workspace) -> Talk:
    a_person(ws, "Ann")
    met(ws, "ann")
    (talk,) = debriefs.talks_with(ws, "ann")
    return talk


def met(ws: Workspace, who: str, *, at: datetime = THEN - timedelta(hours=1), trip_id: str | None = None) -> Touch:
    return asking.log(ws, who, TouchKind.MET, at=at, timezone="America/New_York", trip_id=trip_id)


def later(ws: Workspace, **ahead: float) -> Workspace:
    return replace(ws, now=lambda: THEN + timedelta(**ahead))


def due_kinds(ws: Workspace) -> list[DueKind]:
    return [one.kind for one in today.due(ws, None, None).items]


# --------------------------------------------------------------------------------------------------- one a meeting


def test_there_is_one_debrief_for_each_day_of_meeting_the_latest_first(ws: Workspace) -> None:
    a_person(ws, "Ann")
    for days in (20, 0, 0):
        met(ws, "ann", at=THEN - timedelta(days=days, hours=1))
    found = debriefs.talks_with(ws, "ann")
    assert [talk.met_on for talk in found] == [date(2026, 12, 7), date(2026, 11, 17)]
    assert found == debriefs.talks_with(ws, "ann") == debriefs.talks(ws)
    saved = debriefs.save(ws, found[0].debrief, DebriefText(dump="Riders first."))
    assert [talk.debrief for talk in debriefs.talks(ws)] == [saved, found[1].debrief]


def test_the_day_is_that_of_the_trip_wherever_it_was_logged(ws: Workspace) -> None:
    trip = a_trip(ws)
    a_person(ws, "Ann")
    late = datetime(2026, 12, 7, 19, 30, tzinfo=WASHINGTON)  # the 8th in Berlin
    asking.log(later(ws, days=1), "ann", TouchKind.MET, at=late, timezone="Europe/Berlin", trip_id=trip.id)
    (talk,) = debriefs.talks_with(ws, "ann")
    assert talk.met_on == MONDAY
    assert talk.debrief.trip_id == trip.id


def test_a_debrief_is_found_when_the_meeting_it_is_about_was_taken_back(ws: Workspace, ann: Talk) -> None:
    debriefs.save(ws, ann.debrief, DebriefText(dump="Riders first."))
    assert ann.met is not None
    asking.take_back(ws, ann.met)
    (talk,) = debriefs.talks_with(ws, "ann")
    assert (talk.met, talk.debrief.text.dump) == (None, "Riders first.")


def test_two_debriefs_of_one_day_are_both_there_when_two_people_turn_out_to_be_one(ws: Workspace, ann: Talk) -> None:
    for number in (1, 2):
        debrief = replace(ann.debrief, id=f"d{number}")
        ws.store.save_debrief(debrief, DebriefText(dump=str(number)), THEN)
    assert [talk.debrief.text.dump for talk in debriefs.talks_with(ws, "ann")] == ["1", "2"]


def test_a_thank_you_without_a_meeting_in_the_log_can_be_written_about(ws: Workspace) -> None:
    a_person(ws, "Ann")
    asking.log(ws, "ann", TouchKind.THANKED, timezone="America/New_York")
    assert [talk.met_on for talk in debriefs.talks(ws)] == [date(2026, 12, 7)]


# ----------------------------------------------------------------------------------------------------- two windows


def test_of_two_windows_that_write_at_once_both_texts_are_kept_until_somebody_settles(ws: Workspace, ann: Talk) -> None:
    left = debriefs.save(ws, ann.debrief, DebriefText(advice="Riders first."))
    right = debriefs.save(ws, ann.debrief, DebriefText(advice="Write shorter.", quote="A map is a promise."))
    assert right.text.advice == "Write shorter."
    assert [version.text for version in right.unread_by_latest] == [left.text]
    assert missing_in(right.text, left.text) == ("advice",)
    both = taken_in(right.text, left.text, "advice")
    assert (both.advice, both.quote) == ("Write shorter.\nRiders first.", "A map is a promise.")
    settled = debriefs.settle(ws, right, both)
    assert settled.unread_by_latest == ()
    assert [version.text for version in settled.versions[:2]] == [left.text, right.text]


def test_going_on_in_one_window_only_follows_what_that_window_knows(ws: Workspace, ann: Talk) -> None:
    first = debriefs.save(ws, ann.debrief, DebriefText(dump="a"))
    debriefs.save(ws, first, DebriefText(dump="a b"))
    mine = debriefs.as_known(debriefs.stored(ws, ann.debrief), 1)
    assert mine == first
    assert len(debriefs.save(ws, mine, DebriefText(dump="a c")).unread_by_latest) == 1


texts = st.text(st.sampled_from("ab \n"), max_size=6)
days = st.none() | st.dates(date(2026, 12, 1), date(2026, 12, 3))
written = st.builds(
    DebriefText, dump=texts, advice=texts, promised=texts, promised_by=days, welcome=st.sampled_from(Welcome)
)


@given(written, written)
def test_taking_everything_in_leaves_nothing_missing_of_either_text(mine: DebriefText, other: DebriefText) -> None:
    merged = mine
    for name in missing_in(mine, other):
        merged = taken_in(merged, other, name)
    assert missing_in(merged, other) == ()
    for field in fields(DebriefText):
        before, after = getattr(mine, field.name), getattr(merged, field.name)
        if isinstance(before, str) and not isinstance(before, Welcome):
            assert before.strip() in after


@given(st.text())
def test_whatever_is_pasted_can_be_kept(pasted: str) -> None:
    assert DebriefText(dump=cleaned(pasted)).dump == cleaned(cleaned(pasted))
    assert cleaned("a\r\nb\x0bc\ud800") == "a\nbc"


# -------------------------------------------------------------------------------------------------------- promises


def test_a_promise_comes_due_and_goes_when_its_day_is_taken_away(ws: Workspace, ann: Talk) -> None:
    saved = debriefs.save(ws, ann.debrief, LIST)
    soon = later(ws, days=2)
    item = next(one for one in today.due(soon, None, None).items if one.kind is DueKind.KEEP_PROMISE)
    assert item.why == "On Mon 7 Dec you promised to by Thu 10 Dec: the reading list"
    saved = debriefs.save(ws, saved, replace(LIST, promised_by=date(2026, 12, 24)))
    assert DueKind.KEEP_PROMISE not in due_kinds(soon)
    saved = debriefs.save(ws, saved, LIST)
    assert DueKind.KEEP_PROMISE in due_kinds(soon)
    saved = debriefs.save(ws, saved, replace(LIST, promised_by=None))
    assert DueKind.KEEP_PROMISE not in due_kinds(soon)
    debriefs.save(ws, saved, replace(LIST, promised="the book"))
    assert due_kinds(soon).count(DueKind.KEEP_PROMISE) == 1


def test_a_promise_counts_once_however_often_the_text_is_edited(ws: Workspace, ann: Talk) -> None:
    saved = ann.debrief
    for number in range(4):
        saved = debriefs.save(ws, saved, replace(LIST, advice="x" * number, promised=f"list {number // 2}"))
    held = [touch for touch in effective_touches(ws.store.touches()) if touch.follow_up_on]
    assert [(touch.note, touch.at) for touch in held] == [("list 1", THEN - timedelta(hours=1))]
    assert len(ws.store.touches()) == 1 + 3  # the meeting; logged, taken back, logged anew


def test_a_promise_that_was_kept_stays_kept_when_the_debrief_is_edited_later(ws: Workspace, ann: Talk) -> None:
    saved = debriefs.save(ws, ann.debrief, LIST)
    after = later(ws, days=2)
    asking.log(after, "ann", TouchKind.FOLLOWED_UP, timezone="America/New_York")
    debriefs.save(after, saved, replace(LIST, promised="the reading list, and the book"))
    assert DueKind.KEEP_PROMISE not in due_kinds(later(ws, days=3))


def test_a_promise_taken_back_in_the_log_does_not_return_with_another_field(ws: Workspace, ann: Talk) -> None:
    saved = debriefs.save(ws, ann.debrief, LIST)
    (touch,) = [touch for touch in ws.store.touches() if touch.follow_up_on]
    asking.take_back(ws, touch)
    debriefs.save(ws, saved, replace(LIST, advice="Riders first."))
    assert [one for one in effective_touches(ws.store.touches()) if one.follow_up_on] == []


# ------------------------------------------------------------------------------------- what else comes of a debrief


def test_the_debrief_is_due_until_a_text_is_there_and_stays_while_somebody_writes(ws: Workspace, ann: Talk) -> None:
    assert due_kinds(ws) == [DueKind.DEBRIEF, DueKind.THANK]
    debriefs.save(ws, ann.debrief, DebriefText(surprised="No budget."))
    assert due_kinds(ws) == [DueKind.THANK]
    assert ann.met is not None
    writing = today.due(ws, None, None, writing={ann.met.id})
    assert [one.kind for one in writing.items] == [DueKind.DEBRIEF, DueKind.THANK]
    before = today.due(ws, None, None, now=THEN - timedelta(minutes=30))
    assert DueKind.DEBRIEF in [one.kind for one in before.items]


def test_who_does_not_welcome_a_follow_up_rests_with_the_reason(ws: Workspace, ann: Talk) -> None:
    saved = debriefs.save(ws, ann.debrief, DebriefText(welcome=Welcome.NO))
    asking.log(ws, "ann", TouchKind.THANKED, timezone="America/New_York")
    month = later(ws, days=30)
    found = today.due(month, None, None)
    assert [(one.contact.id, one.why) for one in found.resting] == [
        ("ann", "They did not welcome a follow-up on Mon 7 Dec.")
    ]
    assert DueKind.KEEP_IN_TOUCH not in due_kinds(month)
    debriefs.save(ws, saved, DebriefText(welcome=Welcome.YES))
    assert due_kinds(month) == [DueKind.KEEP_IN_TOUCH]


def test_the_quote_fills_the_thank_you_and_the_promise_the_letter_that_keeps_it(ws: Workspace, ann: Talk) -> None:
    settings.save_profile(ws, settings.Profile(name="Robin Sample"))
    debriefs.save(ws, ann.debrief, replace(LIST, dump="Clerk first.", quote="“Start with the riders.”"))
    card = messages.write(ws, messages.named(ws, "thank-card"), "ann", None)
    assert "You said: Start with the riders. I keep" in card.body
    assert card.gaps == ()
    kept = messages.write(ws, messages.named(ws, "follow-up-promised"), "ann", None)
    assert "the reading list" in kept.body
    assert messages.remembered(ws, "ann") == "Clerk first."


def test_a_rhythm_is_kept_for_each_person_and_its_reason_is_found_again(ws: Workspace, ann: Talk) -> None:
    keeping.set_every_weeks(ws, "ann", 8)
    keeping.set_every_weeks(ws, "bob", 0)
    keeping.set_every_weeks(ws, "ann", None)
    assert keeping.every_weeks(ws) == {"bob": 0}
    note = keeping.REASON[keeping.Reason.ARTICLE]
    touch = asking.log(ws, "ann", TouchKind.FOLLOWED_UP, note=note)
    asking.log(ws, "ann", TouchKind.FOLLOWED_UP, note="in other words")
    assert keeping.last_reason(people.person(ws, "ann").history) == (keeping.Reason.ARTICLE, touch)
