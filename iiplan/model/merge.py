"""Two entries about one person made one, so that it can be taken back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from iiplan.errors import InputError
from iiplan.model._checks import require_aware

__all__ = ["Merge"]


@dataclass(frozen=True, kw_only=True)
class Merge:
    """Which contact took in which other one, by id and with their names now; ``at`` is aware."""

    id: str
    kept_id: str
    kept_name: str
    gone_id: str
    gone_name: str
    at: datetime

    def __post_init__(self) -> None:
        if self.kept_id == self.gone_id:
            raise InputError("Nobody is merged with themselves. Choose two people.")
        require_aware(self.at, "The time of merging")
