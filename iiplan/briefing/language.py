"""The language of message templates: a small part of Jinja2 in which nothing can be called, looped or reached.

A template is text with ``{{ blanks }}``, a few filters, and ``{% if %}`` … ``{% endif %}``. Jinja2 parses it; what
it parsed is checked node by node before anything is compiled, and runs in Jinja2's sandbox on plain strings.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from jinja2 import Template, TemplateSyntaxError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from iiplan.briefing.blanks import blank
from iiplan.briefing.grammar import ONLY, check_tree, name_of
from iiplan.errors import InputError

__all__ = ["FILTERS", "Hole", "blanks_in", "check", "compiled"]

MOST_CHARACTERS = 10_000


class Hole:
    """What stands for a blank that nothing fills: false in an ``if``, its mark when it is written out."""

    def __init__(self, name: str, note: Callable[[str], str]) -> None:
        self._name = name
        self._note = note

    def __bool__(self) -> bool:
        return False

    def __eq__(self, other: object) -> bool:
        return other == "" or isinstance(other, Hole)

    def __hash__(self) -> int:
        return hash("")

    def __str__(self) -> str:
        return self._note(self._name)


Value = str | Hole


def _of_text(change: Callable[[str], str]) -> Callable[[Value], Value]:
    return lambda value: value if isinstance(value, Hole) else change(str(value))


def _capitalize(text: str) -> str:
    return text[:1].upper() + text[1:]  # names further on keep their capitals


def _default(value: Value, other: Value) -> Value:
    return value or other


FILTERS: dict[str, Callable[..., Value]] = {
    "default": _default,
    "lower": _of_text(str.lower),
    "upper": _of_text(str.upper),
    "title": _of_text(str.title),
    "capitalize": _of_text(_capitalize),
    "trim": _of_text(str.strip),
}

_ENVIRONMENT = ImmutableSandboxedEnvironment(autoescape=False)  # plain text, no HTML
_ENVIRONMENT.globals.clear()
_ENVIRONMENT.tests.clear()
_ENVIRONMENT.filters.clear()
_ENVIRONMENT.filters.update(FILTERS)

_TAGS_ALONE = re.compile(r"^[ \t]*((?:\{%[^{}\n]*%\}[ \t]*)+)\n", re.MULTILINE)


@lru_cache(maxsize=512)
def compiled(text: str, where: str = "The text") -> Template:
    """The template of a text, checked; a line of nothing but tags leaves no empty line behind.

    ``where`` begins the sentence of the InputError when the text is none.
    """
    check(text, where)
    tree = _parse(_TAGS_ALONE.sub(lambda found: found[1].strip(), text), where)
    check_tree(tree, where, frozenset(FILTERS))
    return Template.from_code(_ENVIRONMENT, _ENVIRONMENT.compile(tree), {})


@lru_cache(maxsize=512)
def check(text: str, where: str = "The text", first_line: int = 1) -> None:
    """InputError with line and cure when a text is no template. ``first_line`` is the number its first line has."""
    check_tree(_parse(text, where, first_line), where, frozenset(FILTERS), first_line)


@lru_cache(maxsize=512)
def blanks_in(text: str, where: str = "The text") -> tuple[str, ...]:
    """The names of the blanks of a template, each once, in the order they come. InputError when it is none."""
    check(text, where)
    names: dict[str, None] = {}
    for node in _in_order(_parse(text, where)):
        name = name_of(node)
        if name is not None and blank(name) is not None:
            names[name] = None
    return tuple(names)


def _in_order(node: nodes.Node) -> list[nodes.Node]:
    found = [node]
    for child in node.iter_child_nodes():
        found += _in_order(child)
    return found


def _parse(text: str, where: str, first_line: int = 1) -> nodes.Template:
    if len(text) > MOST_CHARACTERS:
        raise InputError(f"{where} has {len(text)} characters. Shorten it to {MOST_CHARACTERS} or fewer.")
    try:
        return _ENVIRONMENT.parse(text)
    except TemplateSyntaxError as error:
        line = first_line + error.lineno - 1
        what = (error.message or "it cannot be read").rstrip(".")
        if "end of template" in what:
            what = "Something is opened and not closed"
        raise InputError(
            f"{where}, line {line}: {what}. {ONLY}; check that every {{{{ has its }}}} and every if its endif."
        ) from error
    except RecursionError:
        raise InputError(f"{where} has too many brackets or ifs inside one another. Make it simpler.") from None
    except ValueError as error:  # a number with thousands of digits
        raise InputError(f"{where} holds a number that cannot be read. {ONLY}.") from error
