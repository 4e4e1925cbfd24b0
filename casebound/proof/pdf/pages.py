"""A finished PDF's pages as a reader sees them, read with PDFium: text, head and foot lines, text off the paper."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any

import pypdfium2  # type: ignore[import-untyped,unused-ignore]
from pypdfium2 import raw

from casebound.model.diagnostics import Problem, problem
from casebound.proof.pdf.reader import UnreadableOutput
from casebound.proof.report import CheckResult, some
from casebound.proof.words import REPLACEMENT

__all__ = ["PageText", "Pages", "glyphs", "off_page"]

_SLACK = 1.0  # points by which a glyph's box may be over the edge of the paper
_RISE = 3.0  # points by which the boxes of one line are higher or lower: an apostrophe, a full stop
_BREAK = re.compile("[\x02\ufffe]")  # what PDFium writes for a hyphen at a line's end

Rect = tuple[float, float, float, float]
"""Left, bottom, right, top in points."""


@dataclass(frozen=True, slots=True)
class PageText:
    """One page's text. ``head`` and ``foot`` are its topmost and lowest line; ``off`` is text off the paper.

    ``heights`` are those of head and foot over the lower edge of the paper, in points. ``no_glyph`` counts the
    characters that read as nothing, ``replaced`` those that read as U+FFFD.
    """

    text: str
    head: str
    foot: str
    off: tuple[str, ...]
    no_glyph: int
    replaced: int
    heights: tuple[float, float]


class Pages:
    """The pages of a PDF, open while used as a context. Raises UnreadableOutput."""

    def __init__(self, path: Path) -> None:
        try:
            self._document = pypdfium2.PdfDocument(path)
        except pypdfium2.PdfiumError as error:
            raise UnreadableOutput(str(error)) from error

    def __enter__(self) -> Pages:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._document.close()

    def __iter__(self) -> Iterator[PageText]:
        for number in range(len(self._document)):
            yield self._read(number)

    def _read(self, number: int) -> PageText:
        page = self._open(number)
        box: Rect = page.get_mediabox()
        text = page.get_textpage()
        whole: str = text.get_text_range()
        rects: list[Rect] = [text.get_rect(index) for index in range(text.count_rects())]
        inside = [rect for rect in rects if box[1] <= (rect[1] + rect[3]) / 2 <= box[3]]
        off = tuple(_printed(text, rect) for rect in rects if _leaves(rect, box))
        head, foot = max(inside, key=_middle, default=None), min(inside, key=_middle, default=None)
        result = PageText(
            text=_BREAK.sub("-", whole),
            head=_line(text, inside, head),
            foot=_line(text, inside, foot),
            off=tuple(filter(None, off)),
            no_glyph=_no_glyph(text, whole),
            replaced=whole.count(REPLACEMENT),
            heights=(_middle(head) if head else 0.0, _middle(foot) if foot else 0.0),
        )
        text.close()
        page.close()
        return result

    def _open(self, number: int) -> Any:
        try:
            return self._document[number]
        except pypdfium2.PdfiumError as error:
            raise UnreadableOutput(f"page {number + 1}: {error}") from error

    def below(self, number: int, top: float | None, depth: float) -> str:
        """The text of a 0-based page from a height down, ``depth`` points deep; of the whole page without a height.

        A page with lines on their side is read whole, too: they begin at its foot.
        """
        page = self._open(number)
        left, bottom, right, upper = page.get_mediabox()
        text = page.get_textpage()
        found: str = text.get_text_bounded(left, max(bottom, (top or bottom + depth) - depth), right, top or upper)
        if top is None or _on_its_side(text):
            found = text.get_text_range()
        text.close()
        page.close()
        return _BREAK.sub("-", found)


def _middle(rect: Rect) -> float:
    return (rect[1] + rect[3]) / 2


def _line(text: Any, rects: list[Rect], edge: Rect | None) -> str:
    """The text of all rectangles on the line of one of them, from left to right, white space folded."""
    if edge is None:
        return ""
    line = sorted(rect for rect in rects if rect[3] > edge[1] - _RISE and rect[1] < edge[3] + _RISE)
    return " ".join(filter(None, (_printed(text, rect) for rect in line)))


def _leaves(rect: Rect, box: Rect) -> bool:
    left, bottom, right, top = rect
    return left < box[0] - _SLACK or bottom < box[1] - _SLACK or right > box[2] + _SLACK or top > box[3] + _SLACK


def _printed(text: Any, rect: Rect) -> str:
    return " ".join(str(text.get_text_bounded(*rect)).split())


def _on_its_side(text: Any) -> bool:
    """Whether any character is turned by about a quarter."""
    angles = (raw.FPDFText_GetCharAngle(text, index) for index in range(text.count_chars()))
    return any(abs(math.sin(angle)) > math.sqrt(0.5) for angle in angles)


def _no_glyph(text: Any, whole: str) -> int:
    """How many characters have no glyph: PDFium leaves them out of the text, so only a page short of some is walked."""
    count: int = text.count_chars()
    if count == len(whole):
        return 0
    return sum(raw.FPDFText_GetUnicode(text, index) == 0 for index in range(count))


def glyphs(name: str, pages: list[PageText], reported: bool, said: bool = False) -> CheckResult:
    """Characters shown without a glyph; ``reported`` says that the build told of some.

    A missing glyph reads as U+FFFD, and so does that character where the source says it, as ``said`` tells.
    """
    short = [page.no_glyph + (0 if said else page.replaced) for page in pages]
    where = {str(number): count for number, count in enumerate(short, 1) if count}
    count = sum(where.values())
    detail = f"{count} characters, on page {some(where)}"
    problems: tuple[Problem, ...] = ()
    if count and not reported:
        problems = (problem("glyph-empty", name=name, detail=detail),)
    return CheckResult("glyphs", {"missing": count, "pages": where}, problems)


def off_page(name: str, pages: list[PageText]) -> CheckResult:
    """Text that leaves the paper."""
    where = {str(number): list(page.off) for number, page in enumerate(pages, 1) if page.off}
    detail = some((f"page {number}: “{texts[0][:60]}”" for number, texts in where.items()), 5)
    problems = (problem("text-off-page", name=name, detail=detail),) if where else ()
    return CheckResult(
        "paper", {"pages": len(pages), "off page": sum(map(len, where.values())), "where": where}, problems
    )
