"""The properties of vCard files of versions 2.1, 3.0 and 4.0, as programs write them and as they are broken."""

from __future__ import annotations

import quopri
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

__all__ = ["Card", "Property", "read_cards"]

MOST_VALUE = 20_000

_START = re.compile(r"(?:[A-Za-z0-9-]+\.)?([A-Za-z0-9-]+)((?:;(?:[^\":;]|\"[^\"]*\")*)*):(.*)", re.DOTALL)
_ENCODED = re.compile(r"QUOTED-PRINTABLE", re.IGNORECASE)
_PARAMETER = re.compile(r";((?:[^\";]|\"[^\"]*\")*)")
_BINARY = {"PHOTO", "LOGO", "SOUND", "KEY"}


@dataclass(frozen=True, kw_only=True)
class Property:
    """One property: its name in capitals, its parameters (values in small letters), its text as written."""

    name: str
    parameters: tuple[tuple[str, str], ...]
    text: str

    def has(self, *types: str) -> bool:
        """Whether a type (home, work, fax, pref …) is among its parameters, in any of the ways of the versions."""
        return any(value in types for name, value in self.parameters if name in {"TYPE", ""})

    @property
    def preference(self) -> int:
        """1 for the one to use, up to 100; 100 when nothing is said."""
        if self.has("pref"):
            return 1
        said = [value for name, value in self.parameters if name == "PREF" and value.isdigit()]
        return min((int(value) for value in said), default=100)

    @property
    def parts(self) -> tuple[str, ...]:
        """The text parted at its semicolons, each part unescaped."""
        return tuple(unescaped(part) for part in re.split(r"(?<!\\);", self.text))

    @property
    def listed(self) -> tuple[str, ...]:
        """The text parted at its commas, each part unescaped."""
        return tuple(unescaped(part) for part in re.split(r"(?<!\\),", self.text))

    @property
    def value(self) -> str:
        """The text, unescaped."""
        return unescaped(self.text)


@dataclass(frozen=True, kw_only=True)
class Card:
    """One card: the line it begins on (from 1), its text without pictures, its properties. ``open``: it has no end."""

    line: int
    raw: str
    properties: tuple[Property, ...]
    open: bool = False

    def all(self, name: str) -> tuple[Property, ...]:
        """The properties of a name, the preferred ones first."""
        found = [one for one in self.properties if one.name == name]
        return tuple(sorted(found, key=lambda one: one.preference))

    def text(self, name: str) -> str:
        """The first value of a name, unescaped; empty when there is none."""
        return next((one.value for one in self.all(name) if one.value.strip()), "")


def unescaped(text: str) -> str:
    """The text without the backslashes of vCard."""
    return re.sub(r"\\(.)", lambda found: "\n" if found[1] in "nN" else found[1], text, flags=re.DOTALL)


def read_cards(text: str) -> Iterator[Card]:
    """The cards of a text, one after another. Cards inside cards (an agent's) are passed over.

    A card without an end ends where the next begins. Lines that are no property are passed over.
    """
    begun: int | None = None
    depth, held, kept = 0, [], []  # type: int, list[Property], list[str]
    for number, line in _logical_lines(re.split(r"\r\n|\r|\n", text)):
        bare = line.strip().upper().replace(" ", "")
        if bare == "BEGIN:VCARD":
            if begun is not None and (depth or _agent_before(kept)):
                depth += 1
                continue
            if begun is not None:
                yield _card(begun, kept, held, still_open=True)
            begun, depth, held, kept = number, 0, [], [line]
        elif begun is None:
            continue
        elif bare == "END:VCARD" and depth:
            depth -= 1
        elif bare == "END:VCARD":
            yield _card(begun, [*kept, line], held)
            begun = None
        elif not depth:
            found = _property(line)
            if found is not None and found.name not in _BINARY:
                held.append(found)
                kept.append(line)
            elif found is not None:
                kept.append("")  # an agent's card follows its property at once, a picture is none
    if begun is not None:
        yield _card(begun, kept, held, still_open=True)


def _card(line: int, kept: Sequence[str], held: Sequence[Property], *, still_open: bool = False) -> Card:
    raw = "\n".join(one for one in kept if one) + ("\nEND:VCARD" if still_open else "")
    return Card(line=line, raw=raw, properties=tuple(held), open=still_open)


def _agent_before(kept: Sequence[str]) -> bool:
    last = next((line for line in reversed(kept) if line), "")
    return re.match(r"(?:[A-Za-z0-9-]+\.)?AGENT\b", last, re.IGNORECASE) is not None and last.rstrip().endswith(":")


def _logical_lines(lines: Sequence[str]) -> Iterator[tuple[int, str]]:
    """Lines with what was folded put back together: by a blank at the start, or by = at the end of quoted-printable."""
    held: list[str] = []
    began, soft, binary = 0, False, False
    for number, line in enumerate(lines, start=1):
        if soft:
            soft = line.endswith("=")
            held.append(line[:-1] if soft else line)
            continue
        if line[:1] in {" ", "\t"} and held:
            if not binary:
                held.append(line[1:])
            continue
        if held:
            yield began, "".join(held)
        head = line[:300]
        coded = _ENCODED.search(head.split(":", 1)[0]) is not None and ":" in head
        binary = _is_binary(head)
        soft = coded and line.endswith("=")
        began, held = number, [line[:-1] if soft else line[:300] if binary else line]
    if held:
        yield began, "".join(held)


def _is_binary(head: str) -> bool:
    found = _START.match(head)
    return found is not None and found[1].upper() in _BINARY


def _property(line: str) -> Property | None:
    found = _START.match(line.strip("\x00\ufeff"))
    if found is None:
        return None
    parameters: list[tuple[str, str]] = []
    for part in _PARAMETER.findall(found[2]):
        name, equals, value = part.partition("=")
        if not equals:  # version 2.1 writes TEL;HOME;VOICE
            name, value = "", name
        for one in value.strip('"').split(","):
            parameters.append((name.strip().upper(), one.strip().strip('"').lower()))
    text = found[3][:MOST_VALUE]
    coding = {value for name, value in parameters if name in {"ENCODING", ""}}
    if "quoted-printable" in coding:
        charset = next((value for name, value in parameters if name == "CHARSET"), "utf-8")
        text = _decoded(text, charset)
    elif coding & {"base64", "b"}:
        text = ""  # no text of a person's is binary
    return Property(name=found[1].upper(), parameters=tuple(parameters), text=text)


def _decoded(text: str, charset: str) -> str:
    data = quopri.decodestring(text.encode("utf-8", "surrogatepass"))
    try:
        return data.decode(charset)
    except (LookupError, ValueError):  # no such charset, or not in it
        pass
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")
