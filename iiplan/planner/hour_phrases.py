"""Days and hours put together: which hours a clause of words gives to which days."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import NoReturn

from iiplan.errors import InputError
from iiplan.planner.hour_words import EVERY_DAY, EXAMPLE, Days, Mark, Span, Token, quoted, tokens

__all__ = ["ANY_TIME", "Group", "read_clause"]

ANY_TIME = Span(text="any time")


@dataclass
class Group:
    """Days and the hours that go with each of them."""

    days: list[Days]
    spans: list[Span]


@dataclass
class Piece:
    """What stands between two commas or "and"s: days then hours, hours then days, or one of them alone."""

    days: list[Days] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)
    hours_first: bool = False
    after_comma: bool = False


def read_clause(text: str) -> tuple[list[Group], list[Group]]:
    """What one clause says is free, and what it says is not; a blank one says nothing.

    Raises ``InputError`` for words not understood, and for words that read in two ways.
    """
    found = _joined(list(tokens(text)), text)
    nots = [index for index, token in enumerate(found) if isinstance(token, Mark) and token.kind == "not"]
    if len(nots) > 1:
        _two_ways(text)
    cut = nots[0] if nots else len(found)
    wanted, unwanted = _pieces(found[:cut], text), _pieces(found[cut + 1 :], text)
    if nots and not unwanted:
        raise InputError(f"{quoted(text)} does not say what is not free. Say it like this: {EXAMPLE}.")
    for before, piece in pairwise(unwanted):
        if piece.after_comma and piece.spans and not before.spans:
            _two_ways(text)
    if text.strip() and not wanted and not unwanted:
        raise InputError(f"{quoted(text)} names no day and no hours. Say them like this: {EXAMPLE}.")
    return _groups(wanted, text), _groups(unwanted, text)


def _joined(found: list[Token], text: str) -> list[Token]:
    """Tokens with "Tue, 16 Mar" made one date, "Mon to Wed" one range, and "every morning" given its days."""
    return _with_every(_with_ranges(_with_dated_weekdays(found), text), text)


def _with_dated_weekdays(found: list[Token]) -> list[Token]:
    joined: list[Token] = []
    for token in found:
        if isinstance(token, Days) and token.is_date:
            comma = bool(joined) and isinstance(joined[-1], Mark) and joined[-1].kind == "comma"
            before = joined[-2] if comma and len(joined) > 1 else joined[-1] if joined else None
            if isinstance(before, Days) and before.is_weekday:
                del joined[-2 if comma else -1 :]
                token = replace(token, weekdays=before.weekdays, text=f"{before.text} {token.text}")
        joined.append(token)
    return joined


def _with_ranges(found: list[Token], text: str) -> list[Token]:
    joined: list[Token] = []
    for token in found:
        if joined and isinstance(joined[-1], Mark) and joined[-1].kind == "to":
            first = joined[-2] if len(joined) > 1 else None
            if not isinstance(first, Days) or not isinstance(token, Days):
                _not_understood(joined[-1].text, text)
            joined[-2:] = [_range_of_days(first, token, text)]
        else:
            joined.append(token)
    if joined and isinstance(joined[-1], Mark) and joined[-1].kind == "to":
        _not_understood(joined[-1].text, text)
    return joined


def _range_of_days(first: Days, last: Days, text: str) -> Days:
    name = f"{first.text} to {last.text}"
    if first.is_weekday and last.is_weekday:
        (start,), (end,) = first.weekdays, last.weekdays
        return Days(text=name, weekdays=frozenset((start + step) % 7 for step in range((end - start) % 7 + 1)))
    if first.is_date and last.is_date:
        return Days(text=name, first=first.first, last=last.first)
    _not_understood(name, text)


def _with_every(found: list[Token], text: str) -> list[Token]:
    joined: list[Token] = []
    for index, token in enumerate(found):
        following = found[index + 1] if index + 1 < len(found) else None
        if not (isinstance(token, Mark) and token.kind == "every"):
            joined.append(token)
        elif isinstance(following, Span):
            joined.append(EVERY_DAY)
        elif not isinstance(following, Days):
            _not_understood(token.text, text)
    return joined


def _pieces(found: Sequence[Token], text: str) -> list[Piece]:
    pieces: list[Piece] = []
    part: list[Days | Span] = []
    comma = False
    for token in (*found, Mark(kind="end", text="")):
        if not isinstance(token, Mark):
            part.append(token)
            continue
        if part:
            pieces += _runs(part, comma, text)
            part, comma = [], False
        comma = comma or token.kind == "comma"
    return pieces


def _runs(part: Sequence[Days | Span], comma: bool, text: str) -> list[Piece]:
    """Days and hours that nothing parts: "Tue 9-11 Wed 14-16" is two pieces, "9-11 Tue 14-16" reads in two ways."""
    hours_first = isinstance(part[0], Span)
    pieces: list[Piece] = []
    complete = True
    for token in part:
        opening = isinstance(token, Span) == hours_first
        if opening and complete:
            pieces.append(Piece(hours_first=hours_first, after_comma=comma and not pieces))
        complete = not opening
        if isinstance(token, Span):
            pieces[-1].spans.append(token)
        else:
            pieces[-1].days.append(token)
    if hours_first and len(pieces) > 1 and not pieces[-1].days:
        _two_ways(text)
    return pieces


def _groups(pieces: Sequence[Piece], text: str) -> list[Group]:
    groups: list[Group] = []
    waiting: list[Days] = []  # days whose hours may still come
    for index, piece in enumerate(pieces):
        if piece.days and not piece.spans:
            if not waiting and index and pieces[index - 1].hours_first and pieces[index - 1].days:
                following = pieces[index + 1] if index + 1 < len(pieces) else Piece()
                if following.spans:
                    _two_ways(text)
                groups[-1].days += piece.days
                pieces[index].hours_first = True
            else:
                waiting += piece.days
        elif piece.days and piece.hours_first:
            groups += [Group(days=waiting, spans=[ANY_TIME])] if waiting else []
            groups.append(Group(days=piece.days, spans=piece.spans))
            waiting = []
        elif piece.days or waiting:
            groups.append(Group(days=waiting + piece.days, spans=piece.spans))
            waiting = []
        elif groups and not any(span.plural for span in piece.spans):
            groups[-1].spans += piece.spans
        else:
            groups.append(Group(days=[EVERY_DAY], spans=piece.spans))
    return groups + ([Group(days=waiting, spans=[ANY_TIME])] if waiting else [])


def _two_ways(text: str) -> NoReturn:
    raise InputError(f"{quoted(text)} can be read in two ways. Part what belongs apart with ';', like this: {EXAMPLE}.")


def _not_understood(part: str, text: str) -> NoReturn:
    raise InputError(f"{part!r} in {quoted(text)} was not understood. Say hours like this: {EXAMPLE}.")
