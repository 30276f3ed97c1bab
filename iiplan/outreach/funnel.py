"""How many people came how far."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from iiplan.model import Stage, Touch
from iiplan.outreach.stages import FUNNEL_STAGES, stages_reached

__all__ = ["Funnel", "FunnelStep", "funnel", "funnel_sentence"]

_MILESTONES = (
    (Stage.ASKED, "an ask"),
    (Stage.REPLIED, "an answer"),
    (Stage.ACCEPTED, "a yes"),
    (Stage.MET, "a meeting"),
)


@dataclass(frozen=True, kw_only=True)
class FunnelStep:
    """The contacts (ids) who ever came as far as ``stage``; ``of_previous`` is their share, 0 to 1, of the step
    before, None for the first step and after an empty one."""

    stage: Stage
    people: tuple[str, ...]
    of_previous: float | None = None

    @property
    def count(self) -> int:
        """How many people."""
        return len(self.people)


@dataclass(frozen=True, kw_only=True)
class Funnel:
    """Steps from identified down to in touch; nobody is in a step without being in the one before."""

    steps: tuple[FunnelStep, ...]

    def step(self, stage: Stage) -> FunnelStep:
        """The step of a stage; ``KeyError`` for a stage that is no step (confirmed, declined, silent)."""
        return {step.stage: step for step in self.steps}[stage]


def funnel(touches_by_contact: Mapping[str, Sequence[Touch]]) -> Funnel:
    """The funnel of all contacts named, those with an empty log included (they are identified)."""
    reached = {contact: stages_reached(log) for contact, log in touches_by_contact.items()}
    steps: list[FunnelStep] = []
    for stage in FUNNEL_STAGES:
        people = tuple(contact for contact, stages in reached.items() if stage in stages)
        before = steps[-1].count if steps else 0
        steps.append(FunnelStep(stage=stage, people=people, of_previous=len(people) / before if before else None))
    return Funnel(steps=tuple(steps))


def funnel_sentence(funnel: Funnel) -> str:
    """One plain reading of the funnel."""
    count = {step.stage: step.count for step in funnel.steps}
    known, asked = count[Stage.IDENTIFIED], count[Stage.ASKED]
    if known == 0:
        return "There is nobody in the list yet."
    if asked == 0:
        people = "There is one person" if known == 1 else f"There are {known} people"
        return f"{people} in the list, and nobody has been asked yet."
    steps = [(count[stage], f"as far as {words}") for stage, words in _MILESTONES]
    if known == 1:
        furthest = [words for people, words in steps if people][-1]
        return f"The one person in the list came {furthest}."
    first, *middle, last = [f"{people or 'none'} {words}" for people, words in steps]
    return f"Of {known} people, {first.replace(' as', ' came as', 1)}, {', '.join(middle)} and {last}."
