"""Included files are named by their whole paths, and their lines are counted from their beginning.

docutils names a file as it lies from the current folder, and counts the lines of what ``:start-after:`` or
``:start-line:`` leaves of it.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from docutils import nodes
from docutils.parsers.rst import directives
from docutils.statemachine import StringList
from sphinx.application import Sphinx
from sphinx.directives.code import LiteralInclude
from sphinx.directives.other import Include
from sphinx.transforms import SphinxTransform

from casebound.manuscript.reading.folders import beside

__all__ = ["count_lines"]


class _CountedInclude(Include):
    """The directive with the lines of what it inserts where they are in the file."""

    def run(self) -> Sequence[nodes.Node]:
        machine = self.state_machine
        insert = machine.insert_input

        def insert_counted(lines: Sequence[str], source: str) -> None:
            before = self._before(Path(source))
            items = [(source, before + number) for number in range(len(lines))]
            insert(StringList(list(lines), items=items), source)

        machine.insert_input = insert_counted  # type: ignore[method-assign, assignment]
        try:
            return super().run()
        finally:
            del machine.insert_input

    def _before(self, path: Path) -> int:
        """How many lines of the file are before what is taken of it."""
        first, after = int(self.options.get("start-line", 0)), str(self.options.get("start-after", ""))
        if not (first or after):
            return 0
        encoding = self.options.get("encoding", self.env.config.source_encoding)
        lines = path.read_text(encoding=encoding, errors="replace").splitlines()
        first = first if first >= 0 else max(0, len(lines) + first)
        taken = "\n".join(lines[first : self.options.get("end-line")])
        return first + taken[: taken.find(after) + len(after)].count("\n")


class _Compared(LiteralInclude):
    """The directive with the two files of a ``:diff:`` named as they lie in the source, not on this machine."""

    def run(self) -> list[nodes.Node]:
        made = super().run()
        if "diff" in self.options:
            old, new = str(self.options["diff"]), self.env.relfn2path(self.arguments[0])[1]
            head = f"--- {old}\n+++ {new}\n"
            named = f"--- {self._name(old)}\n+++ {self._name(str(new))}\n"
            for block in [block for node in made for block in node.findall(nodes.literal_block)]:
                rest = block.astext().removeprefix(head)
                if rest != block.astext():
                    block.children = []
                    block += nodes.Text(named + rest)
                    block.rawsource = named + rest
        return made

    def _name(self, path: str) -> str:
        return beside(Path(path), Path(self.env.srcdir))


class _Whole(SphinxTransform):
    """Makes the names of included files absolute, as those of documents are."""

    default_priority = 1

    def apply(self, **_: Any) -> None:
        for node in self.document.findall():
            if node.source and not os.path.isabs(node.source) and Path(node.source).is_file():
                node.source = os.path.abspath(node.source)


def count_lines(app: Sphinx) -> None:
    """Replace Sphinx's own directive, not one that an extension has put in its place."""
    if directives._directives.get("include", Include) is Include:  # type: ignore[attr-defined]
        app.add_directive("include", _CountedInclude, override=True)
    if directives._directives.get("literalinclude", LiteralInclude) is LiteralInclude:  # type: ignore[attr-defined]
        app.add_directive("literalinclude", _Compared, override=True)
    app.add_transform(_Whole)
