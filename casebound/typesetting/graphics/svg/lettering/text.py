"""Text: letters laid out in chunks and runs from where their author put them (SVG 2 11.5)."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from casebound.i18n.clusters import clusters
from casebound.svg import SVG, Element
from casebound.typesetting.fonts.scripts import IDEOGRAPHS, RIGHT_TO_LEFT
from casebound.typesetting.graphics.svg import shapes
from casebound.typesetting.graphics.svg.boxes import box_of_writing, united
from casebound.typesetting.graphics.svg.lettering.baselines import drop, reaches
from casebound.typesetting.graphics.svg.lettering.ends import within
from casebound.typesetting.graphics.svg.lettering.letters import Letter, LetterSpan, letters
from casebound.typesetting.graphics.svg.lettering.runs import LetterRun
from casebound.typesetting.graphics.svg.lettering.traced import traced
from casebound.typesetting.graphics.svg.lettering.tracks import along
from casebound.typesetting.graphics.svg.lettering.typefaces import face
from casebound.typesetting.graphics.svg.lettering.widths import width_of
from casebound.typesetting.graphics.svg.matrices import Box, Matrix, Point, multiplied, scaled
from casebound.typesetting.graphics.svg.outlines import rectangle
from casebound.typesetting.graphics.svg.reading import DrawingReader, ElementState
from casebound.typesetting.graphics.svg.scene import Node, Shape, Writing
from casebound.typesetting.graphics.svg.styles.style import SvgStyle
from casebound.typesetting.text.directions import stretches

__all__ = ["written"]

_VERTICAL = frozenset({"tb", "tb-rl", "vertical-rl", "vertical-lr", "sideways-rl", "tb-lr"})
_LINES = {"underline": -0.08, "overline": 0.95, "line-through": 0.36}
"""Of a type size: how far above the baseline a line begins."""
_TOGETHER = 0.08
"""Of a type size: letters that are further apart are read as words of one letter (poppler begins at 0.1)."""
_WIDEST = 1.6  # letters are widened by this and no further; what is longer was meant to be spread
_SEEN = 1.1  # letters that are widened by less look as their author drew them
_RULE = 0.09  # of a type size: how thick a line is


def written(reader: DrawingReader, element: Element, state: ElementState) -> list[Node]:
    """The nodes of a text element."""
    found, spans = letters(reader, element, state)
    runs = list(_runs(found, reader.aliases))
    for span in reversed(spans):
        _fit(reader, span, runs)
    _remark(reader, state, "".join(letter.text for letter in found))
    nodes: list[Node] = []
    pen: Point = (0.0, 0.0)
    chunks = list(_chunks(runs))
    placed: list[list[tuple[LetterRun, Matrix]]] = []
    for chunk in chunks:
        lying, pen = _lay(reader, chunk, pen)
        placed.append(lying)
    box = _Box(placed)
    for lying in placed:
        wrote = [node for run, matrix in lying for node in _write(reader, run, matrix, box)]
        nodes += wrote if state.repeated else within(wrote, reader.size)
    return nodes


def _remark(reader: DrawingReader, state: ElementState, text: str) -> None:
    if state.style["font-variant"] in ("small-caps", "all-small-caps"):
        reader.note("small capitals are set as ordinary letters")
    if state.style["writing-mode"] in _VERTICAL and IDEOGRAPHS.search(text):
        reader.note("upright letters of vertical text lie on their side")


class _Box:
    """The box round a whole text in its own space, worked out when it is asked for."""

    def __init__(self, placed: Sequence[Sequence[tuple[LetterRun, Matrix]]]) -> None:
        self._placed = placed

    def __call__(self) -> Box | None:
        boxes = []
        for run, matrix in (pair for chunk in self._placed for pair in chunk):
            line = Writing(run.text, run.font, run.state.style.size, matrix, run.advance / (run.stretch or 1))
            boxes.append(box_of_writing(line, *reaches(run.font)))
        return united(boxes)


def _track(run: LetterRun) -> Element | None:
    """The element that sets a run on a path."""
    return next((span.element for span in run.span.chain() if span.element.tag == f"{{{SVG}}}textPath"), None)


def _runs(found: Sequence[Letter], aliases: Mapping[str, str]) -> Iterator[LetterRun]:
    """Letters as runs: a new one begins with each style, each place, and each letter on a path."""
    start = 0
    for index in range(1, len(found) + 1):
        letter = found[index] if index < len(found) else None
        before = found[index - 1]
        parts = letter is None or letter.moved or letter.span is not before.span or bool(before.turn)
        if parts or _track_of(before) is not None:
            yield _run(list(found[start:index]), aliases)
            start = index


def _track_of(letter: Letter) -> Element | None:
    return next((span.element for span in letter.span.chain() if span.element.tag == f"{{{SVG}}}textPath"), None)


def _run(own: list[Letter], aliases: Mapping[str, str]) -> LetterRun:
    style, lengths = own[0].span.state.style, own[0].span.state.lengths
    font = face(style, aliases)
    text = "".join(letter.text for letter in own)
    spacing = 0.0 if style["letter-spacing"] == "normal" else lengths.of(style["letter-spacing"])
    word = 0.0 if style["word-spacing"] == "normal" else lengths.of(style["word-spacing"])
    apart = bool(spacing) or _stroked_first(style)
    width = sum(width_of(font, part, style.size, rtl=rtl, apart=apart) for part, rtl in _stretches(text))
    return LetterRun(own, font, width, spacing, word)


def _stroked_first(style: SvgStyle) -> bool:
    """Whether the outline of letters is drawn below them."""
    order = style["paint-order"].split()
    return "stroke" in order and order.index("stroke") < (order.index("fill") if "fill" in order else 9)


def _chunks(runs: Sequence[LetterRun]) -> Iterator[list[LetterRun]]:
    """Runs that are aligned together: a chunk begins where a letter has a place of its own, or on a path."""
    chunk: list[LetterRun] = []
    for run in runs:
        first = run.letters[0]
        if chunk and (first.x is not None or first.y is not None or _track(run) is not _track(chunk[-1])):
            yield chunk
            chunk = []
        chunk.append(run)
    if chunk:
        yield chunk


def _fit(reader: DrawingReader, span: LetterSpan, runs: Sequence[LetterRun]) -> None:
    """Make the letters of an element as long as its ``textLength`` says (SVG 2, 11.5.2)."""
    wanted = span.state.lengths.of(span.element.get("textLength"))
    own = [run for run in runs if any(each is span for each in run.span.chain())]
    natural = sum(run.advance for run in own)
    count = sum(run.count for run in own)
    if wanted <= 0 or natural <= 0:
        return
    if span.element.get("lengthAdjust") == "spacingAndGlyphs":
        for run in own:
            run.stretch *= wanted / natural
            run.spacing *= wanted / natural
            run.word *= wanted / natural
    elif count > 1:
        for run in own:
            run.width = width_of(run.font, run.text, run.state.style.size, apart=True)
        if _spread(own, wanted, count - 1) > _SEEN:
            reader.note("letters that are spread over a length are widened")


def _spread(own: Sequence[LetterRun], wanted: float, gaps: int) -> float:
    """Spread letters, and widen those that would be read as words of one letter: their author had a wider face.

    Gives by how much they are widened.
    """
    widths = sum(run.width * run.stretch for run in own)
    each = (wanted - sum(run.advance for run in own)) / gaps
    most = _TOGETHER * own[0].state.style.size
    wider = 1 + (each - most) * gaps / widths if widths else 1.0
    widened = 1 < wider <= _WIDEST
    for run in own:
        run.stretch *= wider if widened else 1.0
        run.spacing += most if widened else each
    return wider if widened else 1.0


def _lay(reader: DrawingReader, chunk: Sequence[LetterRun], pen: Point) -> tuple[list[tuple[LetterRun, Matrix]], Point]:
    """The runs of a chunk with their matrices in the text's space, and where the pen is afterwards."""
    first, state = chunk[0].letters[0], chunk[0].state
    x = first.x if first.x is not None else pen[0]
    y = first.y if first.y is not None else pen[1]
    total = sum(run.advance for run in chunk) + sum(run.letters[0].dx for run in chunk[1:])
    total -= chunk[-1].spacing if chunk[-1].span.element.get("textLength") else 0.0
    anchor = state.style["text-anchor"]
    if state.style["direction"] == "rtl":
        anchor = {"start": "end", "": "end", "end": "start"}.get(anchor, anchor)
    shift = {"middle": -total / 2, "end": -total}.get(anchor, 0.0)
    track = _track(chunk[0])
    if track is not None:
        return along(reader, track, chunk, shift), pen
    vertical = state.style["writing-mode"] in _VERTICAL
    frame: Matrix = (0, 1, -1, 0, x, y) if vertical else (1, 0, 0, 1, x, y)
    placed, at, down = [], shift, 0.0
    for run in chunk:
        letter = run.letters[0]
        at += letter.dy if vertical else letter.dx
        down += -letter.dx if vertical else letter.dy
        low = drop(run.font, run.state.style, run.span, vertical=vertical)
        turn = math.radians(letter.turn)
        place: Matrix = (math.cos(turn), math.sin(turn), -math.sin(turn), math.cos(turn), at, down + low)
        placed.append((run, multiplied(multiplied(frame, place), scaled(run.stretch, 1.0))))
        at += run.advance
    end = (x - down, y + at) if vertical else (x + at, y + down)
    return placed, end


