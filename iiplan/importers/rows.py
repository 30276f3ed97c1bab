"""A row of a table, made into a person by what its columns are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from iiplan.errors import InputError
from iiplan.importers import clean
from iiplan.importers.dates import read_date
from iiplan.importers.fields import ADDRESS_PARTS, NAMES, Field
from iiplan.importers.headings import address_group, folded, label_column
from iiplan.importers.rejects import GUARDED
from iiplan.importers.result import ImportedPerson, ImportResult, RejectedRow
from iiplan.importers.table import Row, Table

__all__ = ["MOST_RAW", "read_people"]

MOST_RAW = 500
_PROFILE_HOSTS = ("linkedin.com/", "xing.com/profile")
_TITLE_WORDS = "mr mrs ms miss mx herr frau m mme mlle sr sra srta sig dhr mevr"
_PLAIN_TITLES = frozenset(_TITLE_WORDS.split())


def read_people(table: Table, fields: Sequence[Field]) -> ImportResult:
    """The people of a table by what each column is, and the rows that are none.

    A person needs a name; any other field that cannot be kept is dropped or cut and named in the person's
    ``problems``. Raises ``InputError`` when no column is a name, and for a table without rows.
    """
    if not any(one in NAMES for one in fields):
        columns = ", ".join(repr(heading[:40]) for heading in table.headings[:12])
        raise InputError(
            f"No column says what people are called. The columns are {columns}. Say which one is the name."
        )
    if not table.rows:
        raise InputError(
            f"The file has a heading in line {table.heading_line} and not one row below it. Nobody would come in: "
            "export it again, or check that the file was saved whole."
        )
    reader = _Reader(table, fields)
    people: list[ImportedPerson] = []
    rejected: list[RejectedRow] = []
    for row in table.rows:
        try:
            found = reader.read(row)
        except InputError as error:  # what a contact accepts is for the model to say
            found = str(error)
        if isinstance(found, ImportedPerson):
            people.append(found)
        else:
            cells = reader.cells(row)
            rejected.append(RejectedRow(line=row.line, reason=found, raw=row.raw[:MOST_RAW], cells=cells))
    return ImportResult(people=tuple(people), rejected=tuple(rejected), rows=len(people) + len(rejected))


@dataclass
class _Cells:
    """The cells of one row that are not empty, by what they are."""

    of: dict[Field, list[str]] = field(default_factory=dict)

    def first(self, one: Field) -> str:
        return next(iter(self.of.get(one, ())), "")


class _Reader:
    def __init__(self, table: Table, fields: Sequence[Field]) -> None:
        self.headings = table.headings
        self.fields = tuple(fields)
        self.labels = [label_column(heading, table.headings) for heading in table.headings]
        self.handed_back = Field.REASON in fields
        self.groups = [address_group(heading) for heading in table.headings]
        self.last_first = _mostly_last_first(table, fields)

    def cells(self, row: Row) -> tuple[str, ...]:
        """The row's own cells: without the reason of last time and the marks that keep cells from being formulas."""
        wanted = [one is not Field.REASON for one in self.fields]
        cells = self._unguarded(row.cells)
        return tuple(cell for index, cell in enumerate(cells) if index >= len(wanted) or wanted[index])

    def _unguarded(self, cells: tuple[str, ...]) -> tuple[str, ...]:
        if not self.handed_back:
            return cells
        return tuple(cell[1:] if cell.startswith("'") and cell[1:].startswith(GUARDED) else cell for cell in cells)

    def read(self, row: Row) -> ImportedPerson | str:
        """The person of a row, or the reason why it is none."""
        if row.fault:
            return row.fault
        if [cell.strip() for cell in row.cells[: len(self.headings)]] == [cell.strip() for cell in self.headings]:
            return "the heading is repeated here"
        problems: list[str] = []
        if row.short:
            problems.append("the row ends early; the columns it lacks are empty")
        found = self._sorted(row)
        name = self._name(found, problems)
        if not name:
            return "no name in this row" + self._instead(found)
        if len(name) > clean.MOST_NAME:
            return f"the name has {len(name)} characters; {clean.MOST_NAME} are the most"
        return self._person(row.line, name, found, problems)

    def _person(self, line: int, name: str, found: _Cells, problems: list[str]) -> ImportedPerson:
        emails = clean.addresses(found.of.get(Field.EMAIL, ()), problems)
        phones = clean.numbers(found.of.get(Field.PHONE, ()), problems)
        profile, links = _profile_and_links(found, problems)
        connected_on, fault = read_date(found.first(Field.CONNECTED_ON))
        problems += [fault] if fault else []
        notes = [*(["In full: " + " ".join(full)] if len(full := _in_full(found, name)) > 1 else [])]
        notes += [f"Department: {text}" for text in found.of.get(Field.DEPARTMENT, ())[:1]]
        notes += found.of.get(Field.NOTES, ())
        tags = [tag for cell in found.of.get(Field.TAGS, ()) for part in clean.parts(cell) for tag in part.split(",")]
        return ImportedPerson(
            line=line,
            name=name,
            role=self._text(found, Field.ROLE, problems),
            organisation=self._text(found, Field.ORGANISATION, problems),
            city=self._text(found, Field.CITY, problems),
            email=emails[0] if emails else "",
            other_emails=emails[1:],
            phone=phones[0] if phones else "",
            other_phones=phones[1:],
            profile_url=profile,
            links=links,
            address=_address(found, problems),
            tags=clean.proper_tags(tags, problems),
            notes=clean.many_lines("\n".join(notes), "notes", problems),
            connected_on=connected_on,
            problems=tuple(problems),
        )

    def _sorted(self, row: Row) -> _Cells:
        """What each field has in this row; what is labelled as the one to use comes first."""
        found = _Cells()
        cells = self._unguarded(row.cells)
        group = self._address_group(cells)
        for index, (one, cell) in enumerate(zip(self.fields, cells, strict=False)):
            if one is Field.IGNORED or one is Field.REASON or not cell.strip():
                continue
            if one in ADDRESS_PARTS and self.groups[index] != group:
                continue
            label = self.labels[index]
            main = label is not None and label < len(cells) and cells[label].startswith("* ")
            values = found.of.setdefault(one, [])
            values.insert(0 if main else len(values), cell.strip())
        return found

    def _address_group(self, cells: Sequence[str]) -> tuple[int, str] | None:
        """Of several addresses that of work, else the first that says anything."""
        filled = [
            self.groups[index]
            for index, one in enumerate(self.fields)
            if one in ADDRESS_PARTS and one is not Field.COUNTRY and index < len(cells) and cells[index].strip()
        ]
        return min(filled, key=lambda group: group[0], default=None)

    def _text(self, found: _Cells, one: Field, problems: list[str]) -> str:
        label = one.value.replace("_", " ")
        first = found.first(one).split(" ::: ")[0]
        return clean.cut(clean.one_line(first, label, problems), label, problems)

    def _name(self, found: _Cells, problems: list[str]) -> str:
        parts = [
            clean.one_line(found.first(one), one.value.replace("_", " "), problems)
            for one in (Field.FIRST_NAME, Field.MIDDLE_NAME, Field.LAST_NAME)
        ]
        whole = clean.one_line(found.first(Field.NAME), "name", problems)
        if self.last_first and whole.count(",") == 1:
            whole = " ".join(part.strip() for part in reversed(whole.split(",")))
        spelled = " ".join(part for part in parts if part)
        return whole or spelled or clean.one_line(found.first(Field.OTHER_NAME), "name", problems)

    def _instead(self, found: _Cells) -> str:
        if found.first(Field.ORGANISATION) and not found.first(Field.EMAIL):
            return ", only an organisation"
        if found.first(Field.EMAIL):
            return ", only an e-mail address"
        if Field.CONNECTED_ON in self.fields:
            return " (LinkedIn leaves out people who closed their account)"
        return ""


