"""Two contacts side by side: what is known of each, and choosers for what to keep."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import streamlit as st

from iiplan.model import Authority, Candidate, Contact, Place, Source
from iiplan.planner.duplicates import Both, PlaceOfBoth
from iiplan.planner.merging import Field, Side
from iiplan.planner.people import Person
from iiplan.ui.labels import AUTHORITY, SOURCE, STAGE, STAGE_ICON, day_label, escaped, plural

__all__ = ["show_choices", "show_places", "show_side"]

FIELD = {
    "name": "Name",
    "email": "E-mail",
    "phone": "Phone",
    "profile_url": "Links",
    "role": "Role",
    "organisation": "Organisation",
    "city": "City",
    "place": "Place",
    "address": "Postal address",
    "source": "How found",
    "authority": "Authority to hire",
    "referred_by": "Referred by",
    "timezone": "Time zone",
    "fit": "Fit, of 5",
    "closeness": "Closeness, of 5",
    "keen": "Keenness, of 5",
    "worth": "Worth, of 10",
    "tags": "Tags",
    "notes": "Notes",
}
MOST_LETTERS = 160  # of a note in a choice

Names = Mapping[str, str]


def show_side(one: Person, side: Side, fields: Sequence[Field], names: Names) -> None:
    """What is known of one of the two; what the other one has otherwise is highlighted."""
    st.markdown(f"**{escaped(one.contact.name)}** · {STAGE_ICON[one.stage]} {STAGE[one.stage]}")
    last = f", the last on {day_label(one.last_touch)} {one.last_touch.year}" if one.last_touch else ""
    st.caption(f"{plural(len(one.touches), 'touch', 'touches')}{last}")
    lines = []
    for field in fields:
        if field.name == "name":
            continue
        text = _text(field, field.left if side is Side.LEFT else field.right, names)
        if text:
            lines.append(f"{FIELD[field.name]}: {f':yellow-background[{text}]' if field.differs else text}")
    st.markdown("  \n".join(lines) or "Nothing more is known.")


def show_choices(fields: Sequence[Field], names: Names, key: str) -> dict[str, str]:
    """What to keep where the two differ; the keys of the choosers by name of field."""
    keys = {}
    differing = [field for field in fields if field.differs]
    if differing:
        st.markdown("**What to keep**")
    for row in _two_by_two(differing):  # a row each: on a phone the choosers stack in reading order
        for column, field in zip(st.columns(2), row, strict=False):
            keys[field.name] = f"keep-{field.name}-{key}"
            options = [Side.LEFT, Side.RIGHT, *([Side.BOTH] if field.joins and field.left and field.right else [])]
            column.radio(
                FIELD[field.name],
                options,
                index=options.index(field.usual),
                format_func=_options(field, names).__getitem__,
                key=keys[field.name],
                horizontal=True,
            )
    return keys


def show_places(both: Both, key: str) -> dict[str, str]:
    """Whose place to keep on the trips of both; the keys of the choosers by id of trip."""
    keys = {}
    for place in both.places:
        keys[place.trip.id] = f"place-{place.trip.id}-{key}"
        st.radio(
            f"Place on the trip {escaped(place.trip.name)}",
            [Side.LEFT, Side.RIGHT],
            index=[Side.LEFT, Side.RIGHT].index(place.usual),
            format_func=_places(both, place).__getitem__,
            key=keys[place.trip.id],
            horizontal=True,
            help="The other place is given up, and hours that were offered with it are held no longer.",
        )
    return keys


def _two_by_two(fields: Sequence[Field]) -> Iterator[Sequence[Field]]:
    return (fields[start : start + 2] for start in range(0, len(fields), 2))


def _options(field: Field, names: Names) -> dict[Side, str]:
    left, right = (_short(_text(field, value, names)) or "nothing" for value in (field.left, field.right))
    return {Side.LEFT: left, Side.RIGHT: right, Side.BOTH: "both"}


def _places(both: Both, place: PlaceOfBoth) -> dict[Side, str]:
    def said(one: Contact, theirs: Candidate) -> str:
        start = theirs.fixed_start
        when = (
            f"agreed for {day_label(start)} {start:%H:%M}"
            if start
            else f"not agreed, {plural(len(theirs.windows), 'window')}"
        )
        return f"that of {escaped(one.name)}: {when}"

    return {Side.LEFT: said(both.left.contact, place.left), Side.RIGHT: said(both.right.contact, place.right)}


def _short(text: str) -> str:
    """A value for a choice: cut, and without the links that Markdown makes, which a click would follow."""
    text = text.replace("@", "@\N{WORD JOINER}").replace("//", "/\N{WORD JOINER}/").replace("www", "w\N{WORD JOINER}ww")
    return text if len(text) <= MOST_LETTERS else f"{text[:MOST_LETTERS].rstrip(chr(92))} …"


def _text(field: Field, value: object, names: Names) -> str:
    """A value in words, as Markdown; empty when nothing is known."""
    if isinstance(value, Source):
        return "" if value is Source.OTHER else SOURCE[value]
    if isinstance(value, Authority):
        return "" if value is Authority.UNKNOWN else AUTHORITY[value]
    if isinstance(value, Place):
        return escaped(value.label)
    if isinstance(value, tuple):
        return escaped(", ".join(value))
    if field.name == "referred_by" and value:
        return escaped(names.get(str(value), "somebody who is not in the list"))
    return "" if value is None else escaped(str(value))
