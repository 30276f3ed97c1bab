"""Use cases about organisations: who is known there, who was asked, who is next."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from iiplan.errors import NotFoundError
from iiplan.model import Organisation, Stage, Trip
from iiplan.outreach import Ladder, folded_organisation, ladder, people_now
from iiplan.planner import settings
from iiplan.planner.people import Person, log_of_all
from iiplan.planner.workspace import Workspace

__all__ = ["OrganisationRow", "change", "ladder_of", "organisation", "organisation_named", "overview"]


@dataclass(frozen=True, kw_only=True)
class OrganisationRow:
    """An organisation and how many people of it are known, were ever asked, have an unanswered ask, were met."""

    organisation: Organisation
    people: int
    asked: int
    waiting: int
    met: int


def overview(workspace: Workspace, everybody: Sequence[Person]) -> tuple[OrganisationRow, ...]:
    """Organisations at which somebody is known or of which something is noted: those with most people first."""
    members: dict[str, list[Person]] = defaultdict(list)
    for one in everybody:
        members[folded_organisation(one.contact.organisation)].append(one)
    rows = [
        _row(one, members.get(folded_organisation(one.name), []))
        for one in workspace.store.organisations()
        if one.website or one.notes or folded_organisation(one.name) in members
    ]
    return tuple(sorted(rows, key=lambda row: -row.people))


def organisation(workspace: Workspace, organisation_id: str) -> Organisation:
    """The organisation of an id; NotFoundError for an unknown one."""
    for one in workspace.store.organisations():
        if one.id == organisation_id:
            return one
    raise NotFoundError("There is no such organisation any more. Choose one from the list.")


def organisation_named(workspace: Workspace, name: str) -> Organisation | None:
    """The organisation of a name, without regard to case and blanks; None when nobody ever worked there."""
    folded = folded_organisation(name)
    return next((one for one in workspace.store.organisations() if folded_organisation(one.name) == folded), None)


def change(workspace: Workspace, organisation_id: str, *, website: str, notes: str) -> Organisation:
    """Keep what is noted of an organisation; returns it as it was. InputError for what is no web address."""
    with workspace.store.transaction():
        before = organisation(workspace, organisation_id)
        workspace.store.save_organisation(replace(before, website=website, notes=notes))
    return before


def ladder_of(workspace: Workspace, one: Organisation, trip: Trip | None) -> Ladder:
    """Everybody known there from the top down, and who is next by the rules."""
    folded = folded_organisation(one.name)
    members = [who for who in log_of_all(workspace) if folded_organisation(who.contact.organisation) == folded]
    candidates = workspace.store.candidates(trip.id) if trip else ()
    people = people_now(
        members,
        workspace.now(),
        rules=settings.rules(workspace, trip),
        trip=trip,
        candidates=candidates,
        offers=workspace.store.offers(trip.id) if trip else (),
    )
    chosen = {candidate.contact_id for candidate in candidates}
    return ladder(people, trip=trip, chosen=chosen, weights=settings.worth_weights(workspace))


def _row(one: Organisation, members: Sequence[Person]) -> OrganisationRow:
    return OrganisationRow(
        organisation=one,
        people=len(members),
        asked=sum(member.history.known.first_ask is not None for member in members),
        waiting=sum(member.stage in {Stage.ASKED, Stage.SILENT} for member in members),
        met=sum(member.history.known.met is not None for member in members),
    )
