"""The direction one writes down, with its evidence, as Markdown and as a PDF. What people typed stays text."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import typst

from iiplan.briefing.typesetting import typeset
from iiplan.model import About, Draw, Insight
from iiplan.resources import data_folder

__all__ = [
    "EVIDENCE",
    "FIELD_QUESTIONS",
    "DirectionField",
    "DirectionSheet",
    "direction_markdown",
    "direction_pdf",
    "matching_words",
    "quoted",
]


class DirectionField(StrEnum):
    """What one decides about."""

    WHAT = "what"
    WHERE = "where"
    WHO = "who"
    HOW = "how"
    NEXT = "next"


FIELD_QUESTIONS = {
    DirectionField.WHAT: "What work?",
    DirectionField.WHERE: "Where?",
    DirectionField.WHO: "With whom?",
    DirectionField.HOW: "How?",
    DirectionField.NEXT: "What next?",
}

EVIDENCE = {  # which insights stand beside which field
    DirectionField.WHAT: (About.WORK, About.SKILLS),
    DirectionField.WHERE: (About.PLACE,),
    DirectionField.WHO: (About.PEOPLE,),
    DirectionField.HOW: (About.WAY,),
    DirectionField.NEXT: (About.TRENDS,),
}

_DRAWS = {Draw.DRAWS: "draws me", Draw.PUTS_OFF: "puts me off", Draw.NEITHER: ""}
_MARKS = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>~:$&^=])")


@dataclass(frozen=True, kw_only=True)
class DirectionSheet:
    """What an export says: each field's text with its evidence, and the user's marks on their own phrases.

    ``names`` gives people's names by contact id. ``met`` and ``missing`` are phrases of the profile.
    """

    on: date
    name: str
    texts: Mapping[DirectionField, str]
    insights: tuple[Insight, ...]
    names: Mapping[str, str]
    met: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()

    def evidence(self, field: DirectionField) -> tuple[str, ...]:
        """What was learned about a field, a line each."""
        return tuple(
            " · ".join(part for part in (quoted(one, self.names), _DRAWS[one.draw]) if part)
            for one in self.insights
            if one.about in EVIDENCE[field]
        )

    @property
    def subtitle(self) -> str:
        """Whose it is, and of which day."""
        return f"{self.name + ', ' if self.name else ''}{_day(self.on)}"

    @property
    def phrases(self) -> tuple[str, ...]:
        """The user's marks, a line each."""
        kinds = (("Met by what people said", self.met), ("Missing so far", self.missing))
        return tuple(f"{words}: {', '.join(phrases)}" for words, phrases in kinds if phrases)


def quoted(insight: Insight, names: Mapping[str, str]) -> str:
    """An insight on one line, in quotes, with from whom and when."""
    who = names.get(insight.contact_id or "", "")
    return f"“{' '.join(insight.text.split())}” ({who + ', ' if who else ''}{_day(insight.learned_on)})"


def matching_words(phrase: str, insights: Iterable[Insight]) -> tuple[Insight, ...]:
    """Insights in which the phrase stands word for word, whatever the capitals, and not as a part of a longer word."""
    words = r"\s+".join(map(re.escape, phrase.split()))
    if not words:
        return ()
    found = re.compile(rf"(?<!\w){words}(?!\w)", re.IGNORECASE)
    return tuple(one for one in insights if found.search(one.text))


def direction_markdown(sheet: DirectionSheet) -> str:
    """The direction as a Markdown document; marks in what was typed are escaped, lines are kept."""
    parts = ["# Direction", _escaped(sheet.subtitle)]
    for field, question in FIELD_QUESTIONS.items():
        parts.append(f"## {question}")
        text = sheet.texts.get(field, "").strip()
        parts.append("\\\n".join(_escaped(line) or "&nbsp;" for line in text.splitlines()) or "Nothing written yet.")
        evidence = [f"- {_escaped(line)}" for line in sheet.evidence(field)]
        if evidence:
            parts.append("\n".join(evidence))
    if sheet.phrases:
        parts += ["## What I bring and look for", "\n".join(f"- {_escaped(line)}" for line in sheet.phrases)]
    return "\n\n".join(parts) + "\n"


def direction_pdf(sheet: DirectionSheet, paper: str = "a4") -> tuple[bytes, tuple[str, ...]]:
    """The direction as a PDF on ``paper`` (a4 or us-letter), and the letters for which no font of this machine has a
    shape: boxes stand in their places. The same sheet and fonts give the same bytes.
    """
    parts = [
        {"title": question, "text": _plain(sheet.texts.get(field, "")), "evidence": _all_plain(sheet.evidence(field))}
        for field, question in FIELD_QUESTIONS.items()
    ]
    if sheet.phrases:
        text = "\n".join(_all_plain(sheet.phrases))
        parts.append({"title": "What I bring and look for", "text": text, "evidence": []})
    data = json.dumps({"paper": paper, "subtitle": _plain(sheet.subtitle), "parts": parts})
    folder = data_folder() / "direction"
    compiler = typst.Compiler(folder / "direction.typ", root=folder, sys_inputs={"data": data})
    return typeset(compiler, instead="Take the Markdown file instead.")


def _all_plain(lines: Sequence[str]) -> list[str]:
    return [_plain(line) for line in lines]


def _plain(text: str) -> str:
    """Text without control characters, which no font draws; line breaks stay."""
    return "".join(
        mark for mark in text.strip().replace("\t", " ") if mark == "\n" or unicodedata.category(mark) != "Cc"
    )


def _escaped(line: str) -> str:
    return _MARKS.sub(r"\\\1", " ".join(line.split()))


def _day(day: date) -> str:
    return f"{day.day} {day:%b %Y}"
