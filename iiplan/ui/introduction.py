"""Who I am, in one to two minutes: variants, how long they take to say, practice aloud."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

import streamlit as st

from iiplan.briefing import Length, spoken_length
from iiplan.briefing.introduction import LEAST_SECONDS, MOST_SECONDS, QUICK, SLOW
from iiplan.figures import rehearsals_figure
from iiplan.model import Introduction, Rehearsal
from iiplan.planner import preparing
from iiplan.planner.workspace import Workspace, new_id
from iiplan.ui import session
from iiplan.ui.charts import show_chart
from iiplan.ui.labels import day_label, escaped, plural
from iiplan.ui.profile import about_me_form, profile_form

__all__ = ["introduction_section"]

_RUNNING = "rehearsing"
_LONGEST = 3_600


def introduction_section(ws: Workspace) -> None:
    """The introduction in variants with its practice; who I am and what I look for."""
    variants = preparing.introductions(ws)
    st.markdown("One to two minutes about yourself: what draws you, and why this person. It is not about a job.")
    titles = {one.id: one.title for one in variants}
    chosen = st.segmented_control(
        "Variant",
        list(titles),
        default=variants[0].id,
        required=True,
        format_func=titles.__getitem__,
        key="introduction-variant",
    )
    current = next((one for one in variants if one.id == chosen), variants[0])
    _write(ws, variants, current)
    _practice(ws, current)
    with st.expander("Variants", icon=":material/edit:"):
        _variants(ws, variants, current)
    with st.expander("About me: skills, talents, values, interests", icon=":material/person:"):
        about_me_form(ws)
    with st.expander("Who writes: every message is signed with this", icon=":material/badge:"):
        profile_form(ws)


def _write(ws: Workspace, variants: tuple[Introduction, ...], current: Introduction) -> None:
    """The text, kept as it is typed, and what is to be said of it."""
    with st.expander("What goes into it", icon=":material/lightbulb:", expanded=not current.text):
        for part in preparing.outline():
            st.markdown(f"**{escaped(part.heading)}**: {escaped(part.advice)}")
    key = session.draft_key(f"introduction-{current.id}")
    st.text_area(
        f"Introduction: {current.title}",
        value=current.text,
        key=key,
        height=220,
        placeholder="I am …",
        help="Kept as soon as you leave the field.",
        on_change=_keep,
        args=(ws, current, key),
    )
    _length(current.text)
    for found in preparing.asks_for_a_job(current.text):
        st.warning(
            f"“{escaped(found.words)}” sounds like asking for a job. Say what you would like to understand instead.",
            icon=":material/work_off:",
        )
    with st.expander("Why it does not ask for a job, and how that is checked", icon=":material/rule:"):
        st.markdown(
            "An introduction that asks for a job closes the talk: people who cannot give one have nothing left to say. "
            "You are warned of these phrases (`*`: up to three words); they stand in "
            "`data/introduction/job_requests.txt`:"
        )
        st.caption(" · ".join(escaped(phrase) for phrase, _ in preparing.job_rules()))


def _length(text: str) -> None:
    spoken = spoken_length(text)
    if spoken.length is Length.EMPTY:
        return
    said = (
        f"{plural(spoken.words, 'word')}, about **{_clock(spoken.seconds)}** aloud "
        f"({_clock(spoken.quick)} to {_clock(spoken.slow)} at {QUICK} to {SLOW} words a minute; an estimate)."
    )
    advice = {
        Length.SHORT: " Under a minute: add an example.",
        Length.GOOD: " One to two minutes: good.",
        Length.LONG: " Over two minutes: leave something for the questions.",
    }[spoken.length]
    st.markdown(said + advice)


def _keep(ws: Workspace, current: Introduction, key: str) -> None:
    """Keep the text of a variant, with a way back to the one before."""
    text = str(session.chosen(key) or "")
    _save_one(ws, replace(current, text=text))
    session.notify(f"Saved: {escaped(current.title)}", undo=lambda: _put_back(ws, current))


def _put_back(ws: Workspace, before: Introduction) -> None:
    _save_one(ws, before)
    session.new_draft(f"introduction-{before.id}")


def _save_one(ws: Workspace, changed: Introduction) -> None:
    kept = preparing.introductions(ws)
    known = any(one.id == changed.id for one in kept)
    given = [changed if one.id == changed.id else one for one in kept] if known else [*kept, changed]
    session.attempt(lambda: preparing.save_introductions(ws, given))


def _variants(ws: Workspace, variants: tuple[Introduction, ...], current: Introduction) -> None:
    draft = session.draft_key("introduction-new")
    title = st.text_input("A further variant for", key=f"{draft}-title", placeholder="people in city planning")
    with st.container(horizontal=True):
        st.button(
            "Add",
            key=f"{draft}-add",
            icon=":material/add:",
            disabled=not title.strip(),
            on_click=_add,
            args=(ws, title, current),
        )
        st.button(
            f"Delete “{current.title}”",
            key=f"delete-{current.id}",
            icon=":material/delete:",
            disabled=len(variants) == 1,
            on_click=_delete,
            args=(ws, variants, current),
        )


def _add(ws: Workspace, title: str, current: Introduction) -> None:
    """A new variant, to begin from the one on the screen."""
    before = preparing.introductions(ws)
    new = Introduction(id=new_id(), title=" ".join(title.split()), text=current.text)
    if session.attempt(lambda: preparing.save_introductions(ws, [*before, new])):
        session.new_draft("introduction-new")
        session.notify(f"Added: {escaped(new.title)}", undo=lambda: preparing.save_introductions(ws, before))


def _delete(ws: Workspace, variants: tuple[Introduction, ...], current: Introduction) -> None:
    rest = [one for one in variants if one.id != current.id]
    if session.attempt(lambda: preparing.save_introductions(ws, rest)):
        session.notify(f"Deleted: {escaped(current.title)}", undo=lambda: preparing.save_introductions(ws, variants))


def _practice(ws: Workspace, current: Introduction) -> None:
    """Start, talk, stop; what it took is logged."""
    runs = [run for run in ws.store.rehearsals() if run.introduction_id == current.id]
    started = session.kept(_RUNNING)
    if isinstance(started, datetime):
        _running(ws)
        st.button(
            "Stop", type="primary", icon=":material/stop:", key="stop-practice", on_click=_stop, args=(ws, current)
        )
    else:
        st.button(
            "Practise aloud",
            type="primary",
            icon=":material/mic:",
            key="start-practice",
            help="A clock runs while you say it. Nothing is recorded but the time.",
            on_click=_start,
            args=(ws,),
        )
    if runs:
        _log(ws, runs)


@st.fragment(run_every=1)
def _running(ws: Workspace) -> None:
    """The clock, drawn anew each second."""
    started = session.kept(_RUNNING)
    if isinstance(started, datetime):
        seconds = int((ws.now() - started).total_seconds())
        place = "under a minute yet" if seconds < LEAST_SECONDS else "time to end" if seconds > MOST_SECONDS else "good"
        st.metric("Talking", _clock(seconds), place, delta_color="off", delta_arrow="off")


def _start(ws: Workspace) -> None:
    session.keep(_RUNNING, ws.now())


def _stop(ws: Workspace, current: Introduction) -> None:
    started = session.kept(_RUNNING)
    session.keep(_RUNNING, None)
    if not isinstance(started, datetime):
        return
    seconds = min(max(1, round((ws.now() - started).total_seconds())), _LONGEST)

    def act() -> None:
        run = preparing.practise(ws, current.id, seconds)
        session.notify(f"That took {_clock(seconds)}.", undo=lambda: ws.store.delete_rehearsal(run.id))

    session.attempt(act)


def _log(ws: Workspace, runs: list[Rehearsal]) -> None:
    zone = ZoneInfo(session.browser_timezone())
    good = sum(LEAST_SECONDS <= run.seconds <= MOST_SECONDS for run in runs)
    sentence = f"{plural(len(runs), 'practice run')}, {good} of them between one and two minutes."
    rows: list[dict[str, object]] = [
        {"When": run.at.astimezone(zone).strftime("%Y-%m-%d %H:%M"), "Took": _clock(run.seconds)}
        for run in reversed(runs)
    ]
    show_chart(rehearsals_figure(runs, LEAST_SECONDS, MOST_SECONDS), sentence, rows, "practice")
    last = runs[-1]
    st.button(
        f"Take back the run of {day_label(last.at.astimezone(zone))}, {_clock(last.seconds)}",
        icon=":material/undo:",
        type="tertiary",
        key="forget-practice",
        on_click=_forget,
        args=(ws, last),
    )


def _forget(ws: Workspace, run: Rehearsal) -> None:
    if session.attempt(lambda: ws.store.delete_rehearsal(run.id)):
        session.notify("Taken back.", undo=lambda: ws.store.save_rehearsal(run))


def _clock(seconds: int) -> str:
    return f"{seconds // 60}:{seconds % 60:02d}"
