"""What several people said on the same topic, side by side, and topics renamed or merged."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import pandas as pd
import streamlit as st

from iiplan.briefing import Agreement, TopicRow, topic_sentence
from iiplan.model import Draw, Insight
from iiplan.planner import learning
from iiplan.planner.workspace import Workspace
from iiplan.ui import session
from iiplan.ui.labels import DRAW, DRAW_ICON, escaped, plural
from iiplan.ui.more import show_some

__all__ = ["topics_view"]

MOST_CARDS = 6
MOST_PEOPLE = 6  # on a card
OWN = "My own impression"
_SIGN = {Draw.DRAWS: "+", Draw.PUTS_OFF: "−", Draw.NEITHER: "·"}  # noqa: RUF001 - a minus as wide as the plus
_BADGE = {
    Agreement.DISAGREE: ":orange-badge[:material/call_split: They disagree]",
    Agreement.DRAWS: f":blue-badge[{DRAW_ICON[Draw.DRAWS]} They agree: draws me]",
    Agreement.PUTS_OFF: f":orange-badge[{DRAW_ICON[Draw.PUTS_OFF]} They agree: puts me off]",
    Agreement.OPEN: "",
    Agreement.BOTH: ":gray-badge[Both, from one person]",
    Agreement.FEW: "",
}


def topics_view(ws: Workspace, rows: Sequence[TopicRow], names: Mapping[str, str]) -> None:
    """Topics that several people spoke of, then everything as a table of topic by person."""
    named = [row for row in rows if row.topic]
    if not named:
        st.info(
            "Give insights a topic, a word or two such as “writing” or “hours”: what several people said of it then "
            "stands side by side here, and where they disagree.",
            icon=":material/table_chart:",
        )
        return
    several = [row for row in named if len(row.people) > 1]
    if not several:
        st.markdown("No topic was spoken of by more than one person yet. Ask the next person about one of those below.")
    show_some("topics", several, lambda row: _card(row, names), MOST_CARDS)
    st.subheader("Topic by person", anchor=False)
    _table(rows, names)
    with st.expander("Rename or merge topics", icon=":material/merge:", key="rename-topics"):
        _rename(ws, named)


def _card(row: TopicRow, names: Mapping[str, str]) -> None:
    with st.container(border=True, gap="xsmall"):
        st.markdown(f"**{escaped(row.topic)}** {_BADGE[row.agreement]}  \n{topic_sentence(row)}")
        lines = []
        for who, said in list(row.said.items())[:MOST_PEOPLE]:
            words = "; ".join(f"{DRAW_ICON[one.draw]} {escaped(_short(one))}" for one in said)
            lines.append(f"- **{escaped(_name(who, names))}**: {words}")
        st.markdown("\n".join(lines))
        if len(row.said) > MOST_PEOPLE:
            st.caption(f"And {plural(len(row.said) - MOST_PEOPLE, 'person', 'people')} more, in the table below.")


def _table(rows: Sequence[TopicRow], names: Mapping[str, str]) -> None:
    """Each insight once: a row a topic, a column a person, those who spoke of the most topics first."""
    spoke = Counter(who for row in rows for who in row.said)
    people = sorted(spoke, key=lambda who: (who is None, -spoke[who], _name(who, names).casefold(), who or ""))
    columns: dict[str | None, str] = {}
    for who in people:
        name, number = _name(who, names), 1
        while (label := name if number == 1 else f"{name} ({number})") in {"Topic", "People", *columns.values()}:
            number += 1
        columns[who] = label
    cells = [
        {
            "Topic": row.topic or "(no topic)",
            "People": len(row.people),
            **{
                columns[who]: "\n".join(f"{_SIGN[one.draw]} {one.text}" for one in row.said.get(who, ()))
                for who in people
            },
        }
        for row in rows
    ]
    st.dataframe(
        pd.DataFrame(cells),
        hide_index=True,
        row_height=88,
        column_config={
            "Topic": st.column_config.TextColumn(pinned=True, width="small"),
            "People": st.column_config.NumberColumn(width="small"),
            **{label: st.column_config.TextColumn(width="medium") for label in columns.values()},
        },
    )
    signs = ", ".join(f"{_SIGN[draw]} {DRAW[draw].lower()}" for draw in Draw)
    st.caption(f"In the table: {signs}. Counts are of people, however often they spoke of it.")


def _rename(ws: Workspace, rows: Sequence[TopicRow]) -> None:
    counts = {row.topic: len(row.insights) for row in rows}
    key = session.draft_key("rename-topic")
    old = st.selectbox(
        "Topic",
        sorted(counts, key=str.casefold),
        index=None,
        format_func=lambda one: f"{one} · {plural(counts.get(one, 0), 'insight')}",
        placeholder="choose one",
        key=f"{key}-old",
    )
    new = st.selectbox(
        "Call it",
        [one for one in sorted(counts, key=str.casefold) if one != old],
        index=None,
        accept_new_options=True,
        placeholder="type a new name, or choose a topic to merge with",
        key=f"{key}-new",
    )
    name = " ".join((new or "").split())
    merges = name.casefold() in {one.casefold() for one in counts if one != old}
    st.button(
        "Merge" if merges else "Rename",
        type="primary",
        icon=":material/merge:" if merges else ":material/edit:",
        disabled=not (old and name),
        key="rename-topic",
        on_click=_do_rename,
        args=(ws, old or "", name),
    )


def _do_rename(ws: Workspace, old: str, new: str) -> None:
    """Over all insights at once, with a way back."""

    def act() -> None:
        before = learning.rename_topic(ws, old, new)
        session.new_draft("rename-topic")
        session.notify(
            f"{escaped(old)} is now called {escaped(new)}, in {plural(len(before), 'insight')}.",
            undo=lambda: learning.restore_topics(ws, before, new),
        )

    session.attempt(act)


def _name(who: str | None, names: Mapping[str, str]) -> str:
    return OWN if who is None else names.get(who, "Somebody no longer in the list")


def _short(one: Insight) -> str:
    words = " ".join(one.text.split())
    return words if len(words) <= 200 else words[:199].rstrip() + "…"
