"""Use cases about messages: which template suits, what it says to this person, and the user's own templates."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from iiplan.briefing import (
    Blank,
    MailLink,
    Message,
    boxes,
    check_template,
    hours_words,
    mail_link,
    read_templates,
    reader_zone,
    render,
    used_blanks,
)
from iiplan.briefing.facts import (
    contact_facts,
    meeting_facts,
    met_facts,
    profile_facts,
    referred_facts,
    referrer_facts,
    trip_facts,
)
from iiplan.errors import NotFoundError
from iiplan.model import Channel, Contact, MessageKind, MessageTemplate, Offer, Source, Stage, Touch, TouchKind, Trip
from iiplan.outreach import History, effective_touches, histories, history
from iiplan.outreach.meetings import Meeting, meetings_of
from iiplan.planner import settings
from iiplan.planner.problem import meeting_place
from iiplan.planner.situation import situation
from iiplan.planner.workspace import Workspace, new_id
from iiplan.resources import data_folder

__all__ = [
    "copy_of",
    "delete",
    "facts_about",
    "hand_filled",
    "kind_for",
    "likely_kind",
    "mailto",
    "named",
    "open_offer",
    "remembered",
    "save",
    "suited",
    "templates",
    "touch_for",
    "usual_channel",
    "write",
]

_KIND_FOR = {
    TouchKind.ASKED: MessageKind.ASK,
    TouchKind.NUDGED: MessageKind.NUDGE,
    TouchKind.OFFERED: MessageKind.OFFER,
    TouchKind.CONFIRMED: MessageKind.CONFIRM,
    TouchKind.THANKED: MessageKind.THANK,
    TouchKind.FOLLOWED_UP: MessageKind.FOLLOW_UP,
}
_TOUCH_FOR = {message: touch for touch, message in _KIND_FOR.items()} | {
    MessageKind.UPDATE_REFERRER: TouchKind.FOLLOWED_UP
}

_LIKELY = {
    Stage.IDENTIFIED: MessageKind.ASK,
    Stage.DECLINED: MessageKind.ASK,
    Stage.ASKED: MessageKind.NUDGE,
    Stage.SILENT: MessageKind.NUDGE,
    Stage.REPLIED: MessageKind.OFFER,
    Stage.ACCEPTED: MessageKind.OFFER,
    Stage.SCHEDULED: MessageKind.CONFIRM,
    Stage.CONFIRMED: MessageKind.CONFIRM,
    Stage.MET: MessageKind.THANK,
}


def kind_for(touch: TouchKind) -> MessageKind | None:
    """The kind of message that leads to such a touch; None where we write none."""
    return _KIND_FOR.get(touch)


def touch_for(kind: MessageKind) -> TouchKind:
    """What to log once a message of this kind is sent."""
    return _TOUCH_FOR[kind]


def likely_kind(stage: Stage) -> MessageKind:
    """What one would most likely write next to somebody at this stage."""
    return _LIKELY.get(stage, MessageKind.FOLLOW_UP)


def templates(workspace: Workspace) -> tuple[MessageTemplate, ...]:
    """The user's own templates, by title, then the shipped ones. InputError when a shipped file was damaged."""
    return (*workspace.store.templates(), *read_templates(data_folder() / "messages"))


def named(workspace: Workspace, template_id: str) -> MessageTemplate:
    """The template of an id; NotFoundError when it is neither shipped nor one of the user's own."""
    for template in templates(workspace):
        if template.id == template_id:
            return template
    raise NotFoundError(f"No message template {template_id!r}. Choose one on the Messages page.")


def suited(workspace: Workspace, kind: MessageKind, contact: Contact) -> tuple[MessageTemplate, ...]:
    """All templates of a kind, the best for this contact first.

    Those for how they were found come first (a referral above all), then those for everybody; in each, those whose
    way is open (a subject wants an e-mail address), then the user's own.
    """

    def rank(template: MessageTemplate) -> tuple[int, bool, bool]:
        if contact.referred_by and Source.REFERRAL in template.sources:
            fit = 0
        elif contact.source in template.sources:
            fit = 1
        else:
            fit = 3 if template.sources else 2
        return fit, bool(template.subject) != bool(contact.email), not template.own

    return tuple(sorted((one for one in templates(workspace) if one.kind is kind), key=rank))


def usual_channel(template: MessageTemplate, contact: Contact) -> Channel:
    """How such a message goes to this contact unless the user says otherwise."""
    if template.subject and contact.email:
        return Channel.EMAIL
    if not template.subject and template.kind is MessageKind.THANK:
        return Channel.CARD
    if contact.profile_url or contact.source is Source.LINKEDIN:
        return Channel.LINKEDIN
    return Channel.EMAIL if contact.email or not contact.phone else Channel.PHONE


def write(
    workspace: Workspace,
    template: MessageTemplate,
    contact_id: str,
    trip: Trip | None,
    extra: Mapping[str, str] | None = None,
) -> Message:
    """The message to a contact. ``extra`` fills blanks by hand, by name; it goes before what is known."""
    facts = facts_about(workspace, template, contact_id, trip)
    return render(template, {**facts, **{name: text for name, text in (extra or {}).items() if text.strip()}})


