"""What the log says about each source, and what is believed of it once assumption and log are put together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from iiplan.forecast.assumptions import Assumptions
from iiplan.forecast.curve import LONGEST_WAIT, Curve
from iiplan.model import Source, Stage
from iiplan.outreach import History, Rules
from iiplan.outreach.stages import FUNNEL_STAGES

__all__ = ["Belief", "Evidence", "beliefs", "evidence"]

ROUNDS = 20

_YES = FUNNEL_STAGES.index(Stage.ACCEPTED)


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """What happened with those really asked, of one source.

    ``unanswered`` has an entry for each without an answer, ascending: the share of answers that are usually there
    after so long a wait, 0 to 1. ``yes`` and ``no`` count people; who answered with neither is in neither.
    """

    source: Source
    asked: int = 0
    answered: int = 0
    unanswered: tuple[float, ...] = ()
    yes: int = 0
    no: int = 0


@dataclass(frozen=True, kw_only=True)
class Belief:
    """Two Beta distributions, each as its two weights: of the chance of an answer, and of an answer being a yes."""

    evidence: Evidence
    answer: tuple[float, float]
    yes: tuple[float, float]

    @property
    def mean(self) -> float:
        """The mean chance that an ask brings a yes."""
        return self.answer[0] / sum(self.answer) * self.yes[0] / sum(self.yes)


def evidence(people: Sequence[History], curve: Curve, now: datetime, rules: Rules) -> tuple[Evidence, ...]:
    """The log by source, all sources in the order of ``Source``."""
    groups: dict[Source, list[History]] = {source: [] for source in Source}
    for one in people:
        if one.known.first_ask is not None:
            groups[one.contact.source].append(one)
    return tuple(_of(source, members, curve, now, rules) for source, members in groups.items())


def _of(source: Source, members: Sequence[History], curve: Curve, now: datetime, rules: Rules) -> Evidence:
    waits = [
        rules.days_between(ask.at, now, ZoneInfo(ask.timezone))
        for one in members
        if (ask := one.known.first_ask) is not None and not one.known.answered
    ]
    answered = [one.known for one in members if one.known.answered]
    yes = sum(known.furthest >= _YES for known in answered)
    return Evidence(
        source=source,
        asked=len(members),
        answered=len(answered),
        unanswered=tuple(float(curve[min(max(wait, 0), LONGEST_WAIT)]) for wait in sorted(waits)),
        yes=yes,
        no=sum(known.furthest < _YES and known.stage is Stage.DECLINED for known in answered),
    )


def beliefs(found: Sequence[Evidence], assumptions: Assumptions) -> tuple[Belief, ...]:
    """Assumption and log put together, by source. N asks of weight bring N times ``answered`` answers of weight.

    An ask without an answer is no whole failure. With F the share of answers usually there by now, and p the chance of
    an answer, silence so far has the chance 1 - pF, which leans towards a low p as (1 - p) to the power of
    w = F (1 - p) / (1 - pF) does; so it counts as w failures, p being the mean of what is believed in the end.
    """
    return tuple(_belief(one, assumptions) for one in found)


def _belief(one: Evidence, assumptions: Assumptions) -> Belief:
    assumed = assumptions.of(one.source)
    answers = assumed.worth * assumed.answered
    failures = _failures(one, answers + one.answered, assumed.worth - answers)
    return Belief(
        evidence=one,
        answer=(answers + one.answered, assumed.worth - answers + failures),
        yes=(answers * assumed.yes + one.yes, answers * (1 - assumed.yes) + one.no),
    )


def _failures(one: Evidence, successes: float, before: float) -> float:
    """What the unanswered asks count as; each round brings p and the count closer to agreeing."""
    failures = 0.0
    for _ in range(ROUNDS):
        p = successes / (successes + before + failures)
        failures = sum(share * (1 - p) / (1 - p * share) for share in one.unanswered)
    return failures
