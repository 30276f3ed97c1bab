"""Use cases about questions: the bank, the list for one person, what was asked and what people answered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from iiplan.briefing import (
    MINUTES_A_QUESTION,
    Flag,
    QuestionBank,
    flag,
    key_of,
    proposed,
    read_bank,
    read_question_rules,
    room_for,
)
from iiplan.errors import InputError
from iiplan.model import Contact, PlannedQuestion, Question, Theme
from iiplan.planner import people
from iiplan.planner.workspace import Workspace, new_id
from iiplan.resources import data_folder

__all__ = [
    "Answered",
    "add_from_bank",
    "add_own_words",
    "answers",
    "bank",
    "flagged",
    "is_closing",
    "key_of",
    "minutes_a_question",
    "move",
    "propose",
    "remove",
    "restore",
    "room",
    "save_minutes_a_question",
    "save_question",
    "times_asked",
]

_SETTING = "questions"


@dataclass(frozen=True, kw_only=True)
class Answered:
    """What somebody answered to a question."""

    contact_id: str
    name: str
    answer: str


@cache
def bank() -> QuestionBank:
    """The questions that come with iiplan, read once."""
    return read_bank(data_folder() / "questions")


def flagged(text: str) -> Flag | None:
    """Why a question is better not asked, by the written rules; None: ask it."""
    return flag(text, read_question_rules(data_folder() / "question_rules.txt"))


def minutes_a_question(workspace: Workspace) -> float:
    """How long one question takes, as the user reckons."""
    kept = workspace.store.setting(_SETTING).get("minutes_a_question")
    return float(kept) if isinstance(kept, int | float) else MINUTES_A_QUESTION


def save_minutes_a_question(workspace: Workspace, minutes: float) -> None:
    """Keep how long one question takes; InputError outside 1 to 30 minutes."""
    if not 1 <= minutes <= 30:
        raise InputError(f"A question of {minutes:g} minutes is no question. Choose 1 to 30 minutes.")
    workspace.store.save_setting(_SETTING, {**workspace.store.setting(_SETTING), "minutes_a_question": minutes})


def room(workspace: Workspace, minutes: int) -> int:
    """About how many questions a meeting holds, the closing ones included."""
    return room_for(minutes, closing=len(bank().closing), minutes_a_question=minutes_a_question(workspace))


def answers(workspace: Workspace) -> dict[str, tuple[Answered, ...]]:
    """By question id: what people answered, by name. A question in one's own words has its text for an id."""
    names = {key: contact.name for key, contact in people.contacts(workspace).items()}
    found: dict[str, list[Answered]] = {}
    for one in workspace.store.planned_questions():
        if one.answer.strip() and one.contact_id in names:
            said = Answered(contact_id=one.contact_id, name=names[one.contact_id], answer=one.answer)
            found.setdefault(key_of(one), []).append(said)
    return {key: tuple(sorted(said, key=lambda one: one.name.casefold())) for key, said in found.items()}


def times_asked(workspace: Workspace) -> dict[str, int]:
    """By question id: how many people were asked it."""
    asked = [key_of(one) for one in workspace.store.planned_questions() if one.asked or one.answer.strip()]
    return {key: asked.count(key) for key in set(asked)}


def is_closing(question: PlannedQuestion) -> bool:
    """Whether it is one of those that end every list and stay on it."""
    return question.question_id in {one.id for one in bank().closing}


