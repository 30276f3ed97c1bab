"""Use cases about the day sheet: put together from the week as it stands, the people, questions and what to bring."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from iiplan.briefing import MOST_QUESTIONS, DaySheet, Paper, SheetMeeting, SheetStop, StopKind
from iiplan.calendars.wording import many_lines, one_line
from iiplan.errors import InputError
from iiplan.model import (
    Agenda,
    AgendaDay,
    Block,
    BlockKind,
    Contact,
    Format,
    PlannedQuestion,
    ResearchNote,
    Trip,
)
from iiplan.planner import packing, preparing, question_lists
from iiplan.planner.sheet_people import apart, research_line, who_lines
from iiplan.planner.situation import Situation, situation
from iiplan.planner.standing_week import StandingWeek, standing_week
from iiplan.planner.workspace import Workspace
from iiplan.travel import map_link
from iiplan.travel.words import leg_words

__all__ = ["day_sheet", "next_day", "paper", "save_paper", "sheet_days", "week_sheets"]

_SETTING = "day_sheet"
_CHANGED = "Something has changed since the week was planned: plan it again for ways that are right."
_NO_PLAN = "The week is not planned yet: plan it to know the ways and when to leave."
_NO_WAY = "The way there is not planned yet."


def sheet_days(workspace: Workspace, trip: Trip) -> tuple[date, ...]:
    """The days that have a meeting or an hour held in the week as it stands."""
    return _Desk.of(workspace, trip).days()


def next_day(workspace: Workspace, trip: Trip) -> date:
    """Today or the next day with something to do; InputError, with the cure, when there is none."""
    days = _required(sheet_days(workspace, trip), trip)
    today = workspace.now().astimezone(trip.zone).date()
    coming = [day for day in days if day >= today]
    if not coming:
        raise InputError(f"All meetings of {trip.name} are over. Name a day with --day, or take --week.")
    return coming[0]


def day_sheet(workspace: Workspace, trip: Trip, day: date) -> DaySheet:
    """The sheet of one day, also of one without meetings. InputError for a day that is not the trip's."""
    desk = _Desk.of(workspace, trip)
    if day not in desk.days() and not trip.first_day <= day <= trip.last_day:
        raise InputError(
            f"{day:%a} {day.day} {day:%b %Y} is not on {trip.name}, which lasts from {trip.first_day.isoformat()} to "
            f"{trip.last_day.isoformat()}. Choose a day between."
        )
    return desk.sheet(day)


def week_sheets(workspace: Workspace, trip: Trip) -> tuple[DaySheet, ...]:
    """The sheets of all days with something to do; InputError, with the cure, when there is none."""
    desk = _Desk.of(workspace, trip)
    return tuple(desk.sheet(day) for day in _required(desk.days(), trip))


def paper(workspace: Workspace) -> Paper:
    """The paper the user prints on; A4 until they say otherwise."""
    kept = workspace.store.setting(_SETTING).get("paper")
    return Paper(kept) if isinstance(kept, str) and kept in set(Paper) else Paper.A4


def save_paper(workspace: Workspace, chosen: Paper) -> None:
    """Keep the paper the user prints on."""
    workspace.store.save_setting(_SETTING, {**workspace.store.setting(_SETTING), "paper": chosen.value})


def _required(days: tuple[date, ...], trip: Trip) -> tuple[date, ...]:
    if not days:
        raise InputError(f"{trip.name} has no meeting yet. Plan the week first, on the Week page or with iiplan plan.")
    return days


