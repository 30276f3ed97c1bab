"""Use cases about keeping in touch: how often with whom, for what reason, and with whom not."""

from __future__ import annotations

from enum import StrEnum

from iiplan.errors import InputError
from iiplan.model import MessageKind, Touch, TouchKind
from iiplan.outreach import NEVER, History
from iiplan.planner.workspace import Workspace

__all__ = ["EVERY", "REASON", "Reason", "every_weeks", "last_reason", "message_for", "set_every_weeks"]

_SETTING = "keep in touch"
EVERY = (None, 1, 2, 4, 8, 12, 26, NEVER)  # weeks; None: by the cadence


class Reason(StrEnum):
    """Why to write to somebody we met."""

    ARTICLE = "article"
    UPDATE = "update"
    THANKS = "thanks"


REASON = {
    Reason.ARTICLE: "An article for them",
    Reason.UPDATE: "An update on my search",
    Reason.THANKS: "Thanks for the person they led me to",
}


def every_weeks(workspace: Workspace) -> dict[str, int]:
    """By contact id: every how many weeks to write, ``NEVER`` for not at all; who is not in it goes by the cadence."""
    kept = workspace.store.setting(_SETTING)
    return {who: weeks for who, weeks in kept.items() if isinstance(weeks, int) and not isinstance(weeks, bool)}


def set_every_weeks(workspace: Workspace, contact_id: str, weeks: int | None) -> None:
    """Choose how often to keep in touch with somebody; None: by the cadence. InputError outside 0 to 104 weeks."""
    if weeks is not None and not NEVER <= weeks <= 104:
        raise InputError(f"Every {weeks} weeks is no rhythm. Choose 1 to 104 weeks, or never.")
    with workspace.store.transaction():
        kept = {who: given for who, given in workspace.store.setting(_SETTING).items() if who != contact_id}
        workspace.store.save_setting(_SETTING, kept if weeks is None else {**kept, contact_id: weeks})


def message_for(reason: Reason) -> MessageKind:
    """The message in which a reason is written."""
    return MessageKind.UPDATE_REFERRER if reason is Reason.THANKS else MessageKind.FOLLOW_UP


def last_reason(one: History) -> tuple[Reason, Touch] | None:
    """For what reason we last wrote to keep in touch, and when; None when no reason was logged."""
    words = {text: reason for reason, text in REASON.items()}
    for touch in reversed(one.touches):
        if touch.kind is TouchKind.FOLLOWED_UP and touch.note in words:
            return words[touch.note], touch
    return None
