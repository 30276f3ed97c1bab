"""A template and facts in, a message out, with everything that is missing marked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from iiplan.briefing.blanks import Blank, blank, blanks
from iiplan.briefing.language import Hole, blanks_in, check, compiled
from iiplan.errors import InputError
from iiplan.model import MessageTemplate

__all__ = ["Facts", "Message", "boxes", "check_template", "count_words", "render", "used_blanks"]

Facts = Mapping[str, str]  # by the name of the blank


@dataclass(frozen=True, kw_only=True)
class Message:
    """A message as it would be sent. ``gaps``: blanks that nothing filled, marked in the text, each once, in order.

    ``words`` are those of the body.
    """

    subject: str
    body: str
    gaps: tuple[Blank, ...]
    words: int


def check_template(template: MessageTemplate) -> None:
    """InputError with line and cure when subject or text is not in the language of templates."""
    check(template.subject, _subject_of(template))
    check(template.body, _text_of(template))


def used_blanks(template: MessageTemplate) -> tuple[Blank, ...]:
    """The blanks of subject and text, each once, in order."""
    names = dict.fromkeys(
        (*blanks_in(template.subject, _subject_of(template)), *blanks_in(template.body, _text_of(template)))
    )
    return tuple(one for one in map(blank, names) if one is not None)


def render(template: MessageTemplate, facts: Facts) -> Message:
    """Fill a template. InputError when it is not in the language, or ``facts`` names a blank that does not exist.

    What ``facts`` holds goes in as it is, never read as a template; the subject stays one line.
    """
    unknown = sorted(name for name in facts if blank(name) is None)
    if unknown:
        raise InputError(f"There is no blank {unknown[0]!r}. The blanks are {', '.join(one.name for one in blanks())}.")
    missed: dict[str, Blank] = {}

    def note(name: str) -> str:
        missed[name] = one = blank(name) or _never(name)
        return one.mark

    values = _nested({one.name: _shown(facts.get(one.name, "")) or Hole(one.name, note) for one in blanks()})
    subject = compiled(template.subject, _subject_of(template)).render(values)
    body = compiled(template.body, _text_of(template)).render(values).strip()
    return Message(subject=" ".join(subject.split()), body=body, gaps=tuple(missed.values()), words=count_words(body))


def boxes(template: MessageTemplate, facts: Facts) -> tuple[Blank, ...]:
    """The blanks that the user fills by hand and that would show in the text, as things stand."""
    by_hand = [one for one in used_blanks(template) if one.by_hand]
    return tuple(
        one
        for one in by_hand
        if render(template, {**facts, one.name: ""}) != render(template, {**facts, one.name: one.example})
    )


def count_words(text: str) -> int:
    """How many words a text has: dashes and bullets are none."""
    return sum(any(letter.isalnum() for letter in word) for word in text.split())


def _subject_of(template: MessageTemplate) -> str:
    return f"The subject of {template.title!r}"


def _text_of(template: MessageTemplate) -> str:
    return f"The text of {template.title!r}"


def _shown(value: str) -> str:
    """A value without blanks around it and without what no screen shows: controls, halves of pairs."""
    plain = value.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(
        letter for letter in plain if not ((letter < " " and letter not in "\n\t") or "\ud800" <= letter <= "\udfff")
    ).strip()


def _nested(values: Mapping[str, str | Hole]) -> dict[str, object]:
    nested: dict[str, object] = {}
    for name, value in values.items():
        group, _, rest = name.partition(".")
        if rest:
            inner = nested.setdefault(group, {})
            assert isinstance(inner, dict)
            inner[rest] = value
        else:
            nested[group] = value
    return nested


def _never(name: str) -> Blank:
    raise AssertionError(f"{name} is one of blanks()")
