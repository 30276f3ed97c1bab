"""Reply times and forecasts as JSON. docs/forecast.md explains every key."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime

from iiplan.forecast.assumptions import Assumptions
from iiplan.forecast.nouns import TARGET, Forecast, Gain, Needed
from iiplan.forecast.reply_times import ReplyTimes, reply_sentence
from iiplan.forecast.words import gains_sentence, needed_sentence, week_sentence

__all__ = ["assumptions_document", "forecast_document"]


def forecast_document(
    times: ReplyTimes, forecasts: Sequence[Forecast], assumptions: Assumptions, now: datetime
) -> dict[str, object]:
    """Everything the pages show, for the same trip and seed; one forecast for each number of meetings a day."""
    return {
        "now": now.isoformat(),
        "trip": forecasts[0].trip if forecasts else None,
        "seed": forecasts[0].seed if forecasts else None,
        "draws": forecasts[0].draws if forecasts else None,
        "target": TARGET,
        "reply_times": _times(times),
        "assumptions": assumptions_document(assumptions),
        "forecasts": [_forecast(one) for one in forecasts],
    }


def assumptions_document(given: Assumptions) -> dict[str, object]:
    """The assumptions as they are kept and printed."""
    return {
        "sources": {
            str(one.source): {"answered": one.answered, "yes": one.yes, "worth": one.worth} for one in given.sources
        },
        "kept": given.kept,
        "reply_within": given.reply_within,
        "reply_worth": given.reply_worth,
        "found_through": str(given.found_through),
    }


def _times(times: ReplyTimes) -> dict[str, object]:
    return {
        "sentence": reply_sentence(times),
        "asked": times.asked,
        "answered": times.answered,
        "median": times.median,
        "most_within": times.most_within,
        "waiting": list(times.waiting),
        "steps": [asdict(step) for step in times.steps],
    }


def _forecast(one: Forecast) -> dict[str, object]:
    held = one.held
    return {
        "per_day": one.per_day,
        "sentence": needed_sentence(one),
        "week_sentence": week_sentence(one),
        "gains_sentence": gains_sentence(one),
        "goal": one.goal,
        "days_left": one.days_left,
        "in_hand": {
            "done": held.done,
            "agreed": sum(held.agreed.values()),
            "agreed_without_hour": held.undated,
            "yes": sum(held.yes.values()),
            "replied": sum(held.talking.values()),
            "waiting": sum(held.waiting.values()),
            "never_asked": sum(held.near.values()) + sum(held.far.values()),
        },
        "chances": list(one.chances),
        "mean": one.mean,
        "low": one.low,
        "high": one.high,
        "full": one.full,
        "needed": None if one.needed is None else _needed(one.needed),
        "one_more_ask": [_gain(gain) for gain in one.gains],
    }


def _needed(needed: Needed) -> dict[str, object]:
    return {
        "asks": needed.asks,
        "last_on": None if needed.last_on is None else needed.last_on.isoformat(),
        "chance": needed.chance,
        "sources": [
            {"source": str(one.source), "on_list": one.on_list, "to_find": one.to_find} for one in needed.sources
        ],
        "asks_a_day": needed.a_day,
        "possible": needed.possible,
        "at_once": needed.at_once,
    }


def _gain(gain: Gain) -> dict[str, object]:
    own = gain.evidence
    return {
        "source": str(gain.source),
        "meetings": gain.meetings,
        "error": gain.error,
        "yes_chance": gain.yes_chance,
        "asked": own.asked,
        "answered": own.answered,
        "unanswered": len(own.unanswered),
        "yes": own.yes,
        "no": own.no,
    }
