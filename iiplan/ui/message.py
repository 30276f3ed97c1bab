"""A part that several pages share: a message to one person, ready to copy or to open in the mail program."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from iiplan.briefing import Blank, Facts, Message, boxes, render
from iiplan.errors import IiplanError, NotFoundError
from iiplan.model import Channel, Contact, MessageKind, MessageTemplate, TouchKind, Trip
from iiplan.planner import messages
from iiplan.planner.workspace import Workspace
from iiplan.ui import session
from iiplan.ui.labels import CHANNEL, escaped, plural
from iiplan.ui.navigation import link
from iiplan.ui.thanks import thanks_details
from iiplan.ui.touches import Details, log_touch

__all__ = ["MESSAGE", "message_panel", "message_text"]

MESSAGE = {
    MessageKind.ASK: "Ask",
    MessageKind.NUDGE: "Nudge",
    MessageKind.OFFER: "Offer hours",
    MessageKind.CONFIRM: "Confirm",
    MessageKind.THANK: "Thank",
    MessageKind.FOLLOW_UP: "Follow up",
    MessageKind.UPDATE_REFERRER: "Tell who referred you",
}
MANY_WORDS = 100
_LOG = {
    Channel.EMAIL: "Sent by e-mail: log it",
    Channel.LINKEDIN: "Sent on LinkedIn: log it",
    Channel.PHONE: "Said on the phone: log it",
    Channel.IN_PERSON: "Said in person: log it",
    Channel.INTRODUCTION: "Sent through whoever introduces us: log it",
    Channel.CARD: "Card is in the post: log it",
    Channel.GIFT: "Gift is on its way: log it",
    Channel.OTHER: "Sent: log it",
}
_SPOKEN = {Channel.PHONE, Channel.IN_PERSON}  # where a blank is no embarrassment


def message_panel(
    ws: Workspace,
    contact: Contact,
    kind: MessageKind,
    *,
    trip: Trip | None,
    key: str,
    logs: TouchKind | None,
    note: str = "",
) -> None:
    """Choose a template, fill what only the user knows, copy or open the text, and log it with one click.

    ``key`` tells panels of one page apart; ``logs`` is the touch that sending amounts to, None: nothing to log.
    ``note`` is logged with it.
    """
    name = f"message-{key}-{contact.id}-{kind}"
    draft = session.draft_key(name)
    try:
        choices = messages.suited(ws, kind, contact)
        template, channel = _choose(choices, contact, draft)
        facts = messages.facts_about(ws, template, contact.id, trip)
        message = render(template, {**facts, **_boxes(ws, template, contact, facts, draft)})
    except IiplanError as error:
        st.error(escaped(str(error)))
        return
    message_text(message, name, channel)
    _gaps(message.gaps, contact)
    said = Details(note=note, channel=channel, template=template.id)
    if kind is MessageKind.THANK:
        more = thanks_details(ws, contact, channel, draft)
        said = replace(said, at=more.at, note=more.note)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        _ways_out(contact, message)
        if logs is not None:
            _log_button(ws, contact, logs, trip, said, message, name)


def _choose(choices: tuple[MessageTemplate, ...], contact: Contact, draft: str) -> tuple[MessageTemplate, Channel]:
    """The template, best first, and how it goes."""
    if not choices:
        raise NotFoundError("There is no template of this kind. Put the files of data/messages back in their place.")
    by_id = {one.id: one for one in choices}
    left, right = st.columns([3, 1])
    chosen = left.selectbox(
        "Template",
        list(by_id),
        format_func=lambda one: by_id[one].title,
        key=f"{draft}-template",
        help="Those that suit how you found them come first.",
    )
    template = by_id[chosen]
    channels = list(Channel)
    channel = right.selectbox(
        "How",
        channels,
        index=channels.index(messages.usual_channel(template, contact)),
        format_func=CHANNEL.__getitem__,
        key=f"{draft}-channel-{template.id}",
    )
    return template, channel


def _boxes(ws: Workspace, template: MessageTemplate, contact: Contact, facts: Facts, draft: str) -> dict[str, str]:
    """One box for each blank that only the user can fill, as typed."""
    filled = {}
    for blank in boxes(template, facts):
        filled[blank.name] = st.text_area(
            blank.label[0].upper() + blank.label[1:],
            value=facts.get(blank.name, ""),
            key=f"{draft}-{blank.name}",
            height=68,
            placeholder=f"such as: {blank.example}",
        )
        noted = messages.remembered(ws, contact.id) if blank.name in {"said", "learned"} else ""
        if noted:
            st.caption(f"You noted at the meeting: {escaped(noted)}")
    return filled


def message_text(message: Message, key: str, channel: Channel | None = None) -> None:
    """Subject and text with buttons to copy them, and how long the text is. ``key`` tells texts of a page apart."""
    st.html("<style>[class*=st-key-letter] .stCode * { font-family: inherit; }</style>")  # a letter, not a program
    with st.container(gap="xsmall", key=f"letter-{key}"):
        if message.subject:
            st.caption("Subject")
            st.code(message.subject, language=None, wrap_lines=True)
            st.caption("Text")
        st.code(message.body, language=None, wrap_lines=True)
        st.caption(_length(message, channel))


def _length(message: Message, channel: Channel | None) -> str:
    words = plural(message.words, "word")
    if channel is Channel.LINKEDIN:
        return (
            f"{words}, {plural(len(message.body), 'character')}. An invitation on LinkedIn takes a note of 200 "
            "characters, 300 with a paid account; messages to people you are connected with may be longer."
        )
    return f"{words}: short enough to be read." if message.words < MANY_WORDS else f"{words}: aim for under 100."


def _gaps(gaps: tuple[Blank, ...], contact: Contact) -> None:
    """What is missing, and where to fill it in."""
    if not gaps:
        return
    listed = "; ".join(f"{one.label} ({'above' if one.by_hand else one.source})" for one in gaps)
    them = "it" if len(gaps) == 1 else "them"
    st.warning(
        f"**{plural(len(gaps), 'blank')} left**: {escaped(listed)}. Fill {them} in before you send.",
        icon=":material/edit:",
    )
    groups = {one.name.partition(".")[0] for one in gaps}
    with st.container(horizontal=True, gap="small"):
        if groups & {"contact", "referrer"}:
            link("contacts", f"Open {escaped(contact.name)}", person=contact.id)
        if groups & {"hours", "meeting"}:
            link("week", "Offer hours" if "hours" in groups else "Agree on an hour")
        if "me" in groups:
            link("messages", "Say who you are", section="about")
        if "trip" in groups:
            link("trip", "Make a trip")


def _ways_out(contact: Contact, message: Message) -> None:
    """To the mail program and to the profile; nothing half-filled goes there."""
    mail = messages.mailto(contact, message)
    if mail is not None:
        too_long = None if mail.whole else "Too long for a link: it opens without the text. Copy the text into it."
        st.link_button("Open in e-mail", mail.href, icon=":material/mail:", disabled=bool(message.gaps), help=too_long)
    if contact.profile_url:
        st.link_button("Their profile", contact.profile_url, icon=":material/open_in_new:")


def _log_button(
    ws: Workspace,
    contact: Contact,
    logs: TouchKind,
    trip: Trip | None,
    said: Details,
    message: Message,
    name: str,
) -> None:
    """One click once it is sent."""
    if logs is TouchKind.OFFERED and trip is not None and messages.open_offer(ws, trip, contact.id):
        st.caption("Offering these hours was logged when you held them.")
        return
    channel = said.channel or Channel.OTHER
    st.button(
        _LOG[channel],
        type="primary",
        icon=":material/check:",
        key=f"{name}-log",
        disabled=bool(message.gaps) and channel not in _SPOKEN,
        on_click=_log,
        args=(ws, contact, logs, trip, said, name),
    )


def _log(ws: Workspace, contact: Contact, logs: TouchKind, trip: Trip | None, said: Details, name: str) -> None:
    """Log the message with its channel and template, with a way back."""
    through = contact.referred_by if said.channel is Channel.INTRODUCTION else None
    if log_touch(ws, contact, logs, replace(said, through=through), trip.id if trip else None):
        session.new_draft(name)
