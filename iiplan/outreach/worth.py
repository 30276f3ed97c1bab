"""What a talk with somebody is worth to us, 1 to 10 stars, from what we said about them.

Four parts, each 1 to 5 or not known:

- authority to hire: can hire 5, has a say 4, recruiter 3, peer 2; not known without a word on it.
- fit and keen: as the user said.
- closeness: as the user said, else by how we found them: family and friend 5, colleague 4, alumni and referral 3,
  association, event and LinkedIn 2, chamber of commerce 1; not known for other sources.

With the weights w (``WorthWeights``) and the parts p that are known and weigh anything, the mean is
m = sum(w * p) / sum(w), from 1 to 5, and the stars are 1 + (m - 1) * 9 / 4, rounded, halves up: 1 gives 1 star, 3
gives 6 and 5 gives 10. What is not known is left out of the mean and never guessed; where nothing is known there are
no stars. The user's own word (``Contact.worth``) goes before all of it.
"""

from __future__ import annotations

from dataclasses import dataclass

from iiplan.model import Authority, Contact, Source, WorthWeights

__all__ = ["USUAL_WEIGHTS", "Worth", "usual_closeness", "worth"]

USUAL_WEIGHTS = WorthWeights()
_AUTHORITY = {Authority.CAN_HIRE: 5, Authority.HAS_A_SAY: 4, Authority.RECRUITER: 3, Authority.PEER: 2}
_CLOSENESS = {
    Source.FAMILY: 5,
    Source.FRIEND: 5,
    Source.COLLEAGUE: 4,
    Source.ALUMNI: 3,
    Source.REFERRAL: 3,
    Source.ASSOCIATION: 2,
    Source.EVENT: 2,
    Source.LINKEDIN: 2,
    Source.CHAMBER: 1,
}


@dataclass(frozen=True, kw_only=True)
class Worth:
    """Each part is 1 to 5, None: not known. ``by_source``: the closeness is that of how they were found.

    ``added_up`` is what the parts give, 1 to 10 stars, None where none is known; ``own`` is the user's own word.
    """

    authority: int | None
    fit: int | None
    closeness: int | None
    keen: int | None
    by_source: bool
    added_up: int | None
    own: int | None

    @property
    def known(self) -> int:
        """How many of the parts are known."""
        return sum(part is not None for part in (self.authority, self.fit, self.closeness, self.keen))

    @property
    def stars(self) -> int | None:
        """The user's own word, else what the parts add up to; None: not known."""
        return self.added_up if self.own is None else self.own


def worth(contact: Contact, weights: WorthWeights = USUAL_WEIGHTS) -> Worth:
    """What a talk with this contact is worth, and why."""
    closeness = usual_closeness(contact.source) if contact.closeness is None else contact.closeness
    authority = _AUTHORITY.get(contact.authority)
    parts = (
        (authority, weights.authority),
        (contact.fit, weights.fit),
        (closeness, weights.closeness),
        (contact.keen, weights.keen),
    )
    known = [(part, weight) for part, weight in parts if part is not None]
    return Worth(
        authority=authority,
        fit=contact.fit,
        closeness=closeness,
        keen=contact.keen,
        by_source=contact.closeness is None and closeness is not None,
        added_up=_stars(sum(part * weight for part, weight in known), sum(weight for _, weight in known)),
        own=contact.worth,
    )


def usual_closeness(source: Source) -> int | None:
    """How well we know somebody found like that, unless the user says otherwise; None: that does not say."""
    return _CLOSENESS.get(source)


def _stars(total: int, weight: int) -> int | None:
    """1 + (total / weight - 1) * 9 / 4 rounded, halves up, in whole numbers."""
    return 1 + (9 * (total - weight) * 2 + 4 * weight) // (8 * weight) if weight else None
