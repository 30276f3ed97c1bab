"""The words people use for days and hours, cut into pieces that ``iiplan.planner.hours`` puts together."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from iiplan.errors import InputError

__all__ = [
    "EVERY_DAY",
    "EXAMPLE",
    "MONTHS",
    "WEEKDAYS",
    "Clock",
    "DayMonth",
    "Days",
    "Mark",
    "Span",
    "Token",
    "quoted",
    "tokens",
]

EXAMPLE = "Tue and Wed afternoon; Thu 10-12:30; not Friday"
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
NOON, MIDNIGHT, HALF_A_DAY = 720, 1440, 720
WHOLE_WEEK = frozenset(range(7))


@dataclass(frozen=True, kw_only=True)
class Clock:
    """Minutes after midnight, 0 to 1440. ``loose``: said like "3", which may mean the afternoon as well."""

    minute: int
    loose: bool = False


@dataclass(frozen=True, kw_only=True)
class Span:
    """A part of a day; ``None`` leaves an end open. ``plural``: "mornings" is every day's if no days are named."""

    text: str
    start: Clock | None = None
    end: Clock | None = None
    plural: bool = False


@dataclass(frozen=True, kw_only=True)
class DayMonth:
    """A date as far as it was said."""

    day: int
    month: int | None = None
    year: int | None = None


@dataclass(frozen=True, kw_only=True)
class Days:
    """Some days of a trip: weekdays (0 is Monday), or the date ``first``, or all from ``first`` to ``last``."""

    text: str
    weekdays: frozenset[int] = WHOLE_WEEK
    first: DayMonth | None = None
    last: DayMonth | None = None

    @property
    def is_weekday(self) -> bool:
        """Whether this is one weekday and no date."""
        return len(self.weekdays) == 1 and self.first is None

    @property
    def is_date(self) -> bool:
        """Whether this is one date."""
        return self.first is not None and self.last is None


@dataclass(frozen=True, kw_only=True)
class Mark:
    """A word between: ``comma``, ``and``, ``not``, ``every`` or ``to``."""

    kind: str
    text: str


Token = Days | Span | Mark
EVERY_DAY = Days(text="every day")

_DASHES = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-") | {"\u2019": "'"})
_CLOCK = r"(?:noon|midday|[0-9]{1,2}(?:[:.h][0-5][0-9])?h?(?:\s*o'clock)?(?:\s*[ap]\.?m\b\.?)?)(?![0-9a-z:])"
_TO = r"\s*(?:-|\bto\b|\buntil\b|\btill?\b)\s*"
_TH = r"(?:st|nd|rd|th)?"
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_WEEKDAY = (
    r"(?:mon(?:days?)?|tue(?:s(?:days?)?)?|wed(?:s|nesdays?)?|thu(?:r(?:s(?:days?)?)?)?|fri(?:days?)?|sat(?:urdays?)?"
    r"|sun(?:days?)?)\b\.?"
)
_YEAR = r"(?:,?\s+(?P<year>[0-9]{4})(?![0-9:.]))?"
_NO_CLOCK = r"(?![0-9:.]|h|\s*[ap]\.?m\b)"

# tried in this order at each place; group names carry the parts
_WORDS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern))
    for kind, pattern in (
        ("date", r"(?P<year>[0-9]{4})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})(?![0-9])"),
        ("date", rf"(?P<day>[0-9]{{1,2}}){_TH}{_TO}(?P<last>[0-9]{{1,2}}){_TH}(?:\s+of)?\s+(?P<month>{_MONTH}){_YEAR}"),
        ("date", rf"(?P<day>[0-9]{{1,2}}){_TH}(?:\s+of)?\s+(?P<month>{_MONTH}){_YEAR}"),
        (
            "date",
            rf"(?P<month>{_MONTH})\s+(?P<day>[0-9]{{1,2}}){_TH}{_TO}(?P<last>[0-9]{{1,2}}){_TH}{_NO_CLOCK}{_YEAR}",
        ),
        ("date", rf"(?P<month>{_MONTH})\s+(?P<day>[0-9]{{1,2}}){_TH}{_NO_CLOCK}{_YEAR}"),
        ("date", r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th)\b"),
        ("range", rf"(?:from\s+)?(?P<start>{_CLOCK}){_TO}(?P<end>{_CLOCK})"),
        ("range", rf"between\s+(?P<start>{_CLOCK})\s*(?:and|-)\s*(?P<end>{_CLOCK})"),
        ("range", rf"(?:after|from|since)\s+(?P<start>{_CLOCK})(?:\s*(?:onwards?|on)\b)?"),
        ("range", rf"(?P<start>{_CLOCK})\s*(?:onwards?|or\s+later)\b"),
        ("range", rf"(?:before|until|till?|up\s+to)\s+(?P<end>{_CLOCK})"),
        ("single", _CLOCK),
        ("every day", r"(?:(?:every|each|any)\s+days?|all\s+days|daily|all\s+week|the\s+whole\s+week)\b"),
        ("working days", r"(?:every\s+|on\s+)?(?:weekdays?|working\s+days?)\b"),
        ("weekend", r"(?:on\s+)?(?:the\s+)?weekends?\b"),
        ("weekday", _WEEKDAY),
        ("any time", r"any\s*times?\b|all\s+day(?:\s+long)?\b|(?:the\s+)?whole\s+day\b"),
        ("morning", r"mornings?\b"),
        ("afternoon", r"afternoons?\b"),
        ("not", r"(?:,\s*)?(?:\band\s+)?(?:\bbut\s+)?\b(?:not|no|never|except(?:\s+for)?|excluding|without)\b"),
        ("and", r"(?:,\s*)?(?:and\b|or\b|&|\+|plus\b|then\b|also\b)|/"),
        ("comma", r","),
        ("to", r"-|to\b|through\b|thru\b|until\b|till?\b"),
        ("every", r"(?:every|each|any|all)\b"),
        ("filler", r"(?:on|the|in|at|of|from|during|only|free|available|works?|is|i'm|i\s+am)\b|\s+|:|\.(?=\s|$)"),
    )
)


