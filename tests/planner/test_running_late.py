"""Being late: who is kept waiting and for how long, and what to skip; no meeting ever moves."""

from __future__ import annotations

from datetime import datetime, timedelta

from builders import NEAR, WASHINGTON
from hypothesis import given
from hypothesis import strategies as st

from iiplan.model import Block, BlockKind
from iiplan.planner.running_late import delay_sentence, delays, planned_arrival

K = BlockKind


def at(clock: str) -> datetime:
    hour, minute = clock.split(":")
    return datetime(2026, 12, 7, int(hour), int(minute), tzinfo=WASHINGTON)


def block(kind: BlockKind, start: str, end: str, title: str = "", *, call: bool = False) -> Block:
    place = NEAR if kind is K.MEETING and not call else None
    return Block(kind=kind, start=at(start), end=at(end), title=title or kind.value, place=place)


BOB = block(K.MEETING, "12:30", "13:00", "Bob")
ANN = block(K.MEETING, "14:05", "14:35", "Ann")
CY = block(K.MEETING, "15:30", "16:00", "Cy", call=True)
DAY = (
    BOB,
    block(K.DEBRIEF, "13:00", "13:15"),
    block(K.LUNCH, "13:15", "13:35"),
    block(K.TRAVEL, "13:35", "13:55"),
    block(K.EARLY, "13:55", "14:05"),
    ANN,
    block(K.DEBRIEF, "14:35", "14:50"),
    CY,
)


def test_being_early_and_waiting_make_up_for_a_few_minutes() -> None:
    assert planned_arrival(DAY, ANN) == at("13:55")
    assert delays(DAY, ANN, 10, at("13:40")) == ()
    assert delays(DAY, BOB, 10, at("12:45")) == ()  # 13:55 becomes 14:05, her hour


def test_who_is_kept_waiting_and_what_to_skip_is_said_in_a_sentence() -> None:
    # Bob ends at 13:17, notes until 13:32, lunch until 13:52, 20 minutes on the way: 14:12.
    (ann,) = delays(DAY, BOB, 17, at("12:45"))
    assert (ann.block, ann.planned, ann.reaches, ann.minutes) == (ANN, at("13:55"), at("14:12"), 7)
    assert delay_sentence(ann) == (
        "You reach Ann at 14:12 instead of 13:55: 7 minutes late; skip the notes and you are on time."
    )


def test_what_cannot_be_made_up_by_skipping_is_said_too() -> None:
    # An hour late: Bob ends at 14:00; notes and lunch left out, one sets off at once and comes at 14:20.
    # Not skipping, she is reached at 14:55 and left at 15:25, and the notes end ten minutes after Cy's start.
    ann, cy = delays(DAY, BOB, 60, at("12:45"))
    assert (ann.minutes, ann.minutes_then, cy.minutes) == (50, 15, 10)
    assert delay_sentence(ann).endswith("50 minutes late; skip the notes and lunch and you are only 15 minutes late.")


def test_lateness_runs_through_to_the_next_meetings() -> None:
    # Ann begins at 15:00 instead of 14:05, so she ends at 15:30, notes until 15:45: 15 minutes after Cy's start.
    ann, cy = delays(DAY, ANN, 65, at("13:40"))
    assert (ann.reaches, ann.minutes, ann.skipping) == (at("15:00"), 55, frozenset())
    assert (cy.reaches, cy.minutes, cy.skipping, cy.minutes_then) == (at("15:45"), 15, {K.DEBRIEF}, 0)
    assert delay_sentence(cy).startswith("The call with Cy begins at 15:45 instead of 15:30: 15 minutes late; skip the")
    assert delay_sentence(ann) == "You reach Ann at 15:00 instead of 13:55: 55 minutes late."


def test_an_own_appointment_is_kept_waiting_like_a_meeting() -> None:
    dentist = block(K.BUSY, "13:10", "13:40", "Dentist")
    (late,) = delays((BOB, dentist), BOB, 20, at("12:45"))
    assert (late.block, late.minutes) == (dentist, 10)


def test_notes_that_are_over_save_nothing() -> None:
    (late,) = delays(DAY, ANN, 20, at("13:20"))
    assert late.minutes == 10
    assert late.skipping == {K.LUNCH}  # 15 of 20 minutes of it lie ahead
    (late,) = delays(DAY, ANN, 20, at("13:40"))
    assert late.skipping == frozenset()


@st.composite
def days(draw: st.DrawFn) -> tuple[Block, ...]:
    """Stretches one after the other, with or without waiting in between; notes only after a meeting."""
    clock, found = at("08:00"), []
    for _ in range(draw(st.integers(1, 8))):
        kinds = [K.MEETING, K.TRAVEL, K.LUNCH, K.BUSY]
        kind = draw(st.sampled_from([*kinds, K.DEBRIEF] if found and found[-1].kind is K.MEETING else kinds))
        start = clock + timedelta(minutes=0 if kind is K.DEBRIEF else draw(st.integers(0, 20)))
        clock = start + timedelta(minutes=draw(st.integers(1, 45)))
        found.append(Block(kind=kind, start=start, end=clock, title=str(len(found)), place=NEAR))
    return tuple(found)


@given(days(), st.integers(0, 90), st.integers(0, 90), st.integers(-60, 300), st.data())
def test_lateness_adds_up_never_moves_a_meeting_and_grows_with_the_delay(
    day: tuple[Block, ...], minutes: int, more: int, minute: int, data: st.DataObject
) -> None:
    stops = [one for one in day if one.kind is K.MEETING]
    if not stops:
        return
    stop, now = data.draw(st.sampled_from(stops)), at("08:00") + timedelta(minutes=minute)
    assert delays(day, stop, 0, now) == ()
    found = delays(day, stop, minutes, now)
    assert all(one.block in day for one in found)
    for one in found:
        assert 0 < one.minutes <= minutes  # waiting shrinks it, nothing makes it grow
        assert one.minutes == (one.reaches - one.block.start) // timedelta(minutes=1)
        assert 0 <= one.minutes_then < one.minutes or not one.skipping
    assert {one.block.title: one.minutes for one in found} == by_hand(day, stop, minutes, now)
    later = {one.block.title: one.minutes for one in delays(day, stop, minutes + more, now)}
    assert all(later[one.block.title] >= one.minutes for one in found)


def by_hand(day: tuple[Block, ...], stop: Block, minutes: int, now: datetime) -> dict[str, int]:
    """The lateness that is left is what waiting between two stretches has not taken up."""
    late, end, found = minutes, stop.end, {}
    if now < stop.start and late:
        found[stop.title] = late
    for one in day:
        if one.start < stop.end:
            continue
        late = max(0, late - (one.start - end) // timedelta(minutes=1))
        end = one.end
        if late and one.kind in {K.MEETING, K.BUSY}:
            found[one.title] = late
    return found
