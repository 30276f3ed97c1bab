"""The targets of the scheduler, each judged from the results of a run."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bench.measure import Result

__all__ = ["target_lines"]

MEMORY_MB = 1536
FASTER_THAN_CPSAT = 50
CPSAT_SECONDS = 60
SECONDS_FOR_WIDE_100 = 60

Line = tuple[str, bool | None, str]
"""The target, whether it is met (None: not measured), and the figures."""


def target_lines(results: Sequence[Result]) -> list[str]:
    """The rows of the table of targets."""
    lines = ["| target | | measured |", "|---|---|---|"]
    for target, met, measured in _targets(results):
        lines.append(f"| {target} | {'not measured' if met is None else 'met' if met else '**missed**'} | {measured} |")
    return lines


def _targets(results: Sequence[Result]) -> Iterator[Line]:
    ours = [result for result in results if result.solver == "iiplan"]
    yield _never_worse(results)
    yield _proven([result for result in ours if result.set in ("whole", "plain")])
    yield _sooner_than_cpsat(results)
    yield _near_vroom(results)
    yield _wide_100(ours)
    yield _memory(ours)
    yield _true_bounds(results)
    yield _within_limit(ours)


def _never_worse(results: Sequence[Result]) -> Line:
    target = "never worse than any other solver"
    own = {result.instance: result.points or 0 for result in results if result.solver == "iiplan"}
    others = [r for r in results if r.solver != "iiplan" and r.points is not None and r.instance in own]
    if not others:
        return target, None, ""
    worse = [result for result in others if (result.points or 0) > own[result.instance]]
    said = f"{len(worse)} of {len(others)} plans of other solvers make more points"
    return target, not worse, said + _named(worse)


def _proven(ours: Sequence[Result]) -> Line:
    target = "the optimum proven on every week of at most four meetings a day"
    open_ends = [result for result in ours if not result.proven]
    said = f"{len(ours) - len(open_ends)} of {len(ours)} proven" + _named(open_ends)
    return target, None if not ours else not open_ends, said


def _sooner_than_cpsat(results: Sequence[Result]) -> Line:
    target = f"wide 20 and 40 proven {FASTER_THAN_CPSAT} times sooner than by CP-SAT (its limit counts as its time)"
    ratios = []
    cut_short = False
    for result in _weeks(results, "wide", (20, 40)):
        other = _of(results, result, "cpsat")
        if other is not None and result.proof_seconds is not None:
            ratios.append((other.proof_seconds or max(other.limit, other.seconds)) / result.proof_seconds)
        elif other is not None:
            ratios.append(0.0)
        cut_short |= other is not None and not other.proven and other.limit < CPSAT_SECONDS
    said = "times sooner: " + ", ".join(f"{ratio:.0f}" for ratio in ratios) if ratios else ""
    met = min(ratios) >= FASTER_THAN_CPSAT if ratios else None
    if cut_short and not met:
        return target, None, f"{said}, but CP-SAT had less than its {CPSAT_SECONDS} s"
    return target, met, said


def _near_vroom(results: Sequence[Result]) -> Line:
    target = "narrow 100 and wide 40 proven in less than twice VROOM's thorough time plus one second"
    said, met = [], []
    for result in [*_weeks(results, "narrow", (100,)), *_weeks(results, "wide", (40,))]:
        other = _of(results, result, "vroom-thorough")
        if other is not None:
            allowed = 2 * (other.best_seconds or other.seconds) + 1
            met.append(result.proof_seconds is not None and result.proof_seconds < allowed)
            took = "no proof" if result.proof_seconds is None else f"{result.proof_seconds:.2f} s"
            said.append(f"{took} of {allowed:.2f} s ({_name(result)})")
    return target, all(met) if met else None, ", ".join(said)


def _wide_100(ours: Sequence[Result]) -> Line:
    chosen = _weeks(ours, "wide", (100,))
    times = [result.proof_seconds for result in chosen]
    said = ", ".join("no proof" if time is None else f"{time:.1f} s" for time in times)
    met = all(time is not None and time < SECONDS_FOR_WIDE_100 for time in times) if times else None
    return "wide 100 proven in seconds, not minutes", met, said


def _memory(ours: Sequence[Result]) -> Line:
    most = max((result.peak_mb for result in ours), default=0.0)
    return "no more than 1.5 GB of memory anywhere", most <= MEMORY_MB if ours else None, f"most: {most:.0f} MB"


def _true_bounds(results: Sequence[Result]) -> Line:
    """No solver has a plan that makes more than our bound, and ours makes no more than CP-SAT's bound."""
    target = "the bound is true: no plan of any solver makes more"
    bounds: dict[tuple, int] = {r.instance: r.bound for r in results if r.solver == "iiplan" and r.bound is not None}
    lower = [r for r in results if r.points is not None and r.points > bounds.get(r.instance, r.points)]
    proofs = {r.instance: r.bound for r in results if r.solver == "cpsat" and r.bound is not None}
    higher = [r for r in results if r.solver == "iiplan" and (r.points or 0) > proofs.get(r.instance, r.points or 0)]
    faults = [*lower, *higher]
    return target, None if not bounds else not faults, f"{len(faults)} contradictions{_named(faults)}"


def _within_limit(ours: Sequence[Result]) -> Line:
    over = max((result.seconds - result.limit for result in ours), default=0.0)
    late = [result for result in ours if result.seconds > result.limit + 1]
    said = f"longest overrun {max(0.0, over):.2f} s" + _named(late)
    return "the time limit holds to within a second", None if not ours else not late, said


def _weeks(results: Sequence[Result], kind: str, sizes: tuple[int, ...]) -> list[Result]:
    return [r for r in results if r.solver == "iiplan" and r.set == "whole" and r.kind == kind and r.size in sizes]


def _of(results: Sequence[Result], like: Result, solver: str) -> Result | None:
    return next((r for r in results if r.solver == solver and r.instance == like.instance), None)


def _name(result: Result) -> str:
    return f"{result.kind} {result.size} #{result.seed}"


def _named(found: Sequence[Result]) -> str:
    """Which weeks, and whose plan where it is not ours."""
    if not found:
        return ""
    return ": " + "; ".join(
        f"{r.set} {_name(r)}"
        + (f", {r.max_meetings} a day" if r.set == "more" else "")
        + ("" if r.solver == "iiplan" else f" ({r.solver}, {r.points} points)")
        for r in found
    )
