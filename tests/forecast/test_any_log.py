"""Whatever the log holds, there is a forecast, and its numbers are numbers."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from math import isfinite

import pytest
from forecast_builders import BERLIN, agreed, trip
from hypothesis import given, settings
from hypothesis import strategies as st

from iiplan.forecast import (
    Assumptions,
    forecast,
    forecast_document,
    gains_sentence,
    needed_sentence,
    reply_sentence,
    reply_times,
    week_sentence,
)
from iiplan.model import Cadence, Contact, Source, Touch, TouchKind
from iiplan.outreach import History, Rules, history

START = datetime(2027, 1, 1, tzinfo=UTC)


@st.composite
def people(draw: st.DrawFn) -> list[History]:
    """Up to six people with any touches at any time, of this trip, another or none."""
    made = []
    for who in range(draw(st.integers(0, 6))):
        touches = [
            Touch(
                id=f"{who}-{number}",
                contact_id=str(who),
                kind=kind,
                at=START + timedelta(minutes=draw(st.integers(0, 60 * 24 * 60))),
                timezone=draw(st.sampled_from(["UTC", "America/New_York", "Asia/Kathmandu"])),
                trip_id=draw(st.sampled_from([None, None, "berlin", "oslo"])),
                voids=f"{who}-{draw(st.integers(0, 8))}" if kind is TouchKind.VOID else None,
            )
            for number, kind in enumerate(draw(st.lists(st.sampled_from(TouchKind), max_size=8)))
        ]
        contact = Contact(
            id=str(who),
            name=f"Person {who}",
            source=draw(st.sampled_from(Source)),
            organisation=draw(st.sampled_from(["", "Acme", "ACME ", "Bolt"])),
            city=draw(st.sampled_from(["", "Berlin", "Oslo"])),
        )
        made.append(history(contact, touches))
    return made


@settings(max_examples=60)
@given(
    people=people(),
    ahead=st.integers(-12, 60),
    days=st.integers(1, 8),
    off=st.sets(st.integers(0, 7)),
    fixed=st.lists(st.tuples(st.integers(0, 5), st.integers(-2, 9)), max_size=4, unique_by=lambda pair: pair[0]),
    a_day=st.integers(0, 4),
    per_day=st.integers(1, 6),
)
def test_any_log_has_a_forecast(
    people: list[History],
    ahead: int,
    days: int,
    off: set[int],
    fixed: list[tuple[int, int]],
    a_day: int,
    per_day: int,
) -> None:
    now = datetime(2027, 2, 3, 12, tzinfo=UTC)
    first = now.date() + timedelta(days=ahead)
    week = trip(first, days, off=sorted(off))
    candidates = [agreed(str(who), first + timedelta(days=day)) for who, day in fixed]
    rules = Rules(cadence=Cadence(new_asks_a_day=a_day), holidays=frozenset({date(2027, 2, 8)}), zone=BERLIN)
    seen = forecast(people, week, candidates, now, rules, seed=1, per_day=per_day, draws=50)

    assert sum(seen.chances) == pytest.approx(1)
    assert all(0 <= chance <= 1 for chance in seen.chances)
    assert seen.low <= seen.high < len(seen.chances)
    assert seen.sure <= seen.low  # what is held or agreed is never lost
    assert len(seen.chances) > seen.goal
    assert (seen.needed is None) == (seen.days_left == 0) == (seen.full is None)
    assert all(isfinite(gain.meetings) and 0 <= gain.meetings <= 1 for gain in seen.gains)
    if seen.needed is not None:
        assert seen.needed.chance >= (seen.full or 0.0)
        assert seen.needed.on_list + seen.needed.to_find == (
            seen.needed.possible if seen.needed.asks is None else seen.needed.asks
        )
        assert (seen.needed.asks is None) == (seen.needed.chance < 0.8)
    times = reply_times(people, now, rules)
    shares = [step.share for step in times.steps]
    assert shares == sorted(shares)
    assert times.asked == sum(one.known.first_ask is not None for one in people)
    for sentence in (reply_sentence(times), needed_sentence(seen), week_sentence(seen), gains_sentence(seen)):
        assert sentence.endswith(".")
    json.dumps(forecast_document(times, [seen], Assumptions(), now), allow_nan=False)
