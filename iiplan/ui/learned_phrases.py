"""One's own skills, talents, values and interests against what people said: the user judges, nothing is guessed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from iiplan.briefing import TopicRow, matching_words, quoted, side_by_side, topic_sentence
from iiplan.model import Insight
from iiplan.planner import direction, settings
from iiplan.planner.direction import Mark
from iiplan.planner.workspace import Workspace
from iiplan.ui import session
from iiplan.ui.labels import escaped, plural
from iiplan.ui.navigation import link

__all__ = ["phrases_part"]

KINDS = {"skills": "Skills", "talents": "Talents", "values": "Values", "interests": "Interests"}
MARKS = {Mark.MET: "Met", Mark.MISSING: "Missing"}
MOST_SHOWN = 10


def phrases_part(ws: Workspace, insights: Sequence[Insight], names: Mapping[str, str]) -> None:
    """Each phrase of the profile with what was said of it, and the user's own mark."""
    st.subheader("What I bring and look for", anchor=False)
    profile = settings.profile(ws)
    if profile.looking_for.strip():
        st.markdown(f"You look for: *{escaped(profile.looking_for)}*")
    kinds = {label: getattr(profile, kind) for kind, label in KINDS.items() if getattr(profile, kind)}
    if not kinds:
        st.info(
            "Say what you are good at and what matters to you, under *Introduction* on the page Prepare. Here you then "
            "mark which of it was met by what people said.",
            icon=":material/person:",
        )
        link("prepare", "Say what I bring", section="introduction")
        return
    st.markdown(
        "Mark what was met by what people said, and what is missing. Choose a phrase as an insight's topic to link it."
    )
    said = direction.marks(ws)
    rows = {row.topic.casefold(): row for row in side_by_side(insights)}
    drawn: set[str] = set()
    for label, phrases in kinds.items():
        st.markdown(f"**{label}**")
        for phrase in phrases:
            words = " ".join(phrase.split())
            if words.casefold() not in drawn:
                drawn.add(words.casefold())
                _phrase(ws, words, said.get(words.casefold()), rows.get(words.casefold()), insights, names)


def _phrase(
    ws: Workspace,
    phrase: str,
    marked: Mark | None,
    row: TopicRow | None,
    insights: Sequence[Insight],
    names: Mapping[str, str],
) -> None:
    """One phrase: linked insights and exact matches of its words, each called what it is."""
    linked = row.insights if row else ()
    known = {one.id for one in linked}
    matching = [one for one in matching_words(phrase, insights) if one.id not in known]
    key = f"mark-{phrase.casefold()}"
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(escaped(phrase), width="stretch")
        st.segmented_control(
            f"Is “{escaped(phrase)}” met?",
            list(Mark),
            default=marked,
            format_func=MARKS.__getitem__,
            key=session.draft_key(key),
            label_visibility="collapsed",
            on_change=_mark,
            args=(ws, phrase, session.draft_key(key)),
        )
    if row:
        st.caption(topic_sentence(row))
    if not linked and not matching:
        return
    counts = [f"{len(linked)} linked"] if linked else []
    counts += (
        [f"{len(matching)} with {'exactly this word' if len(phrase.split()) == 1 else 'exactly these words'}"]
        if matching
        else []
    )
    with st.expander(f"{plural(len(linked) + len(matching), 'insight')}: {', '.join(counts)}", key=f"said-of-{phrase}"):
        for one in [*linked, *matching][:MOST_SHOWN]:
            st.markdown(f"- {escaped(quoted(one, names))}")
        if len(linked) + len(matching) > MOST_SHOWN:
            st.caption(f"And {len(linked) + len(matching) - MOST_SHOWN} more.")


def _mark(ws: Workspace, phrase: str, key: str) -> None:
    """Callback: keep what was chosen."""
    chosen = session.chosen(key)
    session.attempt(lambda: direction.mark(ws, phrase, chosen if isinstance(chosen, Mark) else None))
