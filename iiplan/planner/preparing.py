"""Use cases about getting ready: introductions and their practice, research, how ready one is for each meeting."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from iiplan.briefing import ReadinessPart, job_requests, read_job_requests, read_outline, readiness, room_for
from iiplan.briefing.introduction import JobRequest, OutlinePart
from iiplan.errors import InputError
from iiplan.model import Block, Contact, Introduction, Rehearsal, ResearchNote, Stage, Trip
from iiplan.outreach import folded_organisation, stage_at
from iiplan.planner import people, question_lists, settings
from iiplan.planner.packing import meetings_by_day
from iiplan.planner.workspace import Workspace, new_id
from iiplan.resources import data_folder

__all__ = [
    "Prepared",
    "asks_for_a_job",
    "introductions",
    "job_rules",
    "notes_on",
    "outline",
    "practise",
    "prepared",
    "save_introductions",
]

_SETTING = "introductions"
_USUAL = (
    Introduction(id="know", title="I know what I want"),
    Introduction(id="unsure", title="I am not sure yet"),
)
_CONFIRMED = {Stage.CONFIRMED, Stage.MET, Stage.THANKED, Stage.IN_TOUCH}


@dataclass(frozen=True, kw_only=True)
class Prepared:
    """One meeting (None: no hour yet) with a contact, and how ready one is for it."""

    contact: Contact
    meeting: Block | None
    parts: tuple[ReadinessPart, ...]

    @property
    def done(self) -> int:
        """How many parts are done."""
        return sum(part.done for part in self.parts)

    @property
    def first_to_do(self) -> str:
        """What to do first; empty when all is done."""
        return next((part.to_do for part in self.parts if not part.done), "")


def introductions(workspace: Workspace) -> tuple[Introduction, ...]:
    """The variants, in the user's order; the two usual ones, still empty, until something is saved."""
    kept = workspace.store.setting(_SETTING).get("variants")
    if not isinstance(kept, list):
        return _USUAL
    try:
        return tuple(Introduction(**one) for one in kept)
    except (TypeError, InputError):
        return _USUAL


def save_introductions(workspace: Workspace, given: Sequence[Introduction]) -> None:
    """Keep the variants, in this order. InputError for two of the same name."""
    titles = [one.title.strip().casefold() for one in given]
    for title in titles:
        if titles.count(title) > 1:
            raise InputError(f"Two introductions are called {title!r}. Give one of them another name.")
    workspace.store.save_setting(_SETTING, {"variants": [asdict(one) for one in given]})


def practise(workspace: Workspace, introduction_id: str, seconds: int) -> Rehearsal:
    """Log one practice run that has just ended, and return it."""
    run = Rehearsal(id=new_id(), introduction_id=introduction_id, at=workspace.now(), seconds=seconds)
    workspace.store.save_rehearsal(run)
    return run


def outline() -> tuple[OutlinePart, ...]:
    """What to say in an introduction, part by part."""
    return read_outline(data_folder() / "introduction" / "outline.txt")


def job_rules() -> tuple[tuple[str, int], ...]:
    """The phrases that sound like asking for a job, each with its line in the file."""
    return read_job_requests(data_folder() / "introduction" / "job_requests.txt")


def asks_for_a_job(text: str) -> tuple[JobRequest, ...]:
    """What of a text sounds like asking for a job, by the written rules."""
    return job_requests(text, job_rules())


def notes_on(notes: Sequence[ResearchNote], contact: Contact) -> tuple[tuple[ResearchNote, ...], ...]:
    """What was found out about a person, and about their organisation."""
    mine = tuple(note for note in notes if note.contact_id == contact.id)
    organisation = folded_organisation(contact.organisation)
    theirs = tuple(note for note in notes if organisation and folded_organisation(note.organisation) == organisation)
    return mine, theirs


def prepared(workspace: Workspace, trip: Trip) -> tuple[Prepared, ...]:
    """Everybody with an hour in the week as it stands, by hour; then candidates who said yes, by name."""
    notes, runs = workspace.store.research(), workspace.store.rehearsals()
    lists = workspace.store.planned_questions()
    rules, now = settings.rules_now(workspace), workspace.now()
    known = {one.contact.id: one for one in people.log_of_all(workspace)}
    durations = {one.contact_id: one.duration for one in workspace.store.candidates(trip.id)}
    met = [block for blocks in meetings_by_day(workspace, trip).values() for block in blocks]
    hours = {block.contact_id: block for block in sorted(met, key=lambda block: block.start) if block.contact_id}
    said_yes = {Stage.ACCEPTED, Stage.SCHEDULED, Stage.CONFIRMED}
    stages = {
        contact_id: stage_at(known[contact_id].known, now, rules) for contact_id in durations if contact_id in known
    }
    others = sorted(
        (contact_id for contact_id, stage in stages.items() if stage in said_yes and contact_id not in hours),
        key=lambda contact_id: known[contact_id].contact.name.casefold(),
    )
    minutes_each = question_lists.minutes_a_question(workspace)
    found = []
    for contact_id in (*hours, *others):
        contact, meeting = known[contact_id].contact, hours.get(contact_id)
        mine, theirs = notes_on(notes, contact)
        parts = readiness(
            contact,
            meeting,
            notes=mine,
            organisation_notes=theirs,
            questions=[one for one in lists if one.contact_id == contact_id],
            room=room_for(durations.get(contact_id, 30), minutes_a_question=minutes_each),
            rehearsals=runs,
            confirmed=stages.get(contact_id) in _CONFIRMED,
            now=now,
        )
        found.append(Prepared(contact=contact, meeting=meeting, parts=parts))
    return tuple(found)
