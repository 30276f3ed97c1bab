"""The bank of questions: browse, search, and write one's own beside those that come with iiplan."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import streamlit as st

from iiplan.errors import InputError
from iiplan.model import Audience, Question, Theme
from iiplan.planner import question_lists
from iiplan.planner.workspace import Workspace, new_id
from iiplan.ui import session
from iiplan.ui.labels import AUDIENCE, THEME, escaped, plural
from iiplan.ui.question_list import flag_note

__all__ = ["bank_section"]


def bank_section(ws: Workspace) -> None:
    """All questions there are, how often each was asked, and one's own to write and change."""
    bank = question_lists.bank()
    own = ws.store.own_questions()
    everything = (*own, *bank.questions, *bank.closing)
    st.markdown(
        f"{plural(len(everything), 'question')} to choose from. Trends, insights, advice, resources and assignments "
        "make up TIARA: with one question of each, a talk has covered the ground. The list for a person is made under "
        "*Meetings*."
    )
    with st.container(horizontal=True, vertical_alignment="bottom"):
        text = st.text_input("Search", key="bank-search", placeholder="a word", width="stretch")
        suits = st.multiselect(
            "For",
            list(Audience),
            format_func=AUDIENCE.__getitem__,
            key="bank-suits",
            placeholder="everybody",
            width=260,
        )
    themes = st.pills("Theme", list(Theme), selection_mode="multi", format_func=THEME.__getitem__, key="bank-themes")
    words = text.casefold().split()
    found = [
        one
        for one in everything
        if (not themes or one.theme in themes)
        and (not suits or set(suits) & set(one.suits))
        and all(word in one.text.casefold() for word in words)
    ]
    if found:
        _table(ws, found)
    else:
        st.info("No question fits. Take a filter off, or write your own below.", icon=":material/search_off:")
    _own_questions(ws, own)
    with st.expander("How long a question takes", icon=":material/timer:"):
        st.number_input(
            "Minutes a question, with the answer",
            1.0,
            30.0,
            question_lists.minutes_a_question(ws),
            step=0.5,
            key="minutes-a-question",
            help="Lists are proposed to fit the meeting by this. It is a rule of thumb, yours to change.",
            on_change=_reckon,
            args=(ws,),
        )


def _reckon(ws: Workspace) -> None:
    session.attempt(
        lambda: question_lists.save_minutes_a_question(ws, float(str(session.chosen("minutes-a-question"))))
    )


def _table(ws: Workspace, found: list[Question]) -> None:
    asked = question_lists.times_asked(ws)
    rows = [
        {
            "Question": one.text,
            "Theme": THEME[one.theme],
            "For": ", ".join(AUDIENCE[kind] for kind in one.suits) or "everybody",
            "Asked": asked.get(one.id, 0),
            "Yours": one.own,
        }
        for one in found
    ]
    st.dataframe(
        pd.DataFrame(rows),
        hide_index=True,
        height=min(35 * (len(rows) + 1) + 3, 460),
        column_config={"Question": st.column_config.TextColumn(width="large")},
    )


def _own_questions(ws: Workspace, own: tuple[Question, ...]) -> None:
    with st.expander("Write a question of your own", icon=":material/edit:", key="own-question-new"):
        _form(ws, None)
    for question in own:
        with st.expander(f"Yours: {escaped(question.text)}", key=f"own-question-{question.id}"):
            _form(ws, question)


def _form(ws: Workspace, old: Question | None) -> None:
    """Write or change one; nothing is kept before Save."""
    key = session.draft_key(f"own-question-{old.id if old else 'new'}")
    text = st.text_area("Question", value=old.text if old else "", key=f"{key}-text", height=80, max_chars=500)
    left, right = st.columns(2)
    themes = list(Theme)
    theme = left.selectbox(
        "Theme",
        themes,
        index=themes.index(old.theme) if old else 0,
        format_func=THEME.__getitem__,
        key=f"{key}-theme",
    )
    suits = right.multiselect(
        "For (empty: everybody)",
        list(Audience),
        default=list(old.suits) if old else [],
        format_func=AUDIENCE.__getitem__,
        key=f"{key}-suits",
    )
    if text.strip():
        flag_note(text)
    with st.container(horizontal=True):
        if st.button("Save", type="primary", icon=":material/save:", key=f"{key}-save"):
            _save(ws, old, " ".join(text.split()), theme, tuple(suits))
        if old is not None:
            st.button("Delete", icon=":material/delete:", key=f"{key}-delete", on_click=_delete, args=(ws, old))


def _save(ws: Workspace, old: Question | None, text: str, theme: Theme, suits: tuple[Audience, ...]) -> None:
    try:
        new = (
            replace(old, text=text, theme=theme, suits=suits)
            if old
            else Question(id=new_id(), theme=theme, text=text, suits=suits, own=True)
        )
    except InputError as error:
        st.error(escaped(str(error)))
        return
    ws.store.save_own_question(new)
    session.new_draft(f"own-question-{old.id if old else 'new'}")
    session.notify(f"Saved: {escaped(text)}", undo=lambda: _put_back(ws, old, new))
    st.rerun()


def _put_back(ws: Workspace, old: Question | None, new: Question) -> None:
    if old is None:
        ws.store.delete_own_question(new.id, ws.now())
    else:
        ws.store.save_own_question(old)
        session.new_draft(f"own-question-{old.id}")


def _delete(ws: Workspace, question: Question) -> None:
    if session.attempt(lambda: ws.store.delete_own_question(question.id, ws.now())):
        session.notify(
            f"Deleted: {escaped(question.text)}. Lists that hold it keep it.",
            undo=lambda: ws.store.save_own_question(question),
        )
