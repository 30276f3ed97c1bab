"""Plan files: a ``Plan`` to a JSON document, and back."""

from __future__ import annotations

from iiplan.errors import InputError
from iiplan.scheduling.clock import DAY_MINUTES, Moment, clock_text, moment_text
from iiplan.scheduling.edits import edit_document, read_edit
from iiplan.scheduling.nouns import Plan, PlannedDay, PlannedMeeting, Problem, Remedy, Unplaced
from iiplan.scheduling.reading import Entry, shown

__all__ = ["parse_plan", "plan_document", "read_plan"]

_PLAN = ("status", "points", "bound", "seconds", "meetings", "days", "unplaced", "conflicts")
_MEETING = ("candidate", "start", "end", "fixed")
_DAY = ("date", "leave", "return", "travel_minutes", "idle_minutes", "lunch", "points")
_LUNCH = ("start", "end")
_UNPLACED = ("candidate", "reason", "remedies")
_REMEDY = ("change", "points", "edit")
_STATUSES = ("optimal", "feasible", "infeasible")
_MOST = 10**12


def plan_document(plan: Plan) -> dict[str, object]:
    """The JSON document of a plan; ``conflicts`` only where there are any."""
    document: dict[str, object] = {
        "status": plan.status,
        "points": plan.points,
        "bound": plan.bound,
        "seconds": plan.seconds,
        "meetings": [
            {
                "candidate": meeting.candidate,
                "start": moment_text(Moment(meeting.date, meeting.start)),
                "end": moment_text(Moment(meeting.date, meeting.end)),
                "fixed": meeting.fixed,
            }
            for meeting in plan.meetings
        ],
        "days": [_day_document(day) for day in plan.days],
        "unplaced": [
            {
                "candidate": person.candidate,
                "reason": person.reason,
                "remedies": [_remedy_document(remedy) for remedy in person.remedies],
            }
            for person in plan.unplaced
        ],
    }
    if plan.conflicts:
        document["conflicts"] = list(plan.conflicts)
    return document


def _remedy_document(remedy: Remedy) -> dict[str, object]:
    document: dict[str, object] = {"change": remedy.change, "points": remedy.points}
    return document if remedy.edit is None else document | {"edit": edit_document(remedy.edit)}


def _day_document(day: PlannedDay) -> dict[str, object]:
    return {
        "date": str(day.date),
        "leave": clock_text(day.leave),
        "return": clock_text(day.back),
        "travel_minutes": day.travel_minutes,
        "idle_minutes": day.idle_minutes,
        "lunch": day.lunch and {"start": clock_text(day.lunch[0]), "end": clock_text(day.lunch[1])},
        "points": day.points,
    }


def parse_plan(document: object, problem: Problem) -> Plan:
    """The plan that a document states; raises ``InputError`` where it does not belong to the problem."""
    plan = read_plan(document)
    dates = {day.date for day in problem.days}
    for candidate in [m.candidate for m in plan.meetings] + [u.candidate for u in plan.unplaced]:
        if candidate not in problem.candidate_index:
            raise InputError(
                f"The plan names candidate {shown(candidate)}, whom the problem does not have; solve the problem again."
            )
    for date in [m.date for m in plan.meetings] + [d.date for d in plan.days]:
        if date not in dates:
            raise InputError(
                f"The plan has something on {date}, which is not a day of the problem; solve the problem again."
            )
    return plan


def read_plan(document: object) -> Plan:
    """The plan that a document states, whatever the problem; only ``meetings`` is required."""
    entry = Entry(document, "the plan", _PLAN)
    status = entry.text("status", "feasible")
    if status not in _STATUSES:
        raise entry.fault("status", f"must be 'optimal', 'feasible' or 'infeasible', not {shown(status)}.")
    return Plan(
        status=status,
        points=entry.whole("points", -_MOST, _MOST) if entry.has("points") else None,
        bound=entry.whole("bound", -_MOST, _MOST) if entry.has("bound") else None,
        seconds=entry.number("seconds", 0, _MOST) if entry.has("seconds") else 0.0,
        meetings=tuple(_meeting(item, k) for k, item in enumerate(entry.items("meetings", required=True))),
        days=tuple(_day(item, k) for k, item in enumerate(entry.items("days"))),
        unplaced=tuple(_unplaced(item, k) for k, item in enumerate(entry.items("unplaced"))),
        conflicts=tuple(_sentence(item) for item in entry.items("conflicts")),
    )


def _meeting(item: object, k: int) -> PlannedMeeting:
    entry = Entry(item, f"meeting {k + 1} of the plan", _MEETING)
    start, end = entry.moment("start"), entry.moment("end")
    if end.minute == 0 and end.date.toordinal() == start.date.toordinal() + 1:
        end = Moment(start.date, DAY_MINUTES)
    if end.date != start.date or end.minute <= start.minute:
        raise entry.fault("end", f"({moment_text(end)}) must be later than 'start' on the same day.")
    return PlannedMeeting(
        candidate=entry.text("candidate"),
        date=start.date,
        start=start.minute,
        end=end.minute,
        fixed=entry.flag("fixed", False),
    )


def _day(item: object, k: int) -> PlannedDay:
    entry = Entry(item, f"day {k + 1} of the plan", _DAY)
    date = entry.date("date")
    return PlannedDay(
        date=date,
        leave=entry.clock("leave"),
        back=entry.clock("return"),
        travel_minutes=entry.whole("travel_minutes", 0, DAY_MINUTES),
        idle_minutes=entry.whole("idle_minutes", 0, DAY_MINUTES),
        lunch=Entry(entry.values["lunch"], f"{entry.name}, 'lunch'", _LUNCH).span("start", "end")
        if entry.has("lunch")
        else None,
        points=entry.whole("points", -_MOST, _MOST),
    )


def _unplaced(item: object, k: int) -> Unplaced:
    entry = Entry(item, f"entry {k + 1} of 'unplaced'", _UNPLACED)
    remedies = [Entry(value, f"{entry.name}, a remedy", _REMEDY) for value in entry.items("remedies")]
    return Unplaced(
        candidate=entry.text("candidate"),
        reason=_sentence(entry.values.get("reason", "")),
        remedies=tuple(
            Remedy(
                change=_sentence(r.values.get("change", "")),
                points=r.whole("points", -_MOST, _MOST),
                edit=read_edit(r.values["edit"]) if r.has("edit") else None,
            )
            for r in remedies
        ),
    )


def _sentence(value: object) -> str:
    if not isinstance(value, str):
        raise InputError(f"A sentence of the plan must be a text in quotes, not {shown(value)}.")
    return value
