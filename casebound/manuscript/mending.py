"""Moves misplaced toctrees to where the rule wants them, in the source text itself, and only where that is safe.

A file is given back changed only if its text, read again by Sphinx, makes the same tree: the same text, the same
toctrees, each at the end of the section that the rule names, and nothing new to warn of.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.util import get_filetype

from casebound.manuscript.documents import document
from casebound.manuscript.ignoring import MISPLACED, Ignoring
from casebound.manuscript.manuscript import Manuscript
from casebound.manuscript.moving import Immovable, Source, Unit
from casebound.manuscript.parts import Part, Text, Toctree
from casebound.manuscript.reread import difference, reread
from casebound.manuscript.rule import Rule, hoisted, rejoined
from casebound.problems import Problem, problem

__all__ = ["Mended", "MendedFile", "mended"]


@dataclass(frozen=True, slots=True)
class MendedFile:
    """A source file with its toctrees moved; nothing is written yet."""

    path: Path
    before: bytes
    after: bytes
    encoding: str

    def diff(self, name: str) -> str:
        """The change as a unified diff under this name."""
        old, new = (data.decode(self.encoding).splitlines(keepends=True) for data in (self.before, self.after))
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
    section: Part


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
        rule = Rule(app.env, lambda one: None)
        self.top = rejoined(rule.settled(document(app, docname).top, docname))
        ignoring = Ignoring(app)
        ignored = {code for code in MISPLACED if ignoring.ignores(code, docname)}
        self.moves = () if "toctree-too-deep" in ignored else rule.moves(self.top)
        self.wanted = [_Wanted(move.toctree, move.above) for move in self.moves]
        if "text-after-toctree" not in ignored:
            self.wanted += self._followed_by_text(self.top)
        self.path = Path(app.env.doc2path(docname))
        self.myst = get_filetype(app.config.source_suffix, self.path) == "markdown"

    def _followed_by_text(self, part: Part) -> Iterator[_Wanted]:
        last = max((place for place, item in enumerate(part.body) if isinstance(item, Text)), default=0)
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
        source = Source(text, myst=self.myst)
        moves, moving = self._units(source)
        if not moves:
            return None
        after = source.moved(moves)
        why = self._verified(text, after, moving)
        if why:
            self._refuse(moving, why)
            return None
        return MendedFile(self.path, data, after.encode(encoding), encoding)

    def _units(self, source: Source) -> tuple[list[tuple[Unit, int]], list[_Wanted]]:
        """What moves in the text and where to, in the order of the source; what cannot is refused."""
        lines = {each.toctree.line for each in self.wanted if each.toctree.line}
        found: dict[Unit, int] = {}
        moving: list[_Wanted] = []
        for each in sorted(self.wanted, key=lambda each: each.toctree.line or 0):
            try:
                if each.toctree.docname != self.docname:
                    raise Immovable(f"it stands in the included file {each.toctree.docname}.")
                unit = source.unit(each.toctree.line, lines)
                deep = any(each.toctree is move.toctree for move in self.moves)
                found[unit] = source.end_of_text(self._first_line(each), self._end(each.section), last=deep)
                moving.append(each)
            except Immovable as why:
                self._refuse([each], str(why))
        return list(found.items()), moving

    def _first_line(self, each: _Wanted) -> int:
        return 0 if each.section is self.top else max(0, (each.section.line or 1) - 1)

    def _end(self, section: Part) -> int | None:
        """The 1-based line of the first heading after a section's own text. Raises Immovable."""
        walk = list(self.top.walk())
        place = next(number for number, part in enumerate(walk) if part is section)
        after = walk[place + 1 : place + 2]
        if not after:
            return None
        if after[0].docname != self.docname or not after[0].line:
            raise Immovable(f"its section ends in the included file {after[0].docname}.")
        return after[0].line

    def _verified(self, before: str, after: str, moving: Sequence[_Wanted]) -> str:
        """Why the new text must not be written; empty if it may."""
        old = reread(self.app, self.docname, _newlines(before))
        new = reread(self.app, self.docname, _newlines(after))
        differs = difference(old, new)
        if differs:
            return differs if differs.endswith((".", "!", "?")) else f"{differs}."
        stay = [each.toctree for each in self.wanted if not any(each is one for one in moving)]
        if stay:
            return "" if _count(new.part(self.app, self.docname)) == _count(self.top) else "toctrees would be lost."
        rule = Rule(self.app.env, lambda one: None)
        found = rule.settled(new.part(self.app, self.docname), self.docname)
        wanted = hoisted(self.top, self.moves)
        return "" if _places(found) == _places(wanted) else "it would not stand where the rule wants it."

    def _refuse(self, refused: Sequence[_Wanted], why: str) -> None:
        for each in refused:
            self.refused.append(problem("mend-refused", each.toctree.docname, each.toctree.line, detail=why))


def _count(part: Part) -> int:
    return sum(len(section.toctrees) for section in part.walk())


def _places(part: Part) -> list[tuple[str, list[tuple[str, ...]], bool]]:
    """For each section its toctrees, and whether text follows one."""
    return [
        (section.name, [toctree.names for toctree in section.toctrees], _is_followed(section))
        for section in part.walk()
    ]


def _is_followed(section: Part) -> bool:
    kinds = [type(item) for item in section.body if not isinstance(item, Part)]
    return Toctree in kinds and Text in kinds[kinds.index(Toctree) :]


def _decoded(data: bytes, stated: str) -> tuple[str, str]:
    """Encoding and text; a mark of byte order stays in the text. Raises UnicodeDecodeError."""
    encoding = "utf-8" if stated.lower().replace("_", "-") in {"utf-8", "utf-8-sig", "utf8"} else stated
    return encoding, data.decode(encoding)


def _newlines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff")
