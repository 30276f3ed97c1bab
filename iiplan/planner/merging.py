"""Two contacts side by side, field by field, and what becomes one of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from iiplan.importers import profile_key
from iiplan.model import Authority, Contact, Source

__all__ = ["JOINED", "Field", "Side", "compared", "merged"]


class Side(StrEnum):
    """Whose word counts for one field."""

    LEFT = "left"
    RIGHT = "right"
    BOTH = "both"


@dataclass(frozen=True, kw_only=True)
class Field:
    """One field of two contacts; what several values make up (e-mail addresses, tags) is a tuple on both sides.

    ``usual`` is whose word counts unless the user says otherwise; ``joins``: both can be kept.
    """

    name: str
    left: object
    right: object
    usual: Side
    joins: bool = False

    @property
    def differs(self) -> bool:
        """Whether there is anything to choose."""
        return self.left != self.right


_SINGLE = (
    *("name", "role", "organisation", "city", "place", "address", "source", "authority", "referred_by", "timezone"),
    *("fit", "closeness", "keen", "worth"),
)
_SEVERAL = {"email": "other_emails", "phone": "other_phones", "profile_url": "links"}  # the first, and further ones
JOINED = (*_SEVERAL, "tags", "notes")  # the fields of which both sides can be kept
_UNSAID = (None, (), Source.OTHER, Authority.UNKNOWN)


def compared(left: Contact, right: Contact, newer: Side = Side.LEFT) -> tuple[Field, ...]:
    """Every field of two contacts. Where one is blank the other counts, else that of the ``newer`` one.

    What can be joined is. Who is named as having referred the other stands as blank: nobody is their own referral.
    """
    left, right = _not_of(left, right), _not_of(right, left)
    found = []
    for name in ("name", *_SEVERAL, *_SINGLE[1:], "tags", "notes"):
        ours, theirs = _value(left, name), _value(right, name)
        joins = name in JOINED
        if _is_blank(theirs) or _is_blank(ours):
            usual = Side.LEFT if _is_blank(theirs) else Side.RIGHT
        else:
            usual = Side.BOTH if joins else newer
        found.append(Field(name=name, left=ours, right=theirs, usual=usual, joins=joins))
    return tuple(found)


def merged(
    left: Contact, right: Contact, kept_id: str, choices: Mapping[str, Side], newer: Side = Side.LEFT
) -> Contact:
    """What two contacts amount to, under the id ``kept_id``; ``choices`` by name of field, the usual one elsewhere.

    Of two lists the ``newer`` one's comes first, and its first address or number is the one used.
    """
    values: dict[str, object] = {"id": kept_id}
    for field in compared(left, right, newer):
        side = choices.get(field.name, field.usual)
        if side is Side.BOTH and field.joins:
            value = _joined(field, newer)
        else:
            value = field.right if side is Side.RIGHT else field.left
        if field.name in _SEVERAL:
            first, *further = value if isinstance(value, tuple) and value else ("",)
            values |= {field.name: first, _SEVERAL[field.name]: tuple(further)}
        else:
            values[field.name] = value
    return replace(left, **values)  # type: ignore[arg-type]


def _not_of(one: Contact, other: Contact) -> Contact:
    return replace(one, referred_by=None) if one.referred_by == other.id else one


def _is_blank(value: object) -> bool:
    return value in _UNSAID or (isinstance(value, str) and not value.strip())


def _value(contact: Contact, name: str) -> object:
    value = getattr(contact, name)
    if name in _SEVERAL:
        return tuple(text for text in (value, *getattr(contact, _SEVERAL[name])) if text.strip())
    return value


def _joined(field: Field, newer: Side) -> object:
    if isinstance(field.left, str) and isinstance(field.right, str):  # notes
        if field.right in field.left or field.left in field.right:
            return max(field.left, field.right, key=len)
        return f"{field.left}\n\n{field.right}"
    sides = [one for one in (field.left, field.right) if isinstance(one, tuple)]
    values = [text for side in (sides if newer is Side.LEFT else sides[::-1]) for text in side]
    return _each_once(values, _link_key if field.name == "profile_url" else str.casefold)


def _each_once(values: Iterable[str], key: Callable[[str], str]) -> tuple[str, ...]:
    found: dict[str, str] = {}
    for value in values:
        found.setdefault(key(value), value)
    return tuple(found.values())


def _link_key(url: str) -> str:
    return profile_key(url) or url
