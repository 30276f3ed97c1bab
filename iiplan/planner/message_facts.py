"""What is known for the blanks of a message to one contact: only what its template needs is looked up."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from iiplan.briefing import hours_words, reader_zone, used_blanks
from iiplan.briefing.facts import (
    contact_facts,
    debrief_facts,
    meeting_facts,
    met_facts,
    profile_facts,
    referred_facts,
    referrer_facts,
    trip_facts,
)
from iiplan.errors import NotFoundError
from iiplan.model import Contact, DebriefText, MessageTemplate, Offer, Touch, TouchKind, Trip
from iiplan.outreach import History, effective_touches, histories, history
from iiplan.outreach.meetings import meetings_of
from iiplan.planner import settings
from iiplan.planner.agenda import agenda_of
from iiplan.planner.problem import meeting_place
from iiplan.planner.saved import read_plan
from iiplan.planner.workspace import Workspace

__all__ = ["facts_about", "open_offer", "remembered"]


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
    if needed & {"said", "promised"}:
        facts |= debrief_facts(_last_text(workspace, contact_id))
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
    """What was written down about the last meeting, to jog the memory; empty when nothing was. Never sent by itself."""
    text = _last_text(workspace, contact_id)
    written = "\n".join(part.strip() for part in (text.dump, text.surprised, text.advice) if part.strip())
    if written:
        return written
    touches = effective_touches(workspace.store.touches(contact_id=contact_id))
    notes = [one.note for one in touches if one.kind is TouchKind.MET and one.note.strip()]
    return notes[-1].strip() if notes else ""


def open_offer(workspace: Workspace, trip: Trip, contact_id: str) -> Offer | None:
    """The hours held for a contact who has not chosen yet; offering them was logged when they were held."""
    for offer in reversed(workspace.store.offers(trip.id)):
        if offer.contact_id == contact_id and offer.closed_at is None:
            return offer
    return None


def _last_text(workspace: Workspace, contact_id: str) -> DebriefText:
    """What was written about the last meeting with a contact that anything was written about."""
    texts = [debrief.text for debrief in workspace.store.debriefs(contact_id) if not debrief.text.is_empty]
    return texts[-1] if texts else DebriefText()


def _known(workspace: Workspace, contact_id: str | None) -> Iterable[Contact]:
    """The contact of an id, unless there is none or it was deleted."""
    try:
        return [workspace.store.contact(contact_id)] if contact_id else []
    except NotFoundError:
        return []


def _whom_they_named(workspace: Workspace, contact: Contact) -> dict[str, str]:
    """Of those this contact pointed out: the one met last, else the one written to last, else nobody."""
    store = workspace.store
    touches = store.touches()
    introduced = {touch.contact_id for touch in touches if touch.through == contact.id}
    named = {one.id: one for one in store.contacts() if one.referred_by == contact.id or one.id in introduced}
    logs = [
        one
        for one in histories(named.values(), (touch for touch in touches if touch.contact_id in named))
        if one.contact.referred_by == contact.id or any(touch.through == contact.id for touch in one.touches)
    ]
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
    store = workspace.store
    candidates = {one.contact_id: one for one in store.candidates(trip.id)}
    if contact.id not in candidates:
        return {}
    candidate, agenda = candidates[contact.id], None
    saved = store.plan(trip.id)
    if saved is not None:
        problem, plan = read_plan(saved)
        agenda = agenda_of(trip, problem, plan, {contact.id: contact}, candidates.values())
    meeting = meetings_of(agenda, [candidate]).get(contact.id)
    if meeting is None:
        return {}
    return meeting_facts(meeting, meeting_place(candidate, contact), zone)
