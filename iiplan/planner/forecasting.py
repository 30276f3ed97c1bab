"""Use cases about what comes next: how fast people answer, how full the week will be, and what that assumes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from iiplan.errors import InputError
from iiplan.forecast import (
    Assumptions,
    Forecast,
    ReplyTimes,
    SourceAssumption,
    assumptions_document,
    forecast,
    forecast_document,
    reply_times,
)
from iiplan.model import Source, Trip
from iiplan.outreach import History
from iiplan.planner.people import log_of_all
from iiplan.planner.settings import rules
from iiplan.planner.workspace import Workspace

__all__ = ["PER_DAY", "SEED", "assumptions", "document", "save_assumptions", "sentences", "still_needed", "times"]

PER_DAY = (3, 4)  # meetings that make a full day, as the advice has it
SEED = 1
_SETTING = "assumptions"


def times(workspace: Workspace, trip: Trip | None, people: Sequence[History] | None = None) -> ReplyTimes:
    """How long people take to answer; ``people``: everybody, when they are loaded already."""
    everybody = log_of_all(workspace) if people is None else people
    return reply_times(everybody, workspace.now(), rules(workspace, trip))


def still_needed(
    workspace: Workspace,
    trip: Trip,
    per_day: int,
    *,
    seed: int = SEED,
    people: Sequence[History] | None = None,
) -> Forecast:
    """How full the trip's week will be, and how many more people to ask."""
    return forecast(
        log_of_all(workspace) if people is None else people,
        trip,
        workspace.store.candidates(trip.id),
        workspace.now(),
        rules(workspace, trip),
        assumptions(workspace),
        seed=seed,
        per_day=per_day,
    )


def document(workspace: Workspace, trip: Trip | None, *, seed: int = SEED) -> dict[str, object]:
    """What the Outreach page shows of this, as JSON; without a trip there is no forecast in it."""
    people = log_of_all(workspace)
    week = [still_needed(workspace, trip, per_day, seed=seed, people=people) for per_day in PER_DAY] if trip else []
    return forecast_document(times(workspace, trip, people), week, assumptions(workspace), workspace.now())


def sentences(document: dict[str, object]) -> tuple[str, ...]:
    """What a document of ``document`` says, in words."""
    times, week = document["reply_times"], document["forecasts"]
    assert isinstance(times, dict)
    assert isinstance(week, list)
    found = [times["sentence"]]
    for one in week:
        found += [f"At {one['per_day']} a day: {one['sentence']}", one["week_sentence"], one["gains_sentence"]]
    return tuple(sentence for sentence in found if sentence)


def assumptions(workspace: Workspace) -> Assumptions:
    """What the forecast assumes; the usual until it is changed. What cannot be read is the usual, too."""
    kept = workspace.store.setting(_SETTING)
    usual = Assumptions()
    sources = kept.get("sources")
    given: Mapping[str, object] = sources if isinstance(sources, dict) else {}
    rest = {name: kept.get(name, getattr(usual, name)) for name in ("kept", "reply_within", "reply_worth")}
    word = kept.get("found_through")
    try:
        return Assumptions(
            sources=tuple(_source(one, given.get(one.source)) for one in usual.sources),
            found_through=Source(str(word)) if word in list(Source) else usual.found_through,
            **rest,  # type: ignore[arg-type]
        )
    except (InputError, TypeError):
        return Assumptions(sources=tuple(_source(one, given.get(one.source)) for one in usual.sources))


def save_assumptions(workspace: Workspace, given: Assumptions) -> None:
    """Keep what the forecast assumes."""
    workspace.store.save_setting(_SETTING, assumptions_document(given))


def _source(usual: SourceAssumption, kept: object) -> SourceAssumption:
    """What is kept of one source, or the usual."""
    if not isinstance(kept, dict):
        return usual
    numbers = {name: kept.get(name, getattr(usual, name)) for name in ("answered", "yes", "worth")}
    try:
        return SourceAssumption(source=usual.source, **numbers)
    except (InputError, TypeError):
        return usual
