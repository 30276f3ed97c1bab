"""The facts about one person, block by block: shown, and edited in place in a small form that saves at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager

import streamlit as st

from iiplan.errors import InputError
from iiplan.model import Authority, Contact
from iiplan.planner import people
from iiplan.planner.workspace import Workspace
from iiplan.travel import map_link
from iiplan.ui import session
from iiplan.ui.labels import AUTHORITY, escaped, source_words, zone_label
from iiplan.ui.person_forms import Typed, about_boxes, notes_boxes, place_boxes, reach_boxes
from iiplan.ui.place_words import place_words
from iiplan.ui.worth import stars_in_words, worth_in_words

__all__ = ["about_block", "notes_block", "place_block", "reach_block", "tags_block", "worth_block"]

BLOCKS = "blocks of a person"
PARTS = {
    "fit": ("Fit", "How well does their work fit what you look for?"),
    "closeness": ("How well you know them", "Without a word of yours it follows from how you found them."),
    "keen": ("How keen you are", "How much do you want this talk?"),
}


def about_block(ws: Workspace, contact: Contact, names: Mapping[str, str]) -> None:
    """Name, role, where, how found, authority, zone."""
    with _block(contact, "about", "About") as editing:
        if editing:
            _edit(ws, contact, "about", lambda key: about_boxes(contact, names, key))
            return
        facts = [escaped(part) for part in (contact.role, contact.organisation, contact.city) if part]
        facts += [f"found by: {source_words(contact.source)}"]
        facts += [] if contact.authority is Authority.UNKNOWN else [AUTHORITY[contact.authority].lower()]
        if contact.referred_by is not None and contact.referred_by in names:
            facts.append(f"referred by {escaped(names[contact.referred_by])}")
        facts += [f"lives by {escaped(zone_label(contact.timezone))}"] if contact.timezone else []
        st.markdown(" · ".join(facts))


def worth_block(ws: Workspace, contact: Contact) -> None:
    """The stars, what they are made of, and the parts to set with a click each."""
    found = people.worth_of(ws, contact)
    with _block(contact, "worth", "Worth") as editing:
        st.markdown(f"**{stars_in_words(found.stars)}**  \n{worth_in_words(contact, found)}")
        if not editing:
            return
        for name, (label, help) in PARTS.items():
            _one_of(ws, contact, name, label, help, 5)
        _one_of(ws, contact, "worth", "Your own word, in stars", "Goes before the sum; click it again to clear it.", 10)
        st.caption("The authority to hire is under About; how much each part counts, on the Settings page.")


def reach_block(ws: Workspace, contact: Contact) -> None:
    """E-mail addresses, phone numbers, links; those used first, then further ones."""
    with _block(contact, "reach", "Ways to reach them") as editing:
        if editing:
            _edit(ws, contact, "reach", lambda key: reach_boxes(contact, key))
            return
        emails = [one for one in (contact.email, *contact.other_emails) if one]
        phones = [one for one in (contact.phone, *contact.other_phones) if one]
        links = [one for one in (contact.profile_url, *contact.links) if one]
        lines = [f":material/mail: {escaped(one)}" for one in emails]
        lines += [f":material/call: {escaped(one)}" for one in phones]
        if lines:
            st.markdown("  \n".join(lines))
        for one in links:
            st.link_button(escaped(_short_link(one)), one, icon=":material/open_in_new:", type="tertiary")
        if not lines and not links:
            st.caption("No way to reach them is noted yet.")


def tags_block(ws: Workspace, contact: Contact, known: Sequence[str]) -> None:
    """Tags, chosen or typed; each change is saved at once."""
    spelled = {tag.casefold(): tag for tag in (*known, *contact.tags)}
    key = f"tags-{contact.id}-{hash(contact.tags)}"
    with st.container(border=True, gap="xsmall"):
        st.multiselect(
            "Tags",
            list(spelled.values()),
            select_all=False,  # else Enter after a word takes every tag that matches
            default=[spelled[tag.casefold()] for tag in contact.tags],
            accept_new_options=True,
            placeholder="choose or type",
            key=key,
            on_change=_save_tags,
            args=(ws, contact, key),
        )


def place_block(ws: Workspace, contact: Contact) -> None:
    """The address, the spot, and the way to a map."""
    with _block(contact, "place", "Place") as editing:
        if editing:
            _edit(ws, contact, "place", lambda key: place_boxes(contact, key))
            return
        if contact.address:
            st.text(contact.address)
        if contact.place:
            st.markdown(f":material/location_on: {escaped(contact.place.label)}")
            st.caption(escaped(place_words(contact.place)))
            st.link_button("Map", map_link(contact.place), icon=":material/map:", type="tertiary")
        elif not contact.address:
            st.caption("No place yet. Without one they can only be called.")


def notes_block(ws: Workspace, contact: Contact) -> None:
    """Notes, as typed."""
    with _block(contact, "notes", "Notes") as editing:
        if editing:
            _edit(ws, contact, "notes", lambda key: notes_boxes(contact, key))
        elif contact.notes:
            st.text(contact.notes)
        else:
            st.caption("Nothing noted yet.")


@contextmanager
def _block(contact: Contact, name: str, title: str) -> Iterator[bool]:
    """A frame with its title and a button that opens its form; gives whether it is open."""
    part = f"{contact.id} {name}"
    editing = session.unfolded(BLOCKS) == part
    with st.container(border=True, gap="xsmall"):
        with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
            st.markdown(f"**{title}**", width="content")
            st.button(
                "Close" if editing else "Edit",
                key=f"edit-{name}",
                type="tertiary",
                icon=":material/close:" if editing else ":material/edit:",
                help=f"{'Close' if editing else 'Edit'}: {title.lower()}",
                on_click=session.unfold,
                args=(BLOCKS, part),
            )
        yield editing


def _edit(ws: Workspace, contact: Contact, name: str, boxes: Callable[[str], Typed]) -> None:
    """The form of a block. ``boxes`` draws them and gives how to read them; what cannot be kept stays typed."""
    draft = f"{name}-{contact.id}"
    key = session.draft_key(draft)
    with st.form(key, border=False, enter_to_submit=False):
        typed = boxes(key)
        pressed = st.form_submit_button("Save", type="primary", icon=":material/save:")
    if not pressed:
        return
    try:
        values = typed()
        _change(ws, contact, values)
    except InputError as error:
        st.error(escaped(str(error)))
        return
    session.new_draft(draft)
    session.unfold(BLOCKS, f"{contact.id} {name}")
    st.rerun()


def _change(ws: Workspace, contact: Contact, values: Mapping[str, object]) -> None:
    """Save what differs from what was shown, and offer to undo just that."""
    changes = {name: value for name, value in values.items() if getattr(contact, name) != value}
    if not changes:
        return
    before = people.change(ws, contact.id, **changes)
    session.notify(
        f"Saved: {escaped(str(values.get('name', contact.name)))}",
        undo=lambda: people.change(ws, contact.id, **before),
    )


def _one_of(ws: Workspace, contact: Contact, name: str, label: str, help: str, most: int) -> None:
    """A number from 1 to ``most`` or none, saved with the click."""
    now = getattr(contact, name)
    key = f"{name}-{contact.id}-{now}"
    st.pills(
        label,
        range(1, most + 1),
        default=now,
        help=help,
        key=key,
        on_change=_save_number,
        args=(ws, contact, name, key),
    )


def _save_number(ws: Workspace, contact: Contact, name: str, key: str) -> None:
    session.attempt(lambda: _change(ws, contact, {name: session.chosen(key)}))


def _save_tags(ws: Workspace, contact: Contact, key: str) -> None:
    chosen = session.chosen(key)
    words = [" ".join(str(word).split()) for word in chosen] if isinstance(chosen, list) else []
    tags = tuple({word.casefold(): word for word in words if word}.values())
    session.attempt(lambda: _change(ws, contact, {"tags": tags}))


def _short_link(address: str) -> str:
    short = address.partition("://")[2].removeprefix("www.").rstrip("/")
    return short if len(short) <= 40 else short[:39] + "…"
