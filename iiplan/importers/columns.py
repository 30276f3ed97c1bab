"""Where a table of people begins, what parts its cells, and which column is what."""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

__all__ = ["FIRST_LINES", "Header", "find_header"]

FIRST_LINES = 30
SEPARATORS = (",", ";", "\t")
MOST_LINE = 5_000

# LinkedIn's English headings are seen in real exports; those in other languages are unconfirmed: they come from
# LinkedIn's screens and from the test files of other programs.
_HEADINGS: Mapping[str, tuple[str, ...]] = {
    "first_name": (
        *(
            "first name",
            "given name",
            "vorname",
            "prénom",
            "nombre",
            "nome",
            "voornaam",
            "förnamn",
            "fornavn",
        ),
        *("imię", "имя", "名"),
    ),
    "last_name": (
        *("last name", "surname", "family name", "nachname", "familienname", "nom", "nom de famille", "apellido"),
        *("apellidos", "cognome", "sobrenome", "achternaam", "efternamn", "etternavn", "efternavn", "nazwisko"),
        *("фамилия", "姓"),
    ),
    "full_name": ("name", "full name", "vollständiger name", "nom complet", "nombre completo", "nome completo"),
    "profile_url": (
        *("url", "profile url", "linkedin url", "linkedin profile", "profile", "profil", "profil-url", "profillink"),
        *("url du profil", "url del perfil", "url do perfil", "url profilo"),
    ),
    "email": (
        *("email address", "email", "e-mail", "e-mail address", "e-mail-adresse", "adresse e-mail", "courriel"),
        *(
            "dirección de correo electrónico",
            "dirección de email",
            "correo electrónico",
            "endereço de e-mail",
        ),
        *("indirizzo e-mail", "e-mailadres", "e-postadress", "e-postadresse"),
    ),
    "organisation": (
        *("company", "organization", "organisation", "current company", "unternehmen", "firma", "entreprise"),
        *("société", "empresa", "azienda", "bedrijf", "företag", "virksomhed", "bedrift"),
    ),
    "role": (
        *("position", "title", "job title", "current position", "role", "poste", "fonction", "cargo", "puesto"),
        *("posición", "posição", "posizione", "qualifica", "functie", "stilling", "befattning"),
    ),
    "connected_on": (
        *("connected on", "connection date", "verbunden am", "verbunden seit", "connecté le", "connexion le"),
        *("conectado el", "fecha de conexión", "conectado em", "collegato il", "data di collegamento"),
        *("verbonden op", "ansluten den", "tilknyttet"),
    ),
}


@dataclass(frozen=True, kw_only=True)
class Header:
    """A table's heading: its line (from 1), separator, cells as written, and the column number of each known field."""

    line: int
    separator: str
    cells: tuple[str, ...]
    columns: Mapping[str, int]

    @property
    def width(self) -> int:
        """How many columns the heading names; empty cells at its end do not count."""
        return max(number for number, cell in enumerate(self.cells, start=1) if cell.strip())


def find_header(text: str) -> Header | None:
    """The first of the first thirty lines that names a first and last name, or a name, and one more known column."""
    for number, line in _first_lines(text):
        for separator in SEPARATORS:
            if separator not in line:
                continue
            try:
                cells = next(csv.reader([line], delimiter=separator), [])
            except csv.Error:
                continue
            columns = _columns(cells)
            if {"first_name", "last_name"} <= columns.keys() or ("full_name" in columns and len(columns) > 1):
                return Header(line=number, separator=separator, cells=tuple(cells), columns=columns)
    return None


def _first_lines(text: str) -> Iterator[tuple[int, str]]:
    start = text[: FIRST_LINES * MOST_LINE].replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
    for number, line in enumerate(start.split("\n")[:FIRST_LINES], start=1):
        yield number, line[:MOST_LINE]


def _columns(cells: list[str]) -> dict[str, int]:
    columns: dict[str, int] = {}
    for index, cell in enumerate(cells):
        field = _FIELDS.get(_folded(cell))
        if field is not None:
            columns.setdefault(field, index)
    if "first_name" in columns and "full_name" in columns:  # "Vorname; Name": the second is the family name
        columns.setdefault("last_name", columns["full_name"])
        del columns["full_name"]
    return columns


def _folded(heading: str) -> str:
    """Letters and digits only, without case and accents: ``E-Mail Address`` and ``EmailAddress`` are the same."""
    decomposed = unicodedata.normalize("NFKD", heading.casefold())
    return "".join(character for character in decomposed if character.isalnum())


_FIELDS = {_folded(heading): field for field, headings in _HEADINGS.items() for heading in headings}
