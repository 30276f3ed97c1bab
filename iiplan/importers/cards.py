"""vCards, made into people."""

from __future__ import annotations

import re
from collections.abc import Iterable

from iiplan.errors import InputError
from iiplan.importers import clean
from iiplan.importers.cardlines import Card, Property, read_cards
from iiplan.importers.result import ImportedPerson, ImportResult, RejectedRow
from iiplan.importers.table import MOST_ROWS
from iiplan.model import Coordinates, Place, PlaceOrigin

__all__ = ["holds_cards", "read_vcards"]

MOST_RAW = 500
_BEGIN = re.compile(r"^\s*BEGIN\s*:\s*VCARD\s*$", re.IGNORECASE | re.MULTILINE)
# Four decimals are eleven metres; fewer are a town or a guess.
_EXACT = re.compile(r"(?:geo:)?\s*(-?\d{1,2}\.\d{4,})\s*[;,]\s*(-?\d{1,3}\.\d{4,})\s*(?:;.*)?", re.IGNORECASE)
_NOT_TO_CALL = ("fax", "pager", "x-fax")


def holds_cards(text: str) -> bool:
    """Whether a text is a vCard file."""
    return _BEGIN.search(text[:100_000]) is not None


def read_vcards(text: str) -> ImportResult:
    """The people of a vCard file of any version, and the cards that are none (groups, organisations, nameless).

    A card's line is that of its BEGIN. Pictures, sounds, keys and cards of agents are passed over.
    """
    people: list[ImportedPerson] = []
    rejected: list[RejectedRow] = []
    for card in read_cards(text):
        try:
            found = _person(card)
        except InputError as error:  # what a contact accepts is for the model to say
            found = str(error)
        if isinstance(found, ImportedPerson):
            people.append(found)
        else:
            rejected.append(RejectedRow(line=card.line, reason=found, raw=card.raw[:MOST_RAW], cells=(card.raw,)))
        if len(people) + len(rejected) > MOST_ROWS:
            raise InputError(f"The file has more than {MOST_ROWS:,} cards. Split it, and bring the parts.")
    if not people and not rejected:
        raise InputError("There is no card in this file. Export it again, or check that it was saved whole.")
    return ImportResult(people=tuple(people), rejected=tuple(rejected), rows=len(people) + len(rejected))


def _person(card: Card) -> ImportedPerson | str:
    problems = ["the card has no END; it was read as far as it goes"] if card.open else []
    kind = (card.text("KIND") or card.text("X-ADDRESSBOOKSERVER-KIND")).strip().lower()
    if kind == "group":
        return "this card is a group, not a person"
    organisation, *units = (part.strip() for part in _parts(card, "ORG"))
    shown_as_company = card.text("X-ABSHOWAS").strip().lower() == "company"
    name, in_full = _names(card, problems)
    if kind in {"org", "location"} or (shown_as_company and (not name or name == " ".join(organisation.split()))):
        return "this card is an organisation, not a person"
    if not name:
        return "no name in this card" + (", only an organisation" if organisation else "")
    if len(name) > clean.MOST_NAME:
        return f"the name has {len(name)} characters; {clean.MOST_NAME} are the most"
    emails = clean.addresses((one.value for one in card.all("EMAIL")), problems)
    phones = clean.numbers((_number(one) for one in card.all("TEL") if not one.has(*_NOT_TO_CALL)), problems)
    profile, links = _links(card, problems)
    address, city = _address(card, problems)
    units = [unit for unit in units if unit]
    notes = [f"In full: {in_full}"] if in_full != name else []
    notes += [f"Department: {', '.join(units)}"] if units else []
    notes += [one.value for one in card.all("NOTE")]
    return ImportedPerson(
        line=card.line,
        name=name,
        role=_line(card.text("TITLE") or card.text("ROLE"), "role", problems),
        organisation=_line(organisation, "organisation", problems),
        city=city,
        email=emails[0] if emails else "",
        other_emails=emails[1:],
        phone=phones[0] if phones else "",
        other_phones=phones[1:],
        profile_url=profile,
        links=links,
        address=address,
        place=_place(card, address),
        tags=clean.proper_tags((tag for one in card.all("CATEGORIES") for tag in one.listed), problems),
        notes=clean.many_lines("\n".join(notes), "notes", problems),
        problems=tuple(problems),
    )


def _parts(card: Card, name: str) -> tuple[str, ...]:
    return next((one.parts for one in card.all(name) if one.text.strip(" ;")), ("",))


def _names(card: Card, problems: list[str]) -> tuple[str, str]:
    """The name without titles, and with them."""
    family, given, middle, before, after = (*_parts(card, "N"), "", "", "", "", "")[:5]
    spelled = " ".join(part for part in (given, middle, family) if part.strip())
    shown = card.text("FN") or spelled or card.text("NICKNAME").split(",")[0]
    name = whole = clean.one_line(shown, "name", problems)
    before, after = (" ".join(part.replace(",", " ").split()) for part in (before, after))
    if before and name.startswith(before + " "):
        name = name[len(before) :].strip()
    if after and name.endswith(" " + after):
        name = name[: -len(after)].rstrip(" ,")
    if not name.strip(" ,"):
        return whole, whole
    return name, " ".join(part for part in (before, name, after) if part)


def _line(text: str, label: str, problems: list[str]) -> str:
    return clean.cut(clean.one_line(text, label, problems), label, problems)


def _number(one: Property) -> str:
    """The number of a TEL; version 4.0 writes tel:+1-555-0100;ext=12."""
    return one.value.split(";")[0]


def _links(card: Card, problems: list[str]) -> tuple[str, tuple[str, ...]]:
    social = [one.value for one in card.all("X-SOCIALPROFILE") if one.value.lower().startswith("http")]
    found = clean.links([*(one.value for one in card.all("URL")), *social], problems)
    profile = next(
        (link for link in found if "linkedin.com/" in link.lower() or "xing.com/profile" in link.lower()), ""
    )
    return profile, tuple(link for link in found if link != profile)


def _address(card: Card, problems: list[str]) -> tuple[str, str]:
    """The address of work, else the preferred one, as lines; and its city."""
    found = sorted(card.all("ADR"), key=lambda one: not one.has("work"))
    for one in found:
        box, extended, street, city, region, postcode, country = (*one.parts, *[""] * 7)[:7]
        if not any(part.strip() for part in one.parts):
            continue
        town = _line(city, "city", problems)
        lines: Iterable[str] = (box, extended, street, " ".join(part for part in (postcode.strip(), town) if part))
        whole = "\n".join(line.strip() for line in (*lines, region, country) if line.strip())
        return (clean.many_lines(whole, "address", problems, 1_000) if street.strip() or box.strip() else ""), town
    return "", ""


def _place(card: Card, address: str) -> Place | None:
    """Where the card points to, when that is exact: version 2.1 does not say which number comes first."""
    if card.text("VERSION").strip() not in {"3.0", "4.0"}:
        return None
    exact = _EXACT.fullmatch(card.text("GEO").strip())
    if exact is None:
        return None
    try:
        point = Coordinates(latitude=float(exact[1]), longitude=float(exact[2]))
    except InputError:
        return None
    return Place(address=" ".join(address.split())[:400], at=point, origin=PlaceOrigin.GEO_URI)
