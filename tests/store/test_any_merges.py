"""Any course of events, then merges, then their undoing."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from merge_builders import PEOPLE, everything, merged
from store_builders import NOON, candidate, person, touch, week

from iiplan.model import (
    About,
    Debrief,
    DebriefText,
    Insight,
    Offer,
    PlannedQuestion,
    ResearchKind,
    ResearchNote,
    SavedPlan,
    Theme,
    Touch,
    TouchKind,
)
from iiplan.store import Store

TRIPS = ("dc", "oslo")
LATER = NOON + timedelta(days=1)


@st.composite
def workspaces(draw: st.DrawFn) -> list[Any]:
    """Things to save, in order, about PEOPLE on TRIPS."""
    who = st.sampled_from(PEOPLE)
    trip = st.sampled_from(TRIPS)
    number = iter(range(1_000))
    steps: list[Any] = []
    for _ in range(draw(st.integers(0, 14))):
        one, other, on, row_id = draw(who), draw(who), draw(trip), str(next(number))
        through = None if other == one else other
        steps.append(
            draw(
                st.sampled_from(
                    [
                        ("touch", touch(row_id, one, at=NOON + timedelta(hours=int(row_id) % 5), through=through)),
                        ("void", one),
                        ("candidate", candidate(one, on, value=int(row_id) % 9 + 1)),
                        ("remove", (on, one)),
                        ("offer", Offer(id=row_id, trip_id=on, contact_id=one, starts=(NOON,), made_at=NOON)),
                        ("refer", (one, through)),
                        (
                            "question",
                            PlannedQuestion(id=row_id, contact_id=one, position=0, text="?", theme=Theme.PATH),
                        ),
                        (
                            "research",
                            ResearchNote(
                                id=row_id, kind=ResearchKind.NEWS, text="x", found_on=NOON.date(), contact_id=one
                            ),
                        ),
                        (
                            "insight",
                            Insight(id=row_id, text="x", about=About.WORK, learned_on=NOON.date(), contact_id=one),
                        ),
                        ("debrief", Debrief(id=row_id, contact_id=one, met_on=NOON.date())),
                        ("plan", SavedPlan(trip_id=on, planned_at=NOON, fingerprint="", document=f'["{one}"]')),
                        ("apart", (one, other)),
                    ]
                )
            )
        )
    return steps


def happen(store: Store, steps: list[Any]) -> None:
    for kind, about in steps:
        match kind:
            case "touch":
                store.add_touches([about])
            case "void":
                for one in store.touches(contact_id=about)[:1]:
                    back = Touch(id=f"{one.id} void", contact_id=about, kind=TouchKind.VOID, at=NOON, voids=one.id)
                    if back.id not in {touch.id for touch in store.touches()}:
                        store.add_touches([back])
            case "candidate":
                store.save_candidates([about])
            case "remove":
                if any(one.contact_id == about[1] for one in store.candidates(about[0])):
                    store.remove_candidate(*about, NOON)
            case "offer":
                if any(one.contact_id == about.contact_id for one in store.candidates(about.trip_id)):
                    store.save_offer(about)
            case "refer":
                store.save_contact(replace(store.contact(about[0]), referred_by=about[1]))
            case "question":
                store.save_planned_questions([about])
            case "research":
                store.save_research(about)
            case "insight":
                store.save_insight(about)
            case "debrief":
                store.save_debrief(about, DebriefText(dump="x"), NOON)
            case "plan":
                store.save_plan(about)
            case "apart":
                if about[0] != about[1]:
                    store.save_distinct(*about, NOON)


@given(
    steps=workspaces(),
    order=st.permutations(PEOPLE),
    count=st.integers(1, 3),
    chained=st.booleans(),
    taking=st.sets(st.sampled_from(TRIPS)),
)
@settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow])
def test_undoing_merges_gives_back_everything_and_leaves_what_was_logged_since(
    tmp_path_factory: pytest.TempPathFactory,
    steps: list[Any],
    order: list[str],
    count: int,
    chained: bool,
    taking: set[str],
) -> None:
    store = Store.open(tmp_path_factory.mktemp("merges") / "iiplan.sqlite")
    store.save_contacts([person(one, organisation=one, tags=(one,)) for one in PEOPLE])
    for one in TRIPS:
        store.save_trip(week(one))
    happen(store, steps)
    states = [everything(store)]
    for number in range(count):
        kept, gone = (order[number + 1], order[number]) if chained else (order[0], order[number + 1])
        merged(store, kept, gone, str(number), tuple(taking), role=f"role {number}", tags=(kept, gone), city=gone)
        states.append(everything(store))
    for before, after in pairwise(states):
        assert [one.id for one in after["log"]] == [one.id for one in before["log"]]  # type: ignore[attr-defined]
    kept = order[count] if chained else order[0]
    store.add_touches([touch("since", kept, at=LATER)])
    for number in reversed(range(count)):
        store.undo_merge(str(number), LATER)
        back = everything(store)
        since = [one for one in store.touches() if one.id == "since"]
        assert [one.contact_id for one in since] == [kept]
        expected = states[number]
        for part in expected.keys() - {"log", "logs"}:
            assert back[part] == expected[part], part
        assert [one for one in store.touches() if one.id != "since"] == list(expected["log"])  # type: ignore[call-overload]