def hand_filled(
    workspace: Workspace, template: MessageTemplate, contact_id: str, trip: Trip | None
) -> tuple[Blank, ...]:
    """The blanks of a message that the user fills by hand, as things stand with this contact."""
    return boxes(template, facts_about(workspace, template, contact_id, trip))


def facts_about(workspace: Workspace, template: MessageTemplate, contact_id: str, trip: Trip | None) -> dict[str, str]:
    """What is known for the blanks of a template; only what it needs is looked up. NotFoundError: unknown contact."""
    store = workspace.store
    contact = store.contact(contact_id)
    needed = {one.name.partition(".")[0] for one in used_blanks(template)}
    zone = reader_zone(contact, trip)
    facts = {**contact_facts(contact), **profile_facts(settings.profile(workspace))}
    if "referrer" in needed:
        for referrer in _known(workspace, contact.referred_by):
            facts |= referrer_facts(referrer)
    if "referred" in needed:
        facts |= _whom_they_named(workspace, contact)
    if "met" in needed:
        met = history(contact, store.touches(contact_id=contact_id)).known.met
        facts |= met_facts(met, zone) if met else {}
    if trip is None:
        return facts
    if not _is_over(workspace, trip):
        facts |= trip_facts(trip)
    if "hours" in needed:
        offer = open_offer(workspace, trip, contact_id)
        facts |= {"hours": _hours(workspace, trip, offer, zone)} if offer else {}
    if "meeting" in needed:
        facts |= _meeting(workspace, trip, contact, zone)
    return facts


def remembered(workspace: Workspace, contact_id: str) -> str:
    """What was noted at the last meeting, to jog the memory; empty when nothing was. It is never sent by itself."""
    touches = effective_touches(workspace.store.touches(contact_id=contact_id))
    notes = [one.note for one in touches if one.kind is TouchKind.MET and one.note.strip()]
    return notes[-1].strip() if notes else ""


def open_offer(workspace: Workspace, trip: Trip, contact_id: str) -> Offer | None:
    """The hours held for a contact who has not chosen yet; offering them was logged when they were held."""
    for offer in reversed(workspace.store.offers(trip.id)):
        if offer.contact_id == contact_id and offer.closed_at is None:
            return offer
    return None


def mailto(contact: Contact, message: Message) -> MailLink | None:
    """A link that opens the mail program with the message in it; None without an address."""
    return mail_link(contact.email, message.subject, message.body) if contact.email else None


def copy_of(template: MessageTemplate) -> MessageTemplate:
    """A copy for the user to change, not saved yet."""
    return replace(template, id=new_id(), title=f"{template.title[:190]} (mine)", own=True)


def save(workspace: Workspace, template: MessageTemplate) -> None:
    """Keep one of the user's own templates; InputError with line and cure when it cannot be filled."""
    check_template(template)
    workspace.store.save_template(template)


def delete(workspace: Workspace, template: MessageTemplate) -> None:
    """Hide one of the user's own templates; saving it again brings it back."""
    workspace.store.delete_template(template.id, workspace.now())


def _known(workspace: Workspace, contact_id: str | None) -> Iterable[Contact]:
    """The contact of an id, unless there is none or it was deleted."""
    try:
        return [workspace.store.contact(contact_id)] if contact_id else []
    except NotFoundError:
        return []


def _whom_they_named(workspace: Workspace, contact: Contact) -> dict[str, str]:
    """Of those this contact pointed out: the one met last, else the one written to last, else nobody."""
    store = workspace.store
    everybody = {one.id: one for one in store.contacts()}
    touches = store.touches()
    introduced = {touch.contact_id for touch in effective_touches(touches) if touch.through == contact.id}
    referred = [one for one in everybody.values() if one.referred_by == contact.id or one.id in introduced]
    ids = {one.id for one in referred}
    logs = histories(referred, (touch for touch in touches if touch.contact_id in ids))
    met = _last(logs, lambda one: one.known.met)
    chosen = met or _last(logs, lambda one: one.known.message)
    return referred_facts(chosen.contact, met is not None) if chosen else {}


def _last(logs: Iterable[History], of: Callable[[History], Touch | None]) -> History | None:
    dated = [(touch.at, one) for one in logs if (touch := of(one)) is not None]
    return max(dated, key=lambda pair: pair[0])[1] if dated else None


def _is_over(workspace: Workspace, trip: Trip) -> bool:
    """Whether all days of a trip are past: nobody "will be" there any more."""
    return trip.last_day < workspace.now().astimezone(trip.zone).date()


def _hours(workspace: Workspace, trip: Trip, offer: Offer, zone: str) -> str:
    lengths = {one.contact_id: one.duration for one in workspace.store.candidates(trip.id)}
    return hours_words(offer.starts, lengths.get(offer.contact_id, 30), zone)


def _meeting(workspace: Workspace, trip: Trip, contact: Contact, zone: str) -> dict[str, str]:
    """The contact's meeting on the trip, agreed or planned; nothing when there is none."""
    state = situation(workspace, trip)
    saved = workspace.store.plan(trip.id)
    agenda = state.agenda(saved, ()) if saved else None
    meeting: Meeting | None = meetings_of(agenda, state.candidates).get(contact.id)
    candidate = state.candidate(contact.id)
    if meeting is None or candidate is None:
        return {}
    return meeting_facts(meeting, meeting_place(candidate, contact), zone)
