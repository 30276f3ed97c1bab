"""How one's picture changed: what draws and what puts off, added up week by week."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from iiplan.model import About, Draw, Insight

__all__ = ["Picture", "picture", "picture_sentence"]

_SPAN = 4  # weeks that the sentence sums up


@dataclass(frozen=True, kw_only=True)
class Picture:
    """``mondays`` without a gap; for each About how many insights drew us, and put us off, up to each week's end."""

    mondays: tuple[date, ...]
    draws: Mapping[About, tuple[int, ...]]
    puts_off: Mapping[About, tuple[int, ...]]


def picture(insights: Iterable[Insight], today: date) -> Picture:
    """From the week of the first insight that draws or puts off to that of ``today``; what lies ahead is left out."""
    counted = [one for one in insights if one.draw is not Draw.NEITHER and one.learned_on <= today]
    if not counted:
        return Picture(mondays=(), draws={}, puts_off={})
    first, last = _monday(min(one.learned_on for one in counted)), _monday(today)
    mondays = tuple(first + timedelta(weeks=n) for n in range((last - first).days // 7 + 1))
    counts = Counter((one.draw, one.about, _monday(one.learned_on)) for one in counted)

    def added_up(draw: Draw) -> dict[About, tuple[int, ...]]:
        found = {}
        for about in About:
            total, sums = 0, []
            for monday in mondays:
                total += counts[draw, about, monday]
                sums.append(total)
            found[about] = tuple(sums)
        return found

    return Picture(mondays=mondays, draws=added_up(Draw.DRAWS), puts_off=added_up(Draw.PUTS_OFF))


def picture_sentence(of: Picture, words: Mapping[About, str]) -> str:
    """What has drawn and put off so far, about what most, and how much of it is new; ``words`` name each About."""
    if not of.mondays:
        return "Nothing learned is marked as drawing you or putting you off yet."
    draws, puts_off = (_last(sums) for sums in (of.draws, of.puts_off))
    text = f"So far {_things(sum(draws.values()))} drew you{_most(draws, words)}; "
    text += f"{_things(sum(puts_off.values()))} put you off{_most(puts_off, words)}."
    if len(of.mondays) <= _SPAN:
        return text
    fresh = [sum(draws.values()) - _before(of.draws), sum(puts_off.values()) - _before(of.puts_off)]
    return f"{text} Of these, {fresh[0]} and {fresh[1]} came in the last four weeks, this one included."


def _last(sums: Mapping[About, Sequence[int]]) -> dict[About, int]:
    return {about: counts[-1] for about, counts in sums.items()}


def _before(sums: Mapping[About, Sequence[int]]) -> int:
    return sum(counts[-1 - _SPAN] for counts in sums.values())


def _most(counts: Mapping[About, int], words: Mapping[About, str]) -> str:
    """', most about the work (5)'; nothing when there is nothing, or all are alike."""
    most = max(counts.values())
    about = [words[one].lower() for one, count in counts.items() if count == most]
    if not most or len(about) > 2 or most == sum(counts.values()):
        return f", all about {about[0]}" if most and len(about) == 1 else ""
    return f", most about {' and '.join(about)} ({most}{' each' if len(about) > 1 else ''})"


def _things(count: int) -> str:
    return {0: "nothing", 1: "1 thing"}.get(count, f"{count} things")


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
