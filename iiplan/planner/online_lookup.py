"""Use cases about looking places up online: off until switched on, at a gentle pace, every answer kept."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import asdict
from datetime import UTC, datetime, timedelta

from iiplan.errors import InputError, LookupFailedError
from iiplan.lookup import ask_nominatim, read_answer
from iiplan.model import FoundPlace, OnlineLookup
from iiplan.planner.workspace import Workspace

__all__ = ["APART", "look_up_online", "looked_up", "online_lookup", "save_online_lookup"]

APART = timedelta(seconds=1)  # between two requests of the whole app, as the public server's policy wants it
LONGEST_WAIT = timedelta(seconds=10)
_NAME = "online_lookup"


def online_lookup(workspace: Workspace) -> OnlineLookup:
    """Whether and where places are looked up online; off until it is switched on."""
    kept = workspace.store.setting(_NAME)
    try:
        return OnlineLookup(
            enabled=kept.get("enabled") is True, server=str(kept["server"]), email=str(kept.get("email", ""))
        )
    except (InputError, KeyError):
        return OnlineLookup()


def save_online_lookup(workspace: Workspace, settings: OnlineLookup) -> None:
    """Keep whether and where places are looked up online."""
    workspace.store.save_setting(_NAME, asdict(settings))


def looked_up(workspace: Workspace, text: str) -> tuple[FoundPlace, ...] | None:
    """What the server once answered to an address, without asking again; None when it was never asked, or it is off."""
    settings = online_lookup(workspace)
    if not settings.enabled or not _question(text):
        return None
    kept = workspace.store.answer(settings.server, _question(text))
    return read_answer(kept, settings.host) if kept is not None else None


def look_up_online(
    workspace: Workspace,
    text: str,
    *,
    clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    pause: Callable[[float], object] = time.sleep,
) -> tuple[FoundPlace, ...]:
    """What the server answers to an address: as once kept, or else asked now, at most once a second in the whole app.

    Only what was found is kept, so that an address that is new on the map is found later. Raises ``InputError`` when
    looking up is off, ``LookupFailedError`` when the server does not answer as it should.
    """
    known = looked_up(workspace, text)
    if known is not None:
        return known
    settings, question = online_lookup(workspace), _question(text)
    if settings.enabled and question:
        turn = workspace.store.take_turn(settings.host, clock(), APART)
        if turn - clock() > LONGEST_WAIT:
            raise LookupFailedError("Many addresses are being looked up at this moment. Try again in a minute.")
        while (wait := (turn - clock()).total_seconds()) > 0:
            pause(wait)
    answer = ask_nominatim(settings, question)
    found = read_answer(answer, settings.host)
    if found:
        workspace.store.save_answer(settings.server, question, answer, clock())
    return found


def _question(text: str) -> str:
    return " ".join(text.split())
