"""Use cases about what was learned: topics, and renaming them over everything at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from iiplan.model import Insight
from iiplan.planner import settings
from iiplan.planner.workspace import Workspace

__all__ = ["profile_phrases", "rename_topic", "restore_topics", "topics", "topics_to_choose"]


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
    phrases = (*known.skills, *known.talents, *known.values, *known.interests)
    return tuple(
        {" ".join(phrase.casefold().split()): " ".join(phrase.split()) for phrase in reversed(phrases)}.values()
    )[::-1]


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
