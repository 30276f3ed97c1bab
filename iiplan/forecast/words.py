"""What a forecast says, in sentences."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from iiplan.forecast.calendar import MOST_ASKS
from iiplan.forecast.nouns import SHOWN, TARGET, Forecast, Gain, Needed, NeededFrom
from iiplan.model import Source

__all__ = ["chance_words", "gain_words", "gains_sentence", "needed_sentence", "week_sentence"]

FROM = {
    Source.FAMILY: "family",
    Source.FRIEND: "friends",
    Source.ALUMNI: "alumni",
    Source.COLLEAGUE: "colleagues",
    Source.LINKEDIN: "from LinkedIn",
    Source.ASSOCIATION: "from associations",
    Source.CHAMBER: "from the chamber of commerce",
    Source.EVENT: "from events",
    Source.REFERRAL: "referred",
    Source.OTHER: "others",
}


def needed_sentence(given: Forecast) -> str:
    """The answer first: how many more people to ask, of which sources, by when; or that it cannot be reached."""
    week = f"{_meetings(given.goal)} in this week" if given.held.done else f"a full week of {_meetings(given.goal)}"
    answer = given.needed
    if answer is None:
        return f"No free day of {given.trip} is left, so further asks add nothing."
    if given.sure >= given.goal:
        return f"Nobody else needs to be asked: {_meetings(given.sure)} {_are(given.sure)} held or agreed, a full week."
    if answer.asks == 0:
        return f"Nobody else needs to be asked: the chance of {week} is {chance_words(answer.chance)}."
    if answer.asks is None:
        return _out_of_reach(answer, week, given.full or 0.0)
    by = _day(answer.last_on, given.today)
    if answer.asks == 1:
        return f"Ask one more person {by} ({FROM[answer.sources[0].source]}). {_where(answer)}"
    return f"Ask about {answer.asks} more people {by}: {_split(answer.sources)}. {_where(answer)}"


def _out_of_reach(answer: Needed, week: str, now: float) -> str:
    target = chance_words(TARGET)
    if answer.possible == 0 and answer.a_day and answer.at_once is None:
        return f"It is too late for further asks: the chance of {week} stays {chance_words(now)}."
    if answer.a_day == 0:
        head = f"You allow no new asks a day, so the chance of {week} stays {chance_words(now)}."
    else:
        pace = "one new ask" if answer.a_day == 1 else f"{answer.a_day} new asks"
        most = "one more ask" if answer.possible == 1 else f"{answer.possible} more asks"
        head = (
            f"At {pace} a day, a chance of {target} for {week} is out of reach: "
            f"{most} would make it {chance_words(answer.chance)}."
        )
    if answer.at_once is not None:
        return f"{head} Asking {answer.at_once} people on one day would do."
    return f"{head} Not even {MOST_ASKS} asks on one day would do."


def _where(answer: Needed) -> str:
    if answer.asks == 1:
        return "They are on your list." if answer.on_list else "They are not on your list yet."
    if answer.to_find == 0:
        return "All of them are on your list."
    if answer.on_list == 0:
        return f"None of them is on your list yet; find {answer.to_find}."
    return f"You have {answer.on_list} of them on the list; find {answer.to_find} more."


def _split(sources: Sequence[NeededFrom]) -> str:
    parts = sorted(((one.on_list + one.to_find, FROM[one.source]) for one in sources), reverse=True)
    return ", ".join(f"{count} {words}" for count, words in parts)


def _day(day: date | None, today: date) -> str:
    return "today" if day is None or day == today else f"by {day:%a} {day.day} {day:%B}"


def week_sentence(given: Forecast) -> str:
    """How full the week will be if nobody else is asked."""
    if given.needed is None:
        return f"The week has {_meetings(given.sure)}, held or agreed; no free day is left."
    head = f"If you ask nobody else, the week ends up with about {_meetings(round(given.mean))}"
    spread = str(given.low) if given.low == given.high else f"{given.low} to {given.high}"
    sure = f"{given.sure or 'none'} of them {_are(given.sure or 1)} held or agreed"
    full = f"The chance of all {given.goal} is {chance_words(given.full or 0.0)}"
    return f"{head} ({spread} in at least eight of ten cases); {sure}. {full}."


def gains_sentence(given: Forecast) -> str:
    """What one more ask adds, best and least."""
    ranked = sorted(given.gains, key=lambda gain: -gain.meetings)
    best, least = ranked[0], ranked[-1]
    if not given.worth_asking:
        return "One more ask today adds nothing: no answer comes in time, or no place is free."
    return (
        f"One more ask today adds {gain_words(best)} of a meeting when it goes to {_group(best.source)}, "
        f"{gain_words(least)} when it goes to {_group(least.source)}."
    )


def _group(source: Source) -> str:
    words = FROM[source]
    if source is Source.REFERRAL:
        return "people referred to you"
    return f"people {words}" if words.startswith("from ") else words


def gain_words(gain: Gain) -> str:
    """'0.21', or '0.2' where drawing leaves the second digit open."""
    return f"{gain.meetings:.2f}" if gain.error < SHOWN else f"{gain.meetings:.1f}"


def chance_words(chance: float) -> str:
    """'83 %', 'under 1 %', 'over 99 %': drawing never shows that something is certain."""
    if chance < 0.01:
        return "under 1 %"
    if chance > 0.99:
        return "over 99 %"
    return f"{100 * chance:.0f} %"


def _are(count: int) -> str:
    return "is" if count == 1 else "are"


def _meetings(count: int) -> str:
    return "1 meeting" if count == 1 else f"{count} meetings"
