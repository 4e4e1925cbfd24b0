"""Moves misplaced toctrees to where the rule wants them, in the source text itself, and only where that is safe.

A file is given back changed only if its text, read again by Sphinx, makes the same tree: the same text, the same
toctrees, each at the end of the section that the rule names, and nothing new to warn of.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from sphinx.application import Sphinx
from sphinx.util import get_filetype

from casebound.manuscript.documents import document
from casebound.manuscript.ignoring import MISPLACED, Ignoring
from casebound.manuscript.manuscript import Manuscript
from casebound.manuscript.mending.moving import Immovable, SourceFile, Unit
from casebound.manuscript.mending.reread import Reread, difference, reread
from casebound.manuscript.structure.rule import LayoutRule, hoisted, rejoined
from casebound.manuscript.structure.source_tree import SourceSection, SourceText, Toctree
from casebound.model.diagnostics import Problem, problem

__all__ = ["Mended", "MendedFile", "mended"]

_LONE = re.compile(r"\r(?!\n)")


@dataclass(frozen=True, slots=True)
class MendedFile:
    """A source file with its toctrees moved; nothing is written yet."""

    path: Path
    before: bytes
    after: bytes
    encoding: str

    def diff(self, name: str) -> str:
        """The change as a unified diff under this name; a carriage return alone ends a line as any other end."""
        texts = (data.decode(self.encoding) for data in (self.before, self.after))
        old, new = (_LONE.sub("\n", text).splitlines(keepends=True) for text in texts)
        lines = difflib.unified_diff(old, new, f"a/{name}", f"b/{name}")
        return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)


@dataclass(frozen=True, slots=True)
class Mended:
    """The files that change, and the toctrees that stay with the reason why."""

    files: tuple[MendedFile, ...]
    refused: tuple[Problem, ...]
    file: Callable[[str], Path]
    """The source file of a document, or of an included file that a problem names."""


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A toctree that is misplaced, and the section that it belongs to."""

    toctree: Toctree
    section: SourceSection


class _Moving(NamedTuple):
    """Lines that move, the 0-based line before which they are put, and the 1-based lines of their toctrees."""

    unit: Unit
    place: int
    lines: frozenset[int]


def mended(manuscript: Manuscript) -> Mended:
    """Move what is misplaced in the documents of a book. Sphinx must still be able to read."""
    files: list[MendedFile] = []
    refused: list[Problem] = []
    for docname in manuscript.documents:
        work = _Document(manuscript.app, docname)
        changed = work.mend()
        files += [changed] if changed else []
        refused += work.refused
    return Mended(tuple(files), tuple(refused), manuscript.file)


