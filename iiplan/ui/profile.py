"""The form about who writes, and what it still lacks."""

from __future__ import annotations

from dataclasses import asdict, replace

import streamlit as st

from iiplan.briefing import blanks
from iiplan.errors import IiplanError
from iiplan.model import Profile
from iiplan.planner import settings
from iiplan.planner.workspace import Workspace
from iiplan.ui import session
from iiplan.ui.labels import escaped

__all__ = ["about_me_form", "profile_form"]


def profile_form(ws: Workspace) -> None:
    """Who writes: every message is signed with this."""
    known = settings.profile(ws)
    st.markdown("Every message is filled from here. It stays on this machine until you send something yourself.")
    key = session.draft_key("profile")
    with st.form(key, clear_on_submit=False, enter_to_submit=False):
        left, right = st.columns(2)
        name = left.text_input("Your name", value=known.name, key=f"{key}-name")
        school = right.text_input("Your school", value=known.school, key=f"{key}-school")
        who = st.text_input(
            "I am …",
            value=known.who,
            key=f"{key}-who",
            placeholder="a master's student in public policy at Example University",
            help="It ends a sentence that begins with “I am”.",
        )
        wants = st.text_input(
            "I would like to learn about …",
            value=known.wants,
            key=f"{key}-wants",
            placeholder="how cities plan their bus lines",
            help="It ends a sentence that begins with “I would like to learn about”.",
        )
        left, right = st.columns(2)
        email = left.text_input("Your e-mail", value=known.email, key=f"{key}-email")
        phone = right.text_input("Your phone", value=known.phone, key=f"{key}-phone")
        web = st.text_input("A link to yourself", value=known.link, key=f"{key}-link", placeholder="https://…")
        if st.form_submit_button("Save", type="primary", icon=":material/save:"):
            _save(ws, known, name=name, who=who, wants=wants, school=school, email=email, phone=phone, link=web)
    _sentence(known)


_PHRASES = {
    "skills": ("Skills", "what you can do: maps, statistics, running a meeting"),
    "talents": ("Talents", "what comes easily to you"),
    "values": ("Values", "what must hold where you work"),
    "interests": ("Interests", "what you read about without being told"),
}


def about_me_form(ws: Workspace) -> None:
    """What one looks for and brings along: held against what meetings teach, on the page Learned."""
    known = settings.profile(ws)
    key = session.draft_key("about-me")
    with st.form(key, clear_on_submit=False, enter_to_submit=False):
        looking_for = st.text_area("What I look for", value=known.looking_for, key=f"{key}-looking-for", height=100)
        typed = {
            field: st.text_area(
                f"{label}, one a line", value="\n".join(getattr(known, field)), key=f"{key}-{field}", placeholder=hint
            )
            for field, (label, hint) in _PHRASES.items()
        }
        if st.form_submit_button("Save", type="primary", icon=":material/save:"):
            phrases = {
                field: tuple(dict.fromkeys(" ".join(line.split()) for line in text.splitlines() if line.strip()))
                for field, text in typed.items()
            }
            _save_about_me(ws, known, looking_for.strip(), phrases)


def _save_about_me(ws: Workspace, known: Profile, looking_for: str, phrases: dict[str, tuple[str, ...]]) -> None:
    try:
        settings.save_profile(ws, replace(known, looking_for=looking_for, **phrases))  # type: ignore[arg-type]
    except IiplanError as error:
        st.error(escaped(str(error)))
        return
    session.new_draft("about-me")
    session.notify("Saved: about me.", undo=lambda: _restore(ws, known))
    st.rerun()


def _save(ws: Workspace, known: Profile, **typed: str) -> None:
    """Keep who writes, with a way back."""
    try:
        profile = replace(known, **{field: " ".join(text.split()) for field, text in typed.items()})  # type: ignore[arg-type]
        settings.save_profile(ws, profile)
    except IiplanError as error:
        st.error(escaped(str(error)))
        return
    session.new_draft("profile")
    session.notify("Saved: who writes.", undo=lambda: _restore(ws, known))
    st.rerun()


def _restore(ws: Workspace, known: Profile) -> None:
    settings.save_profile(ws, known)
    session.new_draft("profile")
    session.new_draft("about-me")


def _sentence(known: Profile) -> None:
    """How messages will introduce the user, and what they lack."""
    if known.who and known.wants:
        st.markdown(f"*I am {escaped(known.who)}, and I would like to learn about {escaped(known.wants)}.*")
    words = {one.name: one.label for one in blanks()}
    said = asdict(known)
    empty = [words[blank] for field, value in said.items() if not value and (blank := f"me.{field}") in words]
    if empty:
        st.caption(f"Still empty, and marked wherever a message needs it: {', '.join(empty)}.")
