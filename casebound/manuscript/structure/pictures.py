"""Pictures of an outline for messages: a section as it is printed, and as the rule wants it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sphinx.environment import BuildEnvironment
from sphinx.locale import _

from casebound.manuscript.facts import stand_in
from casebound.manuscript.structure.source_tree import SourceSection, SourceText, Toctree

__all__ = ["names", "section"]

_SHOWN = 5
"""So many documents of a toctree, or sections beside each other, are shown; of the others the number is told."""


def section(env: BuildEnvironment, part: SourceSection) -> str:
    """A section as indented text: each text with its line, the titles of subsections, each document by its title."""
    return "\n".join(_lines(env, part, ""))


def names(env: BuildEnvironment, docnames: Iterable[str]) -> str:
    """Documents one below the other."""
    return "\n".join(_title(env, name) for name in docnames)


def _lines(env: BuildEnvironment, part: SourceSection, indent: str) -> Iterator[str]:
    yield indent + part.title
    beneath = indent + "  "
    skipped = 0
    for item in part.body:
        plain = isinstance(item, SourceSection) and not item.leads_on
        if skipped and not plain:
            yield from _cut(beneath, skipped)
        skipped = skipped + 1 if plain else 0
        if isinstance(item, Toctree):
            yield from _documents(env, item, beneath)
        elif isinstance(item, SourceText):
            yield beneath + _text(item, part)
        elif item.leads_on:
            yield from _lines(env, item, beneath)
        elif skipped < _SHOWN:
            yield beneath + item.title
    yield from _cut(beneath, skipped)


def _text(text: SourceText, part: SourceSection) -> str:
    """Where a text is: its line, and the included file if it is another than its section's."""
    file = f" of {text.docname}" if text.docname != part.docname else ""
    return f"(text, line {text.line}{file})" if text.line else "(text)"


def _cut(indent: str, sections: int) -> Iterator[str]:
    if sections >= _SHOWN:
        more = sections - _SHOWN + 1
        yield f"{indent}... and {more} more section{'s' if more > 1 else ''}"


def _documents(env: BuildEnvironment, toctree: Toctree, indent: str) -> Iterator[str]:
    cut = toctree.names if len(toctree.names) <= _SHOWN else toctree.names[: _SHOWN - 1]
    for name in cut:
        yield f"{indent}{name}: {_title(env, name)}"
    if len(cut) < len(toctree.names):
        yield f"{indent}... and {len(toctree.names) - len(cut)} more documents"


def _title(env: BuildEnvironment, name: str) -> str:
    title = env.titles.get(name)
    text = " ".join(title.astext().split()) if title is not None else _("<no title>")
    return stand_in(env.config, name) if text == _("<no title>") else text
