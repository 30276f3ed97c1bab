"""The part of the Week page about ways: which are tight, what a calmer week would cost, each way and its minutes."""

from __future__ import annotations

import streamlit as st

from iiplan.errors import IiplanError
from iiplan.model import Agenda, Basis, Block, Leg, TravelMode, Trip
from iiplan.planner import calmer, ways
from iiplan.planner.calmer import Calmer
from iiplan.planner.workspace import Workspace
from iiplan.travel.maplink import directions
from iiplan.travel.words import chance_words, leg_words
from iiplan.ui import session
from iiplan.ui.labels import day_label, escaped, plural

__all__ = ["ways_tab"]

PATIENCE = 20.0  # seconds that the search for a calmer week may take
CALMER: dict[str, tuple[str, int | None]] = {
    "high": ("Each way as slow as one time in ten", None),
    "5": ("5 more minutes for each way", 5),
    "10": ("10 more minutes for each way", 10),
}
WAYS_OF = {
    "any": ("However I go", None),
    "walk": ("On foot", TravelMode.WALK),
    "bike": ("By bike", TravelMode.BIKE),
    "transit": ("By public transport", TravelMode.TRANSIT),
    "car": ("By car or taxi", TravelMode.CAR),
}


def ways_tab(ws: Workspace, trip: Trip, agenda: Agenda) -> None:
    """Tight ways, the price of calm, then every way of the week."""
    if not any(way.leg for day in agenda.days for way in day.ways):
        if any(day.ways for day in agenda.days):
            st.info("This plan was made before iiplan kept where its minutes come from. Plan again to see them.")
        else:
            st.info("There is nowhere to go: the plan has no ways.", icon=":material/directions_walk:")
        return
    show_tight(agenda)
    ask_calmer(ws, trip)
    st.markdown("**Every way** · change what you know better; your minutes hold for every trip")
    for day in agenda.days:
        if not day.ways:
            continue
        st.markdown(f"**{day_label(day.date)}**")
        for number, way in enumerate(day.ways):
            if way.leg is not None:
                show_way(ws, trip, way, way.leg, f"{day.date}-{number}-{way.title}-{way.detail}")


def show_tight(agenda: Agenda) -> None:
    """The three ways on which coming late is likeliest."""
    worst = calmer.tightest(agenda)
    lines = [
        f"- {day_label(one.block.start)} {one.block.start:%H:%M} · **{escaped(one.block.title)}**, "
        f"{escaped(leg_words(one.block.leg))}, {one.block.available} min for it · "
        f"late: {chance_words(one.chance)}"
        for one in worst
        if one.block.leg
    ]
    if not lines:
        return
    st.markdown("**The tightest ways**  \n" + "\n".join(lines))
    st.caption(
        "An estimate from an estimate: each way by itself, spread as in docs/travel.md, setting off as soon as you are "
        "free (from the base: when the plan says). Late means after the next thing begins. Your own minutes are taken "
        "as exact."
    )


def ask_calmer(ws: Workspace, trip: Trip) -> None:
    """What the week is worth with longer ways, on request."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        kind = st.selectbox(
            "What would a calmer week cost?",
            list(CALMER),
            format_func=lambda one: CALMER[one][0],
            key=f"calmer-{trip.id}",
            width=340,
        )
        pressed = st.button("Work it out", icon=":material/self_improvement:", key="work-out-calmer")
    if not pressed:
        return
    try:
        with st.spinner("Planning the week with longer ways …"):
            found = calmer.calmer(ws, trip, more=CALMER[kind][1], time_limit=PATIENCE)
    except IiplanError as error:
        st.warning(escaped(str(error)))
        return
    (st.warning if found.impossible else st.info)(escaped(calmer_words(found)), icon=":material/self_improvement:")


def calmer_words(found: Calmer) -> str:
    """One sentence on a calmer week."""
    if found.impossible:
        return f"Then the agreed meetings cannot all be kept. {found.impossible}"
    less = found.points_now - found.points
    worth = f"{less:,} points less than now" if less > 0 else "no less than now"
    lost = f"loses {', '.join(found.lost)}" if found.lost else "loses nobody"
    won = f" and meets {', '.join(found.won)} instead" if found.won else ""
    proof = "" if found.proven else " The search was cut short: there may be a better one."
    return (
        f"The week is then worth {found.points:,} points, {worth}: it keeps {plural(found.kept, 'meeting')} and "
        f"{lost}{won}.{proof}"
    )


def show_way(ws: Workspace, trip: Trip, way: Block, leg: Leg, key: str) -> None:
    """One way: when, from where to where, its minutes, maps, and the form to change them when it is open."""
    group = f"ways-{trip.id}"
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        links = " · ".join(f"[{name}]({url})" for name, url in directions(leg).items())
        which = f"{way.start:%H:%M} · {escaped(way.title)}, {escaped(way.detail)}"
        st.markdown(f"{which}  \n**{escaped(leg_words(leg))}** · {links}", width="stretch")
        st.button(
            "Change minutes",
            icon=":material/edit:",
            type="tertiary",
            key=f"change-{key}",
            on_click=session.unfold,
            args=(group, key),
        )
    if session.unfolded(group) == key:
        change_form(ws, way, leg, group, key)


def change_form(ws: Workspace, way: Block, leg: Leg, group: str, key: str) -> None:
    """Minutes of one's own for a way, or back to the estimate."""
    with st.form(f"own-{key}", enter_to_submit=False):
        with st.container(horizontal=True, vertical_alignment="bottom"):
            minutes = st.number_input("Minutes door to door", 0, 600, leg.minutes, key=f"own-minutes-{key}", width=180)
            mode = st.selectbox(
                "Holds for", list(WAYS_OF), format_func=lambda one: WAYS_OF[one][0], key=f"own-mode-{key}", width=220
            )
            both = st.checkbox("And for the way back", value=True, key=f"own-both-{key}")
        with st.container(horizontal=True):
            saved = st.form_submit_button("Save", type="primary", icon=":material/save:", key=f"own-save-{key}")
            dropped = leg.basis is Basis.YOURS and st.form_submit_button(
                "Forget my minutes", icon=":material/undo:", key=f"own-forget-{key}"
            )
    if saved:
        keep(ws, way, leg, int(minutes), WAYS_OF[mode][1], both=both)
    elif dropped:
        forget(ws, way, leg, both=both)
    else:
        return
    session.unfold(group, key)
    st.rerun()


def keep(ws: Workspace, way: Block, leg: Leg, minutes: int, mode: TravelMode | None, *, both: bool) -> None:
    """Save minutes, with a way back."""

    def act() -> None:
        undo = ways.change_minutes(ws, leg, minutes, mode, both=both)
        there = " and back" if both else ""
        session.notify(
            f"{escaped(way.title)}{there}: {minutes} min from now on, on every trip. Plan again to use it.", undo=undo
        )

    session.attempt(act)


def forget(ws: Workspace, way: Block, leg: Leg, *, both: bool) -> None:
    """Take minutes away, with a way back."""

    def act() -> None:
        undo = ways.forget_minutes(ws, leg, both=both)
        session.notify(f"{escaped(way.title)}: your minutes are forgotten. Plan again to use the estimate.", undo=undo)

    session.attempt(act)
