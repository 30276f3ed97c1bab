"""What a message template may hold, node by node of what Jinja2 parsed; everything else is refused in words."""

from __future__ import annotations

from difflib import get_close_matches
from typing import NoReturn

from jinja2 import nodes

from iiplan.briefing.blanks import blank, blanks
from iiplan.errors import InputError

__all__ = ["ONLY", "check_tree", "name_of"]

MOST_PARTS = 500  # texts, blanks, filters, conditions
DEEPEST = 12  # ifs and brackets inside one another
ONLY = "A template may hold text, {{ blanks }}, and {% if … %} … {% endif %}, nothing else"


def check_tree(tree: nodes.Template, where: str, filters: frozenset[str], first_line: int = 1) -> None:
    """InputError with line and cure for what is not in the language. ``first_line``: the number of its first line."""
    check = _Check(where, filters, first_line)
    for node in tree.body:
        check.part(node, 1)


def name_of(node: nodes.Node) -> str | None:
    """``contact.role`` for what names a blank; None for anything else."""
    if isinstance(node, nodes.Name):
        return node.name
    if isinstance(node, nodes.Getattr) and isinstance(node.node, nodes.Name):
        return f"{node.node.name}.{node.attr}"
    return None


class _Check:
    """Refuses what is not in the language; one method for each kind of thing that is."""

    def __init__(self, where: str, filters: frozenset[str], first_line: int) -> None:
        self._where = where
        self._filters = filters
        self._first_line = first_line
        self._parts = 0
        self._line = 1  # of what was looked at last: a few tags do not know theirs

    def part(self, node: nodes.Node, depth: int) -> None:
        """Text with blanks, or an if."""
        self._enter(node, depth)
        if isinstance(node, nodes.Output):
            for piece in node.nodes:
                if not isinstance(piece, nodes.TemplateData):
                    self.text(piece, depth)
        elif isinstance(node, nodes.If):
            self.condition(node.test, depth)
            for child in (*node.body, *node.else_):
                self.part(child, depth + 1)
            for other in node.elif_:
                self.part(other, depth)
        else:
            self._refuse(node, f"{_words(node)} cannot be used. {ONLY}.")

    def condition(self, node: nodes.Node, depth: int) -> None:
        """What may stand after an if."""
        self._enter(node, depth)
        match node:
            case nodes.Not():
                self.condition(node.node, depth + 1)
            case nodes.And() | nodes.Or():
                self.condition(node.left, depth + 1)
                self.condition(node.right, depth + 1)
            case nodes.Compare(ops=[nodes.Operand(op="eq" | "ne", expr=other)]):
                self.text(node.expr, depth + 1)
                self.text(other, depth + 1)
            case nodes.Compare():
                self._refuse(node, 'Only one == or one != can compare. Write {% if contact.source == "alumni" %}.')
            case _:
                self.text(node, depth)

    def text(self, node: nodes.Node, depth: int) -> None:
        """What may stand between {{ and }}: it comes out as text."""
        self._enter(node, depth)
        match node:
            case nodes.Name() | nodes.Getattr():
                self._blank(node)
            case nodes.Const():
                self._quoted(node)
            case nodes.Filter():
                self._filter(node, depth)
            case nodes.And() | nodes.Or():
                self.text(node.left, depth + 1)
                self.text(node.right, depth + 1)
            case nodes.CondExpr(expr2=nodes.Expr() as otherwise):
                self.condition(node.test, depth + 1)
                self.text(node.expr1, depth + 1)
                self.text(otherwise, depth + 1)
            case nodes.CondExpr():
                self._refuse(node, 'An if between {{ and }} needs an else: {{ trip.city if trip.city else "town" }}.')
            case nodes.Not() | nodes.Compare():
                self._refuse(node, "Yes or no is no text. Ask for it in {% if … %}.")
            case _:
                self._refuse(node, f"{_words(node)} cannot be used. {ONLY}.")

    def _blank(self, node: nodes.Node) -> None:
        name = name_of(node)
        if name is None:
            self._refuse(node, f"Nothing lies behind a blank. {_known('')}")
        if blank(name) is None:
            self._refuse(node, f"There is no blank {name[:60]!r}. {_known(name)}")

    def _quoted(self, node: nodes.Const) -> None:
        value = node.value
        if not isinstance(value, str):
            self._refuse(node, f'{str(value)[:20]} is no text. Put it in quotes: "{str(value)[:20]}".')
        if any((letter < " " and letter not in "\n\t") or "\ud800" <= letter <= "\udfff" for letter in value):
            self._refuse(node, "A text in quotes holds a character that cannot be shown. Type it again by hand.")

    def _filter(self, node: nodes.Filter, depth: int) -> None:
        if node.name not in self._filters:
            self._refuse(node, f"There is no filter {node.name[:60]!r}. Use one of {', '.join(sorted(self._filters))}.")
        wanted = 1 if node.name == "default" else 0
        if node.kwargs or node.dyn_args or node.dyn_kwargs or len(node.args) != wanted or node.node is None:
            cure = 'Write {{ contact.role | default("colleague") }}.' if wanted else f"Write just {node.name}."
            self._refuse(node, f"The filter {node.name} is used in a way that it is not meant for. {cure}")
        for value in (node.node, *node.args):
            self.text(value, depth + 1)

    def _enter(self, node: nodes.Node, depth: int) -> None:
        self._line = node.lineno or self._line
        self._parts += 1
        if depth > DEEPEST:
            self._refuse(node, f"More than {DEEPEST} things are inside one another. Make it simpler.")
        if self._parts > MOST_PARTS:
            self._refuse(node, "There are too many blanks and conditions. Use fewer.")

    def _refuse(self, node: nodes.Node, why: str) -> NoReturn:
        raise InputError(f"{self._where}, line {self._first_line + (node.lineno or self._line) - 1}: {why}")


_NAMES = {
    "For": "{% for %}",
    "Assign": "{% set %}",
    "AssignBlock": "{% set %}",
    "FilterBlock": "{% filter %}",
    "CallBlock": "{% call %}",
    "FromImport": "{% from %}",
    "Getitem": "A look-up in square brackets",
    "Call": "A call with brackets",
    "Scope": "{% autoescape %}",
    "Concat": "Joining with ~",
    "Test": "A test with is (write {% if contact.role %} instead)",
}
_STATEMENTS = {"Include", "Import", "Extends", "Block", "Macro", "With"}


def _words(node: nodes.Node) -> str:
    kind = type(node).__name__
    if kind in _STATEMENTS:
        return f"{{% {kind.lower()} %}}"
    return _NAMES.get(kind, "What is written here" if isinstance(node, nodes.Stmt) else "A sum or a list")


def _known(name: str) -> str:
    names = [one.name for one in blanks()]
    close = get_close_matches(name.casefold(), names, n=2, cutoff=0.6) if len(name) < 60 else []
    hint = f"Did you mean {' or '.join(close)}? " if close else ""
    return f"{hint}The blanks are {', '.join(names)}."
