"""Use cases about the asking: log what happened, and see how it is going."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Literal

from iiplan.errors import InputError
from iiplan.model import Agenda, Channel, Touch, TouchKind, Trip
from iiplan.outreach import Due, Funnel, ResponseRate, due_list, funnel, response_rates
from iiplan.planner.people import touches_by_contact
from iiplan.planner.workspace import Workspace, new_id

__all__ = ["Grouping", "due", "log", "reached", "response", "take_back"]

Grouping = Literal["source", "authority", "organisation", "channel"]
LEEWAY = timedelta(minutes=5)  # clocks of browser and machine may differ a little


def log(
    workspace: Workspace,
    contact_id: str,
    kind: TouchKind,
    *,
    at: datetime | None = None,
    timezone: str = "UTC",
    channel: Channel | None = None,
    note: str = "",
    trip_id: str | None = None,
) -> Touch:
    """Add one touch to the log, now or back-dated to ``at``; what lies ahead has not happened and is refused."""
    now = workspace.now()
    if at is not None and at > now + LEEWAY:
        raise InputError(f"{at:%d %b %Y %H:%M} lies ahead. Log it once it has happened.")
    touch = Touch(
        id=new_id(),
        contact_id=contact_id,
        kind=kind,
        at=at or now,
        timezone=timezone,
        channel=channel,
        note=note,
        trip_id=trip_id,
    )
    workspace.store.add_touches([touch])
    return touch


def take_back(workspace: Workspace, touch: Touch) -> None:
    """Void a touch; both stay in the log."""
    void = Touch(
        id=new_id(),
        contact_id=touch.contact_id,
        kind=TouchKind.VOID,
        at=workspace.now(),
        timezone=touch.timezone,
        trip_id=touch.trip_id,
        voids=touch.id,
    )
    workspace.store.add_touches([void])


def reached(workspace: Workspace) -> Funnel:
    """How far people have come, over all contacts."""
    logs = touches_by_contact(workspace)
    return funnel({contact.id: logs.get(contact.id, []) for contact in workspace.store.contacts()})


def response(workspace: Workspace, by: Grouping) -> tuple[ResponseRate, ...]:
    """Who answers, by group."""
    return response_rates(workspace.store.contacts(), touches_by_contact(workspace), workspace.now(), by=by)


def due(workspace: Workspace, trip: Trip | None, agenda: Agenda | None) -> tuple[Due, ...]:
    """What to do now, most pressing first."""
    store = workspace.store
    candidates = store.candidates(trip.id) if trip else ()
    return due_list(
        store.contacts(),
        touches_by_contact(workspace),
        workspace.now(),
        trip=trip,
        agenda=agenda,
        candidates=candidates,
    )
