"""Templates and facts for tests."""

from __future__ import annotations

from iiplan.briefing import blanks
from iiplan.model import MessageKind, MessageTemplate

FULL = {one.name: one.example for one in blanks()}


def template(body: str, subject: str = "", **details: object) -> MessageTemplate:
    """An own template to ask with."""
    settings: dict[str, object] = {"id": "mine", "kind": MessageKind.ASK, "title": "Mine", "own": True, **details}
    return MessageTemplate(body=body, subject=subject, **settings)  # type: ignore[arg-type]
