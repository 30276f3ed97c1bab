"""The funnel and the response rates as JSON; ``docs/numbers.md`` describes every key."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from iiplan.outreach.funnel import Funnel, funnel, funnels_by
from iiplan.outreach.groups import Grouping
from iiplan.outreach.history import History
from iiplan.outreach.rates import ResponseRate, response_rates
from iiplan.outreach.rules import USUAL, Rules

__all__ = ["funnel_document"]


def funnel_document(people: Sequence[History], by: Grouping, now: datetime, rules: Rules = USUAL) -> dict[str, object]:
    """What the Outreach page shows under Funnel and Who answers at ``now`` (aware); ready for ``json.dumps``."""
    (everybody,) = response_rates(people, now, by=Grouping.ALL, rules=rules) or (None,)
    groups: list[dict[str, object]] = []
    if by is not Grouping.ALL:
        rates = {rate.group: rate for rate in response_rates(people, now, by=by, rules=rules)}
        groups = [
            {"group": one.group, "steps": _steps(one.funnel), "response": _response(rates.get(one.group))}
            for one in funnels_by(people, by, rules)
        ]
    return {
        "now": now.isoformat(),
        "by": str(by),
        "patience_business_days": rules.cadence.nudge_after,
        "steps": _steps(funnel(people)),
        "response": _response(everybody),
        "groups": groups,
    }


def _steps(funnel: Funnel) -> list[dict[str, object]]:
    found: list[dict[str, object]] = []
    for step in funnel.steps:
        low, high = step.interval or (None, None)
        found.append(
            {
                "stage": str(step.stage),
                "people": step.count,
                "step_before": step.before,
                "share": step.of_previous,
                "low": low,
                "high": high,
            }
        )
    return found


def _response(rate: ResponseRate | None) -> dict[str, object] | None:
    """None where nobody was asked."""
    if rate is None:
        return None
    known = rate.rate is not None
    return {
        "asked": rate.asked,
        "answered": rate.answered,
        "pending": rate.pending,
        "early": rate.early,
        "decided": rate.decided,
        "rate": rate.rate,
        "low": rate.low if known else None,
        "high": rate.high if known else None,
        "small": rate.small,
    }
