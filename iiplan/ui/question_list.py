"""The list of questions for one person: proposed to fit the minutes, ordered, ticked off, answered."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import streamlit as st

from iiplan.model import Contact, PlannedQuestion, Question, Theme, Trip
from iiplan.planner import question_lists
from iiplan.planner.question_lists import Answered
from iiplan.planner.workspace import Workspace
from iiplan.ui import session
from iiplan.ui.labels import THEME, escaped, plural

__all__ = ["flag_note", "question_list"]

_USUAL_MINUTES = 30
_MANY = 3  # people who answered: time to go deeper


def question_list(ws: Workspace, contact: Contact, trip: Trip | None) -> None:
    """What to ask one person: propose, add, order, remove; after the meeting tick and note what they said."""
    planned = ws.store.planned_questions(contact.id)
    minutes = _minutes(ws, contact, trip)
    room = question_lists.room(ws, minutes)
    st.markdown(_fit(len(planned), room, minutes))
    if len(planned) < room:
        st.button(
            "Fill the list" if planned else "Propose questions",
            type="secondary" if planned else "primary",
            icon=":material/auto_awesome:",
            key=f"propose-{contact.id}",
            help="As many as the minutes hold: easy ones first, then one theme after another, for this kind of person.",
            on_click=_change,
            args=(ws, contact, lambda: question_lists.propose(ws, contact, minutes), "Questions are on the list."),
        )
    known = question_lists.answers(ws)
    for number, question in enumerate(planned):
        said = [one for one in known.get(question_lists.key_of(question), ()) if one.contact_id != contact.id]
        _row(ws, contact, planned, number, said)
    with st.expander("Add a question", icon=":material/add:", key=f"add-question-{contact.id}"):
        _add(ws, contact, planned)


def flag_note(text: str) -> None:
    """Why a question is better not asked, and what to do instead; nothing for a good one."""
    found = question_lists.flagged(text)
    if found is not None:
        why = "This asks for a job." if found.rule.kind == "job" else "A quick search answers this."
        st.warning(f"{why} {escaped(found.rule.instead)}", icon=":material/search:")


def _minutes(ws: Workspace, contact: Contact, trip: Trip | None) -> int:
    if trip is None:
        return _USUAL_MINUTES
    candidates = ws.store.candidates(trip.id)
    return next((one.duration for one in candidates if one.contact_id == contact.id), _USUAL_MINUTES)


def _fit(count: int, room: int, minutes: int) -> str:
    """How many questions there are, and how many the meeting holds."""
    holds = f"{minutes} minutes hold about {plural(room, 'question')} (an estimate)"
    if not count:
        return f"No questions yet. {holds}."
    if count > room:
        return f"**{plural(count, 'question')}.** {holds}: the last before the closing two may have to wait."
    return f"**{plural(count, 'question')}.** {holds}."


def _row(
    ws: Workspace, contact: Contact, planned: Sequence[PlannedQuestion], number: int, said: Sequence[Answered]
) -> None:
    """One question with its buttons, what others said, and room for the answer."""
    question = planned[number]
    closing = question_lists.is_closing(question)
    key = session.draft_key(f"question-{question.id}")
    if closing and (number == 0 or not question_lists.is_closing(planned[number - 1])):
        st.caption("These two end every list:")
    with st.container(border=True, gap="xsmall"):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.markdown(
                f"{number + 1}\\. **{escaped(question.text)}** :gray-badge[{THEME[question.theme]}]", width="stretch"
            )
            if not closing:
                _order_buttons(ws, contact, planned, number)
        flag_note(question.text)
        if said:
            _others(ws, contact, question, said)
        st.checkbox(
            "Asked", value=question.asked, key=f"{key}-asked", on_change=_note, args=(ws, question, f"{key}-asked")
        )
        if question.asked or question.answer:
            st.text_area(
                f"What {contact.name} said",
                value=question.answer,
                key=f"{key}-answer",
                height=80,
                placeholder="In their words …",
                on_change=_note,
                args=(ws, question, f"{key}-answer"),
            )


def _order_buttons(ws: Workspace, contact: Contact, planned: Sequence[PlannedQuestion], number: int) -> None:
    question = planned[number]
    last = number + 1 >= len(planned) or question_lists.is_closing(planned[number + 1])
    for step, icon, word, disabled in ((-1, "arrow_upward", "up", number == 0), (1, "arrow_downward", "down", last)):
        st.button(
            "",
            icon=f":material/{icon}:",
            key=f"{word}-{question.id}",
            help=f"Move {word}: {question.text}",
            disabled=disabled,
            type="tertiary",
            on_click=_change,
            args=(ws, contact, lambda step=step: question_lists.move(ws, contact, question.id, step), ""),
        )
    st.button(
        "",
        icon=":material/close:",
        key=f"remove-{question.id}",
        help=f"Take off the list: {question.text}",
        type="tertiary",
        on_click=_change,
        args=(ws, contact, lambda: question_lists.remove(ws, contact, question.id), "Taken off the list."),
    )


def _others(ws: Workspace, contact: Contact, question: PlannedQuestion, said: Sequence[Answered]) -> None:
    """What earlier meetings answered, so that this one can go deeper."""
    label = f"{plural(len(said), 'person', 'people')} answered this"
    with st.expander(label, icon=":material/forum:", key=f"others-{question.id}"):
        for one in said:
            st.markdown(f"**{escaped(one.name)}**: {escaped(one.answer)}")
        if len(said) >= _MANY and not question.asked:
            st.markdown("Go deeper: tell them what the others said, and ask what they would add.")
            deeper = f"{question.text.rstrip()} Others told me: “{said[-1].answer.strip()[:120]}” What would you add?"
            st.button(
                "Ask it so",
                key=f"deeper-{question.id}",
                help=deeper,
                on_click=_change,
                args=(
                    ws,
                    contact,
                    lambda: question_lists.save_question(ws, replace(question, text=deeper[:500])),
                    "Now it asks for more.",
                ),
            )


def _add(ws: Workspace, contact: Contact, planned: Sequence[PlannedQuestion]) -> None:
    """From the bank, or in one's own words."""
    on_list = {one.question_id for one in planned}
    bank = {one.id: one for one in (*ws.store.own_questions(), *question_lists.bank().questions)}
    free = [key for key in bank if key not in on_list]
    draft = session.draft_key(f"add-question-{contact.id}")
    picked = st.selectbox(
        "From the bank",
        free,
        index=None,
        format_func=lambda key: f"{THEME[bank[key].theme]}: {bank[key].text}",
        placeholder="Type a word to search",
        key=f"{draft}-bank",
    )
    if picked:
        _change(ws, contact, lambda: _add_from_bank(ws, contact, bank[picked]), "Added.")
        st.rerun()
    text = st.text_input("In your own words", key=f"{draft}-text", max_chars=500)
    theme = st.selectbox("About", list(Theme), format_func=THEME.__getitem__, key=f"{draft}-theme") or Theme.PATH
    if text:
        flag_note(text)
    st.button(
        "Add",
        key=f"{draft}-add",
        disabled=not text.strip(),
        on_click=_change,
        args=(ws, contact, lambda: _add_own_words(ws, contact, text, theme), "Added."),
    )


def _add_from_bank(ws: Workspace, contact: Contact, question: Question) -> None:
    question_lists.add_from_bank(ws, contact, question)
    session.new_draft(f"add-question-{contact.id}")


def _add_own_words(ws: Workspace, contact: Contact, text: str, theme: Theme) -> None:
    question_lists.add_own_words(ws, contact, text, theme)
    session.new_draft(f"add-question-{contact.id}")


def _note(ws: Workspace, question: PlannedQuestion, key: str) -> None:
    """Keep a tick or an answer as it was just given."""
    given = session.chosen(key)
    changed = replace(question, asked=given) if isinstance(given, bool) else replace(question, answer=str(given or ""))
    session.attempt(lambda: question_lists.save_question(ws, changed))


def _change(ws: Workspace, contact: Contact, act: Callable[[], object], said: str) -> None:
    """Change the list, with a way back to how it was."""
    before = ws.store.planned_questions(contact.id)
    if session.attempt(act) and said:
        session.notify(said, undo=lambda: question_lists.restore(ws, contact, before))
