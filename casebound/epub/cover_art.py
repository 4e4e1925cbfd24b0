"""The cover as a picture: title and author over a wall with a course a section and a brick a chapter."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache
from importlib.util import find_spec
from io import BytesIO
from math import sqrt
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from casebound.book import Book
from casebound.wording import edition

__all__ = ["draw_cover"]

COVER_SIZE = (1600, 2560)

Colour = tuple[int, int, int]
Font = ImageFont.FreeTypeFont | ImageFont.ImageFont

_TEAL: Colour = (15, 76, 92)
_WHITE: Colour = (255, 255, 255)
_PALE: Colour = (196, 219, 224)
_LIGHT: Colour = (122, 170, 181)
_ACCENT: Colour = (226, 164, 88)
_MARGIN = 150
_WALL_TOP = 1560
_GAP = 10
_MOST_COURSES, _MOST_BRICKS = 14, 60

# package, file below it; the last one has far more scripts than the first two
_SERIF = ("font_source_serif_pro", "files/SourceSerifPro-Semibold.ttf")
_SANS = ("font_source_sans_pro", "files/SourceSansPro-Regular.ttf")
_WIDE = ("matplotlib", "mpl-data/fonts/ttf/DejaVuSans.ttf")


def draw_cover(book: Book) -> bytes:
    """The cover as a PNG of 1600 by 2560 pixels; the same book gives the same bytes."""
    counts = tuple(sum(1 for _ in section.walk()) for section in book.sections)
    facts = ", ".join(edition(book))
    return _drawn(book.title, book.subtitle, book.author, facts, book.publisher, counts)


@lru_cache(maxsize=4)
def _drawn(title: str, subtitle: str, author: str, facts: str, publisher: str, counts: tuple[int, ...]) -> bytes:
    image = Image.new("RGB", COVER_SIZE, _TEAL)
    draw = ImageDraw.Draw(image)
    _wall(draw, counts or (1,))
    y = _lines(draw, author, _SANS, 58, 250, _PALE, 2)
    y = _title(draw, title, max(y + 110, 400))
    draw.rectangle((_MARGIN, y + 60, _MARGIN + 220, y + 70), fill=_ACCENT)
    y = _lines(draw, subtitle, _SANS, 70, y + 120, _PALE, 3)
    y = _lines(draw, facts, _SANS, 54, max(y + 50, y), _LIGHT, 1)
    _lines(draw, publisher, _SANS, 54, COVER_SIZE[1] - 130, _PALE, 1)
    data = BytesIO()
    image.save(data, "PNG", optimize=True)
    return data.getvalue()


@cache
def _font(face: tuple[str, str], size: int) -> Font:
    spec = find_spec(face[0])
    for folder in (spec.submodule_search_locations or ()) if spec else ():
        path = Path(folder) / face[1]
        if path.is_file():
            return ImageFont.truetype(str(path), size, layout_engine=ImageFont.Layout.BASIC)
    return ImageFont.load_default(size)


def _has(font: Font, value: str) -> bool:
    """Whether the face draws every character as something else than what it draws for an unknown one."""
    unknown = bytes(font.getmask("\U0010fffe"))
    return all(char.isspace() or bytes(font.getmask(char)) != unknown for char in set(value))


def _face(face: tuple[str, str], size: int, value: str) -> Font | None:
    """The face, or the wide one where it lacks a character; None where no face has it."""
    return next((font for font in (_font(face, size), _font(_WIDE, size)) if _has(font, value)), None)


def _broken(draw: ImageDraw.ImageDraw, value: str, font: Font) -> list[str]:
    lines: list[str] = []
    for piece in value.split():
        joined = f"{lines[-1]} {piece}" if lines else piece
        if lines and draw.textlength(joined, font) <= COVER_SIZE[0] - 2 * _MARGIN:
            lines[-1] = joined
        else:
            lines.append(piece)
    return lines


def _title(draw: ImageDraw.ImageDraw, value: str, top: float) -> float:
    """The title as large as it goes; gives the height at which it ends."""
    if _face(_SERIF, 60, value) is None:
        return top
    for size in range(190, 59, -10):
        font = _face(_SERIF, size, value) or _font(_WIDE, size)
        lines = _broken(draw, value, font)
        wide = max((draw.textlength(line, font) for line in lines), default=0)
        if wide <= COVER_SIZE[0] - 2 * _MARGIN and top + len(lines) * size * 1.16 <= _WALL_TOP - 420:
            break
    return _write(draw, lines, font, size, top, _WHITE, 1.16)


def _lines(
    draw: ImageDraw.ImageDraw, value: str, face: tuple[str, str], size: int, top: float, colour: Colour, most: int
) -> float:
    font = _face(face, size, value) if value else None
    return top if font is None else _write(draw, _broken(draw, value, font)[:most], font, size, top, colour, 1.3)


def _write(
    draw: ImageDraw.ImageDraw,
    lines: Sequence[str],
    font: Font,
    size: int,
    top: float,
    colour: Colour,
    leading: float,
) -> float:
    for line in lines:
        draw.text((_MARGIN, top), line, font=font, fill=colour)
        top += size * leading
    return top


def _wall(draw: ImageDraw.ImageDraw, counts: Sequence[int]) -> None:
    counts = [min(count, _MOST_BRICKS) for count in counts[:_MOST_COURSES]]
    bottom = COVER_SIZE[1] - 200
    weights = [1 + sqrt(count) for count in counts]
    room = bottom - _WALL_TOP - _GAP * (len(counts) - 1)
    top = float(_WALL_TOP)
    for course, (count, weight) in enumerate(zip(counts, weights, strict=True)):
        height = room * weight / sum(weights)
        width = (COVER_SIZE[0] + _GAP) / count
        for brick in range(count):
            left = brick * width
            fill = _mixed(_TEAL, _LIGHT, 0.18 + 0.62 * ((brick * 7 + course * 5) % 11) / 10)
            draw.rectangle((round(left), round(top), round(left + width - _GAP), round(top + height)), fill=fill)
        top += height + _GAP


def _mixed(one: Colour, other: Colour, share: float) -> Colour:
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(one, other, strict=True))
    return red, green, blue
