"""LinkedIn's Connections.csv, as exported and as spreadsheet programs save it again."""

from __future__ import annotations

from collections.abc import Mapping

from iiplan.errors import InputError
from iiplan.importers.columns import FIRST_LINES, find_header
from iiplan.importers.dates import read_date
from iiplan.importers.result import ImportedPerson, ImportResult, RejectedRow
from iiplan.importers.table import Row, read_rows
from iiplan.importers.textfile import REPLACEMENT, decode
from iiplan.model import Contact

__all__ = ["read_linkedin"]

MOST_NAME = 200
MOST_LINE = 200
MOST_RAW = 500


def read_linkedin(data: bytes) -> ImportResult:
    """The people in a Connections.csv, and the rows that are none.

    The encoding, the separator (comma, semicolon, tab), the heading below LinkedIn's notes, and columns that older
    exports lack are found, not assumed. A person needs a name; any other field that cannot be kept is dropped or cut
    and named in the person's ``problems``. Raises ``InputError`` for a file that is no such table or holds nobody.
    """
    text = decode(data)
    header = find_header(text)
    if header is None:
        start = " ".join(text[:60].replace("\x00", "").split())
        raise InputError(
            f"No heading with First Name and Last Name in the first {FIRST_LINES} lines. It begins with {start!r}. "
            "Choose the file Connections.csv of the LinkedIn export, and leave its heading as it is."
        )
    people: list[ImportedPerson] = []
    rejected: list[RejectedRow] = []
    for row in read_rows(text, header.separator, after_line=header.line, columns=header.width):
        reason = row.fault or ("the heading is repeated here" if row.cells == header.cells else "")
        found = reason or _person(row, header.columns)
        if isinstance(found, ImportedPerson):
            people.append(found)
        else:
            rejected.append(RejectedRow(line=row.line, reason=found, raw=row.raw[:MOST_RAW]))
    if not people and not rejected:
        raise InputError(
            f"The file has a heading in line {header.line} and not one row below it. Nobody would come in: export the "
            "connections again, or check that the file was saved whole."
        )
    return ImportResult(people=tuple(people), rejected=tuple(rejected), rows=len(people) + len(rejected))


def _person(row: Row, columns: Mapping[str, int]) -> ImportedPerson | str:
    """The person of a row, or the reason why it is none."""
    problems: list[str] = []
    if row.short:
        problems.append("the row ends early; the columns it lacks are empty")
    texts = {
        field: _one_line(row.cells[index], field, problems)
        for field, index in columns.items()
        if index < len(row.cells)
    }
    name = texts.get("full_name") or f"{texts.get('first_name', '')} {texts.get('last_name', '')}".strip()
    if not name:
        return "no name in this row (LinkedIn leaves out people who closed their account)"
    if len(name) > MOST_NAME:
        return f"the name has {len(name)} characters; 200 are the most"
    connected_on, fault = read_date(texts.get("connected_on", ""))
    return ImportedPerson(
        line=row.line,
        name=name,
        role=_cut(texts.get("role", ""), "role", problems),
        organisation=_cut(texts.get("organisation", ""), "organisation", problems),
        email=_email(texts.get("email", ""), name, problems),
        profile_url=_profile(texts.get("profile_url", ""), name, problems),
        connected_on=connected_on,
        problems=(*problems, *([fault] if fault else ())),
    )


def _one_line(cell: str, field: str, problems: list[str]) -> str:
    """The cell without control characters and runs of space; what was unreadable is noted."""
    text = " ".join(cell.split())
    label = field.replace("_", " ")
    if not text.isprintable():
        kept = "".join(c for c in text if ord(c) >= 32 and not 0x7F <= ord(c) < 0xA0 and not 0xD800 <= ord(c) < 0xE000)
        if kept != text:
            problems.append(f"control characters were taken out of the {label}")
            text = " ".join(kept.split())
    if REPLACEMENT in text:
        problems.append(f"some characters of the {label} could not be read; they show as {REPLACEMENT}")
    return text


def _cut(text: str, field: str, problems: list[str]) -> str:
    if len(text) <= MOST_LINE:
        return text
    problems.append(f"the {field} was cut from {len(text)} to {MOST_LINE} characters")
    return text[:MOST_LINE].rstrip()


def _email(text: str, name: str, problems: list[str]) -> str:
    address = text[7:] if text[:7].lower() == "mailto:" else text
    try:
        Contact(id="row", name=name, email=address)
    except InputError:
        problems.append(f"{address[:80]!r} is not an e-mail address and was left out")
        return ""
    return address


def _profile(text: str, name: str, problems: list[str]) -> str:
    bare = text.lower()
    link = "https://" + text if bare.startswith("www.") or bare.split("/")[0].endswith("linkedin.com") else text
    try:
        Contact(id="row", name=name, profile_url=link)
    except InputError:
        problems.append(f"{text[:80]!r} is not a web address and was left out")
        return ""
    return link
