"""Lines: the words of a paragraph set to its measure, each line ready to print."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from reportlab.lib.styles import ParagraphStyle

from casebound.typesetting.fonts.glyph_runs import SOFT_HYPHEN
from casebound.typesetting.fonts.shaping import shape
from casebound.typesetting.text.broken_words import broken_words
from casebound.typesetting.text.directions import Directions, JustificationOpportunity, directions, text_of
from casebound.typesetting.text.linebreak import FORCED, BreakItem, box, breaks, glue, penalty
from casebound.typesetting.text.pieces import APART, Line, Piece
from casebound.typesetting.text.syllables import may_cut
from casebound.typesetting.text.words import EVERYWHERE, GAP, HYPHEN, WIDE, Breaks, Word, WordPart, hyphens

__all__ = ["set_lines"]

_LEFT, _CENTRE, _RIGHT, _JUSTIFIED = 0, 1, 2, 4
_STRETCH, _SHRINK = 0.5, 0.26  # of a space, when a line is justified
_SPACE = 0.25  # of the size: a space as wide as those of text faces
_GAP_STRETCH, _GAP_SHRINK = 0.04, 0.016  # of the size
_GAPING = 2.0  # of a space: a line whose spaces would grow by more is left ragged
_TOLERANCES = ((1.4, 20.0), (1.4, HYPHEN), (4.0, EVERYWHERE - 1), (float("inf"), EVERYWHERE))
"""Words are divided before spaces grow by three quarters, and code before they double."""
_RAGGED = ((1.0, 20.0), (float("inf"), EVERYWHERE))
_ENDLESS = 8.0  # lines that a word takes from which on not every letter is looked at
_NEARLY = 0.96  # of the line: a part that is wider leaves no room for the rest of its word
_RAGGED_ROOM = 46.0  # points by which a ragged line may fall short without being thought bad


def set_lines(words: Sequence[Word], style: ParagraphStyle, measure: float) -> list[Line]:
    """The lines of a paragraph's words in a measure of so many points."""
    if not words:
        return []
    rest = max(measure - style.leftIndent - style.rightIndent, min(measure, 12.0))
    first = max(rest - style.firstLineIndent, min(measure, 12.0))
    items = _items(words, first, min(first, rest), getattr(style, "language", ""))
    ends = _ends(items, style, first, rest)
    order = directions(words, items, style)
    said = broken_words(items, ends) if order is None else {}
    lines: list[Line] = []
    start = 0
    for end in ends:
        begins = start == 0 or (getattr(style, "hangsEach", False) and items[start - 1].is_forced)
        room, left = (first, style.leftIndent + style.firstLineIndent) if begins else (rest, style.leftIndent)
        if order is not None and order.is_right_to_left:
            left = style.rightIndent
        lines.append(_line(items, start, end, room, left, style, order, said, last=end == ends[-1]))
        start = end + 1
    return lines


def _ends(items: Sequence[BreakItem], style: ParagraphStyle, first: float, rest: float) -> list[int]:
    """Where the lines end; ``hangsEach`` of a style says that what stands behind a line break begins and hangs anew."""
    if getattr(style, "hangsEach", False):
        places = [-1, *(place for place, item in enumerate(items) if item.is_forced)]
        runs = [(start + 1, items[start + 1 : end + 1]) for start, end in pairwise(places)]
        return [start + end for start, run in runs for end in _broken(run, style, first, rest)]
    return _broken(items, style, first, rest)


def _broken(items: Sequence[BreakItem], style: ParagraphStyle, first: float, rest: float) -> list[int]:
    if _fits(items, first):
        return [len(items) - 1]
    if style.alignment == _JUSTIFIED:
        return breaks(items, first, rest, tolerances=_TOLERANCES)
    return breaks(items, first, rest, tolerances=_RAGGED, ragged=_RAGGED_ROOM)


def _fits(items: Sequence[BreakItem], room: float) -> bool:
    """Whether all of it stands on one line."""
    return sum(item.is_forced for item in items) == 1 and sum(item.width for item in items if item.cost is None) <= room


def _on_one_line(words: Sequence[Word], room: float) -> bool:
    """Whether all words are on one line, as in most titles, entries and cells."""
    if any(word.forced for word in words[:-1]):
        return False
    width = sum(word.width + (word.space.width if word.space is not None else 0.0) for word in words)
    return width <= room and not any(word.has_gaps for word in words)


