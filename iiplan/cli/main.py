"""The commands about the app, the trip and problem files."""

from __future__ import annotations

import json
import os
import socket
import sys
from pathlib import Path

import click

from iiplan import __version__
from iiplan.cli.brief import brief
from iiplan.cli.busy import busy_command
from iiplan.cli.city import city
from iiplan.cli.common import as_json, opened, plain, write_whole
from iiplan.cli.importing import import_command
from iiplan.cli.outreach import due, forecast, funnel
from iiplan.cli.your_data import backup_command, export_command, restore_command
from iiplan.errors import IiplanError, InputError
from iiplan.model import Agenda, AgendaDay, BlockKind
from iiplan.resources import app_root
from iiplan.scheduling import (
    Progress,
    check,
    explain,
    offers,
    offers_document,
    parse_problem,
    plan_document,
    solve,
)
from iiplan.travel.words import week_basis

__all__ = ["main"]

BAD_INPUT = 2
NOT_GOOD = 3


class _Commands(click.Group):
    """A group that turns what the user can cure into one sentence and exit status 2."""

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except IiplanError as error:
            click.echo(f"iiplan: {error}", err=True)
            ctx.exit(BAD_INPUT)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="iiplan")
@click.option(
    "--db",
    type=click.Path(dir_okay=False, path_type=Path),
    envvar="IIPLAN_DB",
    help="The database file. Without it: the one IIPLAN_DB names, else one in your data folder.",
)
@click.pass_context
def main(ctx: click.Context, db: Path | None) -> None:
    """Plan a week of informational interviews: whom to ask, when to meet, what to export.

    Start with "iiplan run", which opens the app in your browser. "iiplan demo" fills an empty database with invented
    people and a trip to look around in.
    """
    ctx.obj = db


main.add_command(brief)
main.add_command(busy_command)
main.add_command(import_command)
main.add_command(city)


@main.command()
@click.option("--port", type=click.IntRange(0, 65535), default=8501, show_default=True, help="Port on this machine.")
@click.option("--headless", is_flag=True, help="Do not open a browser.")
@click.pass_obj
def run(db: Path | None, port: int, headless: bool) -> None:
    """Start the app in your browser. It is reachable from this machine only; stop it with Ctrl-C."""
    from streamlit.web import cli as streamlit_cli

    if db is not None:
        os.environ["IIPLAN_DB"] = str(db.resolve())
    opened(db)  # a refusal is said here, not first on a page
    _require_free(port)
    script = app_root() / "app.py"
    sys.argv = ["streamlit", "run", str(script), "--server.port", str(port)]
    if headless:
        sys.argv += ["--server.headless", "true"]
    streamlit_cli.main()


@main.command()
@click.pass_obj
def demo(db: Path | None) -> None:
    """Fill an empty database with more than forty invented people and a trip to Washington, D.C.

    Dates are laid out from today. A database that holds people or trips is refused and left as it is.
    """
    from iiplan.planner.workspace import load_demo

    workspace = opened(db)
    trip = workspace.store.trip(load_demo(workspace))
    click.echo(f"Loaded {len(workspace.store.contacts())} invented people and the trip {trip.name!r}")
    click.echo(f"({trip.first_day:%a %d %b %Y} to {trip.last_day:%a %d %b %Y}) into {workspace.store.path}.")
    click.echo('Next: "python -m iiplan plan" here, or "python -m iiplan run" for the app.')


@main.command()
@click.option("--trip", "name", help="Name of the trip. Without it: the one under way or next.")
@click.option("--ics", type=click.Path(dir_okay=False, path_type=Path), help="Also write a calendar file.")
@click.option("--time-limit", type=click.FloatRange(min=0, min_open=True), help="Seconds to search at most.")
@click.pass_obj
def plan(db: Path | None, name: str | None, ics: Path | None, time_limit: float | None) -> None:
    """Plan a trip's week, save the plan, and print it as an agenda."""
    from iiplan.planner import calendar_out, trips, week

    workspace = opened(db)
    trip = trips.trip_named(workspace, name)
    planned = week.plan(workspace, trip, time_limit=time_limit, progress=_progress)
    for note in (*planned.asked, *planned.notes):
        click.echo(f"Note: {plain(note)}", err=True)
    if planned.agenda is not None:
        click.echo(_agenda_text(planned.agenda, trip.name))
    if ics is not None:
        write_whole(ics, calendar_out.calendar(workspace, trip))
        click.echo(f"Wrote {ics}.")


@main.command(name="solve")
@click.argument("problem", type=click.Path(path_type=Path))
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="Write the plan to this file.")
@click.option("--time-limit", type=click.FloatRange(min=0, min_open=True), help="Seconds to search at most.")
@click.pass_context
def solve_command(ctx: click.Context, problem: Path, output: Path | None, time_limit: float | None) -> None:
    """Find the best plan for a problem file (JSON, docs/scheduling.md) and print it as JSON.

    PROBLEM may be - for standard input. Exit status 3 when the fixed meetings cannot all be kept.
    """
    parsed = parse_problem(_read_json(problem))
    for warning in parsed.warnings:
        click.echo(f"Warning: {warning}", err=True)
    answer = solve(parsed, time_limit=time_limit, progress=_progress)
    text = json.dumps(plan_document(answer), indent=2, ensure_ascii=False) + "\n"
    if output is None:
        click.echo(text, nl=False)
    else:
        write_whole(output, text.encode())
    if answer.status == "infeasible":
        ctx.exit(NOT_GOOD)


