"""Writing one insight down: what was learned, from whom, about what, and what it does to us."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from zoneinfo import ZoneInfo

import streamlit as st

from iiplan.errors import IiplanError
from iiplan.model import About, Draw, Insight
from iiplan.planner import learning
from iiplan.planner.workspace import Workspace, new_id
from iiplan.ui import session
from iiplan.ui.labels import ABOUT, DRAW, escaped

__all__ = ["delete_insight", "insight_form"]


def insight_form(
    ws: Workspace,
    *,
    contact_id: str | None = None,
    debrief_id: str | None = None,
    learned_on: date | None = None,
    insight: Insight | None = None,
    on_saved: Callable[[], object] = lambda: None,
    key: str,
) -> None:
    """Add an insight, or change ``insight``; nothing is kept before Save.

    ``contact_id`` says from whom it is (None: the form asks), ``learned_on`` the day it begins with (None: today).
    ``on_saved`` is called once it is kept. ``key`` is unique on the page.
    """
    draft = session.draft_key(key)
    with st.form(draft, border=False, enter_to_submit=False):
        text = st.text_area(
            "What did you learn?",
            value=insight.text if insight else "",
            key=f"{draft}-text",
            height=80,
            max_chars=5_000,
            placeholder="Half of the week goes into writing.",
        )
        about, draw = _tags(draft, insight)
        topic = _topic(ws, draft, insight)
        left, right = st.columns(2)
        day = right.date_input("When", value=_day(ws, insight, learned_on), key=f"{draft}-day")
        if contact_id is None:
            with left:
                contact_id = _from_whom(ws, draft, insight)
        if st.form_submit_button(
            "Save" if insight else "Add insight", type="primary", icon=":material/lightbulb:", key=f"{draft}-save"
        ):
            _save(
                ws,
                key,
                insight,
                on_saved,
                text=text.strip(),
                about=about,
                draw=draw,
                topic=topic,
                learned_on=day,
                contact_id=contact_id,
                debrief_id=insight.debrief_id if insight else debrief_id,
            )


def _day(ws: Workspace, insight: Insight | None, learned_on: date | None) -> date:
    if insight is not None:
        return insight.learned_on
    return learned_on or ws.now().astimezone(ZoneInfo(session.browser_timezone())).date()


def _tags(draft: str, insight: Insight | None) -> tuple[About, Draw]:
    about = st.pills(
        "About",
        list(About),
        default=insight.about if insight else About.WORK,
        format_func=ABOUT.__getitem__,
        required=True,
        key=f"{draft}-about",
    )
    draw = st.segmented_control(
        "What it does to you",
        list(Draw),
        default=insight.draw if insight else Draw.NEITHER,
        format_func=DRAW.__getitem__,
        required=True,
        key=f"{draft}-draw",
    )
    return about or About.WORK, draw or Draw.NEITHER


def _topic(ws: Workspace, draft: str, insight: Insight | None) -> str:
    choices = list(learning.topics_to_choose(ws, ws.store.insights()))
    if insight and insight.topic and insight.topic not in choices:
        choices.insert(0, insight.topic)
    topic = st.selectbox(
        "Topic (optional)",
        choices,
        index=choices.index(insight.topic) if insight and insight.topic else None,
        accept_new_options=True,
        placeholder="choose or type a word or two",
        help="What several people spoke of, in a word or two: it puts what they said side by side. The skills and "
        "values of your profile are offered too.",
        key=f"{draft}-topic",
    )
    return " ".join((topic or "").split())


def _from_whom(ws: Workspace, draft: str, insight: Insight | None) -> str | None:
    names = {one.id: one.name for one in ws.store.contacts()}
    ids = list(names)
    chosen: str | None = st.selectbox(
        "From whom (optional)",
        ids,
        index=ids.index(insight.contact_id) if insight and insight.contact_id in names else None,
        format_func=lambda one: names.get(one, "somebody no longer in the list"),
        placeholder="type a name",
        key=f"{draft}-who",
    )
    return chosen


def _save(ws: Workspace, key: str, old: Insight | None, on_saved: Callable[[], object], **said: object) -> None:
    """Keep it, with a way back."""
    try:
        new = Insight(id=old.id if old else new_id(), **said)  # type: ignore[arg-type]
        ws.store.save_insight(new)
    except IiplanError as error:
        st.error(escaped(str(error)))
        return
    session.new_draft(key)
    on_saved()

    def undo() -> None:
        if old is None:
            ws.store.delete_insight(new.id, ws.now())
        else:
            ws.store.save_insight(old)
            session.new_draft(key)

    session.notify(f"Saved: {escaped(_short(new.text))}", undo=undo)
    st.rerun()


def delete_insight(ws: Workspace, insight: Insight) -> None:
    """Callback: take an insight out, with a way back."""
    if session.attempt(lambda: ws.store.delete_insight(insight.id, ws.now())):
        session.notify(f"Deleted: {escaped(_short(insight.text))}", undo=lambda: ws.store.save_insight(insight))


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= 80 else words[:79].rstrip() + "…"
