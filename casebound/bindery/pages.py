"""Pages: a fragment's sheet on the paper, with running head, folio and filled folio boxes (ISO 32000-2 7.7.3)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from casebound.bindery.file import ObjectFile
from casebound.bindery.fonts.embedding import Foundry
from casebound.bindery.fonts.lettering import EncodedRun, Letterer, fitted
from casebound.bindery.fragment_objects import FontKey, FragmentObjects, FragmentPage, ObjectTemplate, Ref
from casebound.bindery.notes import NotePiece, note_lines
from casebound.bindery.plan import Gathering, NoteWords
from casebound.bindery.structure import PageTags
from casebound.bindery.syntax import name, number
from casebound.model.fragment import FOLIO_MARK, FolioBox, LinkArea, UnmappedGlyph
from casebound.model.style import Lettering, Style

__all__ = ["BoundPage", "Imposition", "page_tree"]

_KIDS = 100
_MARK = re.compile(rb"/%b(\d+) MP" % FOLIO_MARK.encode())
_RULE_DROP = 4.0  # points from the head's baseline down to its hairline
_RULE = b"q 0.7 G 0.4 w %b %b m %b %b l S Q\n"
_HEAD_SPACE = 18.0  # points that stay free between head and folio
_GROUP = b"/Group<</S/Transparency/CS/DeviceRGB>>"
_NOTE_RULE = 40.0  # points that the hairline above notes is long
_NOTE_LEADING = 1.23  # from line to line, in parts of the size
_ASCENT, _DESCENT = 0.8, 0.25  # of the size, that a note's link reaches over and under its baseline
_FOLIO_DROP = 15.0  # points from the last baseline of the notes down to that of a folio below them
_EDGE = 24.0  # points that stay free at the foot of the paper


@dataclass(frozen=True, slots=True)
class BoundPage:
    """One page to be made: the gathering it belongs to, its 0-based place there and in the file, its folio."""

    gathering: Gathering
    place: int
    position: int
    folio: str
    mirrored: bool = False
    """Whether the book is bound at the right: a recto lies at the left of an opening."""

    @property
    def right_hand(self) -> bool:
        """Whether it lies at the right of an opening."""
        return self.recto is not self.mirrored

    @property
    def recto(self) -> bool:
        return self.position % 2 == 0

    @property
    def opening(self) -> bool:
        return self.gathering.opening and self.place == 0

    @property
    def bare(self) -> bool:
        """Whether it has neither head nor folio."""
        return self.gathering.bare or any(page == self.place for page, _ in self.gathering.fragment.empty)

    def origin(self, style: Style) -> tuple[float, float]:
        """Where the lower left corner of the fragment's page is, in points."""
        return (0.0, 0.0) if self.gathering.full_page else style.paper.origin(self.right_hand)


