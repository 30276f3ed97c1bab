"""How time grows with size, plotted: a panel for narrow weeks and one for wide ones, both scales logarithmic."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from bench.measure import Result
from bench.report import LABELS, time_that_counts

__all__ = ["draw_growth"]

STYLES = {
    "iiplan": ("#c2410c", "o", 2.4),
    "vroom-thorough": ("#2563eb", "s", 1.3),
    "pyvrp": ("#15803d", "^", 1.3),
    "routing": ("#7c3aed", "v", 1.3),
    "cpsat": ("#525252", "D", 1.3),
}
WORDS = {
    "iiplan": "to proof",
    "cpsat": "to proof",
    "vroom-thorough": "to best",
    "pyvrp": "to best",
    "routing": "to best",
}


def draw_growth(results: Sequence[Result], path: Path) -> bool:
    """Write the picture; False, and no picture, where no whole weeks were measured."""
    import matplotlib as mpl

    mpl.use("Agg")
    import matplotlib.pyplot as plt

    whole = [result for result in results if result.set == "whole"]
    kinds = [kind for kind in ("narrow", "wide") if any(result.kind == kind for result in whole)]
    if not kinds:
        return False
    figure, axes = plt.subplots(1, len(kinds), figsize=(5.2 * len(kinds), 4.2), sharey=True, squeeze=False)
    for axis, kind in zip(axes[0], kinds, strict=True):
        for solver in STYLES:
            _line(axis, [result for result in whole if result.kind == kind and result.solver == solver], solver)
        sizes = sorted({result.size for result in whole if result.kind == kind})
        axis.set(xscale="log", yscale="log", title=f"{kind} weeks", xlabel="candidates")
        axis.set_xticks(sizes, [str(size) for size in sizes])
        axis.minorticks_off()
        axis.grid(alpha=0.3)
    axes[0][0].set_ylabel("seconds (hollow: limit reached without proof)")
    axes[0][0].legend(fontsize=8)
    figure.tight_layout()
    path.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(path, dpi=110, metadata={"Software": None})
    plt.close(figure)
    return True


def _line(axis: object, chosen: Sequence[Result], solver: str) -> None:
    colour, marker, width = STYLES[solver]
    sizes = sorted({result.size for result in chosen})
    means, hollow = [], []
    for size in sizes:
        here = [result for result in chosen if result.size == size]
        means.append(max(1e-3, sum(time_that_counts(result) for result in here) / len(here)))
        hollow.append(solver in ("iiplan", "cpsat") and not all(result.proven for result in here))
    if not sizes:
        return
    label = f"{LABELS[solver]} ({WORDS[solver]})"
    axis.plot(sizes, means, color=colour, linewidth=width, label=label)  # type: ignore[attr-defined]
    for size, mean, empty in zip(sizes, means, hollow, strict=True):
        face = "white" if empty else colour
        axis.plot([size], [mean], marker=marker, color=colour, markerfacecolor=face)  # type: ignore[attr-defined]
