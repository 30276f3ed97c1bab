"""How much each part of a person's worth counts, in the user's own measure."""

from __future__ import annotations

from dataclasses import dataclass

from iiplan.errors import InputError
from iiplan.model._checks import require_range

__all__ = ["WorthWeights"]


@dataclass(frozen=True, kw_only=True)
class WorthWeights:
    """How often each part counts in the mean, 0 (not at all) to 5; not all of them 0."""

    authority: int = 3
    fit: int = 2
    closeness: int = 1
    keen: int = 2

    def __post_init__(self) -> None:
        for value, what in (
            (self.authority, "The weight of the authority to hire"),
            (self.fit, "The weight of the fit"),
            (self.closeness, "The weight of the closeness"),
            (self.keen, "The weight of how keen you are"),
        ):
            require_range(value, what, 0, 5)
        if not (self.authority or self.fit or self.closeness or self.keen):
            raise InputError("Nothing counts towards the worth. Give at least one part a weight above 0.")
