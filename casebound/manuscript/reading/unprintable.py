"""What no page can show and no XML may hold: the number of each such character is in its place, and is reported."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.environment import BuildEnvironment
from sphinx.transforms import SphinxTransform

from casebound.manuscript.reading.places import place
from casebound.model.diagnostics import Problem, problem

__all__ = ["Unprintable", "printable", "unprintable"]

_KEY = "casebound-unprintable"  # in Sphinx's metadata, which parallel reading brings home
# Control characters, what is no character, and the two overrides, by which a text reads otherwise than it is written.
_NONE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202d\u202e\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
# In code no mark of direction is at home: it would show one program and hold another.
# What colours the output of a program, as notebooks keep it; web pages turn it into colours or leave it out.
_COLOURS = re.compile(r"\x1b\[[0-9;:]*m|\x1b\[[0-9;]*K")
_NONE_IN_CODE = re.compile(f"{_NONE.pattern[:-1]}\u202a\u202b\u2066-\u2068]")


def _number(found: re.Match[str]) -> str:
    return f"[U+{ord(found[0]):04X}]"


def printable(text: str) -> str:
    """The text with every character that cannot be shown as its number."""
    return _NONE.sub(_number, text)


def unprintable(env: BuildEnvironment, docname: str) -> Iterator[Problem]:
    """The problems of a document that holds such characters."""
    found: Any = env.metadata.get(docname, {}).get(_KEY, ())
    for where, line, name in found:
        yield problem("character-unprintable", where, line, name=name)


class Unprintable(SphinxTransform):
    """Puts numbers in place of characters before Sphinx collects titles, entries and names from a document."""

    default_priority = 840  # SphinxDomains is 850, what listens to doctree-read 880

    def apply(self, **_: Any) -> None:
        found: dict[tuple[str, int | None, str], None] = {}
        for node in list(self.document.findall()):
            if isinstance(node, nodes.Text):
                self._text(node, found)
            elif isinstance(node, nodes.image | addnodes.index | addnodes.toctree):
                for name, value in node.attributes.items():
                    node[name] = self._value(value, node, found)
        if found:
            kept: dict[str, Any] = self.env.metadata[self.env.docname]
            kept[_KEY] = list(found)

    def _text(self, node: nodes.Text, found: dict[tuple[str, int | None, str], None]) -> None:
        parent = node.parent
        code = isinstance(parent, nodes.FixedTextElement | nodes.literal) or isinstance(parent.parent, nodes.literal)
        pattern = _NONE_IN_CODE if code else _NONE
        # docutils marks what was escaped with U+0000 until it is asked for the text; the source holds one very rarely
        text = str(node) if "\0" in parent.rawsource else node.astext()
        if isinstance(parent, nodes.raw) or not pattern.search(text):
            return
        # Sphinx highlights a block only if it says what its source says
        same = parent.rawsource == str(node)
        text = _COLOURS.sub("", text) if isinstance(parent, nodes.FixedTextElement) else text
        self._note(pattern.findall(text), parent, found)
        shown = nodes.Text(pattern.sub(_number, text))
        parent.replace(node, shown)
        if same:
            parent.rawsource = str(shown)

    def _value(self, value: Any, node: nodes.Element, found: dict[tuple[str, int | None, str], None]) -> Any:
        if isinstance(value, list | tuple):
            return type(value)(self._value(one, node, found) for one in value)
        if not isinstance(value, str) or not _NONE.search(value):
            return value
        self._note(_NONE.findall(value), node, found)
        return printable(value)

    def _note(self, letters: list[str], node: nodes.Element, found: dict[tuple[str, int | None, str], None]) -> None:
        where, line = place(self.env, node, self.env.docname)
        found.update(dict.fromkeys((where, line, f"U+{ord(letter):04X}") for letter in letters))
