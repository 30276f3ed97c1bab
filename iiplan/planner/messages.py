"""Use cases about messages: which template suits, what it says to this person, and the user's own templates."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from iiplan.briefing import MailLink, Message, check_template, mail_link, read_templates, render
from iiplan.errors import NotFoundError
from iiplan.model import Channel, Contact, MessageKind, MessageTemplate, Source, Stage, TouchKind, Trip
from iiplan.planner.message_facts import facts_about, open_offer, remembered
from iiplan.planner.workspace import Workspace, new_id
from iiplan.resources import data_folder

__all__ = [
    "copy_of",
    "delete",
    "facts_about",
    "kind_for",
    "likely_kind",
    "mailto",
    "named",
    "open_offer",
    "remembered",
    "save",
    "suited",
    "templates",
    "titles",
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


def titles(workspace: Workspace) -> dict[str, str]:
    """What each template is called, by id."""
    return {template.id: template.title for template in templates(workspace)}


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
