"""The page of a run, ``docs/benchmarks.md``: every figure on it is worked out here from the results."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bench.measure import Result
from bench.targets import target_lines

__all__ = ["LABELS", "Machine", "report"]

LABELS = {
    "iiplan": "iiplan",
    "vroom-fast": "VROOM, fast",
    "vroom-thorough": "VROOM, thorough",
    "pyvrp": "PyVRP",
    "routing": "OR-Tools routing",
    "cpsat": "OR-Tools CP-SAT",
}
CANNOT = {
    "vroom-fast": {
        "worth": "whether a meeting is worth its way (it places whatever fits, by priority)",
        "idle": "idle minutes",
        "shortfall": "wanted meetings",
        "lunch": "a price for lunch (here: with a break on every day and without, the better counts)",
        "seats": "seats (here: only the most valuable of a seat is offered)",
        "calls": "calls taken where the traveller is (here: at the base)",
    },
    "pyvrp": {
        "lunch": "lunch",
        "busy": "travel around busy times",
        "shortfall": "wanted meetings",
        "calls": "calls taken where the traveller is (here: at the base)",
    },
    "routing": {
        "lunch": "a price for lunch (here: with a break on every day and without, the better counts)",
        "busy": "both lunch and busy times on a day (then: busy times only)",
        "calls": "calls taken where the traveller is (here: at the base)",
    },
}
CANNOT["vroom-thorough"] = CANNOT["vroom-fast"]

SETS = {
    "whole": (
        "Whole weeks",
        "Random weeks with everything: lunch, calls, seats, idle minutes. Not every solver can be told "
        "of all of it, so rows marked *part* are not a fair race: they show what one gets by using that "
        "solver for this problem.",
    ),
    "plain": (
        "Plain weeks, which every solver can take whole",
        "The same kinds of week without calls, seats, lunch, idle minutes and wanted meetings, and with "
        "a star worth more than all the travel of a week: value first, then the least travel. Here all "
        "solvers solve the same problem. (At equal value VROOM prefers more meetings to less travel; "
        "that can cost it a few minutes of travel, never stars.)",
    ),
    "more": (
        "More meetings a day",
        "Whole weeks with five and six meetings a day.",
    ),
    "solomon": (
        "Solomon's instances as team orienteering",
        "Score is demand, five routes of at most four stops, nothing else counts. Times are scaled so "
        "that the horizon fits into the minutes of a day, travel and service rounded up, windows "
        "inwards: comparable among these solvers, not with published results.",
    ),
}


@dataclass(frozen=True, kw_only=True)
class Machine:
    """Where and when a run was made."""

    date: str
    cpu: str
    cores: int
    memory_gb: float
    system: str
    python: str
    versions: dict[str, str]
    command: str
    minutes: float


def report(
    results: Sequence[Result], machine: Machine, picture: str | None, missing: dict[tuple, frozenset[str]]
) -> str:
    """The page. ``missing`` are the features of each instance; ``picture`` is the file name of the plot beside it."""
    lines = [
        "# Benchmarks",
        "",
        "Written by `make bench` from what it measured; nothing here is typed by hand.",
        "",
        *_about(machine, results),
        "",
        "## Targets",
        "",
        *target_lines(results),
        "",
        "## In short",
        "",
        *_summary(results),
    ]
    if picture:
        lines += ["", "## How time grows", "", f"![Seconds by number of candidates]({picture})", "", *_growth(results)]
    for name, (title, text) in SETS.items():
        chosen = [result for result in results if result.set == name]
        if chosen:
            lines += ["", f"## {title}", "", text, "", *_table(chosen, missing)]
    lines += ["", *_method(results)]
    return "\n".join(lines) + "\n"


def _about(machine: Machine, results: Sequence[Result]) -> list[str]:
    versions = ", ".join(f"{name} {version}" for name, version in machine.versions.items())
    count = len({result.instance for result in results})
    return [
        "| | |",
        "|---|---|",
        f"| date | {machine.date} |",
        f"| machine | {machine.cpu}, {machine.cores} cores, {machine.memory_gb:.1f} GB, {machine.system} |",
        f"| versions | Python {machine.python}, {versions} |",
        f"| run | `{machine.command}`: {count} weeks, {len(results)} solves, {machine.minutes:.1f} minutes |",
    ]


def _summary(results: Sequence[Result]) -> list[str]:
    lines = [
        "Points of each solver as a share of iiplan's on the same week; *better*, *same* and *worse* "
        "count weeks on which it made more, as many, and fewer points than iiplan. *Time of ours* is "
        "the geometric mean of its time as a multiple of iiplan's, both as in the tables of how time grows. "
        "Only on *plain* weeks and Solomon's files is every solver told the whole problem.",
        "",
        "| weeks | solver | mean | least | better | same | worse | median time | time of ours | most memory |",
        "|---|---|--:|--:|--:|--:|--:|--:|--:|--:|",
    ]
    for name in SETS:
        for solver, label in LABELS.items():
            chosen = [result for result in results if result.set == name and result.solver == solver]
            if chosen:
                lines.append(f"| {name} | {label} | {_shares(chosen, results)} |")
    return lines


def _shares(chosen: Sequence[Result], results: Sequence[Result]) -> str:
    own = {result.instance: result.points for result in results if result.solver == "iiplan"}
    clock = {result.instance: time_that_counts(result) for result in results if result.solver == "iiplan"}
    pace = [math.log(time_that_counts(r) / clock[r.instance]) for r in chosen if clock.get(r.instance) and r.seconds]
    shares, tally = [], [0, 0, 0]
    for result in chosen:
        ours = own.get(result.instance)
        if ours is None:
            continue
        theirs = result.points or 0
        tally[0 if theirs > ours else 1 if theirs == ours else 2] += 1
        if ours > 0:
            shares.append(theirs / ours)
    mean = f"{100 * sum(shares) / len(shares):.2f} %" if shares else "–"
    least = f"{100 * min(shares):.2f} %" if shares else "–"
    times = sorted(result.seconds for result in chosen)
    memory = max(result.peak_mb for result in chosen)
    median = (times[(len(times) - 1) // 2] + times[len(times) // 2]) / 2
    ratio = f"{math.exp(sum(pace) / len(pace)):.2g}" if pace else "–"
    counts = " | ".join(str(count) for count in tally)
    return f"{mean} | {least} | {counts} | {seconds(median)} | {ratio} | {memory:.0f} MB"


def _growth(results: Sequence[Result]) -> list[str]:
    """Mean seconds by size, as ``time_that_counts`` has them; marked where a proof is missing."""
    lines: list[str] = []
    for kind in ("narrow", "wide"):
        chosen = [result for result in results if result.set == "whole" and result.kind == kind]
        sizes = sorted({result.size for result in chosen})
        if not sizes:
            continue
        lines += [f"| {kind} | " + " | ".join(str(size) for size in sizes) + " |", "|---|" + "--:|" * len(sizes)]
        for solver, label in LABELS.items():
            cells = [_mean_time([r for r in chosen if r.solver == solver and r.size == size]) for size in sizes]
            lines.append(f"| {label} | " + " | ".join(cells) + " |")
        lines.append("")
    note = (
        "Mean seconds to the proof for iiplan and CP-SAT (> marks weeks that the limit ended without one), to the "
        "best plan for the others. PyVRP and the routing library go on searching until their limit."
    )
    return [*lines, note]


def _mean_time(chosen: Sequence[Result]) -> str:
    if not chosen:
        return "–"
    spent = [time_that_counts(result) for result in chosen]
    open_end = any(result.solver in ("iiplan", "cpsat") and not result.proven for result in chosen)
    return ("> " if open_end else "") + seconds(sum(spent) / len(spent))


def time_that_counts(result: Result) -> float:
    """Seconds to the proof, or the limit without one; to the best plan, or in all, for solvers that prove nothing."""
    if result.solver in ("iiplan", "cpsat"):
        if result.proven and result.proof_seconds is not None:
            return result.proof_seconds
        return max(result.limit, result.seconds)
    return result.seconds if result.best_seconds is None else result.best_seconds


def _table(chosen: Sequence[Result], missing: dict[tuple, frozenset[str]]) -> list[str]:
    lines = [
        "| week | solver | model | points | of ours | stars | bound | gap | to best | to proof | in all | memory |",
        "|---|---|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|",
    ]
    own = {result.instance: result.points for result in chosen if result.solver == "iiplan"}
    for result in sorted(chosen, key=lambda r: (r.kind, r.max_meetings, r.size, r.seed, list(LABELS).index(r.solver))):
        lacking = missing.get(result.instance, frozenset()) & set(CANNOT.get(result.solver, {}))
        cells = [
            _week(result),
            LABELS[result.solver],
            "part" if lacking else "whole",
            "–" if result.points is None else str(result.points),
            _share(result.points, own.get(result.instance)),
            str(result.stars),
            "–" if result.bound is None else str(result.bound),
            _gap(result),
            seconds(result.best_seconds),
            seconds(result.proof_seconds),
            seconds(result.seconds),
            f"{result.peak_mb:.0f} MB",
        ]
        lines.append("| " + " | ".join(cells) + " |")
        if result.error:
            lines[-1] = lines[-1].replace(LABELS[result.solver], f"{LABELS[result.solver]} ({result.error})", 1)
    return lines


def _week(result: Result) -> str:
    extra = f", {result.max_meetings} a day" if result.set == "more" else ""
    return f"{result.kind} {result.size}{extra}" + (f" #{result.seed}" if result.set == "whole" else "")


def _share(points: int | None, ours: int | None) -> str:
    return "–" if points is None or not ours or ours < 0 else f"{100 * points / ours:.2f} %"


def _gap(result: Result) -> str:
    if result.bound is None or not result.points or result.points < 0:
        return "–"
    return "0" if result.bound == result.points else f"{100 * (result.bound - result.points) / result.points:.2f} %"


def seconds(value: float | None) -> str:
    """Two or three figures and the unit; a dash for None."""
    if value is None:
        return "–"
    if value < 0.0095:
        return f"{value * 1000:.1f} ms"
    digits = max(0, 1 - math.floor(math.log10(value)))
    return f"{value:.{min(digits, 3)}f} s"


def _method(results: Iterable[Result]) -> list[str]:
    limits = {solver: sorted({r.limit for r in results if r.solver == solver}) for solver in LABELS}
    said = "; ".join(
        f"{LABELS[solver]} {' or '.join(f'{limit:g} s' for limit in found)}"
        for solver, found in limits.items()
        if found and not solver.startswith("vroom")
    )
    lines = [
        "## How it is measured",
        "",
        "Each solve has a process of its own, one after the other, with all cores. Seconds are of the "
        "wall clock, from the problem in memory to the answer, building the solver's model included; "
        "*memory* is the most the process held, Python and the solver's library included. Limits: "
        f"{said}; VROOM ends by itself. Where lunch is wanted, VROOM and the routing library solve twice, "
        "with a break for it on every day and without (the routing library in half of its time each), and "
        "the better plan counts; *to best* is then within the search that found it. Seconds of iiplan "
        "*in all* include the reasons it gives for everybody left out.",
        "",
        "Every solver's answer is taken as whom to meet on which day. From that the best order, hours "
        "and subset of each day are worked out by trying all orders, apart from the scheduler; the plan "
        "is checked by the referee and counted in points. So no solver loses anything by what it cannot "
        "be told within a day, and what breaks a rule is dropped, not the plan.",
        "",
        "All solvers get the same start times on the grid: the least time from one start to the next is "
        "rounded up to the grid in their matrices. VROOM gets stars as priorities and runs at "
        "exploration levels 1 (fast) and 5 (thorough). PyVRP gets prizes in points, idle minutes as cost "
        "of duration, and a copy of a visit for each window in groups of which one is met. The routing "
        "library gets penalties in points, several windows a visit, breaks, span costs, guided local "
        "search. CP-SAT gets the whole problem: a circuit a day with optional visits, intervals for "
        "calls, lunch and busy times; its bound is a proof.",
        "",
        "What cannot be expressed:",
        "",
    ]
    for solver in ("vroom-thorough", "pyvrp", "routing"):
        lines.append(f"- {LABELS[solver].split(',')[0]}: {'; '.join(CANNOT[solver].values())}.")
    lines += [
        "- CP-SAT: nothing.",
        "",
        "Random weeks are the same for the same kind, size and seed on every machine (`bench/weeks.py`). "
        "Solomon's 100-customer files are not part of the project; they are found on the pages of Marius "
        "M. Solomon and of SINTEF's Transportation Optimization Portal (TOP, VRPTW, Solomon benchmark). "
        "`make bench SOLOMON=folder` adds every `.txt` file of a folder.",
    ]
    return lines
