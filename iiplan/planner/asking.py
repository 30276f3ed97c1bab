"""Use cases about the asking: log what happened, and see how it is going."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

from iiplan.errors import InputError
from iiplan.model import Candidate, Channel, Touch, TouchKind
from iiplan.planner.workspace import Workspace, new_id

__all__ = [
    "correct",
    "free_hours",
    "log",
    "take_back",
    "undo_correction",
]

FELL_THROUGH = frozenset({TouchKind.CANCELLED, TouchKind.NO_SHOW, TouchKind.DECLINED})
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
    template: str = "",
    through: str | None = None,
    follow_up_on: date | None = None,
) -> Touch:
    """Add one touch to the log, now or back-dated to ``at``; what lies ahead has not happened and is refused."""
    now = workspace.now()
    _require_past(at, now)
    touch = Touch(
        id=new_id(),
        contact_id=contact_id,
        kind=kind,
        at=at or now,
        timezone=timezone,
        channel=channel,
        note=note,
        trip_id=trip_id,
        template=template,
        through=through,
        follow_up_on=follow_up_on,
    )
    workspace.store.add_touches([touch])
    return touch


def free_hours(workspace: Workspace, touch: Touch) -> tuple[Candidate, ...]:
    """Let go of agreed hours that a touch says fell through: those still ahead when it happened, or of its day.

    Returns the candidates as they were, so that it can be undone. Only a cancellation, a no-show and a no free hours.
    """
    if touch.kind not in FELL_THROUGH:
        return ()
    store = workspace.store
    freed = [
        candidate
        for trip in store.trips()
        for candidate in store.candidates(trip.id)
        if candidate.contact_id == touch.contact_id
        and candidate.fixed_start is not None
        and candidate.fixed_start.date() >= touch.at.astimezone(trip.zone).date()
    ]
    store.save_candidates([replace(candidate, fixed_start=None) for candidate in freed])
    return tuple(freed)


def correct(workspace: Workspace, touch: Touch, corrected: Touch) -> Touch:
    """Take a touch back and log it as it should have been, both or neither; returns the new one."""
    _require_past(corrected.at, workspace.now())
    new = replace(corrected, id=new_id(), contact_id=touch.contact_id)
    with workspace.store.transaction():
        take_back(workspace, touch)
        workspace.store.add_touches([new])
    return new


def take_back(workspace: Workspace, touch: Touch) -> Touch:
    """Void a touch; both stay in the log. Taking the void back, which is returned, brings the touch back."""
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
    return void


def undo_correction(workspace: Workspace, touch: Touch, corrected: Touch) -> None:
    """Bring ``touch`` back in the place of what ``correct`` made of it."""
    log = workspace.store.touches(contact_id=touch.contact_id)
    voids = [one for one in log if one.voids == touch.id]
    with workspace.store.transaction():
        take_back(workspace, corrected)
        for void in voids[-1:]:
            take_back(workspace, void)


def _require_past(at: datetime | None, now: datetime) -> None:
    if at is not None and at > now + LEEWAY:
        raise InputError(f"{at:%d %b %Y %H:%M} lies ahead. Log it once it has happened.")
