"""What the demo's people said: a few debriefs and insights, dated in business days before today."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from uuid import uuid4

from iiplan.errors import InputError
from iiplan.model import About, Debrief, DebriefText, Draw, Insight, Welcome
from iiplan.outreach import add_business_days
from iiplan.planner.demo_entry import Entry, about, known, load

__all__ = ["read_learned"]

NAME = "learned.json"


def read_learned(
    folder: Path, ids: Mapping[str, str], today: date
) -> tuple[tuple[tuple[Debrief, DebriefText], ...], tuple[Insight, ...]]:
    """Each debrief (without versions) with what is to be saved of it, and the insights; people by ``ids``."""
    with about(NAME):
        entry = Entry(load(folder, NAME))
        debriefs = entry.parts("debriefs", lambda part: _debrief(part, ids, today))
        insights = entry.parts("insights", lambda part: _insight(part, ids, today))
        entry.finish()
    return tuple(debriefs), tuple(insights)


def _debrief(entry: Entry, ids: Mapping[str, str], today: date) -> tuple[Debrief, DebriefText]:
    debrief = Debrief(id=uuid4().hex, contact_id=known(ids, entry.text("person")), met_on=_day(entry, today))
    text = DebriefText(
        dump=entry.text("dump", ""),
        surprised=entry.text("surprised", ""),
        quote=entry.text("quote", ""),
        advice=entry.text("advice", ""),
        names=entry.text("names", ""),
        hiring=entry.text("hiring", ""),
        welcome=entry.word("welcome", Welcome, Welcome.NOT_SAID),
    )
    entry.finish()
    return debrief, text


def _insight(entry: Entry, ids: Mapping[str, str], today: date) -> Insight:
    person = entry.text("person", "")
    insight = Insight(
        id=uuid4().hex,
        text=entry.text("text"),
        about=entry.word("about", About),
        draw=entry.word("draw", Draw, Draw.NEITHER),
        topic=entry.text("topic", ""),
        contact_id=known(ids, person) if person else None,
        learned_on=_day(entry, today),
    )
    entry.finish()
    return insight


def _day(entry: Entry, today: date) -> date:
    ago = entry.whole("business_days_ago")
    if ago < 1:
        raise InputError(f"business_days_ago is {ago}. Give 1 or more, so that nothing lies in the future.")
    return add_business_days(today, -ago)
