"""What several people said, side by side: pure counts over insights, of people and not of rows.

A topic is one whatever its capitals. Somebody is counted once for a topic, however often they spoke of it. What is from
nobody in particular (one's own impression) stands in the table and counts for no one. People disagree on a topic when
what one of them said draws us and what another said puts us off.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from iiplan.model import Draw, Insight

__all__ = ["Agreement", "TopicRow", "insights_sentence", "side_by_side", "topic_sentence"]


class Agreement(StrEnum):
    """What people's words on one topic amount to."""

    DISAGREE = "disagree"
    DRAWS = "draws"  # what several said draws us, and nobody's puts us off
    PUTS_OFF = "puts_off"  # the other way round
    OPEN = "open"  # several spoke of it, and what at most one said draws us or puts us off
    BOTH = "both"  # one person's words do both
    FEW = "few"  # fewer than two people spoke of it


@dataclass(frozen=True, kw_only=True)
class TopicRow:
    """One topic (empty: none was given) with what each said: by contact id, None for nobody in particular.

    ``drawing`` and ``putting_off`` are the ids of people who said something that does so; a person may be in both.
    """

    topic: str
    said: Mapping[str | None, tuple[Insight, ...]]
    drawing: tuple[str, ...]
    putting_off: tuple[str, ...]

    @property
    def people(self) -> tuple[str, ...]:
        """The ids of all who spoke of it."""
        return tuple(one for one in self.said if one is not None)

    @property
    def insights(self) -> tuple[Insight, ...]:
        """Everything said on it, person by person."""
        return tuple(insight for several in self.said.values() for insight in several)

    @property
    def agreement(self) -> Agreement:
        """Whether they agree; of what has no topic nobody can tell."""
        if not self.topic or len(self.people) < 2:
            return Agreement.BOTH if self.topic and self.drawing and self.putting_off else Agreement.FEW
        if self.drawing and self.putting_off:
            return Agreement.DISAGREE if len({*self.drawing, *self.putting_off}) > 1 else Agreement.BOTH
        if len(self.drawing) > 1:
            return Agreement.DRAWS
        return Agreement.PUTS_OFF if len(self.putting_off) > 1 else Agreement.OPEN


def side_by_side(insights: Iterable[Insight]) -> tuple[TopicRow, ...]:
    """Every insight exactly once, by topic: those most people spoke of first, what has no topic last.

    Within a topic people come in the order in which they first spoke of it. A topic is spelled as it first was.
    """
    spelled: dict[str, str] = {}
    said: dict[str, dict[str | None, list[Insight]]] = defaultdict(lambda: defaultdict(list))
    for one in insights:
        key = one.topic.casefold()
        spelled.setdefault(key, one.topic)
        said[key][one.contact_id].append(one)
    rows = [_row(spelled[key], by_person) for key, by_person in said.items()]
    return tuple(sorted(rows, key=lambda row: (not row.topic, -len(row.people), row.topic.casefold())))


def _row(topic: str, by_person: Mapping[str | None, Sequence[Insight]]) -> TopicRow:
    def whose(draw: Draw) -> tuple[str, ...]:
        return tuple(
            who for who, several in by_person.items() if who is not None and any(one.draw is draw for one in several)
        )

    return TopicRow(
        topic=topic,
        said={who: tuple(several) for who, several in by_person.items()},
        drawing=whose(Draw.DRAWS),
        putting_off=whose(Draw.PUTS_OFF),
    )


def topic_sentence(row: TopicRow) -> str:
    """How many people spoke of a topic, and what their words do."""
    of = len(row.people)
    if not of:
        return "Your own impression; nobody spoke of it yet."
    does = []
    if row.drawing:
        does.append(f"what {_people(len(row.drawing))} said draws you")
    if row.putting_off:
        does.append(f"what {_people(len(row.putting_off))} said puts you off")
    spoke = f"{_people(of)} spoke of it"
    if row.agreement is Agreement.DISAGREE:
        return f"{spoke}, and they disagree: {', '.join(does)}."
    return f"{spoke}: {', '.join(does)}." if does else f"{spoke}; it neither draws you nor puts you off."


def insights_sentence(rows: Sequence[TopicRow]) -> str:
    """How much was learned, from how many people, and where several spoke of the same."""
    insights = sum(len(row.insights) for row in rows)
    people = {who for row in rows for who in row.people}
    several = [row for row in rows if row.topic and len(row.people) > 1]
    disagree = sum(row.agreement is Agreement.DISAGREE for row in several)
    text = f"{insights} {'insight' if insights == 1 else 'insights'} from {_people(len(people))}."
    if not several:
        return f"{text} No topic was spoken of by more than one person yet."
    topics = f"{len(several)} {'topic was' if len(several) == 1 else 'topics were'} spoken of by several"
    on = {0: "they disagree on none", len(several): "they disagree on it" if disagree == 1 else "they disagree on all"}
    return f"{text} {topics}; {on.get(disagree, f'they disagree on {disagree}')}."


def _people(count: int) -> str:
    return "nobody" if not count else f"{count} {'person' if count == 1 else 'people'}"
