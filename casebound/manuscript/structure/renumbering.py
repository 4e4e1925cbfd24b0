"""Numbers chapters through the book, where Sphinx begins again in each numbered toctree and counts front matter too.

Sphinx counts for web pages, one toctree at a time. A book has one chapter 1, one figure 1.1, and no number on its
preface, as in print from LaTeX::

    index.rst                         Sphinx         the book         "restart"
      toctree, numbered: preface      1 preface      preface          preface
                         rpc          2 rpc          1 rpc            1 rpc
      toctree, numbered: gmr          1 gmr          2 gmr            1 gmr

Sections within a chapter, the depth of ``:numbered:``, and documents that are not numbered stay as Sphinx has them.
Where a numbered toctree leads to another one, the outer one counts: Sphinx takes them as they come out of a set.
Figures, tables and listings are counted after the new numbers, by Sphinx itself.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.environment.collectors.toctree import TocTreeCollector

from casebound.manuscript.structure.reach import in_order
from casebound.model.book import Chapter, Matter

__all__ = ["connect", "renumber"]

_Numbers = dict[str, dict[str, tuple[int, ...]]]


def renumber(env: BuildEnvironment, root: Chapter) -> None:
    """Change the numbers that Sphinx has given to sections and, where any has changed, those of captions.

    Called once for an environment: Sphinx counts again at each reading.
    """
    if not env.toc_secnumbers:
        return
    count = _Count(env, restart=env.config.casebound_numbering == "restart")
    count.visit(root, {})
    if any(env.toc_secnumbers[docname] != numbers for docname, numbers in count.numbers.items()):
        env.toc_secnumbers.update(count.numbers)
        for docname in [docname for docname, numbers in count.numbers.items() if not numbers]:
            # Sphinx then knows that a reference by number has none to show.
            del env.toc_secnumbers[docname]
        TocTreeCollector().assign_figure_numbers(env)


class _Count:
    """The count of chapters on its way through the book. ``numbers`` are the new ones, as Sphinx keeps them."""

    def __init__(self, env: BuildEnvironment, *, restart: bool) -> None:
        self.numbers: _Numbers = {}
        self._old: _Numbers = env.toc_secnumbers
        self._restart = restart
        self._last = 0

    def visit(self, chapter: Chapter, around: dict[int, int]) -> None:
        """Number a chapter and all below it; ``around`` has the new first number of each old one, 0 for none."""
        known = dict(around)
        if chapter.name == chapter.docname and chapter.docname in self._old:
            own = self.numbers[chapter.docname] = {}
            for anchor, number in self._old[chapter.docname].items():
                if len(number) == 1:
                    known[number[0]] = self._next(number[0], chapter.matter)
                first = known.get(number[0], number[0]) if number else 0
                if first or not number:
                    own[anchor] = (first, *number[1:]) if number else number
        for child in chapter.children:
            self.visit(child, known)

    def _next(self, old: int, matter: Matter) -> int:
        if self._restart and old == 1:
            self._last = 0
        if matter is Matter.FRONT:
            return 0
        self._last += 1
        return self._last


def _set_in_order(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Let Sphinx meet the documents with numbered toctrees in reading order, those of no toctree after."""
    if app.builder.name != "casebound":
        return []
    order = {name: place for place, name in enumerate(in_order(env, [env.config.root_doc]))}
    found = sorted(env.numbered_toctrees, key=lambda name: (order.get(name, len(order)), name))
    env.numbered_toctrees = dict.fromkeys(found)  # type: ignore[assignment]
    return []


def _set_free(app: Sphinx, env: BuildEnvironment) -> list[str]:
    env.numbered_toctrees = set(env.numbered_toctrees)
    return []


def connect(connect_to: Callable[..., Any]) -> None:
    """Have Sphinx count in one order only, round the moment when it does."""
    connect_to("env-get-updated", _set_in_order, priority=499)
    connect_to("env-get-updated", _set_free, priority=501)
