"""Lines: the words of a paragraph set to its measure, each line ready to print."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from reportlab.lib.styles import ParagraphStyle

from casebound.typesetting.linebreak import FORCED, Item, box, breaks, glue, penalty
from casebound.typesetting.shaping import shape
from casebound.typesetting.words import EVERYWHERE, HYPHEN, Part, Word

if TYPE_CHECKING:
    from casebound.typesetting.faces import StubFont
    from casebound.typesetting.paragraph import Inline

__all__ = ["Line", "Piece", "set_lines"]

_LEFT, _CENTRE, _RIGHT, _JUSTIFIED = 0, 1, 2, 4
_STRETCH, _SHRINK = 0.5, 0.26  # of a space, when a line is justified
_GAPING = 3.2  # a line whose spaces would stretch further is left ragged
_TOLERANCES = ((1.6, 20.0), (3.0, HYPHEN), (4.0, EVERYWHERE - 1), (float("inf"), EVERYWHERE))
_RAGGED = ((1.0, 20.0), (float("inf"), EVERYWHERE))
_RAGGED_ROOM = 46.0  # points by which a ragged line may fall short without being thought bad


@dataclass(slots=True)
class Piece:
    """A stretch of a line in one face. ``shaped`` are the TJ arrays that write it, ``width`` is in points."""

    frag: Any
    font: StubFont
    text: str = ""
    width: float = 0.0
    spaces: int = 0
    shaped: list[tuple[Any, str]] = field(default_factory=list)
    names: tuple[str, ...] = ()
    inline: Inline | None = None

    @property
    def size(self) -> float:
        return float(self.frag.fontSize)

    @property
    def links(self) -> Sequence[tuple[int, str]]:
        return getattr(self.frag, "link", None) or ()

    @property
    def strokes(self) -> list[str]:
        return [stroke[1] for stroke in getattr(self.frag, "us_lines", None) or ()]

    def add(self, text: str) -> None:
        """Write text behind what there is."""
        shaped = shape(self.font, text)
        self.text += text
        self.width += shaped.width * self.frag.fontSize / 1000
        self.spaces += text.count(" ") + text.count("\xa0")
        for key, array in shaped.pieces:
            if self.shaped and self.shaped[-1][0] is key:
                self.shaped[-1] = (key, (self.shaped[-1][1] + array).replace(")(", ""))
            else:
                self.shaped.append((key, array))


@dataclass(slots=True)
class Line:
    """One line: its pieces, how far from the left edge it begins, what each of its spaces is stretched by."""

    pieces: list[Piece]
    left: float
    width: float
    space_extra: float
    leading: float
    height: float
    baseline: float


def set_lines(words: Sequence[Word], style: ParagraphStyle, measure: float) -> list[Line]:
    """The lines of a paragraph's words in a measure of so many points."""
    if not words:
        return []
    rest = max(measure - style.leftIndent - style.rightIndent, 12.0)
    first = max(rest - style.firstLineIndent, 12.0)
    justified = style.alignment == _JUSTIFIED
    items = list(_items(words, style, min(first, rest)))
    if _fits(items, first):
        ends = [len(items) - 1]
    elif justified:
        ends = breaks(items, first, rest, tolerances=_TOLERANCES)
    else:
        ends = breaks(items, first, rest, tolerances=_RAGGED, ragged=_RAGGED_ROOM)
    lines: list[Line] = []
    start = 0
    for number, end in enumerate(ends):
        room, left = (first, style.leftIndent + style.firstLineIndent) if number == 0 else (rest, style.leftIndent)
        lines.append(_line(items, start, end, room, left, style, last=end == ends[-1]))
        start = end + 1
    return lines


def _fits(items: Sequence[Item], room: float) -> bool:
    """Whether all of it stands on one line."""
    forced = sum(1 for item in items if item.cost is not None and item.cost <= FORCED)
    return forced == 1 and sum(item.width for item in items if item.cost is None) <= room


def _items(words: Sequence[Word], style: ParagraphStyle, room: float) -> Iterator[Item]:
    for word in words:
        for part in word.parts:
            yield from _part_items(part, room)
        if word.forced or word is words[-1]:
            yield glue(0.0, 1e5, 0.0, None)
            yield penalty(FORCED, what=word)
        elif word.space is not None:
            width = word.space.width
            yield glue(width, width * _STRETCH, width * _SHRINK, (word.space, word))