def _write(reader: DrawingReader, run: LetterRun, matrix: Matrix, box: _Box) -> Iterator[Node]:
    state = run.state
    if state.style.is_hidden or not state.style.size > 0:
        return
    fill, stroke = shapes.painted(reader, run.span.element, state, box)
    if fill is None and stroke is None:
        return
    spacing, word = run.spacing / (run.stretch or 1), run.word / (run.stretch or 1)
    apart = bool(spacing) or _stroked_first(state.style)
    whole = multiplied(state.matrix, matrix)
    opacity = state.style.share("fill-opacity")
    at = 0.0
    lines = list(_rules(run, whole, fill, opacity))
    yield from (line for below, line in lines if below)
    for text, rtl in _stretches(run.text):
        place = multiplied(whole, (1, 0, 0, 1, at, 0))
        width = width_of(run.font, text, state.style.size, rtl=rtl, apart=apart)
        width += spacing * sum(1 for _ in clusters(text)) + word * text.count(" ")
        at += width
        if text.strip():
            line = Writing(
                text, run.font, state.style.size, place, width, fill, opacity, stroke, spacing, word, rtl, apart
            )  # fmt: skip
            if stroke is not None and fill is not None and _stroked_first(state.style):
                yield Shape(traced(line), place, stroke=stroke)
                line = replace(line, stroke=None)
            yield line
    yield from (line for below, line in lines if not below)


def _stretches(text: str) -> list[tuple[str, bool]]:
    return stretches(text) if RIGHT_TO_LEFT.search(text) else [(text, False)]


def _rules(run: LetterRun, matrix: Matrix, fill: Any, opacity: float) -> Iterator[tuple[bool, Shape]]:
    """The lines under, over and through a run; whether each lies below the letters."""
    named = {word for span in run.span.chain() for word in span.state.style["text-decoration"].split()}
    size = run.state.style.size
    for name, high in _LINES.items():
        if name in named and fill is not None:
            line = rectangle(0, -high * size, run.advance / (run.stretch or 1), _RULE * size)
            yield name != "line-through", Shape(line, matrix, fill, opacity)
