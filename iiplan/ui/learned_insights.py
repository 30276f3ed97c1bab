"""Insights: what was learned, one by one, side by side, and over time."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

import streamlit as st

from iiplan.briefing import insights_sentence, picture, picture_sentence, side_by_side
from iiplan.figures import picture_figure
from iiplan.model import About, Draw, Insight
from iiplan.planner import learning
from iiplan.planner.workspace import Workspace
from iiplan.ui import session
from iiplan.ui.charts import show_chart
from iiplan.ui.insight_form import delete_insight, insight_form
from iiplan.ui.labels import ABOUT, DRAW, DRAW_ICON, escaped, plural
from iiplan.ui.learned_questions import questions_view
from iiplan.ui.learned_topics import topics_view
from iiplan.ui.more import show_some

__all__ = ["insights_section"]

PAGE = 20  # insights drawn at a time
_CHANGING = "insights"


@dataclass(frozen=True, kw_only=True)
class Learned:
    """Everything learned, and people's names by contact id."""

    insights: tuple[Insight, ...]
    names: Mapping[str, str]


def insights_section(ws: Workspace) -> None:
    """What was learned, in the view that the address names."""
    learned = Learned(insights=ws.store.insights(), names={one.id: one.name for one in ws.store.contacts()})
    if learned.insights:
        st.markdown(insights_sentence(side_by_side(learned.insights)))
    else:
        st.info(
            "Nothing is written down yet. After each meeting, write down what you learned, a sentence each: what "
            "draws you, what puts you off. Over several people it adds up.",
            icon=":material/lightbulb:",
        )
    with st.expander("Write down an insight", icon=":material/add:", expanded=not learned.insights, key="new-insight"):
        insight_form(ws, key="insight-new")
    view = st.segmented_control(
        "View",
        list(VIEWS),
        format_func=lambda name: VIEWS[name][0],
        required=True,
        key=session.addressed("view", VIEWS, FIRST),
        on_change=session.to_address,
        args=("view", FIRST),
        label_visibility="collapsed",
    )
    VIEWS[view or FIRST][1](ws, learned)


def _list_view(ws: Workspace, learned: Learned) -> None:
    """One by one, the latest first, filtered."""
    if not learned.insights:
        return
    found = _filtered(learned)
    if not found:
        st.info("No insight fits. Take a filter off.", icon=":material/search_off:")
        return
    if len(found) < len(learned.insights):
        st.caption(f"{plural(len(found), 'insight')} of {len(learned.insights)}")
    show_some("insights", found, lambda one: _card(ws, learned, one), PAGE)


def _filtered(learned: Learned) -> list[Insight]:
    who = sorted(
        {one.contact_id for one in learned.insights if one.contact_id and one.contact_id in learned.names},
        key=lambda one: learned.names[one].casefold(),
    )
    words = st.text_input("Search", key="insights-search", placeholder="a word", width=320)
    with st.expander("Filter", icon=":material/filter_list:", key="insights-filter"):
        about = st.pills(
            "About", list(About), selection_mode="multi", format_func=ABOUT.__getitem__, key="insights-about"
        )
        draw = st.pills(
            "What it does to you", list(Draw), selection_mode="multi", format_func=DRAW.__getitem__, key="insights-draw"
        )
        left, right = st.columns(2)
        topics = left.multiselect("Topic", learning.topics(learned.insights), key="insights-topics", placeholder="all")
        people = right.multiselect(
            "From", who, format_func=learned.names.__getitem__, key="insights-from", placeholder="everybody"
        )
    wanted = {topic.casefold() for topic in topics}
    parts = words.casefold().split()
    found = [
        one
        for one in reversed(learned.insights)
        if (not about or one.about in about)
        and (not draw or one.draw in draw)
        and (not people or one.contact_id in people)
        and (not wanted or one.topic.casefold() in wanted)
        and all(part in f"{one.text} {one.topic}".casefold() for part in parts)
    ]
    return found


def _card(ws: Workspace, learned: Learned, one: Insight) -> None:
    """One insight, with what it is about, from whom and when; to change or delete."""
    with st.container(border=True, gap="xsmall"):
        st.markdown("  \n".join(escaped(line) for line in one.text.splitlines()))
        who = learned.names.get(one.contact_id or "")
        whom = f"{escaped(who)}, " if who else ""
        tags = [f":gray-badge[{ABOUT[one.about]}]"]
        if one.draw is not Draw.NEITHER:
            colour = "blue" if one.draw is Draw.DRAWS else "orange"
            tags.append(f":{colour}-badge[{DRAW_ICON[one.draw]} {DRAW[one.draw]}]")
        if one.topic:
            tags.append(f":violet-badge[{escaped(one.topic)}]")
        day = f"{one.learned_on.day} {one.learned_on:%b %Y}"
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.markdown(f"{' '.join(tags)} {whom}{day}", width="stretch")
            st.button(
                "Change",
                icon=":material/edit:",
                type="tertiary",
                key=f"change-{one.id}",
                on_click=session.unfold,
                args=(_CHANGING, one.id),
            )
            st.button(
                "Delete",
                icon=":material/delete:",
                type="tertiary",
                key=f"delete-{one.id}",
                on_click=delete_insight,
                args=(ws, one),
            )
        if session.unfolded(_CHANGING) == one.id:
            insight_form(ws, insight=one, key=f"insight-{one.id}", on_saved=lambda: session.unfold(_CHANGING, one.id))


def _topics(ws: Workspace, learned: Learned) -> None:
    topics_view(ws, side_by_side(learned.insights), learned.names)


def _questions(ws: Workspace, learned: Learned) -> None:
    questions_view(ws, learned.names)


def _over_time(ws: Workspace, learned: Learned) -> None:
    """What draws and what puts off, added up week by week."""
    today = ws.now().astimezone(ZoneInfo(session.browser_timezone())).date()
    found = picture(learned.insights, today)
    if not found.mondays:
        st.info(
            "Mark what you learn as drawing you or putting you off; here you see how that adds up over the weeks.",
            icon=":material/timeline:",
        )
        return
    rows: list[dict[str, object]] = [
        {"Week of": monday, "About": ABOUT[about], "Draw": found.draws[about][n], "Put off": found.puts_off[about][n]}
        for n, monday in enumerate(found.mondays)
        for about in About
    ]
    figure = picture_figure(found.mondays, _worded(found.draws), _worded(found.puts_off))
    show_chart(figure, picture_sentence(found, ABOUT), rows, "picture")
    st.caption("Counts of insights, not of people, by the week in which you learned them; each line only grows.")


def _worded(sums: Mapping[About, Sequence[int]]) -> dict[str, Sequence[int]]:
    return {ABOUT[about]: counts for about, counts in sums.items()}


FIRST = "all"
VIEWS: dict[str, tuple[str, Callable[[Workspace, Learned], None]]] = {
    FIRST: ("All", _list_view),
    "topics": ("Side by side", _topics),
    "questions": ("Questions", _questions),
    "time": ("Over time", _over_time),
}