@dataclass(frozen=True, kw_only=True)
class _Desk:
    """Everything that the sheets of a trip are made from, loaded once."""

    workspace: Workspace
    trip: Trip
    state: Situation
    week: StandingWeek
    planned: Agenda | None
    questions: Mapping[str, Sequence[PlannedQuestion]]
    closing: frozenset[str]
    research: Sequence[ResearchNote]
    introduction: tuple[str, ...]

    @classmethod
    def of(cls, workspace: Workspace, trip: Trip) -> _Desk:
        state, saved = situation(workspace, trip), workspace.store.plan(trip.id)
        questions: dict[str, list[PlannedQuestion]] = {}
        for one in workspace.store.planned_questions():
            questions.setdefault(one.contact_id, []).append(one)
        return cls(
            workspace=workspace,
            trip=trip,
            state=state,
            week=standing_week(state, saved),
            planned=state.agenda(saved, ()) if saved else None,
            questions=questions,
            closing=frozenset(one.id for one in question_lists.bank().closing),
            research=workspace.store.research(),
            introduction=_introduction(workspace),
        )

    def days(self) -> tuple[date, ...]:
        met = {day.date for day in self.week.agenda.days if day.meetings}
        return tuple(sorted(met | {self.local(block.start).date() for block in self.week.held}))

    def local(self, moment: datetime) -> datetime:
        return moment.astimezone(UTC).astimezone(self.trip.zone)

    def sheet(self, day: date) -> DaySheet:
        stands = next((one for one in self.week.agenda.days if one.date == day), None)
        plan = next((one for one in self.planned.days if one.date == day), None) if self.planned else None
        blocks = stands.blocks if stands else ()
        changed = _changed(plan, stands)
        met = tuple(block for block in blocks if block.kind is BlockKind.MEETING)
        stops = [*self.meetings(met), *self.others(blocks), *self.held(day)]
        back = stands.back if stands and met and not changed else None
        if back:
            way = next((block for block in blocks if block.kind is BlockKind.TRAVEL and block.end == back), None)
            words = _way(way, way.minutes) if way else ""
            stops.append(self.stop(StopKind.BACK, back, back, "Back at the base", words))
        return DaySheet(
            date=day,
            trip=one_line(self.trip.name),
            city=one_line(self.trip.city),
            timezone=self.trip.timezone,
            stops=tuple(sorted(stops, key=lambda stop: (stop.start.astimezone(UTC), stop.end.astimezone(UTC)))),
            leave=None if changed else next((self.local(block.leave_by) for block in met if block.leave_by), None),
            back=self.local(back) if back else None,
            warning=(_CHANGED if self.planned else _NO_PLAN) if changed and met else "",
            introduction=self.introduction if met else (),
            bring=tuple(
                (one_line(one.item.text), one.ticked) for one in packing.day_checklist(self.workspace, self.trip, day)
            ),
            off=next((one.off for one in self.trip.days if one.date == day), False),
        )

    def stop(self, kind: StopKind, start: datetime, end: datetime, title: str, note: str = "") -> SheetStop:
        return SheetStop(
            kind=kind, start=self.local(start), end=self.local(end), title=one_line(title), note=one_line(note)
        )

    def meetings(self, met: Iterable[Block]) -> Iterator[SheetStop]:
        for block in met:
            contact = self.state.contacts.get(block.contact_id or "")
            yield SheetStop(
                kind=StopKind.MEETING,
                start=self.local(block.start),
                end=self.local(block.end),
                title=one_line(contact.name if contact else block.title),
                meeting=self.meeting(block, contact),
            )

    def others(self, blocks: Iterable[Block]) -> Iterator[SheetStop]:
        kinds = {BlockKind.LUNCH: StopKind.LUNCH, BlockKind.BUSY: StopKind.BUSY}
        for block in blocks:
            if block.kind in kinds:
                yield self.stop(kinds[block.kind], block.start, block.end, block.title)

    def held(self, day: date) -> Iterator[SheetStop]:
        for block in self.week.held:
            if self.local(block.start).date() == day:
                call = "for a call" if self.is_call(block) else "no address is known"
                where = f"at {apart(block.place.label)}" if block.place else call
                title = f"Held for {apart(block.title)}"
                yield self.stop(StopKind.HELD, block.start, block.end, title, f"Offered, not chosen yet; {where}.")

    def meeting(self, block: Block, contact: Contact | None) -> SheetMeeting:
        contact_id = block.contact_id or ""
        call = self.is_call(block)
        top, further = self.top_questions(contact_id)
        return SheetMeeting(
            call=call,
            agreed=block.fixed,
            about=who_lines(contact, self.state.contacts.get(contact.referred_by or "")) if contact else (),
            found=research_line(contact, *preparing.notes_on(self.research, contact)) if contact else "",
            phone=one_line(contact.phone) if contact else "",
            email=contact.email if contact else "",
            profile=contact.profile_url if contact else "",
            where=_where(block, contact, call),
            map=map_link(block.place) if block.place else "",
            leave_by=self.local(block.leave_by) if block.leave_by else None,
            way="" if call else _NO_WAY if contact_id in self.week.way_unknown else _way(block, block.travel_minutes),
            questions=top,
            further=further,
        )

    def is_call(self, block: Block) -> bool:
        """A visit whose address is not known has no place either."""
        candidate = self.state.candidate(block.contact_id or "")
        return block.place is None and (candidate is None or candidate.format is Format.CALL)

    def top_questions(self, contact_id: str) -> tuple[tuple[str, ...], int]:
        """The first questions not asked yet, those that end every list always among them; and how many are left."""
        open_ones = [one for one in self.questions.get(contact_id, ()) if not one.asked]
        last = [one for one in open_ones if one.question_id in self.closing][:MOST_QUESTIONS]
        first = [one for one in open_ones if one not in last][: MOST_QUESTIONS - len(last)]
        top = tuple(one_line(one.text) for one in (*first, *last))
        return top, len(open_ones) - len(top)


def _changed(plan: AgendaDay | None, stands: AgendaDay | None) -> bool:
    """Whether the day's meetings are others than those planned, whose ways and times away no longer fit then."""

    def hours(day: AgendaDay | None) -> list[tuple[str | None, datetime]]:
        return [(block.contact_id, block.start) for block in day.meetings] if day else []

    return hours(plan) != hours(stands)


def _where(block: Block, contact: Contact | None, call: bool) -> str:
    if block.place:
        place = block.place
        return ", ".join(filter(None, (apart(place.name), apart(place.address)))) or place.label
    return one_line(contact.address) if contact and not call else ""


def _way(block: Block, minutes: int) -> str:
    if block.leg:
        return leg_words(block.leg)
    return f"{minutes} min on the way (an estimate)" if minutes else ""


def _introduction(workspace: Workspace) -> tuple[str, ...]:
    """The paragraphs of the first introduction that says something."""
    text = next((one.text for one in preparing.introductions(workspace) if one.text.strip()), "")
    return tuple(" ".join(line.split()) for line in many_lines(text).split("\n") if line.strip())