def _items(words: Sequence[Word], first: float, room: float, language: str) -> list[BreakItem]:
    """The words as boxes and glue, with the places where they may break if they have to."""
    items: list[BreakItem] = []
    whole = _on_one_line(words, first)
    for word in words:
        too_wide, alone = word.width > room, len(word.parts) == 1
        for part in word.parts:
            cuts = _more_cuts(part, room if alone else room * _NEARLY, language) if too_wide else part.breaks
            if cuts and not whole:
                items += _part_items(part, cuts)
            else:
                items.append(box(part.width, (part, part.text)))
        if word.forced or word is words[-1]:
            items += (glue(0.0, 1e5, 0.0, None), penalty(FORCED))
        elif word.space is not None:
            width = word.space.width
            # all spaces of a line grow and shrink by the same length, those of code, which are wide, too (9.3.3)
            elastic = min(width, word.space.look.size * _SPACE)
            items.append(glue(width, elastic * _STRETCH, elastic * _SHRINK, (word.space, " ")))
    return items


def _more_cuts(part: WordPart, room: float, language: str) -> Breaks:
    """Where a part of a word too wide for its line may break: it is hyphenated, and cut where even that is too wide."""
    cuts = {place: (cost, hyphen) for place, cost, hyphen in part.breaks}
    if part.width > room * _ENDLESS and not any(cost <= GAP for cost, _ in cuts.values()):
        return tuple((place, EVERYWHERE, False) for place in _coarse(part, room / 8))
    places = list(hyphens(part.text, part.font, language))
    for start, end in list(_too_wide(part, sorted(cuts), room)):
        cuts.update({place: (HYPHEN, True) for place in places if start < place < end})
    for start, end in list(_too_wide(part, sorted(cuts), room)):
        cuts.update({place: (EVERYWHERE, False) for place in range(start + 1, end) if may_cut(part.text, place)})
    return tuple((place, *how) for place, how in sorted(cuts.items()))


def _too_wide(part: WordPart, known: Sequence[int], room: float) -> Iterator[tuple[int, int]]:
    """The stretches between known places to break that are too wide for the line."""
    for start, end in pairwise([0, *known, len(part.text)]):
        width = shape(part.font, part.text[start:end]).width * part.look.size / 1000
        if width > room:
            yield start, end


def _part_items(part: WordPart, cuts: Breaks) -> Iterator[BreakItem]:
    """The boxes of a part that may break, with penalties where it does."""
    size = part.look.size
    stretches = _stretches(part, cuts)
    hyphen_width = shape(part.font, "-").width * size / 1000
    for (text, width), (_, cost, hyphen) in zip(stretches, cuts, strict=False):
        yield box(width, (part, text))
        if cost <= GAP:
            wide = cost == WIDE
            gap = JustificationOpportunity.WIDE if wide else JustificationOpportunity.PLAIN
            yield glue(APART * size if wide else 0.0, _GAP_STRETCH * size, _GAP_SHRINK * size, (part, gap))
        elif hyphen:
            yield penalty(cost, hyphen_width, part, flagged=True)
        else:
            yield penalty(cost)
    text, width = stretches[-1]
    yield box(width, (part, text))


def _stretches(part: WordPart, cuts: Breaks) -> tuple[tuple[str, float], ...]:
    """What stands between the places where a part may break, with the width of each in points."""
    places = [0, *(place for place, _, _ in cuts), len(part.text)]
    texts = [part.text[start:end] for start, end in pairwise(places)]
    return tuple((text, shape(part.font, text).width * part.look.size / 1000) for text in texts)


def _coarse(part: WordPart, step: float) -> Iterator[int]:
    """Places some ``step`` points apart where a word of very many lines may break, so that it costs bounded time."""
    size = part.look.size / 1000
    width = 0.0
    for place, letter in enumerate(part.text):
        advance = shape(part.font, letter).width * size
        if width + advance > step and place and may_cut(part.text, place):
            yield place
            width = 0.0
        width += advance


def _line(
    items: Sequence[BreakItem], start: int, end: int, room: float, left: float, style: ParagraphStyle,
    order: Directions | None, said: Mapping[int, str], *, last: bool,
) -> Line:  # fmt: skip
    while start < end and items[start].is_glue:
        start += 1
    pieces = _pieces(items, start, end, order, said)
    final = items[end]
    if final.flagged and isinstance(final.what, WordPart):
        _append(pieces, final.what, "-", reading=said.get(end, SOFT_HYPHEN))
    width = sum(piece.width for piece in pieces)
    spaces = sum(piece.spaces for piece in pieces)
    extra = 0.0
    lack = room - width
    forced = final.is_forced
    if any(piece.gaps for piece in pieces):
        extra = _stretched_gaps(lack if style.alignment == _JUSTIFIED or lack < 0 else 0.0, pieces, forced)
        width = sum(piece.width for piece in pieces)
    elif style.alignment == _JUSTIFIED and spaces:
        extra = _stretched(lack, spaces, pieces, forced)
    elif lack < 0 and spaces:
        extra = lack / spaces
    left += max(room - width - extra * spaces, 0.0) * _share(style.alignment, order)
    if not last and isinstance(final.what, tuple) and final.what[1] == " " and pieces:
        _end_with_space(pieces)
    leading, height, baseline = _heights(pieces, style)
    broken = not final.is_glue and not forced
    return Line(pieces, left, width + extra * spaces, round(extra, 3), leading, height, baseline, broken)


