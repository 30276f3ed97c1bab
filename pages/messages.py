"""What do I write? A message to somebody, the templates, and who writes."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import streamlit as st

from iiplan.briefing import FILTERS, blanks, render
from iiplan.errors import IiplanError, InputError
from iiplan.model import MessageKind, MessageTemplate, Source
from iiplan.planner import messages, people
from iiplan.ui import session
from iiplan.ui.labels import SOURCE, STAGE, escaped
from iiplan.ui.message import MESSAGE, message_panel, message_text
from iiplan.ui.navigation import link
from iiplan.ui.profile import profile_form

ws = session.workspace()
everybody = {one.contact.id: one for one in people.overview(ws)}
kinds = list(MessageKind)


def person_label(contact_id: str) -> str:
    """A person in a chooser."""
    one = everybody[contact_id]
    organisation = f", {one.contact.organisation}" if one.contact.organisation else ""
    return f"{one.contact.name}{organisation} · {STAGE[one.stage].lower()}"


def show_writing() -> None:
    """Whom, what, and the message."""
    if not everybody:
        st.info("Nobody to write to yet. Add the people you know or can reach.", icon=":material/group_add:")
        link("contacts", "Add people")
        return
    ids = list(everybody)
    linked = st.query_params.get("person", "")
    chosen = st.selectbox(
        "To whom?",
        ids,
        index=ids.index(linked) if linked in everybody else None,
        format_func=person_label,
        placeholder="Type a name",
        key=session.draft_key("to"),
    )
    if not chosen:
        st.caption("Choose somebody. The message that is most likely next comes up, filled with what is known.")
        return
    one = everybody[chosen]
    kind = st.pills(
        "What for?",
        kinds,
        default=messages.likely_kind(one.stage),
        required=True,
        format_func=MESSAGE.__getitem__,
        key=f"kind-{chosen}",
    )
    message_panel(ws, one.contact, kind, trip=trip, key="page", logs=messages.touch_for(kind))


def show_templates() -> None:
    """All templates of a kind, read with somebody's facts; the user's own can be changed."""
    st.markdown(
        "Every message starts from one of these. Make a copy to say it your way. "
        "Write to alike people with different ones, and see on Outreach which are answered."
    )
    link("outreach", "Who answers")
    kind = st.pills(
        "Kind", kinds, default=kinds[0], required=True, format_func=MESSAGE.__getitem__, key="templates-kind"
    )
    reader = st.selectbox(
        "Read it as it would go to",
        list(everybody),
        index=None,
        format_func=person_label,
        placeholder="an invented example",
        key="templates-reader",
    )
    for template in messages.templates(ws):
        if template.kind is kind:
            show_template(template, reader)
    with st.expander("Blanks and other marks for your own templates", icon=":material/help:"):
        show_language()


def show_template(template: MessageTemplate, reader: str | None) -> None:
    """One template: how it reads, and what can be done with it."""
    badge = "your own" if template.own else "shipped"
    suits = ", ".join(SOURCE[source] for source in template.sources) or "everybody"
    with st.expander(f"**{escaped(template.title)}** · {badge} · for {suits}", key=f"expander-{template.id}"):
        if template.own:
            edit_template(template, reader)
            return
        show_reading(template, reader)
        st.button(
            "Make my own copy",
            icon=":material/content_copy:",
            key=f"copy-{template.id}",
            on_click=make_copy,
            args=(template,),
        )


def show_reading(template: MessageTemplate, reader: str | None) -> None:
    """The template as it would go to somebody; what is wrong with it in words."""
    try:
        if reader is None:
            message_text(render(template, {one.name: one.example for one in blanks()}), template.id)
        else:
            message_text(messages.write(ws, template, reader, trip), template.id)
    except InputError as error:
        st.error(escaped(str(error)))


def edit_template(template: MessageTemplate, reader: str | None) -> None:
    """Change one of the user's own templates and see at once how it reads; nothing is kept before it is saved."""
    name = f"template-{template.id}"
    key = session.draft_key(name)
    title = st.text_input("Title", value=template.title, key=f"{key}-title")
    sources = st.multiselect(
        "For people found through (empty: everybody)",
        list(Source),
        default=list(template.sources),
        format_func=SOURCE.__getitem__,
        key=f"{key}-sources",
    )
    subject = st.text_input("Subject (empty for LinkedIn and cards)", value=template.subject, key=f"{key}-subject")
    body = st.text_area("Text", value=template.body, height=280, key=f"{key}-body")
    try:
        edited = replace(
            template, title=" ".join(title.split()), sources=tuple(sources), subject=subject.strip(), body=body
        )
    except InputError as error:
        st.error(escaped(str(error)))
        edited = template
    st.caption("How it reads" if edited == template else "How it reads once it is saved")
    show_reading(edited, reader)
    with st.container(horizontal=True):
        save = st.button("Save", type="primary", icon=":material/save:", key=f"{key}-save")
        st.button(
            "Delete",
            icon=":material/delete:",
            key=f"{key}-delete",
            on_click=delete_template,
            args=(template,),
        )
    if save and edited != template:
        save_template(template, edited)


def save_template(old: MessageTemplate, new: MessageTemplate) -> None:
    """Keep a changed template, with a way back; what is wrong keeps the draft as it is."""
    try:
        messages.save(ws, new)
    except IiplanError as error:
        st.error(escaped(str(error)))
        return
    session.new_draft(f"template-{old.id}")
    session.notify(f"Saved: {escaped(new.title)}", undo=lambda: restore_template(old))
    st.rerun()


def restore_template(template: MessageTemplate) -> None:
    """Bring a template back as it was."""
    messages.save(ws, template)
    session.new_draft(f"template-{template.id}")


def make_copy(template: MessageTemplate) -> None:
    """A copy of the user's own, saved at once, with a way back."""

    def act() -> None:
        copy = messages.copy_of(template)
        messages.save(ws, copy)
        session.notify(
            f"Your copy is the first below: {escaped(copy.title)}. Open it to change it.",
            undo=lambda: messages.delete(ws, copy),
        )

    session.attempt(act)


def delete_template(template: MessageTemplate) -> None:
    """Put one of the user's own templates aside, with a way back."""
    if session.attempt(lambda: messages.delete(ws, template)):
        session.notify(f"Deleted: {escaped(template.title)}", undo=lambda: restore_template(template))


def show_language() -> None:
    """What may stand in a template."""
    st.markdown(
        "Write a blank as `{{ contact.first_name }}`. What nothing fills is marked in the message, so that it cannot "
        "go out by mistake. Leave a part out when a blank is empty:"
    )
    st.code("{% if trip.city %}I will be in {{ trip.city }} {{ trip.when }}.{% endif %}", language=None)
    st.markdown(
        f'`{{{{ contact.role | default("colleague") }}}}` has a stand-in. Other filters: '
        f"{', '.join(f'`{name}`' for name in FILTERS if name != 'default')}. "
        'Compare with `{% if contact.source == "alumni" %}`.'
    )
    rows = [
        {"Blank": one.name, "What it is": one.label, "Such as": one.example, "Filled from": one.source}
        for one in blanks()
    ]
    st.dataframe(pd.DataFrame(rows), hide_index=True)


st.title("Messages", anchor=False)
session.show_notice()
trip = session.pick_trip(ws)
write, templates, about = st.tabs(
    ["Write", "Templates", "About me"],
    default="About me" if st.query_params.get("section") == "about" else None,
    key="messages-tabs",
)
with write:
    show_writing()
with templates:
    show_templates()
with about:
    profile_form(ws)