class _Document:
    """One document on its way through the mending."""

    def __init__(self, app: Sphinx, docname: str) -> None:
        self.app = app
        self.docname = docname
        self.refused: list[Problem] = []
        rule = LayoutRule(app.env, lambda one: None)
        self.top = rejoined(rule.settled(document(app, docname).top, docname))
        ignoring = Ignoring(app)
        ignored = {code for code in MISPLACED if ignoring.ignores(code, docname)}
        self.moves = () if "toctree-too-deep" in ignored else rule.moves(self.top)
        self.wanted = [_Wanted(move.toctree, move.above) for move in self.moves]
        self.followed = "text-after-toctree" not in ignored
        if self.followed:
            self.wanted += self._followed_by_text(self.top)
        self.path = Path(app.env.doc2path(docname))
        self.myst = get_filetype(app.config.source_suffix, self.path) == "markdown"

    def _followed_by_text(self, part: SourceSection) -> Iterator[_Wanted]:
        last = max((place for place, item in enumerate(part.body) if isinstance(item, SourceText)), default=0)
        moved = [move.toctree for move in self.moves]
        for toctree in part.body[:last]:
            if isinstance(toctree, Toctree) and not any(toctree is each for each in moved):
                yield _Wanted(toctree, part)
        for child in part.parts:
            yield from self._followed_by_text(child)

    def mend(self) -> MendedFile | None:
        """The changed file, if anything in it can be moved."""
        if not self.wanted:
            return None
        data = self.path.read_bytes()
        try:
            encoding, text = _decoded(data, str(self.app.config.source_encoding))
        except UnicodeDecodeError:
            self._refuse(self.wanted, "the file is not in the encoding that conf.py names.")
            return None
        mark = text[: len(text) - len(text.removeprefix("\ufeff"))]
        source = SourceFile(text.removeprefix(mark), myst=self.myst)
        after = self._moved(source, self._units(source))
        return MendedFile(self.path, data, (mark + after).encode(encoding), encoding) if after else None

    def _moved(self, source: SourceFile, units: Sequence[_Moving]) -> str:
        """The text with all moved that can be; empty if nothing can. What cannot is refused."""
        before = reread(self.app, self.docname, _newlines("".join(source.lines)))
        if units and not self._fault(source, before, units):
            return source.moved(units)
        kept: list[_Moving] = []
        for each in units:
            why = self._fault(source, before, [*kept, each])
            if why:
                self._refuse(self._in(each), why)
            else:
                kept.append(each)
        return source.moved(kept) if kept else ""

    def _units(self, source: SourceFile) -> list[_Moving]:
        """What moves in the text and where to, in the order of the source; what cannot is refused."""
        lines = {each.toctree.line for each in self.wanted if each.toctree.line}
        found: dict[Unit, _Moving] = {}
        for each in sorted(self.wanted, key=lambda each: each.toctree.line or 0):
            try:
                if each.toctree.docname != self.docname:
                    raise Immovable(f"it is in the included file {each.toctree.docname}.")
                unit = source.unit(each.toctree.line, lines)
                deep = any(each.toctree is move.toctree for move in self.moves)
                place = source.end_of_text(self._first_line(each), self._end(each.section), last=deep)
                known = found[unit].lines if unit in found else frozenset()
                found[unit] = _Moving(unit, place, known | {each.toctree.line or 0})
            except Immovable as why:
                self._refuse([each], str(why))
        return list(found.values())

    def _first_line(self, each: _Wanted) -> int:
        return 0 if each.section is self.top else max(0, (each.section.line or 1) - 1)

    def _end(self, section: SourceSection) -> int | None:
        """The 1-based line of the first heading after a section's own text. Raises Immovable."""
        walk = list(self.top.walk())
        place = next(number for number, part in enumerate(walk) if part is section)
        after = walk[place + 1 : place + 2]
        if not after:
            return None
        if after[0].docname != self.docname or not after[0].line:
            raise Immovable(f"its section ends in the included file {after[0].docname}.")
        return after[0].line

    def _fault(self, source: SourceFile, before: Reread, moving: Sequence[_Moving]) -> str:
        """Why the text with these moved must not be written; empty if it may."""
        after = reread(self.app, self.docname, _newlines(source.moved(moving)))
        differs = difference(before, after)
        if differs:
            return differs if differs.endswith((".", "!", "?")) else f"{differs}."
        rule = LayoutRule(self.app.env, lambda one: None)
        found, wanted = rule.settled(after.part(self.app, self.docname), self.docname), hoisted(self.top, self.moves)
        if _named(hoisted(found, rule.moves(found) if self.moves else ())) != _named(wanted):
            return "its documents would come after those of a toctree that stays."
        if sum(len(self._in(each)) for each in moving) < len(self.wanted):
            return ""
        followed = self.followed and any(map(_is_followed, found.walk()))
        right = _named(found) == _named(wanted) and not followed
        return "" if right else "it would not be where the rule requires."

    def _in(self, moving: _Moving) -> list[_Wanted]:
        """The toctrees in lines that move."""
        own = (each for each in self.wanted if each.toctree.docname == self.docname)
        return [each for each in own if each.toctree.line in moving.lines]

    def _refuse(self, refused: Sequence[_Wanted], why: str) -> None:
        for each in refused:
            self.refused.append(problem("mend-refused", each.toctree.docname, each.toctree.line, detail=why))


def _named(part: SourceSection) -> list[tuple[str, list[str]]]:
    """For each section the documents that its toctrees name."""
    return [(one.name, [name for toctree in one.toctrees for name in toctree.names]) for one in part.walk()]


def _is_followed(section: SourceSection) -> bool:
    kinds = [type(item) for item in section.body if not isinstance(item, SourceSection)]
    return Toctree in kinds and SourceText in kinds[kinds.index(Toctree) :]


def _decoded(data: bytes, stated: str) -> tuple[str, str]:
    """Encoding and text; a mark of byte order stays in the text. Raises UnicodeDecodeError."""
    encoding = "utf-8" if stated.lower().replace("_", "-") in {"utf-8", "utf-8-sig", "utf8"} else stated
    return encoding, data.decode(encoding)


def _newlines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff")
