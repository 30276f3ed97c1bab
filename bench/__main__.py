"""``python -m bench``: measure all solvers, and write the page and the picture. ``make bench`` calls it.

The results are kept as JSON as well; ``--from results.json`` writes the page again without measuring anything.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import platform
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, replace
from importlib import metadata
from pathlib import Path

from bench.instances import FULL, QUICK, Instance, Scope, features, instances, read_week
from bench.measure import Result, measure
from bench.report import Machine, report
from bench.solomon import SolomonError
from bench.solve import SOLVERS

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ("numpy", "highspy", "pyvroom", "pyvrp", "ortools")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run, or rewrite the page of a run; 0 when all went well."""
    said = list(sys.argv[1:] if arguments is None else arguments)
    options = _parser().parse_args(said)
    options.said = said
    scope = _scope(options)
    results_path = options.results or ROOT / "build" / ("bench-quick.json" if options.quick else "bench.json")
    page = options.output or ROOT / ("build/benchmarks-quick.md" if options.quick else "docs/benchmarks.md")
    if options.read is not None:
        _write(json.loads(options.read.read_text(encoding="utf-8")), page)
        return 0
    try:
        weeks = list(instances(scope, options.solomon))
    except (OSError, SolomonError) as error:
        print(error, file=sys.stderr)
        return 2
    _write(_run(weeks, scope, options, results_path), page)
    return 0


def _run(weeks: Sequence[Instance], scope: Scope, options: argparse.Namespace, path: Path) -> dict:
    """Measure, and keep what there is after each solve, so that a run that is stopped is not lost."""
    began = time.monotonic()
    path.parent.mkdir(parents=True, exist_ok=True)
    about = [[*week.about.values(), sorted(features(read_week(week.document)))] for week in weeks]
    saved: dict = {"machine": {}, "results": [], "features": about}
    for result in _measured(weeks, scope, options.solvers):
        saved["results"].append(asdict(result))
        saved["machine"] = asdict(_machine(options, (time.monotonic() - began) / 60))
        path.write_text(json.dumps(saved, indent=1), encoding="utf-8")
    return saved


def _measured(weeks: Sequence[Instance], scope: Scope, solvers: Sequence[str]) -> Iterator[Result]:
    limits = {"iiplan": scope.ours, "pyvrp": scope.search, "routing": scope.search, "cpsat": scope.cpsat}
    with tempfile.TemporaryDirectory() as folder:
        for number, week in enumerate(weeks, start=1):
            for solver in solvers:
                result = measure(
                    week.document,
                    solver,
                    limit=limits.get(solver, scope.ours),
                    seed=max(1, week.seed),
                    about=week.about,
                    folder=Path(folder),
                )
                print(_said(f"{number}/{len(weeks)}", result), flush=True)
                yield result


def _said(place: str, result: Result) -> str:
    found = result.error or f"{result.points} points" + (", proven" if result.proven else "")
    week = f"{result.set} {result.kind} {result.size} #{result.seed}"
    return f"{place:>6}  {week:<24} {result.solver:<15} {result.seconds:7.2f} s {result.peak_mb:6.0f} MB  {found}"


def _write(saved: dict, page: Path) -> None:
    from bench.picture import draw_growth

    results = [Result(**fields) for fields in saved["results"]]
    missing = {tuple(about): frozenset(names) for *about, names in saved["features"]}
    picture = page.with_suffix(".png")
    drawn = draw_growth(results, picture)
    page.parent.mkdir(parents=True, exist_ok=True)
    machine = Machine(**saved["machine"])
    page.write_text(report(results, machine, picture.name if drawn else None, missing), encoding="utf-8")
    print(f"Written: {page}")


def _machine(options: argparse.Namespace, minutes: float) -> Machine:
    command = " ".join(["python -m bench", *options.said])
    return Machine(
        date=dt.datetime.now(tz=dt.UTC).date().isoformat(),
        cpu=_cpu(),
        cores=os.cpu_count() or 1,
        memory_gb=os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30,
        system=f"{platform.system()} {platform.machine()}",
        python=platform.python_version(),
        versions={"iiplan": metadata_version("iiplan"), **{name: metadata_version(name) for name in PACKAGES}},
        command=command,
        minutes=minutes,
    )


def metadata_version(package: str) -> str:
    """The version installed, or of the checkout for iiplan itself; ``none`` where a package is missing."""
    if package == "iiplan":
        import tomllib

        return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return "none"


def _cpu() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()


def _scope(options: argparse.Namespace) -> Scope:
    scope = QUICK if options.quick else FULL
    changed: dict[str, object] = {
        name: value for name in ("ours", "search", "cpsat") if (value := getattr(options, name)) is not None
    }
    for kind in ("narrow", "wide"):
        sizes = getattr(options, kind)
        if sizes is not None:
            changed[kind] = dict.fromkeys(sizes, options.seeds or 1)
        elif options.seeds:
            changed[kind] = dict.fromkeys(getattr(scope, kind), options.seeds)
    if options.only_whole:
        changed |= {"plain": (), "more": ()}
    return replace(scope, **changed)  # type: ignore[arg-type]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__.splitlines()[0])
    add = parser.add_argument
    add("--quick", action="store_true", help="few weeks and short limits; written to build/, not to docs/")
    add("--narrow", type=int, nargs="*", metavar="N", help="numbers of candidates of the narrow weeks")
    add("--wide", type=int, nargs="*", metavar="N", help="numbers of candidates of the wide weeks")
    add("--seeds", type=int, help="weeks of each size")
    add("--only-whole", action="store_true", help="leave out the plain weeks and those with more meetings a day")
    add("--ours", type=float, help="limit of iiplan, in seconds")
    add("--search", type=float, help="seconds that PyVRP and the routing library search")
    add("--cpsat", type=float, help="limit of CP-SAT, in seconds")
    add("--solvers", nargs="+", choices=SOLVERS, default=list(SOLVERS))
    add("--solomon", type=Path, metavar="FOLDER", help="run the files of Solomon's format (*.txt) of a folder too")
    add("--output", type=Path, help="the page to write; the picture goes beside it")
    add("--results", type=Path, help="where to keep the results as JSON")
    add("--from", dest="read", type=Path, metavar="RESULTS", help="write the page from kept results, measure nothing")
    return parser


if __name__ == "__main__":
    sys.exit(main())
