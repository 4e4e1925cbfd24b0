"""A document that Sphinx cannot read: its source is printed as it is, and the others are still a book."""

from __future__ import annotations

import re
import traceback
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from docutils import nodes
from docutils.parsers.rst import Directive
from docutils.statemachine import StateMachine
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.transforms import SphinxTransform

from casebound.manuscript.reading.folders import without_folders
from casebound.model.diagnostics import Problem, problem

__all__ = ["TooDeep", "connect", "decode", "deepest", "note", "unread"]

_DEEPEST = 400  # levels: docutils takes minutes and gigabytes for a few times as many, and then gives up
_KEY, _SOURCE = "casebound-unread", "casebound-source"  # in Sphinx's metadata, which parallel reading brings home
_MARKERS = re.compile(r"(?:[*+-]|#\.|\w{1,3}[.)])[ \t]+|>[ \t]*")
_UNDERLINE = re.compile(r"([!-/:-@[-`{-~])\1{2,}\s*")
_INDENT = re.compile(r"(?m)(?<=^ {40}) +")  # what is deeper is no longer read by its indent
_LONGEST = 120  # characters of a title taken from source that could not be read


def note(env: BuildEnvironment, docname: str, path: Path, error: Exception) -> None:
    """Put a failure on record; the next reading of the document gives its source."""
    data = path.read_bytes()
    detail = without_folders(env, " ".join(str(error).split()), docname) or "it asks too much"
    kept: dict[str, Any] = env.metadata[docname]
    kept[_SOURCE] = _INDENT.sub("", data.decode("utf-8-sig", "backslashreplace"))
    kept[_KEY] = (_line(error, data), f"{type(error).__name__}: {detail}"[:300].rstrip(".") + ".")


class TooDeep(Exception):
    """A source is nested deeper than can be read in bounded time."""

    def __init__(self, line: int, levels: int) -> None:
        super().__init__(f"it is nested {levels} levels deep, {_DEEPEST} can be read")
        self.line = line


def decode(path: Path, encoding: str) -> None:
    """Raise UnicodeDecodeError where the bytes of a file are no text: Sphinx before 9 prints ``?`` for them."""
    if encoding.lower() in {"utf-8", "utf-8-sig"}:
        path.read_bytes().decode(encoding)


def deepest(path: Path) -> None:
    """Raise TooDeep where the indents and list markers of a source file are deeper than docutils can follow."""
    columns: list[int] = []
    with path.open(encoding="utf-8", errors="replace") as lines:
        for number, line in enumerate(lines, 1):
            text = line.lstrip()
            if not text:
                continue
            column = len(line) - len(text)
            while columns and columns[-1] >= column:
                columns.pop()
            columns.append(column)
            levels = len(columns) + sum(1 for _ in _leading(text))
            if levels > _DEEPEST:
                raise TooDeep(number, levels)


def _leading(text: str) -> Iterator[str]:
    """The list markers that a line begins with."""
    at = 0
    while found := _MARKERS.match(text, at):
        at = found.end()
        yield found[0]


def unread(env: BuildEnvironment, docname: str) -> Iterator[Problem]:
    """The problem of a document whose source is printed as it is."""
    if _KEY in env.metadata.get(docname, {}):
        line, detail = env.metadata[docname][_KEY]
        yield problem("document-unread", docname, line, detail=detail)


def _line(error: Exception, data: bytes) -> int | None:
    """The line at which reading failed, as far as it is known."""
    if isinstance(error, TooDeep):
        return error.line
    if isinstance(error, UnicodeDecodeError):
        return data.count(b"\n", 0, error.start) + 1
    line = None
    for frame, _ in traceback.walk_tb(error.__traceback__):
        reader: Any = frame.f_locals.get("self")
        if isinstance(reader, Directive):
            line = reader.lineno
        elif isinstance(reader, StateMachine) and reader.input_lines:
            line = reader.abs_line_number()
    return line


class _UnreadSource(SphinxTransform):
    """Puts the source of a document that could not be read where its content would be."""

    default_priority = 1

    def apply(self, **_: Any) -> None:
        source = self.env.metadata[self.env.docname].pop(_SOURCE, None)
        if source is None:
            return
        title, rest = _titled(source.strip("\n"))
        section: nodes.Element = nodes.section("", nodes.title(title, title)) if title else nodes.container()
        if title:
            section["names"].append(nodes.fully_normalize_name(title))
            self.document.note_implicit_target(section, section)
        if rest.strip():
            section += nodes.literal_block(rest, rest, language="none")
        self.document.children = []
        self.document += section


def _titled(source: str) -> tuple[str, str]:
    """The title that a source begins with, if it shows one, and what follows it."""
    lines = source.split("\n")
    if len(lines) > 2 and _UNDERLINE.fullmatch(lines[0]) and _UNDERLINE.fullmatch(lines[2]):
        lines = lines[1:]
    if len(lines) > 1 and _UNDERLINE.fullmatch(lines[1]) and len(lines[0]) <= _LONGEST:
        return lines[0].strip(), "\n".join(lines[2:]).strip("\n")
    if lines[0].startswith("# ") and len(lines[0]) <= _LONGEST:
        return lines[0].removeprefix("# ").strip(), "\n".join(lines[1:]).strip("\n")
    return "", source


def _blank(app: Sphinx, docname: str, content: list[str]) -> None:
    if _SOURCE in app.env.metadata[docname]:
        content[0] = ""


def _again(app: Sphinx, env: BuildEnvironment, *_: set[str]) -> list[str]:
    """The documents that could not be read: what was amiss may have been outside of the source."""
    return [docname for docname in env.all_docs if _KEY in env.metadata.get(docname, {})]


def connect(app: Sphinx) -> None:
    """Let a document that could not be read be read as its bare source."""
    app.connect("env-get-outdated", _again)
    app.connect("source-read", _blank, priority=999)
    app.add_transform(_UnreadSource)
