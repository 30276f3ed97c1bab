"""In which order things are due, and what asks for nothing."""

from __future__ import annotations

import pytest
from due_builders import ADA, TRIP, due
from outreach_builders import agreed, on, person, touch

from iiplan.outreach import Due, DueKind, Effort, due_list


def test_what_has_a_deadline_by_tomorrow_comes_first_and_then_the_shortest() -> None:
    people = [person(name) for name in ("Ada", "Ben", "Cleo", "Dan", "Eve", "Flo", "Gus", "Hal", "Ida")]
    touches = [
        touch("asked", on(1), "ada"),  # to nudge: no deadline
        touch("replied", on(9, 9), "ben"),  # by Wed 10 9:00: over
        touch("met", on(10, 8), "cleo", note="x"),  # to thank by Thu 8:00
        touch("accepted", on(9), "dan"),  # to offer hours by Wed 10:00: now
        touch("replied", on(8), "eve"),  # over since Tuesday
        touch("scheduled", on(1), "gus"),  # met on Thursday: to confirm by Wed 9:00
        touch("scheduled", on(1), "hal"),  # at noon
        touch("met", on(1), "ida", note="x"),
        touch("thanked", on(1, 12), "ida"),
        touch("thanked", on(2, 12), "cleo"),
    ]
    hours = [agreed("Gus", on(11, 9)), agreed("Hal", on(10, 12))]
    found = due(people, touches, on(10), trip=TRIP, candidates=hours)
    assert [(one.kind.value, one.contact_id) for one in found] == [
        ("meeting_soon", "hal"),  # a glance
        ("confirm", "gus"),  # to send, by 9:00
        ("offer_hours", "dan"),  # to send, by 10:00
        ("reply", "eve"),  # to write, over since Tuesday
        ("reply", "ben"),  # to write, over since 9:00
        ("thank", "cleo"),  # to write, by tomorrow
        ("nudge", "ada"),  # no deadline from here on; to send
        ("ask_new", "flo"),
    ]


def test_a_deadline_more_than_a_day_ahead_does_not_press() -> None:
    people = [ADA, person("Ben"), person("Cleo")]
    touches = [touch("asked", on(1)), touch("replied", on(12, 12), "ben"), touch("met", on(12), "cleo", note="x")]
    # On Friday afternoon: Ben waits for an answer by Monday, Cleo for thanks by Saturday
    found = due(people, touches, on(12, 14))
    assert [one.kind.value for one in found] == ["thank", "nudge", "reply"]
    assert [one.effort for one in found] == [Effort.WRITE, Effort.SEND, Effort.WRITE]


def test_of_two_alike_the_earlier_deadline_comes_first_then_the_kind_then_the_name() -> None:
    people = [person(name) for name in ("Cleo", "ben", "Ada")]
    met = [touch("met", on(5), one.id) for one in people]
    assert [(one.kind.value, one.contact_id) for one in due(people, met, on(5, 12))] == [
        *(("debrief", name) for name in ("ada", "ben", "cleo")),
        *(("thank", name) for name in ("ada", "ben", "cleo")),
    ]
    replies = [touch("replied", on(4, hour), name) for hour, name in ((9, "cleo"), (10, "ada"), (10, "ben"))]
    assert [one.contact_id for one in due(people, replies, on(8))] == ["cleo", "ada", "ben"]


def test_the_shortest_come_first() -> None:
    assert list(Effort) == [Effort.GLANCE, Effort.CLICK, Effort.SEND, Effort.WRITE] == sorted(Effort)


def test_an_empty_log_and_no_trip_ask_for_nothing() -> None:
    assert due_list([], on(1), trip=None, agenda=None) == ()
    assert due(ADA, [], on(1), trip=None) == ()


def test_touches_of_strangers_are_passed_over() -> None:
    assert due([], [touch("replied", on(1))], on(2), trip=TRIP) == ()


@pytest.mark.parametrize("kind", DueKind)
def test_every_kind_has_an_effort(kind: DueKind) -> None:
    assert Due(kind=kind, key="k", contact_id="ada", title="t", why="w").effort in Effort
