"""Which questions stay open, and which several people answered: from the lists of questions and the research."""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import dataclass

from iiplan.model import PlannedQuestion, ResearchKind, ResearchNote

__all__ = ["AskedQuestion", "asked_questions", "key_of", "open_research"]


@dataclass(frozen=True, kw_only=True)
class AskedQuestion:
    """One question over the lists of all people, as it was first written; ids of contacts.

    ``planned_for`` has it on their list, ``asked_of`` was asked (whoever answered was), ``answers`` says who
    answered what, in the order of the lists.
    """

    text: str
    planned_for: tuple[str, ...]
    asked_of: tuple[str, ...]
    answers: tuple[tuple[str, str], ...]


def key_of(question: PlannedQuestion) -> str:
    """What makes two planned questions the same one."""
    return question.question_id or " ".join(question.text.casefold().split())


def asked_questions(planned: Iterable[PlannedQuestion], known: Container[str]) -> tuple[AskedQuestion, ...]:
    """Every question once, those on most lists first; lists of people who are not ``known`` are passed over."""
    lists: dict[str, list[PlannedQuestion]] = {}
    for one in planned:
        if one.contact_id in known:
            lists.setdefault(key_of(one), []).append(one)
    found = [
        AskedQuestion(
            text=same[0].text,
            planned_for=_once(one.contact_id for one in same),
            asked_of=_once(one.contact_id for one in same if one.asked or one.answer.strip()),
            answers=tuple((one.contact_id, one.answer) for one in same if one.answer.strip()),
        )
        for same in lists.values()
    ]
    return tuple(sorted(found, key=lambda one: (-len(one.planned_for), one.text.casefold())))


def open_research(
    research: Iterable[ResearchNote], known: Container[str], found_out: Container[str]
) -> tuple[ResearchNote, ...]:
    """What research left open and nobody ticked off (ids in ``found_out``), as it comes; people gone left out."""
    return tuple(
        one
        for one in research
        if one.kind is ResearchKind.OPEN_QUESTION
        and one.id not in found_out
        and (one.contact_id is None or one.contact_id in known)
    )


def _once(ids: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(ids))
