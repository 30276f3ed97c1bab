"""How many people came how far, all together and group by group."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from iiplan.model import Stage
from iiplan.outreach.groups import IN_TIME_ORDER, Grouping, grouped
from iiplan.outreach.history import History
from iiplan.outreach.intervals import FEW, wilson_interval
from iiplan.outreach.rules import USUAL, Rules
from iiplan.outreach.stages import FUNNEL_STAGES

__all__ = [
    "Funnel",
    "FunnelStep",
    "GroupFunnel",
    "folded",
    "funnel",
    "funnel_sentence",
    "funnels_by",
    "funnels_sentence",
]

_MILESTONES = (
    (Stage.ASKED, "an ask"),
    (Stage.REPLIED, "an answer"),
    (Stage.ACCEPTED, "a yes"),
    (Stage.MET, "a meeting"),
)


@dataclass(frozen=True, kw_only=True)
class FunnelStep:
    """The contacts (ids) who ever came as far as ``stage``. ``before`` is how many came to the step before it, None
    for the first step."""

    stage: Stage
    people: tuple[str, ...]
    before: int | None = None

    @property
    def count(self) -> int:
        """How many people."""
        return len(self.people)

    @property
    def of_previous(self) -> float | None:
        """Their share, 0 to 1, of the step before; None for the first step and after an empty one."""
        return self.count / self.before if self.before else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """The 95 % Wilson interval of that share."""
        return wilson_interval(self.count, self.before) if self.before else None

    @property
    def small(self) -> bool:
        """Whether the step before has so few people that the share says little."""
        return self.before is not None and self.before < FEW


@dataclass(frozen=True, kw_only=True)
class Funnel:
    """Steps from identified down to in touch; nobody is in a step without being in the one before."""

    steps: tuple[FunnelStep, ...]

    def step(self, stage: Stage) -> FunnelStep:
        """The step of a stage; ``KeyError`` for a stage that is no step (confirmed, declined, silent)."""
        return {step.stage: step for step in self.steps}[stage]


@dataclass(frozen=True, kw_only=True)
class GroupFunnel:
    """The funnel of one group: ``group`` is its stored word, "" where none is stored. ``folded`` is the number of
    groups that were put together (0 for a group by itself; then ``group`` is "")."""

    group: str
    funnel: Funnel
    folded: int = 0


def funnel(people: Sequence[History]) -> Funnel:
    """The funnel of these people; those with an empty log are identified."""
    return _funnel_of(
        [
            tuple(person.contact.id for person in people if person.known.furthest >= step)
            for step in range(len(FUNNEL_STAGES))
        ]
    )


def funnels_by(people: Sequence[History], by: Grouping, rules: Rules = USUAL) -> tuple[GroupFunnel, ...]:
    """The funnel of each group, in the order of ``grouped``; who is in no group (never asked) is in none of them."""
    groups = grouped(people, by, rules)
    return tuple(GroupFunnel(group=word, funnel=funnel(members)) for word, members in groups.items())


def folded(groups: Sequence[GroupFunnel], by: Grouping, most: int) -> tuple[GroupFunnel, ...]:
    """At most ``most`` groups: the smallest are put together as the last, of weeks the earliest as the first."""
    if len(groups) <= most:
        return tuple(groups)
    if by in IN_TIME_ORDER:
        return (_together(groups[: -(most - 1)]), *groups[-(most - 1) :])
    return (*groups[: most - 1], _together(groups[most - 1 :]))


def _together(groups: Sequence[GroupFunnel]) -> GroupFunnel:
    steps = zip(*(group.funnel.steps for group in groups), strict=True)
    people = [tuple(one for step in same for one in step.people) for same in steps]
    return GroupFunnel(group="", funnel=_funnel_of(people), folded=len(groups))


def _funnel_of(people: Sequence[tuple[str, ...]]) -> Funnel:
    """``people`` are those of each step, from identified on."""
    before = [None, *(len(step) for step in people)]
    return Funnel(
        steps=tuple(
            FunnelStep(stage=stage, people=reached, before=earlier)
            for stage, reached, earlier in zip(FUNNEL_STAGES, people, before, strict=False)
        )
    )


def funnel_sentence(funnel: Funnel) -> str:
    """One plain reading of the funnel."""
    count = {step.stage: step.count for step in funnel.steps}
    known, asked = count[Stage.IDENTIFIED], count[Stage.ASKED]
    if known == 0:
        return "There is nobody in the list yet."
    if asked == 0:
        people = "There is one person" if known == 1 else f"There are {known:,} people"
        return f"{people} in the list, and nobody has been asked yet."
    steps = [(count[stage], f"as far as {words}") for stage, words in _MILESTONES]
    if known == 1:
        furthest = [words for people, words in steps if people][-1]
        return f"The one person in the list came {furthest}."
    first, *middle, last = [f"{people:,} {words}" if people else f"none {words}" for people, words in steps]
    return f"Of {known:,} people, {first.replace(' as', ' came as', 1)}, {', '.join(middle)} and {last}."


def funnels_sentence(groups: Sequence[GroupFunnel], labels: Mapping[str, str]) -> str:
    """One plain reading of funnels side by side: counts only, since groups may differ in how long they had."""
    if not groups:
        return "Nobody has been asked yet, so there is no group to show."
    if len(groups) == 1:
        only = _count(groups[0], Stage.IDENTIFIED)
        people = "The one person is" if only == 1 else f"All {only:,} people are"
        return f"{people} in one group: {_label(groups[0], labels)}."
    head = f"{sum(_count(one, Stage.IDENTIFIED) for one in groups):,} people in {len(groups):,} groups"
    for stage, words in ((Stage.MET, "you met"), (Stage.ASKED, "you asked and did not meet yet")):
        total = sum(_count(one, stage) for one in groups)
        if not total:
            continue
        top = max(_count(one, stage) for one in groups)
        leaders = [one for one in groups if _count(one, stage) == top]
        if total == 1:
            return f"{head}. The one {words} is in this one: {_label(leaders[0], labels)}."
        if len(leaders) > 1:
            return f"{head}. Of the {total:,} {words}, no group has more than {top:,}."
        return f"{head}. Of the {total:,} {words}, the largest group is {_label(leaders[0], labels)}, with {top:,}."
    return f"{head}; nobody has been asked yet."


def _count(one: GroupFunnel, stage: Stage) -> int:
    return one.funnel.step(stage).count


def _label(one: GroupFunnel, labels: Mapping[str, str]) -> str:
    return labels.get(one.group, one.group) or "not said"
