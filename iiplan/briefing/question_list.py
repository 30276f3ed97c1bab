"""A list of questions for one meeting: as many as its minutes hold, suited to the person, not yet answered by them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from iiplan.briefing.question_bank import QuestionBank
from iiplan.model import Audience, Authority, Contact, Question, Source, Theme

__all__ = ["MINUTES_A_QUESTION", "OPENERS", "audiences_of", "proposed", "room_for"]

MINUTES_A_QUESTION = 4.0  # to ask, hear out and follow up; ours, from experience of half-hour talks, not measured
OPENING_MINUTES = 3  # hello, thanks, and who I am
OPENERS = (Theme.PATH, Theme.WORK)  # easy to answer, so they come first
_IN_TURN = (
    Theme.PATH,
    Theme.WORK,
    Theme.TRENDS,
    Theme.INSIGHTS,
    Theme.ADVICE,
    Theme.SKILLS,
    Theme.RESOURCES,
    Theme.ASSIGNMENTS,
    Theme.PEOPLE,
)
_BY_AUTHORITY = {
    Authority.CAN_HIRE: Audience.CAN_HIRE,
    Authority.HAS_A_SAY: Audience.CAN_HIRE,
    Authority.RECRUITER: Audience.RECRUITER,
    Authority.PEER: Audience.PEER,
}


def audiences_of(contact: Contact) -> frozenset[Audience]:
    """What kinds of person somebody is, by authority and by how they were found; none: nothing is known."""
    found = {_BY_AUTHORITY[contact.authority]} if contact.authority in _BY_AUTHORITY else set()
    return frozenset(found | ({Audience.ALUMNI} if contact.source is Source.ALUMNI else set()))


def room_for(minutes: int, *, closing: int = 2, minutes_a_question: float = MINUTES_A_QUESTION) -> int:
    """About how many questions a meeting of so many minutes holds, the closing ones included; never fewer than those.

    An estimate: three minutes go to hello and the introduction, the rest to questions of equal length.
    """
    return max(closing, int((minutes - OPENING_MINUTES) // minutes_a_question))


def proposed(
    bank: QuestionBank,
    own: Sequence[Question],
    contact: Contact,
    minutes: int,
    *,
    answered: Mapping[str, int] | None = None,
    answered_by_them: Iterable[str] = (),
    minutes_a_question: float = MINUTES_A_QUESTION,
) -> tuple[Question, ...]:
    """As many questions as the minutes hold: easy ones first, one theme after another, the closing ones last.

    ``answered`` counts by question id how many people have answered it: within a theme the least answered come first,
    so that the tenth conversation goes deeper than the first; then those for this kind of person, then the user's own,
    then the order of the bank. What they themselves answered (``answered_by_them``) is left out, the closing ones
    excepted.
    """
    counts = Counter(answered or {})
    theirs, kinds = set(answered_by_them), audiences_of(contact)
    fitting = [
        one for one in (*own, *bank.questions) if one.id not in theirs and (not one.suits or kinds & {*one.suits})
    ]
    order = {one.id: number for number, one in enumerate(fitting)}
    by_theme = {
        theme: sorted(
            (one for one in fitting if one.theme is theme),
            key=lambda one: (counts[one.id], not one.suits, not one.own, order[one.id]),
        )
        for theme in Theme
    }
    room = room_for(minutes, closing=len(bank.closing), minutes_a_question=minutes_a_question) - len(bank.closing)
    picked: list[Question] = []
    while len(picked) < room and any(by_theme[theme] for theme in _IN_TURN):
        for theme in _IN_TURN:
            if by_theme[theme] and len(picked) < room:
                picked.append(by_theme[theme].pop(0))
    picked.sort(key=lambda one: _IN_TURN.index(one.theme))
    return (*picked, *bank.closing)
