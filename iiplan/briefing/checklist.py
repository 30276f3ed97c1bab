"""What to bring, to wear and to mind: worked out from the meetings of a day, by rules in plain-text files."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from iiplan.errors import InputError
from iiplan.model import Format, Place

__all__ = [
    "ChecklistItem",
    "ChecklistRule",
    "ConductRule",
    "Dress",
    "Moment",
    "PackedMeeting",
    "checklist_for_day",
    "checklist_for_meeting",
    "conduct_for",
    "is_cafe",
    "read_checklist",
    "read_conduct",
]

_CURE = "A line reads 'when: thing | why', with + before it for the evening before."
_SPARE_RESUMES = 2
_DRESSES = ("formal", "business", "casual")
# What places to drink coffee in are called; parts of words, so that "Kaffeehaus" counts.
_CAFE = re.compile(
    r"caf[eé]|cafet|coffee|kaffee|espresso|konditorei|patisserie|pâtisserie|bakery|b[äa]ckerei|tea ?room|teehaus|"
    r"kavárna|kawiarnia|kahve|kohvik|kahvila|кафе|кофе|καφέ|咖啡|カフェ|珈琲|카페|커피|starbucks|costa\b|pret a manger",
    re.IGNORECASE,
)


class Dress(StrEnum):
    """How people dress at an organisation."""

    FORMAL = "formal"
    BUSINESS = "business"
    CASUAL = "casual"


class Moment(StrEnum):
    """When a rule of conduct helps."""

    ARRIVE_IN_PERSON = "arrive in person"
    ARRIVE_CALL = "arrive call"
    DURING = "during"
    END = "end"
    AFTER = "after"


@dataclass(frozen=True, kw_only=True)
class PackedMeeting:
    """What of a meeting decides what to bring: in person or call, where, how they dress there."""

    format: Format
    place: Place | None = None
    dress: Dress = Dress.BUSINESS


@dataclass(frozen=True, kw_only=True)
class ChecklistRule:
    """One line of a file: what must hold (``when``), the thing, why, and whether the evening before."""

    when: tuple[str, ...]
    text: str
    why: str = ""
    evening: bool = False


@dataclass(frozen=True, kw_only=True)
class ChecklistItem:
    """One thing to tick off. Its words identify it: another count makes another thing of it."""

    text: str
    why: str = ""
    evening: bool = False


@dataclass(frozen=True, kw_only=True)
class ConductRule:
    """One rule of conduct and the moment it helps."""

    moment: Moment
    text: str


def read_checklist(path: Path) -> tuple[ChecklistRule, ...]:
    """The rules of a file, in its order. InputError names file, line and cure."""
    rules = []
    for where, line in _lines(path):
        evening = line.startswith("+")
        when, colon, rest = line.lstrip("+").partition(":")
        words = tuple(word.strip().casefold() for word in when.split(","))
        text, _, why = (part.strip() for part in rest.partition("|"))
        unknown = [word for word in words if word not in _CONDITIONS]
        if not colon or unknown or not text:
            known = ", ".join(_CONDITIONS)
            raise InputError(f"{where}: {line[:60]!r} does not belong there. {_CURE} When is one or more of {known}.")
        if blanks := set(re.findall(r"\{(.*?)\}", text)) - {"resumes", "coffees"}:
            raise InputError(f"{where}: {{{min(blanks)}}} is not counted. Use {{resumes}} or {{coffees}}.")
        rules.append(ChecklistRule(when=words, text=text, why=why, evening=evening))
    return tuple(rules)


def read_conduct(path: Path) -> tuple[ConductRule, ...]:
    """The rules of conduct of a file, in its order. InputError names file, line and cure."""
    rules = []
    for where, line in _lines(path):
        moment, colon, text = (part.strip() for part in line.partition(":"))
        if not colon or moment not in set(Moment) or not text:
            raise InputError(f"{where}: {line[:60]!r} does not belong there. Begin with one of {', '.join(Moment)}.")
        rules.append(ConductRule(moment=Moment(moment), text=text))
    return tuple(rules)


def is_cafe(place: Place | None) -> bool:
    """Whether a place is one to drink coffee in, by its name or address in words of some twenty languages."""
    return place is not None and _CAFE.search(f"{place.name} {place.address}") is not None


def checklist_for_day(rules: Iterable[ChecklistRule], meetings: Sequence[PackedMeeting]) -> tuple[ChecklistItem, ...]:
    """What to bring on a day with these meetings; nothing without any.

    A rule applies when some meeting fulfils all its conditions; of the dresses the most formal one counts for all
    meetings in person. Résumés are one for each meeting in person and two more; coffees two for each café.
    """
    dressed = [one.dress for one in meetings if one.format is Format.IN_PERSON]
    day = min(dressed, key=_DRESSES.index, default=Dress.BUSINESS)
    told = [_told(one, day) for one in meetings]
    return tuple(
        ChecklistItem(text=_counted(rule.text, meetings), why=rule.why, evening=rule.evening)
        for rule in rules
        if any(set(rule.when) <= true for true in told)
    )


def checklist_for_meeting(rules: Iterable[ChecklistRule], meeting: PackedMeeting) -> tuple[ChecklistItem, ...]:
    """What to see to for one meeting."""
    return checklist_for_day(rules, [meeting])


def conduct_for(rules: Iterable[ConductRule], format: Format) -> tuple[ConductRule, ...]:
    """The rules of conduct for one meeting: how to arrive differs between a visit and a call."""
    other = Moment.ARRIVE_CALL if format is Format.IN_PERSON else Moment.ARRIVE_IN_PERSON
    return tuple(rule for rule in rules if rule.moment is not other)


_CONDITIONS = ("always", "in person", "call", "café", *_DRESSES)


def _told(meeting: PackedMeeting, dress: Dress) -> set[str]:
    """The conditions that a meeting fulfils."""
    if meeting.format is Format.CALL:
        return {"always", "call"}
    return {"always", "in person", dress.value} | ({"café"} if is_cafe(meeting.place) else set())


def _counted(text: str, meetings: Sequence[PackedMeeting]) -> str:
    visits = [one for one in meetings if one.format is Format.IN_PERSON]
    resumes, coffees = len(visits) + _SPARE_RESUMES, 2 * sum(is_cafe(one.place) for one in visits)
    return text.replace("{resumes}", str(resumes)).replace("{coffees}", str(coffees))


def _lines(path: Path) -> Iterable[tuple[str, str]]:
    """Each line that says something, with where it stands."""
    for number, line in enumerate(path.read_text(encoding="utf-8-sig").splitlines(), 1):
        if line.strip() and not line.lstrip().startswith("#"):
            yield f"{path.name}, line {number}", line.strip()
