"""The words that programs and people write above the columns of a table, in several languages."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import lru_cache

from iiplan.importers.fields import Field

__all__ = ["REASON_HEADING", "address_group", "fields_of", "folded", "is_refused", "label_column"]

REASON_HEADING = "Why this row was not imported"

# The English words stand in real exports of LinkedIn, Google and Outlook; those in other languages are unconfirmed:
# they come from these programs' screens. One entry a line: "field: word, word".
_WORDS = """
first_name: first name, given name, forename, vorname, prénom, nombre, nome, voornaam, förnamn, fornavn, imię, имя, 名
middle_name: middle name, additional name, weitere vornamen, zweiter vorname, deuxième prénom, segundo nombre
last_name: last name, surname, family name, nachname, familienname, nom, nom de famille, apellido, apellidos, cognome
last_name: sobrenome, apelido, achternaam, efternamn, etternavn, efternavn, nazwisko, фамилия, 姓
name: name, full name, contact name, contact, person, display name, vollständiger name, nom complet, nombre completo
name: nome completo, volledige naam, naam, namn, navn, 姓名, 氏名, имя и фамилия
prefix: name prefix, prefix, salutation, anrede, civilité, tratamiento, saluto, aanhef
suffix: suffix, name suffix, namenszusatz
other_name: nickname, file as, spitzname, surnom, apodo
profile_url: url, profile url, linkedin url, linkedin profile, linkedin, profile, profil, profil url, profillink, xing
profile_url: url du profil, url del perfil, url do perfil, url profilo, linkedin profile url, profile link
link: links, website, web page, webpage, homepage, web, site web, sitio web, página web, sito web, webseite, webbplats
email: email address, email, e mail, mail, e mail address, e mail adresse, mailadresse, adresse e mail, courriel, mél
email: e mails
email: adresse de courriel, dirección de correo electrónico, dirección de email, correo electrónico, correo
email: endereço de e mail, indirizzo e mail, e mailadres, e postadress, e postadresse, e post, почта, 邮箱, メール
phone: phone, telephone, phone number, mobile, mobile phone, cell, cell phone, telefon, telefonnummer, handy, mobil
phone: phones, mobiltelefon, mobilnummer, rufnummer, téléphone, portable, téléphone portable, teléfono, móvil, telefone
phone: celular, telefono, cellulare, telefoon, mobiel, telefonnr, tel, телефон, 电话, car phone
organisation: company, organization, organisation, organization name, organisation name, employer, current company
organisation: company name, unternehmen, firma, arbeitgeber, entreprise, société, empresa, organización, azienda, ditta
organisation: bedrijf, organisatie, företag, virksomhed, bedrift, organizacja, компания, 公司, 会社
role: position, title, job title, organization title, current position, role, occupation, poste, fonction, cargo
role: puesto, posición, posição, posizione, qualifica, functie, stilling, befattning, berufsbezeichnung, rolle
role: funktion, titel, titre, stanowisko, должность, 职位, 役職
department: department, organization department, abteilung, département, departamento, reparto, afdeling
address: address, formatted, full address, postal address, adresse, anschrift, dirección, endereço, indirizzo, adres
street: street, street address, straße, rue, calle, rua, straat, gata
postcode: postal code, postcode, zip, zip code, plz, postleitzahl, code postal, código postal, cap, cep
city: city, town, location, ort, stadt, wohnort, ville, ciudad, cidade, città, plaats, stad, ort stad, miasto, город
region: region, state, province, bundesland, bundesland kanton, county, provincia, estado, département région
country: country, country region, land, land region, pays, pays région, país, paese
tags: tags, labels, group membership, categories, groups, group, kategorien, kategorie, catégories, categorías
tags: etichette, schlagworte, stichworte
notes: notes, note, comments, comment, remarks, notizen, notiz, bemerkung, bemerkungen, anmerkung, anmerkungen
notes: kommentar, remarques, notas, opmerkingen
connected_on: connected on, connection date, connected, verbunden am, verbunden seit, connecté le, connexion le
connected_on: conectado el, fecha de conexión, conectado em, collegato il, data di collegamento, verbonden op
connected_on: ansluten den, tilknyttet
ignored: office location
"""
# Words that say which of several, and may be left out of a heading.
_WHICH_WORDS = (
    "business work home other further primary private personal main company office value 1st 2nd geschaftlich privat "
    "weitere dienstlich professionnel personnel domicile bureau trabajo casa particular no nr number"
)
_WHICH = frozenset(_WHICH_WORDS.split())
# Words that make a heading something that is not taken, whatever else it says.
_NOT_TAKEN_WORDS = (
    "label type fax telefax pager telex assistant assistants manager managers spouse phonetic yomi birthday geburtstag "
    "photo tty tdd isdn radio callback box extended extension poi"
)
_NOT_TAKEN = frozenset(_NOT_TAKEN_WORDS.split())
_BUSINESS = ("business", "work", "office", "geschaftlich", "dienstlich", "professionnel", "trabajo")


def folded(heading: str) -> str:
    """Letters and digits only, without case and accents: ``E-Mail Address`` and ``EmailAddress`` are the same."""
    return "".join(_tokens(heading))


def fields_of(cells: Sequence[str]) -> tuple[Field, ...]:
    """What each column is by its heading alone; ``IGNORED`` where no word is known."""
    fields = [_field(cell[:200]) for cell in cells]
    known = set(fields)
    if Field.FIRST_NAME in known and Field.LAST_NAME in known:
        fields = [Field.OTHER_NAME if field is Field.NAME else field for field in fields]
    elif Field.FIRST_NAME in known and Field.NAME in known:  # "Vorname; Name": the second is the family name
        fields = [Field.LAST_NAME if field is Field.NAME else field for field in fields]
    return tuple(fields)


def is_refused(heading: str) -> bool:
    """Whether a heading says that its column is not wanted, whatever its cells look like: a fax, an assistant's."""
    return bool(_NOT_TAKEN & set(_tokens(heading[:200], digits=False))) and _field(heading[:200]) is Field.IGNORED