def propose(workspace: Workspace, contact: Contact, minutes: int) -> tuple[PlannedQuestion, ...]:
    """Fill the list for a meeting of so many minutes with suitable questions; what stands on it stays.

    Saves and returns the list; as it was when it is full already.
    """
    kept = workspace.store.planned_questions(contact.id)
    known = answers(workspace)
    counted = {key: len(said) for key, said in known.items()}
    theirs = {key for key, said in known.items() if any(one.contact_id == contact.id for one in said)}
    suggestions = proposed(
        bank(),
        workspace.store.own_questions(),
        contact,
        minutes,
        answered=counted,
        answered_by_them=theirs | {key_of(one) for one in kept},
        minutes_a_question=minutes_a_question(workspace),
    )
    closing = {one.id for one in bank().closing}
    free = max(0, room(workspace, minutes) - len([one for one in kept if key_of(one) not in closing]) - len(closing))
    fresh = [one for one in suggestions if one.id not in closing][:free]
    return _save(workspace, contact, [*kept, *(_planned(contact, one) for one in fresh)])


def add_from_bank(workspace: Workspace, contact: Contact, question: Question) -> tuple[PlannedQuestion, ...]:
    """Put a question of the bank on the list, before the closing ones. InputError when it stands there already."""
    kept = workspace.store.planned_questions(contact.id)
    if any(one.question_id == question.id for one in kept):
        raise InputError(f"{question.text!r} is on the list for {contact.name} already.")
    return _save(workspace, contact, [*kept, _planned(contact, question)])


def add_own_words(workspace: Workspace, contact: Contact, text: str, theme: Theme) -> tuple[PlannedQuestion, ...]:
    """Put a question in one's own words on the list, before the closing ones. InputError when it stands there."""
    text = " ".join(text.split())
    kept = workspace.store.planned_questions(contact.id)
    if any(one.text.casefold() == text.casefold() for one in kept):
        raise InputError(f"{text!r} is on the list for {contact.name} already.")
    fresh = PlannedQuestion(id=new_id(), contact_id=contact.id, position=0, text=text, theme=theme)
    return _save(workspace, contact, [*kept, fresh])


def move(workspace: Workspace, contact: Contact, question_id: str, step: int) -> tuple[PlannedQuestion, ...]:
    """Move one question up (-1) or down (1); the closing ones stay last, and the ends are ends."""
    kept = list(workspace.store.planned_questions(contact.id))
    at = next((number for number, one in enumerate(kept) if one.id == question_id), None)
    if at is not None and 0 <= at + step < len(kept):
        kept[at], kept[at + step] = kept[at + step], kept[at]
    return _save(workspace, contact, kept)


def remove(workspace: Workspace, contact: Contact, question_id: str) -> None:
    """Take a question off the list, with its answer; ``restore`` brings it back."""
    workspace.store.delete_planned_question(question_id, workspace.now())


def save_question(workspace: Workspace, question: PlannedQuestion) -> None:
    """Keep a question's words, tick or answer; somebody who answered was asked."""
    workspace.store.save_planned_questions([replace(question, asked=question.asked or bool(question.answer.strip()))])


def restore(workspace: Workspace, contact: Contact, before: Sequence[PlannedQuestion]) -> None:
    """Put the list back as it was, as one change."""
    store = workspace.store
    kept = {one.id for one in before}
    with store.transaction():
        for one in store.planned_questions(contact.id):
            if one.id not in kept:
                store.delete_planned_question(one.id, workspace.now())
        store.save_planned_questions(before)


def _planned(contact: Contact, question: Question) -> PlannedQuestion:
    return PlannedQuestion(
        id=new_id(),
        contact_id=contact.id,
        position=0,
        text=question.text,
        theme=question.theme,
        question_id=question.id,
    )


def _save(workspace: Workspace, contact: Contact, questions: Sequence[PlannedQuestion]) -> tuple[PlannedQuestion, ...]:
    """Save a list in this order, the closing questions last, those that are missing added."""
    closing: Mapping[str, Question] = {one.id: one for one in bank().closing}
    last = {one.question_id: one for one in questions if one.question_id in closing}
    ordered = [one for one in questions if one.question_id not in closing]
    ordered += [last.get(key) or _planned(contact, question) for key, question in closing.items()]
    numbered = [replace(one, position=number) for number, one in enumerate(ordered)]
    workspace.store.save_planned_questions(numbered)
    return tuple(numbered)
