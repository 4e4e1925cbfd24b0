"""The cover: the book's names on the house colour, above a wall with a course a section and a brick a chapter."""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt

from casebound.i18n.wording import edition
from casebound.model.book import Book
from casebound.model.style import RGB
from casebound.typesetting.layout.canvas import RecordingCanvas
from casebound.typesetting.matter.structure import line
from casebound.typesetting.matter.titles import fitted, widest
from casebound.typesetting.styles.compositor import Compositor
from casebound.typesetting.styles.values import rgb
from casebound.typesetting.text.paragraph import Paragraph

__all__ = ["draw_cover", "draw_wall"]

_MARGIN = 0.108  # of the width, at the left and the right of the lettering
_HEAD = 0.085  # of the height, from the top to the author
_WALL = (0.075, 0.40)  # of the height: where the wall is and how high it reaches
_MOST_COURSES, _MOST_BRICKS = 14, 60
_LINES, _SMALL = 4, 6  # of the title; of what is set smaller
_CLEAR = 28  # points, at least, between the lettering and the wall


def draw_cover(compositor: Compositor, canvas: RecordingCanvas, book: Book, size: tuple[float, float]) -> None:
    """The cover, so wide and so high, in points as printed."""
    width, height = (side / compositor.house.scale for side in size)
    canvas.setFillColorRGB(*compositor.house.accent)
    canvas.rect(0, 0, width, height, stroke=0, fill=1)
    left, room = width * _MARGIN, width * (1 - 2 * _MARGIN)
    top = _down(compositor, canvas, book.author, "cover-author", left, height * (1 - _HEAD), room)
    title = fitted(book.title, compositor.styles["cover-title"], room, _LINES)
    narrow = _balanced(title, room)
    top = _set(canvas, title, left + room - narrow if canvas.mirrored else left, top - height * 0.035, narrow)
    canvas.setFillColorRGB(*rgb(compositor.house.choices["spot"]))
    canvas.rect(left + room - 58 if canvas.mirrored else left, top - 26, 58, 3, stroke=0, fill=1)
    top = _down(compositor, canvas, book.subtitle, "cover-subtitle", left, top - 40, room)
    printed = " \N{MIDDLE DOT} ".join(edition(book))
    top = _down(compositor, canvas, printed, "cover-author", left, top - (10 if book.subtitle else 0), room)
    _down(compositor, canvas, book.publisher, "cover-author", left, height * _WALL[0] - 18, room)
    draw_wall(compositor, canvas, book, (0.0, height * _WALL[0], width, min(height * _WALL[1], top - _CLEAR)))


def _down(
    compositor: Compositor, canvas: RecordingCanvas, text: str, style: str, left: float, top: float, room: float
) -> float:
    """Lettering hung from ``top``, smaller where it has many lines; gives its lower edge."""
    return _set(canvas, fitted(text, compositor.styles[style], room, _SMALL), left, top, room) if text else top


def _set(canvas: RecordingCanvas, paragraph: Paragraph, left: float, top: float, room: float) -> float:
    line(paragraph, len(canvas.marks.filed))
    _, height = paragraph.wrapOn(canvas, room, top)
    paragraph.drawOn(canvas, left, top - height)
    return float(top - height)


def _balanced(title: Paragraph, room: float) -> float:
    """The narrowest room in which a title has as many lines as in this, so that none is much shorter than others.

    Its spaces are as wide as they are anywhere: a line of large letters whose spaces shrink reads as one word.
    """
    least, best = widest(title), room
    _, height = title.wrap(room, 1e4)
    while room >= least and title.wrap(room, 1e4)[1] <= height:
        if all(line.space_extra >= 0 for line in title.lines):
            best = room
        room -= 1
    return best


def draw_wall(
    compositor: Compositor, canvas: RecordingCanvas, book: Book, box: tuple[float, float, float, float]
) -> None:
    """The book as a wall in a box (left, bottom, right, top): a course for each section, a brick for each chapter."""
    left, bottom, right, top = box
    counts = [min(sum(1 for _ in section.walk()), _MOST_BRICKS) for section in book.sections[:_MOST_COURSES]] or [1]
    weights = [1 + sqrt(count) for count in counts]
    gap = (right - left) / 160
    room = top - bottom - gap * (len(counts) - 1)
    for course, (count, weight) in enumerate(zip(counts, weights, strict=True)):
        height = room * weight / sum(weights)
        width = (right - left + gap) / count
        for brick in range(count):
            tone = 0.14 + 0.5 * ((brick * 7 + course * 5) % 11) / 10
            canvas.setFillColorRGB(*_mixed(compositor.house.accent, rgb(compositor.house.choices["pale"]), tone))
            canvas.rect(left + brick * width, top - height, width - gap, height, stroke=0, fill=1)
        top -= height + gap


def _mixed(one: RGB, other: RGB, share: float) -> Sequence[float]:
    return [round(a + (b - a) * share, 3) for a, b in zip(one, other, strict=True)]
