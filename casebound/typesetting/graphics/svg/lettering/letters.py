"""The letters of a text element in the order of reading, each with the place that its author gave it (SVG 2 11.4)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from lxml import etree

from casebound.svg import SVG, Element
from casebound.typesetting.graphics.svg.reading import DrawingReader, ElementState
from casebound.typesetting.graphics.svg.styles.style import SvgStyle

__all__ = ["Letter", "LetterSpan", "letters"]

_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_KEEPING = frozenset({"pre", "pre-wrap", "break-spaces"})
_SPANS = frozenset({f"{{{SVG}}}{name}" for name in ("text", "tspan", "a", "textPath", "tref", "altGlyph")})


@dataclass(slots=True, eq=False)
class LetterSpan:
    """An element of text, with the index of its first letter and of the first after it."""

    element: Element
    state: ElementState
    parent: LetterSpan | None
    start: int
    end: int = 0

    def chain(self) -> Iterator[LetterSpan]:
        """This span and those around it."""
        span: LetterSpan | None = self
        while span is not None:
            yield span
            span = span.parent


@dataclass(slots=True)
class Letter:
    """A character. Places that nobody gave are None; ``turn`` is in degrees."""

    text: str
    span: LetterSpan
    keeps: bool = False
    x: float | None = None
    y: float | None = None
    dx: float = 0.0
    dy: float = 0.0
    turn: float = 0.0
    moved: bool = field(default=False)


def letters(reader: DrawingReader, element: Element, state: ElementState) -> tuple[list[Letter], list[LetterSpan]]:
    """The letters of a text element, and the elements they are in."""
    found: list[Letter] = []
    spans: list[LetterSpan] = []
    _gather(reader, element, state, None, _keeps(element, state.style, False), found, spans)
    while found and found[-1].text == " " and not found[-1].keeps:
        found.pop()
    for span in spans:
        span.end = min(span.end, len(found))
        _place(span, found)
    return found, spans


def _keeps(element: Element, style: SvgStyle, otherwise: bool) -> bool:
    """Whether white space is kept as it is."""
    if style["white-space"]:
        return style["white-space"] in _KEEPING
    stated = element.get(_SPACE)
    if stated is None and not otherwise:
        stated = next((one.get(_SPACE) for one in element.iterancestors() if one.get(_SPACE)), None)
    return otherwise if stated is None else stated == "preserve"


def _gather(
    reader: DrawingReader, element: Element, state: ElementState, parent: LetterSpan | None, keeps: bool,
    found: list[Letter], spans: list[LetterSpan],
) -> None:  # fmt: skip
    span = LetterSpan(element, state, parent, len(found))
    spans.append(span)
    _add(element.text, span, keeps, found)
    for child in element:
        if child.tag in _SPANS:
            style = SvgStyle(reader.cascade[child], state.style, state.style.root)
            if style["display"] != "none":
                inner = replace(state, style=style, lengths=state.lengths.sized(style.size))
                _gather(reader, child, inner, span, _keeps(child, style, keeps), found, spans)
        elif isinstance(child.tag, str) and etree.QName(child).localname not in _QUIET:
            reader.note(f"{etree.QName(child).localname} within text is left out")
        _add(child.tail, span, keeps, found)
    span.end = len(found)


_QUIET = frozenset({"title", "desc", "metadata", "animate", "animateTransform", "animateMotion", "set", "style"})


def _add(text: str | None, span: LetterSpan, keeps: bool, found: list[Letter]) -> None:
    for character in _changed(text or "", span.state.style["text-transform"]):
        if character in "\n\t\r\f":
            character = " "
        if character == " " and not keeps and (not found or (found[-1].text == " " and not found[-1].keeps)):
            continue
        found.append(Letter(character, span, keeps))


def _changed(text: str, how: str) -> str:
    if how == "uppercase":
        return text.upper()
    if how == "lowercase":
        return text.lower()
    return text.title() if how == "capitalize" else text


def _place(span: LetterSpan, found: list[Letter]) -> None:
    """Give the letters of an element the places of its lists."""
    lengths = span.state.lengths
    own = found[span.start : span.end]
    for key in ("x", "y", "dx", "dy"):
        values = lengths.list(span.element.get(key), key[-1]) if span.element.tag != f"{{{SVG}}}textPath" else []
        for letter, value in zip(own, values, strict=False):
            setattr(letter, key, value)
            letter.moved = True
    turns = lengths.list(span.element.get("rotate")) if span.element.get("rotate") not in (None, "auto") else []
    for index, letter in enumerate(own):
        if turns:
            letter.turn = turns[min(index, len(turns) - 1)]
            letter.moved = letter.moved or bool(letter.turn)