def _pieces(
    items: Sequence[BreakItem], start: int, end: int, order: Directions | None, said: Mapping[int, str]
) -> list[Piece]:
    """The pieces of a line, from left to right; ``said`` is what items read as where that is not what they print."""
    pieces: list[Piece] = []
    if order is not None:
        for part, text, rtl, place in order.line(start, end):
            _append(pieces, part, text, rtl, apart=True)
            pieces[-1].place, pieces[-1].is_reversed = place, rtl
        return pieces
    whole: WordPart | None = None
    texts, reading = list[str](), ""
    for index in range(start, end):
        printed = text_of(items[index])
        if printed is None:
            continue
        part, what = printed
        if part is not whole:  # what a line does not break is shaped as a whole
            if whole is not None:
                _append(pieces, whole, "".join(texts), reading=reading)
            whole, texts, reading = part, [], said.get(index, "")
        if isinstance(what, JustificationOpportunity):
            _append(pieces, part, "".join(texts))
            texts = []
            pieces[-1].open_gap(wide=what is JustificationOpportunity.WIDE)
        else:
            texts.append(what)
    if whole is not None and (texts or not whole.text):
        _append(pieces, whole, "".join(texts), reading=reading)
    return pieces


def _share(alignment: int, order: Directions | None) -> float:
    """How much of the room that a line leaves free stands at its left."""
    if alignment == _CENTRE:
        return 0.5
    turned = order is not None and order.is_right_to_left
    return 1.0 if (alignment == _RIGHT) is not turned else 0.0


def _stretched_gaps(lack: float, pieces: Sequence[Piece], forced: bool) -> float:
    """Fill the gaps between ideographs, and give what is added to each space beside them."""
    stretch = sum(piece.size * (piece.spaces * _SPACE * _STRETCH + len(piece.gaps) * _GAP_STRETCH) for piece in pieces)
    ratio = lack / stretch if stretch else 0.0
    if ratio > 0 and (forced or ratio > _GAPING / _STRETCH):
        ratio = 0.0
    for piece in pieces:
        if piece.gaps:
            piece.fill_gaps(ratio * piece.size * _GAP_STRETCH)
    return ratio * max(piece.size for piece in pieces) * _SPACE * _STRETCH


def _stretched(lack: float, spaces: int, pieces: Sequence[Piece], forced: bool) -> float:
    """What is added to each space: none where the paragraph ends, and never so much that the line gapes."""
    extra = lack / spaces
    normal = max((piece.size for piece in pieces), default=10.0) * _SPACE
    return 0.0 if extra > 0 and (forced or extra > _GAPING * normal) else extra


def _append(
    pieces: list[Piece], part: WordPart, text: str, rtl: bool = False, reading: str = "", *, apart: bool = False
) -> None:
    if part.object is not None or part.names:
        pieces.append(Piece(part.look, part.font, width=part.width, names=part.names, object=part.object))
        return
    last = pieces[-1] if pieces else None
    alike = last is not None and last.look is part.look and last.font is part.font
    if last is None or apart or not alike or last.object or last.names:
        pieces.append(Piece(part.look, part.font))
    pieces[-1].add(text, rtl, reading)


def _end_with_space(pieces: Sequence[Piece]) -> None:
    """A space behind the last word of a line, invisible, so that whoever reads the text out keeps words apart."""
    last = max(pieces, key=lambda piece: piece.place) if any(piece.place for piece in pieces) else pieces[-1]
    if last.words and last.object is None:
        last.text += " "
        last.behind = shape(last.font, " ").spans


def _heights(pieces: Sequence[Piece], style: ParagraphStyle) -> tuple[float, float, float]:
    """Leading, height and distance of the baseline from the top of a line; tall objects make it higher."""
    leading = float(style.leading)
    baseline = leading * 0.5 + style.fontSize * 0.33
    above, below = baseline, leading - baseline
    for piece in pieces:
        if piece.object is not None:
            above, below = max(above, piece.object.height + 1.0), max(below, piece.object.depth + 1.0)
    return leading, above + below, above
