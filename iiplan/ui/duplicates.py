"""People who may be in the list twice: side by side, merged or told apart, and both taken back later."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

import streamlit as st

from iiplan.importers import MOST_PAIRS, LikelyPair
from iiplan.planner import duplicates, people
from iiplan.planner.duplicates import Both
from iiplan.planner.merging import Side, compared
from iiplan.planner.workspace import Workspace
from iiplan.ui import session
from iiplan.ui.labels import day_label, escaped
from iiplan.ui.side_by_side import show_choices, show_places, show_side

__all__ = ["duplicates_panel"]

SHOWN = "pair of duplicates"  # which pair is looked at
MOST_SHOWN = 50  # decisions in the list


Names = Mapping[str, str]


def duplicates_panel(ws: Workspace) -> None:
    """Pairs who may be the same person, one at a time, and what was decided about others.

    A long list of people is compared only once the panel is opened; nothing is drawn when there is nothing to decide.
    """
    names = {one.contact.id: one.contact.name for one in people.log_of_all(ws)}
    if len(names) <= duplicates.FEW:
        pairs = duplicates.likely(ws)
        if pairs:
            with st.expander(_title(pairs), icon=":material/group:", key="duplicates"):
                show_pair(ws, pairs, names)
    else:
        panel = st.expander(
            "Look for people who are here twice", icon=":material/group:", key="duplicates", on_change="rerun"
        )
        if panel.open:
            with panel:
                show_pairs(ws, duplicates.likely(ws), names)
    show_decisions(ws, names)


def show_pairs(ws: Workspace, pairs: Sequence[LikelyPair], names: Names) -> None:
    """The pairs with how many they are, or that there are none."""
    if not pairs:
        st.success("Nobody seems to be here twice.", icon=":material/check:")
        return
    st.markdown(f"**{_title(pairs)}**")
    show_pair(ws, pairs, names)


def show_pair(ws: Workspace, pairs: Sequence[LikelyPair], names: Names) -> None:
    """One pair: why they may be one, what is known of each, what to keep of it, and three ways to decide."""
    keys = [f"{pair.one} {pair.other}" for pair in pairs]
    shown = session.unfolded(SHOWN)
    number = keys.index(shown) if shown in keys else 0
    pair, after = pairs[number], keys[(number + 1) % len(keys)]
    both = duplicates.side_by_side(ws, pair.one, pair.other)
    fields = compared(both.left.contact, both.right.contact, both.newer)
    doubt = "Perhaps the same" if pair.weak else "Probably the same"
    st.markdown(f"{number + 1} of {len(pairs)} · **{doubt}.** {escaped(' '.join(pair.reasons))}")
    for column, one, side in zip(st.columns(2), (both.left, both.right), (Side.LEFT, Side.RIGHT), strict=True):
        with column.container(border=True, height="stretch"):
            show_side(one, side, fields, names)
    with st.form(f"merge-{keys[number]}", border=False):
        choices = show_choices(fields, names, keys[number])
        places = show_places(both, keys[number])
        with st.container(horizontal=True):
            st.form_submit_button(
                "Merge",
                type="primary",
                icon=":material/merge:",
                on_click=merge_pair,
                args=(ws, both, choices, places, after),
            )
            st.form_submit_button(
                "Not the same", icon=":material/person_off:", on_click=tell_apart, args=(ws, both, after)
            )
            st.form_submit_button("Later", icon=":material/skip_next:", on_click=show_next, args=(after,))
    st.caption("Merging keeps everything that was logged about both, and can be undone at any time.")


def merge_pair(ws: Workspace, both: Both, choices: Names, places: Names, after: str) -> None:
    """Make the two one as chosen, with a way back, and go on to the next pair."""

    def act() -> None:
        made = duplicates.merge(ws, both.left.contact.id, both.right.contact.id, _chosen(choices), _chosen(places))
        show_next(after)
        name = ws.store.contact(made.kept_id).name
        session.notify(f"Merged: {escaped(name)}.", undo=lambda: duplicates.undo_merge(ws, made.id))

    session.attempt(act)


def tell_apart(ws: Workspace, both: Both, after: str) -> None:
    """Remember that the two are two, with a way back, and go on to the next pair."""
    one, other = both.left.contact, both.right.contact

    def act() -> None:
        duplicates.tell_apart(ws, one.id, other.id)
        show_next(after)
        session.notify(
            f"Two people: {escaped(one.name)} and {escaped(other.name)}.",
            undo=lambda: ws.store.forget_distinct(one.id, other.id),
        )

    session.attempt(act)


def show_next(pair: str) -> None:
    """Look at another pair; with only one left, it stays."""
    if session.unfolded(SHOWN) != pair:
        session.unfold(SHOWN, pair)


def show_decisions(ws: Workspace, names: Names) -> None:
    """Who was merged and who was told apart, each with a way back."""
    merges = ws.store.merges()
    apart = sorted(
        (names[one], names[other], one, other)
        for one, other in map(sorted, ws.store.distinct_pairs())
        if one in names and other in names
    )
    if not merges and not apart:
        return
    with st.expander(
        f"Merged people ({len(merges)}), told apart ({len(apart)})", icon=":material/merge:", key="merged"
    ):
        for made in merges[:MOST_SHOWN]:
            since = f"{day_label(made.at)} {made.at.year}"
            text = f"{escaped(made.gone_name)} is part of {escaped(made.kept_name)} since {since}."
            _row(text, "Undo", f"undo-{made.id}", partial(duplicates.undo_merge, ws, made.id))
        for first, second, one, other in apart[:MOST_SHOWN]:
            text = f"{escaped(first)} and {escaped(second)} are two people."
            _row(text, "Compare again", f"again-{one}-{other}", partial(ws.store.forget_distinct, one, other))
        if len(merges) > MOST_SHOWN or len(apart) > MOST_SHOWN:
            st.caption("The list shortens as you take things back.")


def _row(text: str, label: str, key: str, act: Callable[[], object]) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(text, width="content")
        st.button(label, key=key, on_click=_take_back, args=(act,))


def _take_back(act: Callable[[], object]) -> None:
    if session.attempt(act):
        session.notify("Undone.")


def _title(pairs: Sequence[LikelyPair]) -> str:
    count = f"{MOST_PAIRS:,} or more" if len(pairs) == MOST_PAIRS else f"{len(pairs):,}"
    return f"These may be the same person ({count})"


def _chosen(keys: Names) -> dict[str, Side]:
    return {name: Side(str(side)) for name, key in keys.items() if (side := session.chosen(key)) is not None}
