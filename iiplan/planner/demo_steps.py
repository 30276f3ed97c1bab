"""What can be done in the demo's story, each by the use case that a page would call at that moment."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from iiplan.briefing import DirectionField
from iiplan.errors import InputError
from iiplan.model import (
    About,
    Channel,
    Contact,
    DebriefText,
    Draw,
    Insight,
    Introduction,
    Profile,
    ResearchKind,
    ResearchNote,
    Theme,
    Touch,
    TouchKind,
    Trip,
    Welcome,
)
from iiplan.planner import asking, debriefs, direction, named_people, preparing, question_lists, settings, trips, week
from iiplan.planner.demo_entry import Entry, known
from iiplan.planner.workspace import Workspace, new_id

__all__ = ["DOINGS", "Scene", "do"]


@dataclass(frozen=True, kw_only=True)
class Scene:
    """Where a step is done: ``workspace`` stands at its moment, ``ids`` are those of people, by key."""

    workspace: Workspace
    trip: Trip
    ids: Mapping[str, str]

    def person(self, step: Entry) -> Contact:
        """Whom the step is about."""
        return self.workspace.store.contact(known(self.ids, step.text("person")))

    def people(self, step: Entry) -> list[Contact]:
        """The several whom it is about, or the one."""
        if not step.has("people"):
            return [self.person(step)]
        return [self.workspace.store.contact(known(self.ids, key)) for key in step.words("people")]

    def day(self, number: int) -> date:
        """A day of the trip, 1 for the first."""
        return self.trip.first_day + timedelta(days=number - 1)

    @property
    def today(self) -> date:
        """The day of the step."""
        return self.workspace.now().astimezone(self.trip.zone).date()


def do(scene: Scene, step: Entry) -> None:
    """Do one step. InputError for a word nobody knows, or a key that the step does not have."""
    name = step.text("do")
    if name not in DOINGS:
        raise InputError(f"Nobody knows how to {name!r}. Known are {', '.join(DOINGS)}.")
    DOINGS[name](scene, step)
    step.finish()


def _profile(scene: Scene, step: Entry) -> None:
    texts = {name: step.text(name) for name in ("name", "who", "wants", "school", "email", "phone", "looking_for")}
    phrases = {name: tuple(step.words(name)) for name in ("skills", "talents", "values", "interests")}
    settings.save_profile(scene.workspace, Profile(**texts, **phrases))  # type: ignore[arg-type]


def _introduction(scene: Scene, step: Entry) -> None:
    new = Introduction(id=step.text("id"), title=step.text("title"), text=step.text("text"))
    kept = preparing.introductions(scene.workspace)
    others = [new if one.id == new.id else one for one in kept]
    preparing.save_introductions(scene.workspace, others if new in others else [*others, new])


def _practise(scene: Scene, step: Entry) -> None:
    preparing.practise(scene.workspace, step.text("introduction"), step.whole("seconds"))


def _research(scene: Scene, step: Entry) -> None:
    note = ResearchNote(
        id=new_id(),
        kind=step.word("kind", ResearchKind),
        text=step.text("text"),
        url=step.text("url", ""),
        found_on=scene.today,
        contact_id=scene.person(step).id if step.has("person") else None,
        organisation=step.text("organisation", ""),
    )
    scene.workspace.store.save_research(note)


def _questions(scene: Scene, step: Entry) -> None:
    for contact in scene.people(step):
        minutes = trips.candidate_of(scene.workspace, scene.trip, contact.id).duration
        question_lists.propose(scene.workspace, contact, minutes)


def _ask(scene: Scene, step: Entry) -> None:
    """Put a question on somebody's list, of the bank if it is one of it, and write down what they answered."""
    ws, contact, text = scene.workspace, scene.person(step), step.text("question")
    theme = step.word("theme", Theme, Theme.WORK)
    listed = {one.text: one for one in ws.store.planned_questions(contact.id)}
    if text not in listed:
        of_bank = next((one for one in question_lists.bank().questions if one.text == text), None)
        if of_bank is None:
            question_lists.add_own_words(ws, contact, text, theme)
        else:
            question_lists.add_from_bank(ws, contact, of_bank)
        listed = {one.text: one for one in ws.store.planned_questions(contact.id)}
    if step.has("answer"):
        question_lists.save_question(ws, replace(listed[text], answer=step.text("answer")))


def _log(scene: Scene, step: Entry) -> None:
    kind, channel, note = step.word("kind", TouchKind), _channel(step), step.text("note", "")
    for contact in scene.people(step):
        _touch(scene, contact, kind, channel, note)


def _cancel(scene: Scene, step: Entry) -> None:
    channel, note = _channel(step), step.text("note", "")
    for contact in scene.people(step):
        touch = _touch(scene, contact, TouchKind.CANCELLED, channel, note)
        asking.free_hours(scene.workspace, touch)


def _agree(scene: Scene, step: Entry) -> None:
    start = datetime.combine(scene.day(step.whole("on")), step.clock("from"), scene.trip.zone)
    week.agree(scene.workspace, scene.trip, scene.person(step).id, start, scene.trip.timezone)


def _plan(scene: Scene, step: Entry) -> None:
    week.plan(scene.workspace, scene.trip)


def _debrief(scene: Scene, step: Entry) -> None:
    ws, contact = scene.workspace, scene.person(step)
    texts = {
        name: step.text(name, "") for name in ("dump", "surprised", "quote", "advice", "names", "hiring", "promised")
    }
    promised_by = scene.day(step.whole("promised_day")) if step.has("promised_day") else None
    text = DebriefText(**texts, promised_by=promised_by, welcome=step.word("welcome", Welcome, Welcome.NOT_SAID))
    talk = debriefs.talks_with(ws, contact.id)[0]
    debriefs.save(ws, talk.debrief, text)
    if step.flag("names_become_contacts"):
        named_people.add(ws, contact, named_people.read_names(text.names), talk.met_on)


def _insight(scene: Scene, step: Entry) -> None:
    ws = scene.workspace
    person = scene.person(step) if step.has("person") else None
    written = ws.store.debriefs(person.id) if person else ()
    insight = Insight(
        id=new_id(),
        text=step.text("text"),
        about=step.word("about", About),
        draw=step.word("draw", Draw, Draw.NEITHER),
        topic=step.text("topic", ""),
        contact_id=person.id if person else None,
        debrief_id=written[-1].id if written else None,
        learned_on=scene.today,
    )
    ws.store.save_insight(insight)


def _direction(scene: Scene, step: Entry) -> None:
    field = step.word("field", DirectionField)
    direction.save(scene.workspace, field, step.text("text"), direction.latest(scene.workspace, field).number)


def _mark(scene: Scene, step: Entry) -> None:
    direction.mark(scene.workspace, step.text("phrase"), step.word("as", direction.Mark))


def _channel(step: Entry) -> Channel | None:
    return step.word("channel", Channel) if step.has("channel") else None


def _touch(scene: Scene, contact: Contact, kind: TouchKind, channel: Channel | None, note: str) -> Touch:
    return asking.log(
        scene.workspace,
        contact.id,
        kind,
        timezone=scene.trip.timezone,
        channel=channel,
        note=note,
        trip_id=scene.trip.id,
    )


DOINGS: dict[str, Callable[[Scene, Entry], None]] = {
    "profile": _profile,
    "introduction": _introduction,
    "practise": _practise,
    "research": _research,
    "questions": _questions,
    "ask": _ask,
    "log": _log,
    "cancel": _cancel,
    "agree": _agree,
    "plan": _plan,
    "debrief": _debrief,
    "insight": _insight,
    "direction": _direction,
    "mark": _mark,
}