def tokens(clause: str) -> Iterator[Token]:
    """The days, hours and words between them of one clause; fillers are left out.

    Raises ``InputError`` that quotes the first part which is none of them.
    """
    text = clause.translate(_DASHES).casefold().strip()
    at = 0
    while at < len(text):
        kind, found = _word(text, at)
        if kind != "filler":
            yield _token(kind, found)
        at = found.end()


def quoted(text: str) -> str:
    """The start of what was said, for a message."""
    return repr(" ".join(text.split())[:60])


def _word(text: str, at: int) -> tuple[str, re.Match[str]]:
    for kind, pattern in _WORDS:
        if found := pattern.match(text, at):
            return kind, found
    rest = re.split(r"[,;]", text[at:], maxsplit=1)[0].strip() or text[at:]
    raise InputError(f"{rest[:40]!r} was not understood. Say hours like this: {EXAMPLE}.")


def _token(kind: str, found: re.Match[str]) -> Token:
    text = " ".join(found[0].split())
    match kind:
        case "date":
            return _date(text, found)
        case "range":
            return _range(text, found)
        case "single":
            raise InputError(f"{text!r} is one time, not from when to when. Say 10-11, or 'after 10', or 'before 10'.")
        case "every day":
            return EVERY_DAY
        case "working days":
            return Days(text=text, weekdays=frozenset(range(5)))
        case "weekend":
            return Days(text=text, weekdays=frozenset({5, 6}))
        case "weekday":
            return Days(text=text, weekdays=frozenset({WEEKDAYS.index(text[:3].capitalize())}))
        case "any time":
            return Span(text=text)
        case "morning":
            return Span(text=text, end=Clock(minute=NOON), plural=text.endswith("s"))
        case "afternoon":
            return Span(text=text, start=Clock(minute=NOON), plural=text.endswith("s"))
        case _:
            return Mark(kind=kind, text=text)


def _date(text: str, found: re.Match[str]) -> Days:
    parts = found.groupdict()
    written = parts.get("month")
    month = None
    if written:
        month = int(written) if written.isdigit() else MONTHS.index(written[:3].capitalize()) + 1
    year = int(parts["year"]) if parts.get("year") else None
    first = DayMonth(day=int(parts["day"]), month=month, year=year)
    last = DayMonth(day=int(parts["last"]), month=month, year=year) if parts.get("last") else None
    return Days(text=text, first=first, last=last)


def _range(text: str, found: re.Match[str]) -> Span:
    parts = found.groupdict()
    start, end = parts.get("start"), parts.get("end")
    if not start or not end:
        return Span(text=text, start=_clock(start) if start else None, end=_clock(end) if end else None)
    opens, closes = _clock(start), _clock(end)
    half = re.search(r"[ap](?=\.?m\b)", end)
    if half and opens.loose:  # "9-11am", "1-3pm" say it once for both; "11-1pm" starts before noon
        same = _clock(f"{start}{half[0]}m")
        opens = same if same.minute < closes.minute else Clock(minute=opens.minute)
    return Span(text=text, start=opens, end=closes)


def _clock(text: str) -> Clock:
    if text in {"noon", "midday"}:
        return Clock(minute=NOON)
    hour_text, minute_text, half = _parts(text)
    hour, minute = int(hour_text), int(minute_text or 0)
    if half:
        if not 1 <= hour <= 12:
            raise InputError(f"{text!r} is not a time of the day. With am or pm the hour is 1 to 12, such as 3pm.")
        return Clock(minute=(hour % 12 + (12 if half == "p" else 0)) * 60 + minute)
    if hour * 60 + minute > MIDNIGHT:
        raise InputError(f"{text!r} is not a time of the day. Hours go from 0 to 24, such as 14:30.")
    return Clock(minute=hour * 60 + minute, loose=1 <= hour <= 12 and not hour_text.startswith("0"))


def _parts(text: str) -> tuple[str, str, str]:
    """Hour, minute or nothing, ``a`` or ``p`` or nothing."""
    found = re.match(r"([0-9]{1,2})(?:[:.h]([0-5][0-9]))?[^ap]*([ap])?", text)
    if found is None:  # unreachable: the text has matched _CLOCK
        raise InputError(f"{text!r} is not a time of the day. Write it like 14:30.")
    return found[1], found[2] or "", found[3] or ""