class Imposition:
    """Writes the pages of one file, and with them the objects they need, each once."""

    def __init__(
        self, file: ObjectFile, objects: FragmentObjects, style: Style, letterer: Letterer, words: NoteWords
    ) -> None:
        self._file = file
        self._words = words
        self._objects = objects
        self._style = style
        self._letterer = letterer
        self._numbers: dict[int, int] = {}
        self._fonts: dict[FontKey, int] = {}
        self._points: dict[FontKey, set[int]] = {}

    def page(
        self,
        page: BoundPage,
        sheet: FragmentPage,
        stamps: Mapping[int, tuple[FolioBox, str]],
        notes: Sequence[NotePiece] = (),
        tags: PageTags | None = None,
    ) -> tuple[bytes, list[LinkArea]]:
        """The page's entries but its parent and annotations, and the links of its notes, counted from the paper's edge.

        ``stamps`` are folio boxes by their places in the fragment, with what goes into them, ``notes`` what is to be
        said at the foot. What is content of the page is noted in ``tags``.
        """
        x, y = page.origin(self._style)
        lettered = _Resources(self._file.share, self._font, self._points)
        links: list[LinkArea] = []
        marks = b"".join(self._marks(page, notes, lettered, links, tags))
        before = self._file.share_stream(b"q 1 0 0 1 %b %b cm\n" % (number(x), number(y)))
        after = self._file.share_stream(b"\nQ\n" + marks)
        contents = (before, *self._contents(sheet, stamps, lettered), after)
        paper = self._style.paper
        entries = b"/Type/Page/MediaBox[0 0 %b %b]/Resources %d 0 R/Contents[%b]%b" % (
            number(paper.width), number(paper.height), self._resources(sheet, lettered),
            b" ".join(b"%d 0 R" % stream for stream in contents), _GROUP if self._is_transparent(sheet) else b"",
        )  # fmt: skip
        return entries, links

    def finish(self, foundry: Foundry, glyphs: Mapping[str, Mapping[int, UnmappedGlyph]]) -> None:
        """Write the fonts, once all pages are made; ``glyphs`` are those without a character."""
        foundry.write(self._file, self._fonts, self._points, glyphs)

    def _resources(self, sheet: FragmentPage, lettered: _Resources) -> int:
        named = {key: self._number(ref) for key, ref in sheet.fonts} | lettered.names
        fonts = b"".join(b"%b %d 0 R" % entry for entry in sorted(named.items()))
        body = self._join(sheet.resources) + (b"/Font<<%b>>" % fonts if fonts else b"")
        return self._file.share(b"<<%b>>" % body)

    def _is_transparent(self, sheet: FragmentPage) -> bool:
        """Whether anything on a page shines through: its colours are blended as those of the file are (11.4.7)."""
        return self._objects.is_transparent(sheet.resources)

    def _number(self, ref: Ref) -> int:
        if not isinstance(ref, int):
            return self._font(ref)
        if ref not in self._numbers:
            self._numbers[ref] = reserved = self._file.reserve()
            template = self._objects.templates[ref]
            body = self._join(template)
            if template.data is None:
                self._file.put(reserved, body)
            else:
                self._file.put_stream(reserved, body, template.data)
        return self._numbers[ref]

    def _font(self, key: FontKey) -> int:
        if key not in self._fonts:
            self._fonts[key] = self._file.reserve()
        return self._fonts[key]

    def _join(self, template: ObjectTemplate) -> bytes:
        out = bytearray(template.parts[0])
        for ref, part in zip(template.refs, template.parts[1:], strict=True):
            out += b"%d 0 R" % self._number(ref) + part
        return bytes(out)

    def _marks(
        self, page: BoundPage, notes: Sequence[NotePiece], fonts: _Resources, links: list[LinkArea],
        tags: PageTags | None,
    ) -> Iterator[bytes]:  # fmt: skip
        """Head and folio as artifacts (14.8.2.2), the folio at the outer edge, the head at the inner one; notes."""
        if page.bare:
            return
        lowest, written = self._notes(page, notes, fonts, links, tags) if notes else (self._style.paper.bottom, b"")
        marks = b"".join(self._opening(page, lowest, fonts) if page.opening else self._head(page, fonts))
        if marks:
            kind = b"Footer" if page.opening else b"Header"
            yield b"/Artifact<</Type/Pagination/Subtype/%b>>BDC\n%bEMC\n" % (kind, marks)
        yield written

    def _opening(self, page: BoundPage, lowest: float, fonts: _Resources) -> Iterator[bytes]:
        """The folio at the foot, below the notes: it is what is lowest on a page."""
        if page.folio:
            style = self._style.folio
            left, bottom = self._style.paper.origin(page.right_hand)
            wide = self._letterer.width(page.folio, style.face, style.size)
            x = left + (self._style.paper.block[0] - wide) / 2
            y = min(bottom - self._style.foot_gap, lowest - _FOLIO_DROP)
            yield self._letterer.write(page.folio, style, x, y, fonts.name)

    def _notes(
        self, page: BoundPage, notes: Sequence[NotePiece], fonts: _Resources, links: list[LinkArea],
        tags: PageTags | None,
    ) -> tuple[float, bytes]:  # fmt: skip
        """The lowest baseline of a page's notes, and what writes them, from the side where lines begin."""
        style, measure = self._style.note, self._style.paper.block[0]
        left, bottom = self._style.paper.origin(page.right_hand)
        y, edge, leading = bottom - self._style.note_gap, _EDGE, style.size * _NOTE_LEADING
        edge += _FOLIO_DROP if page.opening else 0
        lines = note_lines(notes, self._words, self._letterer, style, measure, int((y - edge) // leading) + 1)
        if not lines:
            return bottom, b""

        def start(wide: float) -> float:
            return left + measure - wide if page.mirrored else left

        rule, x = y + leading + 1, start(_NOTE_RULE)
        written = b"/Artifact BMC\n%bEMC\n" % (_RULE % tuple(map(number, (x, rule, x + _NOTE_RULE, rule))))
        for line in lines:
            done = 0.0
            for piece in line:
                done += (wide := self._letterer.width(piece.text, style.face, style.size))
                x = start(done) if page.mirrored else left + done - wide
                word = self._letterer.write(piece.text, style, x, y, fonts.name)
                written += word if tags is None else tags.note(word, len(links) if piece.target else None)
                if piece.target:
                    rect = (x, y - _DESCENT * style.size, x + wide, y + _ASCENT * style.size)
                    links.append(LinkArea(page.place, rect, piece.target, text=piece.text.strip()))
            y -= leading
        return y + leading, written

    def _head(self, page: BoundPage, fonts: _Resources) -> Iterator[bytes]:
        letterer, head, folio = self._letterer, self._style.head, self._style.folio
        left, bottom = self._style.paper.origin(page.right_hand)
        measure, height = self._style.paper.block
        right, y = left + measure, bottom + height + self._style.head_gap
        wide = letterer.width(page.folio, folio.face, folio.size)
        words = page.gathering.head_recto if page.recto else page.gathering.head_verso
        line = letterer.clip(words, head.face, head.size, measure - wide - _HEAD_SPACE)
        if line:
            x = left if page.right_hand else right - letterer.width(line, head.face, head.size)
            yield letterer.write(line, head, x, y, fonts.name)
            yield _RULE % tuple(map(number, (left, y - _RULE_DROP, right, y - _RULE_DROP)))
        if page.folio:
            yield letterer.write(page.folio, folio, right - wide if page.right_hand else left, y, fonts.name)

    def _contents(
        self, sheet: FragmentPage, stamps: Mapping[int, tuple[FolioBox, str]], fonts: _Resources
    ) -> Sequence[int]:
        """The content of a page, its folio boxes filled."""
        if sheet.content is None:
            return list(map(self._number, sheet.contents))
        filled = _MARK.sub(lambda mark: self._stamp(*stamps[int(mark[1])], fonts), sheet.content)
        return [self._file.share_packed(self._objects.packed(filled))]

    def _stamp(self, box: FolioBox, line: str, fonts: _Resources) -> bytes:
        """A folio in its box; one that is too wide is set narrower, never over its neighbours."""
        fit = fitted(self._letterer.width(line, box.face, box.size), line, box)
        lettering = Lettering(box.face, box.size, box.colour)
        return self._letterer.write(line, lettering, box.x + fit.indent, box.y, fonts.name, fit)


class _Resources:
    """The fonts that head, folio and stamps of one page use, by resource name."""

    def __init__(
        self, share: Callable[[bytes], int], font: Callable[[FontKey], int], points: dict[FontKey, set[int]]
    ) -> None:
        self._share = share
        self._font = font
        self._points = points
        self.names: dict[bytes, int] = {}

    def name(self, run: EncodedRun) -> bytes:
        """The resource name of a run's font, the same on every page and in every file, as in fragments."""
        self._points.setdefault(run.key, set()).update(run.points)
        resource = name(f"{run.key[0]}.{run.key[1]}")
        self.names[resource] = self._font(run.key)
        return resource


def page_tree(file: ObjectFile, pages: Sequence[tuple[int, bytes]]) -> int:
    """Write pages (number, entries) under nodes of 100 and return the number of the root (7.7.3.2)."""
    root = file.reserve()
    level = [(number, entries, 1) for number, entries in pages]
    while len(level) > _KIDS:
        level = [_node(file, level[begin : begin + _KIDS]) for begin in range(0, len(level), _KIDS)]
    _, entries, _ = _node(file, level, root)
    file.put(root, b"<<%b>>" % entries)
    return root


def _node(
    file: ObjectFile, kids: Sequence[tuple[int, bytes, int]], number: int | None = None
) -> tuple[int, bytes, int]:
    """Write kids (number, entries, pages below) as children of a node that its own parent will write."""
    number = file.reserve() if number is None else number
    for kid, entries, _ in kids:
        file.put(kid, b"<<%b/Parent %d 0 R>>" % (entries, number))
    count = sum(pages for _, _, pages in kids)
    listed = b" ".join(b"%d 0 R" % kid for kid, _, _ in kids)
    return number, b"/Type/Pages/Count %d/Kids[%b]" % (count, listed), count
