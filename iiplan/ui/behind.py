"""The people behind a bar, a square or a dot of a chart."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

import streamlit as st

from iiplan.figures import Figure
from iiplan.outreach import History, Rules, stage_at
from iiplan.ui import session
from iiplan.ui.charts import PLOT
from iiplan.ui.labels import STAGE, day_label, escaped, plural
from iiplan.ui.navigation import link

__all__ = ["clickable_chart", "show_people"]

MOST = 50


def clickable_chart(figure: Figure, sentence: str, name: str) -> list[object] | None:
    """Draw a figure under its sentence; the ``customdata`` of the point that was clicked, None without one.

    ``name`` is unique on the page.
    """
    st.markdown(escaped(sentence))
    event = st.plotly_chart(
        figure, key=session.draft_key(name), config=PLOT, on_select="rerun", selection_mode="points", alt=sentence
    )
    points = event["selection"]["points"]
    return list(points[0]["customdata"]) if points and points[0].get("customdata") else None


def show_people(
    name: str, heading: str, people: Sequence[History], chosen: Collection[str], now: datetime, rules: Rules
) -> None:
    """Those of ``people`` whose id is among ``chosen``, each with a way to their page; ``name`` is the chart's."""
    ids = frozenset(chosen)
    found = [person for person in people if person.contact.id in ids]
    with st.container(border=True, gap="xsmall"):
        with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
            st.markdown(f"**{escaped(heading)}** · {plural(len(found), 'person', 'people')}", width="content")
            st.button("Close", icon=":material/close:", key=f"close-{name}", on_click=session.new_draft, args=(name,))
        for person in found[:MOST]:
            with st.container(horizontal=True, vertical_alignment="center", gap="xxsmall"):
                link("contacts", escaped(person.contact.name), person=person.contact.id)
                st.caption(_about(person, now, rules), width="content")
        if len(found) > MOST:
            st.caption(f"And {plural(len(found) - MOST, 'more person', 'more people')}; Contacts has them all.")
        elif not found:
            st.caption("Nobody.")


def _about(person: History, now: datetime, rules: Rules) -> str:
    parts = [escaped(person.contact.organisation)] if person.contact.organisation.strip() else []
    parts.append(STAGE[stage_at(person.known, now, rules)])
    if person.touches:
        last = person.touches[-1]
        day = last.at.astimezone(rules.zone or ZoneInfo(last.timezone))
        parts.append(f"last touch {day_label(day)}" + ("" if day.year == now.year else f" {day.year}"))
    return " · ".join(parts)