def _mostly_last_first(table: Table, fields: Sequence[Field]) -> bool:
    """Whether the names of a table are written 'Doe, Jane'."""
    if Field.NAME not in fields:
        return False
    column = list(fields).index(Field.NAME)
    names = [row.cells[column] for row in table.rows[:200] if column < len(row.cells) and row.cells[column].strip()]
    return bool(names) and sum(name.count(",") == 1 for name in names) >= 0.8 * len(names)


def _in_full(found: _Cells, name: str) -> list[str]:
    """The name with what stands before and after it, where that is more than Mr and Ms."""
    prefix = found.first(Field.PREFIX)
    before = "" if folded(prefix) in _PLAIN_TITLES else " ".join(prefix.split())
    return [part for part in (before, name, " ".join(found.first(Field.SUFFIX).split())) if part]


def _profile_and_links(found: _Cells, problems: list[str]) -> tuple[str, tuple[str, ...]]:
    """The link that is this person's own, and the others; a plain website is a link, since colleagues share it."""
    profiles = clean.links(found.of.get(Field.PROFILE_URL, ()), problems)
    others = clean.links(found.of.get(Field.LINK, ()), problems)
    if not profiles:
        own = [link for link in others if any(host in link.lower() for host in _PROFILE_HOSTS)]
        profiles, others = tuple(own), tuple(link for link in others if link not in own)
    return (profiles[0] if profiles else ""), (*profiles[1:], *(link for link in others if link not in profiles))


def _address(found: _Cells, problems: list[str]) -> str:
    """What stands on an envelope, a line each; only a city is no address."""
    whole = clean.many_lines(found.first(Field.ADDRESS).split(" ::: ")[0], "address", problems, 1_000)
    if whole:
        return whole
    streets = [text.split(" ::: ")[0] for text in found.of.get(Field.STREET, ())]
    postcode, city, region, country = (
        " ".join(found.first(one).split(" ::: ")[0].split())
        for one in (Field.POSTCODE, Field.CITY, Field.REGION, Field.COUNTRY)
    )
    if not streets and not postcode:
        return ""
    lines = [*streets, " ".join(part for part in (postcode, city) if part), region, country]
    return clean.many_lines("\n".join(line for line in lines if line.strip()), "address", problems, 1_000)
