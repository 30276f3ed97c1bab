"""The commands about the asking: the funnel and who answers, what is due, how full the week will be."""

from __future__ import annotations

from datetime import UTC
from pathlib import Path
from typing import TYPE_CHECKING

import click

from iiplan.cli.common import as_json, opened, plain
from iiplan.outreach import Grouping, funnel_document, funnel_sentence, response_rates, response_sentence
from iiplan.outreach import funnel as count_funnel

if TYPE_CHECKING:
    from iiplan.model import Trip
    from iiplan.planner.workspace import Workspace

__all__ = ["due", "forecast", "funnel"]

_TRIP = click.option("--trip", "name", help="Name of the trip. Without it: the one under way or next.")
_NOW = click.option("--now", "moment", help="Another moment than now, like 2027-03-11T09:00 (in the trip's zone).")
_JSON = click.option("--json", "in_json", is_flag=True, help="Print JSON; the documents explain its keys.")


@click.command()
@_TRIP
@_NOW
@_JSON
@click.pass_obj
def due(db: Path | None, name: str | None, moment: str | None, in_json: bool) -> None:
    """Say what to do now: replies owed, whom to ask, confirm, thank. The same list as on the page Today.

    With --now, what was logged later is left out, as if it had not happened yet.
    """
    from iiplan.planner import today, week
    from iiplan.planner.workspace import read_moment

    workspace, trip = _situation(db, name)
    at = read_moment(moment, trip.zone if trip else UTC) if moment else None
    agenda = week.current(workspace, trip).agenda if trip else None
    found = today.due(workspace, trip, agenda, now=at)
    if in_json:
        as_json(today.due_document(found))
        return
    zone = trip.zone if trip else None
    for item in found.items:
        until = f" (by {item.deadline.astimezone(zone):%a %d %b %H:%M})" if item.deadline else ""
        click.echo(f"{plain(item.title)}{until}\n    {plain(item.why)}")
    if not found.items:
        click.echo("Nothing presses right now.")
    if found.snoozed:
        click.echo(f"{len(found.snoozed)} put off.")


@click.command()
@click.option(
    "--by",
    type=click.Choice([str(by) for by in Grouping]),
    default=str(Grouping.ALL),
    show_default=True,
    help="Split by what was known when they were asked.",
)
@_TRIP
@_JSON
@click.pass_obj
def funnel(db: Path | None, by: str, name: str | None, in_json: bool) -> None:
    """Say how far people have come, and who answers. The same numbers as on the page Outreach."""
    from iiplan.planner import people, settings

    workspace, trip = _situation(db, name)
    log, now, rules = people.log_of_all(workspace), workspace.now(), settings.rules(workspace, trip)
    grouping = Grouping(by)
    if in_json:
        as_json(funnel_document(log, grouping, now, rules))
        return
    reached = count_funnel(log)
    click.echo(funnel_sentence(reached))
    for step in reached.steps:
        share = "" if step.of_previous is None else f"  {step.of_previous:.0%} of the step before"
        click.echo(f"  {step.stage.replace('_', ' '):<12}{step.count:>6,}{share}")
    rates = response_rates(log, now, by=grouping, rules=rules)
    labels = {rate.group: plain(rate.group) or "not said" for rate in rates}
    click.echo(plain(response_sentence(rates, labels)))
    for rate in rates:
        share = "too early" if rate.rate is None else f"{rate.rate:.0%} ({rate.low:.0%} to {rate.high:.0%})"
        click.echo(f"  {labels[rate.group]:<32} {rate.answered} of {rate.decided} answered, {share}")


@click.command()
@click.option("--seed", type=click.IntRange(min=0), default=1, show_default=True, help="Of the random draws.")
@_TRIP
@_JSON
@click.pass_obj
def forecast(db: Path | None, seed: int, name: str | None, in_json: bool) -> None:
    """Say how fast people answer, how full the week will be, and how many more people to ask.

    The same seed gives the same numbers; docs/forecast.md says what is assumed.
    """
    from iiplan.planner import forecasting

    workspace, trip = _situation(db, name)
    document = forecasting.document(workspace, trip, seed=seed)
    if in_json:
        as_json(document)
        return
    for sentence in forecasting.sentences(document):
        click.echo(plain(sentence))


def _situation(db: Path | None, name: str | None) -> tuple[Workspace, Trip | None]:
    """The database, and the trip in question if there is one."""
    from iiplan.planner import trips

    workspace = opened(db)
    return workspace, trips.trip_named(workspace, name) if name is not None else trips.next_trip(workspace)
