"""Pictures of an outline for messages: a section as it is printed, and as the rule wants it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sphinx.environment import BuildEnvironment

from casebound.manuscript.parts import Part, Toctree

__all__ = ["names", "section"]

_SHOWN = 5
"""So many documents of a toctree are shown; a longer one is told by their number."""


def section(env: BuildEnvironment, part: Part) -> str:
    """A section as indented text: each text with its line, each subsection, each document by its title."""
    return "\n".join(_lines(env, part, ""))


def names(env: BuildEnvironment, docnames: Iterable[str]) -> str:
    """Documents one beneath the other."""
    return "\n".join(_title(env, name) for name in docnames)


def _lines(env: BuildEnvironment, part: Part, indent: str) -> Iterator[str]:
    yield indent + part.title
    beneath = indent + "  "
    for item in part.body:
        if isinstance(item, Part):
            yield from _lines(env, item, beneath)
        elif isinstance(item, Toctree):
            yield from _documents(env, item, beneath)
        else:
            yield f"{beneath}(text, line {item.line})" if item.line else f"{beneath}(text)"


def _documents(env: BuildEnvironment, toctree: Toctree, indent: str) -> Iterator[str]:
    cut = toctree.names if len(toctree.names) <= _SHOWN else toctree.names[: _SHOWN - 1]
    for name in cut:
        yield f"{indent}{name}: {_title(env, name)}"
    if len(cut) < len(toctree.names):
        yield f"{indent}... and {len(toctree.names) - len(cut)} more documents"


def _title(env: BuildEnvironment, name: str) -> str:
    title = env.titles.get(name)
    return " ".join(title.astext().split()) if title is not None else name