@main.command(name="check")
@click.argument("problem", type=click.Path(path_type=Path))
@click.argument("plan_file", metavar="PLAN", type=click.Path(path_type=Path))
@click.pass_context
def check_command(ctx: click.Context, problem: Path, plan_file: Path) -> None:
    """Check a plan file against its problem, rule by rule; print points and violations as JSON.

    The check knows nothing of the solver. Exit status 3 when anything is wrong.
    """
    parsed = parse_problem(_read_json(problem))
    document = _read_json(plan_file)
    if not isinstance(document, dict):
        raise InputError(f"{plan_file} holds no plan. A plan is a JSON object with 'meetings'.")
    report = check(parsed, document)
    as_json({"points": report.points, "violations": list(report.violations)})
    if report.violations:
        ctx.exit(NOT_GOOD)


@main.command(name="offers")
@click.argument("problem", type=click.Path(path_type=Path))
@click.argument("candidate")
@click.option("--count", type=click.IntRange(min=0), default=3, show_default=True, help="How many hours to suggest.")
def offers_command(problem: Path, candidate: str, count: int) -> None:
    """Say at which hours a candidate could be met, what the best week is then worth, and which to offer, as JSON.

    CANDIDATE is an id of the problem file. Without windows, all hours of the trip are considered.
    """
    found = offers(parse_problem(_read_json(problem)), candidate, count)
    as_json(offers_document(found))


@main.command(name="explain")
@click.argument("problem", type=click.Path(path_type=Path))
@click.pass_context
def explain_command(ctx: click.Context, problem: Path) -> None:
    """Find the best plan and say for everyone left out why, and what it would take, as JSON.

    Each remedy says what the best week is worth after it. Exit status 3 when the fixed meetings cannot all be kept.
    """
    parsed = parse_problem(_read_json(problem))
    answer = solve(parsed, progress=_progress)
    as_json(explain(parsed, answer))
    if answer.status == "infeasible":
        ctx.exit(NOT_GOOD)


for command in (due, forecast, funnel, export_command, backup_command, restore_command):
    main.add_command(command)


def _require_free(port: int) -> None:
    """Refuse a port that something listens on already; 0 stands for any free one."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            raise InputError(
                f"Port {port} is in use, perhaps by an iiplan already running: look at http://localhost:{port}. "
                "Or name another port with --port."
            ) from error


def _read_json(path: Path) -> object:
    """A JSON document from a file or, for -, standard input; InputError says what is wrong with it."""
    try:
        raw = sys.stdin.buffer.read() if str(path) == "-" else path.read_bytes()
    except OSError as error:
        raise InputError(f"Cannot read {path}: {error.strerror or error}. Check the name.") from error
    try:
        document: object = json.loads(raw.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise InputError(f"{path} is not UTF-8 text. Save it as UTF-8.") from error
    except json.JSONDecodeError as error:
        raise InputError(f"{path} is not JSON: {error.msg} at line {error.lineno}, column {error.colno}.") from error
    except (RecursionError, ValueError) as error:
        raise InputError(f"{path} is nested too deeply or has a number too long to be read.") from error
    return document


def _progress(step: Progress) -> None:
    """Say what is going on, on a terminal only."""
    if sys.stderr.isatty():
        share = f" {step.fraction:.0%}" if step.fraction is not None else ""
        best = f", best so far {step.points:,}" if step.points is not None else ""
        click.echo(f"\r\x1b[K{step.phase}{share}{best}", nl=False, err=True)
        if step.fraction is not None and step.fraction >= 1:
            click.echo("\r\x1b[K", nl=False, err=True)


def _agenda_text(agenda: Agenda, name: str) -> str:
    """The agenda in plain lines."""
    worth = "no better week exists" if agenda.proven else f"at most {agenda.bound:,} points are possible"
    lines = [
        f"{plain(name)}: {len(agenda.meetings)} meetings, {agenda.points:,} points ({worth}).",
        f"Times are {agenda.timezone}; minutes on the way are {week_basis(agenda)}.",
    ]
    for day in agenda.days:
        lines += ["", *_day_lines(day)]
    if agenda.left_out:
        lines += ["", "Left out:"]
        lines += [f"  {plain(one.name)}: {plain(one.reason)}" for one in agenda.left_out]
    return "\n".join(lines)


def _day_lines(day: AgendaDay) -> list[str]:
    title = f"{day.date:%a %d %b %Y}"
    if day.off:
        return [f"{title}: off"]
    lines = [title if day.blocks else f"{title}: nothing planned"]
    for block in day.blocks:
        hours = f"  {block.start:%H:%M} to {block.end:%H:%M}  "
        if block.kind is BlockKind.MEETING:
            who = plain(", ".join(part for part in (block.title, block.detail) if part))
            place = f" at {plain(block.place.label)}" if block.place else " (call)"
            leave = f", leave by {block.leave_by:%H:%M}" if block.leave_by else ""
            lines.append(f"{hours}{who}{place}{leave}{' [agreed]' if block.fixed else ''}")
        elif block.kind in {BlockKind.LUNCH, BlockKind.BUSY}:
            lines.append(f"{hours}{plain(block.title)}")
    if day.back:
        lines.append(f"  {day.back:%H:%M}            back at the base")
    return lines