def address_group(heading: str) -> tuple[int, str]:
    """Which of several addresses a column belongs to, sortable: those of work come first."""
    found = _tokens(heading)
    pairs = zip(found, ["", *found], strict=False)
    tokens = [
        one for one, before in pairs if one in _WHICH or one == "address" or (one.isdigit() and before == "address")
    ]
    group = " ".join(tokens) if tokens != ["address"] else ""  # "Address" beside "City" is one and the same
    return (0 if any(token.startswith(_BUSINESS) for token in tokens) else 1, group)


def label_column(heading: str, headings: Sequence[str]) -> int | None:
    """The column that labels this one: of ``E-mail 1 - Value`` it is ``E-mail 1 - Label`` or ``E-mail 1 - Type``."""
    stem, dash, last = heading.rpartition(" - ")
    if not dash or last != "Value":
        return None
    return next((headings.index(name) for end in ("Label", "Type") if (name := f"{stem} - {end}") in headings), None)


@lru_cache(maxsize=4_096)
def _field(heading: str) -> Field:
    if folded(heading) == _REASON:
        return Field.REASON
    whole = _FIELDS.get("".join(_tokens(heading, digits=False)))
    if whole is not None:
        return whole
    tokens = _tokens(heading, digits=False)
    if _NOT_TAKEN & set(tokens):
        return Field.IGNORED
    bare = [token for token in tokens if token not in _WHICH]
    without = "".join(token for token in bare if token != "address")
    return _FIELDS.get("".join(bare)) or _FIELDS.get(without, Field.IGNORED)


def _tokens(heading: str, *, digits: bool = True) -> list[str]:
    decomposed = unicodedata.normalize("NFKD", heading.casefold().replace("'", "").replace("\u2019", ""))
    plain = "".join(character for character in decomposed if not unicodedata.combining(character))
    found = re.findall(r"[^\W\d_]+|\d+", plain)
    return [token for token in found if digits or not token.isdigit()]


def _vocabulary() -> Mapping[str, Field]:
    words: dict[str, Field] = {}
    for line in _WORDS.strip().splitlines():
        field, _, listed = line.partition(": ")
        for word in listed.split(", "):
            words.setdefault(folded(word), Field(field))
    return words


_FIELDS = _vocabulary()
_REASON = folded(REASON_HEADING)
