"""Use cases about what was learned: topics, and renaming them over everything at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from iiplan.briefing import AskedQuestion, asked_questions, open_research
from iiplan.model import Insight, ResearchNote, Tick
from iiplan.planner import settings
from iiplan.planner.workspace import Workspace

__all__ = [
    "found_out",
    "not_found_out",
    "open_research_notes",
    "profile_phrases",
    "questions",
    "rename_topic",
    "restore_topics",
    "topics",
    "topics_to_choose",
]

_FOUND_OUT = "research found out"


def topics(insights: Iterable[Insight]) -> tuple[str, ...]:
    """Every topic once, capitals not told apart (the spelling first used), by name."""
    found: dict[str, str] = {}
    for one in insights:
        if one.topic:
            found.setdefault(one.topic.casefold(), one.topic)
    return tuple(found[key] for key in sorted(found))


def profile_phrases(workspace: Workspace) -> tuple[str, ...]:
    """Skills, talents, values and interests of the profile, in this order, each once."""
    known = settings.profile(workspace)
    found: dict[str, str] = {}
    for phrase in (*known.skills, *known.talents, *known.values, *known.interests):
        words = " ".join(phrase.split())
        found.setdefault(words.casefold(), words)
    return tuple(found.values())


def topics_to_choose(workspace: Workspace, insights: Iterable[Insight]) -> tuple[str, ...]:
    """The topics there are, then the phrases of the profile that are none yet and short enough for one."""
    known = topics(insights)
    taken = {topic.casefold() for topic in known}
    return (*known, *(one for one in profile_phrases(workspace) if one.casefold() not in taken and len(one) <= 80))


def rename_topic(workspace: Workspace, old: str, new: str) -> tuple[Insight, ...]:
    """Give all insights of topic ``old`` the topic ``new``, as one change: a topic there is already takes them in.

    Empty ``new`` leaves them without a topic. Returns them as they were, for ``restore_topics``.
    """
    new = " ".join(new.split())
    store = workspace.store
    with store.transaction():
        before = tuple(one for one in store.insights() if one.topic.casefold() == old.casefold() and one.topic != new)
        for one in before:
            store.save_insight(replace(one, topic=new))
    return before


def restore_topics(workspace: Workspace, before: Iterable[Insight], new: str) -> None:
    """Give insights the topics they had, unless they have been deleted or given another one since."""
    store = workspace.store
    with store.transaction():
        now = {one.id: one for one in store.insights()}
        for one in before:
            current = now.get(one.id)
            if current is not None and current.topic == " ".join(new.split()):
                store.save_insight(replace(current, topic=one.topic))


def questions(workspace: Workspace) -> tuple[AskedQuestion, ...]:
    """Every question on anybody's list, with who was asked and what they answered."""
    known = {contact.id for contact in workspace.store.contacts()}
    return asked_questions(workspace.store.planned_questions(), known)


def open_research_notes(workspace: Workspace) -> tuple[ResearchNote, ...]:
    """What research left open and was not ticked off."""
    known = {contact.id for contact in workspace.store.contacts()}
    return open_research(workspace.store.research(), known, workspace.store.ticks(_FOUND_OUT))


def found_out(workspace: Workspace, note_id: str) -> None:
    """Tick off a question that research left open."""
    workspace.store.tick(Tick(scope=_FOUND_OUT, item=note_id, at=workspace.now()))


def not_found_out(workspace: Workspace, note_id: str) -> None:
    """Take that tick back."""
    workspace.store.untick(_FOUND_OUT, note_id)