def _part_items(part: Part, room: float) -> Iterator[Item]:
    """A part's boxes, with penalties where it may break; a part too wide for the line may break anywhere."""
    cuts = list(part.breaks)
    if part.width > room * 0.96 and len(part.text) > 1:
        known = {place for place, _, _ in cuts}
        cuts = sorted([*cuts, *((i, EVERYWHERE, False) for i in range(1, len(part.text)) if i not in known)])
    if not cuts:
        yield box(part.width, (part, part.text))
        return
    start = 0
    size = part.frag.fontSize / 1000
    for place, cost, hyphen in cuts:
        text = part.text[start:place]
        yield box(shape(part.font, text).width * size, (part, text))
        yield penalty(
            cost, shape(part.font, "-").width * size if hyphen else 0.0, part if hyphen else None, flagged=hyphen
        )
        start = place
    yield box(shape(part.font, part.text[start:]).width * size, (part, part.text[start:]))


def _line(
    items: Sequence[Item], start: int, end: int, room: float, left: float, style: ParagraphStyle, *, last: bool
) -> Line:
    pieces: list[Piece] = []
    while start < end and items[start].is_glue:
        start += 1
    for item in items[start:end]:
        if item.cost is None and item.what is not None:
            _append(pieces, item.what)
    final = items[end]
    if final.flagged and isinstance(final.what, Part):
        _append(pieces, (final.what, "-"))
    width = sum(piece.width for piece in pieces)
    spaces = sum(piece.spaces for piece in pieces)
    extra = 0.0
    lack = room - width
    forced = final.cost is not None and final.cost <= FORCED
    if style.alignment == _JUSTIFIED and spaces:
        extra = _stretched(lack, spaces, pieces, forced)
    elif lack < 0 and spaces:
        extra = lack / spaces
    if style.alignment in (_CENTRE, _RIGHT):
        left += max(lack, 0.0) * (0.5 if style.alignment == _CENTRE else 1.0)
    if not last and final.is_glue and pieces:
        _end_with_space(pieces)
    leading, height, baseline = _heights(pieces, style)
    return Line(pieces, left, width + extra * spaces, round(extra, 3), leading, height, baseline)


def _stretched(lack: float, spaces: int, pieces: Sequence[Piece], forced: bool) -> float:
    """What is added to each space: none where the paragraph ends, and never so much that the line gapes."""
    extra = lack / spaces
    if extra > 0:
        normal = max((piece.size * 0.25 for piece in pieces), default=2.5)
        if forced or extra > _GAPING * normal * _STRETCH * 2:
            return 0.0
    return extra


def _append(pieces: list[Piece], what: object) -> None:
    part, text = what if isinstance(what, tuple) else (None, "")
    if isinstance(text, Word):
        text = " "
    if part is None:
        return
    if part.inline is not None or part.names:
        pieces.append(Piece(part.frag, part.font, width=part.width, names=part.names, inline=part.inline))
        return
    if not pieces or pieces[-1].frag is not part.frag or pieces[-1].inline is not None or pieces[-1].names:
        pieces.append(Piece(part.frag, part.font))
    pieces[-1].add(text)


def _end_with_space(pieces: Sequence[Piece]) -> None:
    """A space behind the last word of a line, invisible, so that whoever reads the text out keeps words apart."""
    last = pieces[-1]
    if last.shaped and last.inline is None:
        shaped = shape(last.font, " ")
        last.text += " "
        last.shaped += shaped.pieces


def _heights(pieces: Sequence[Piece], style: ParagraphStyle) -> tuple[float, float, float]:
    """Leading, height and distance of the baseline from the top of a line; tall objects make it higher."""
    leading = float(style.leading)
    baseline = leading * 0.5 + style.fontSize * 0.33
    above, below = baseline, leading - baseline
    for piece in pieces:
        if piece.inline is not None:
            above, below = max(above, piece.inline.height + 1.0), max(below, piece.inline.depth + 1.0)
    return leading, above + below, above
