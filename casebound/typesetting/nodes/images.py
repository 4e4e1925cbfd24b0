"""Images and figures, with their captions and legends; captioned code and tables."""

from __future__ import annotations

from functools import partial

from docutils import nodes
from reportlab.lib.enums import TA_CENTER, TA_LEFT, TA_RIGHT
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus.flowables import Flowable

from casebound.model.css.lengths import length
from casebound.typesetting.graphics.images import BrokenImage, Picture, in_line
from casebound.typesetting.layout.block import Block
from casebound.typesetting.layout.figures import Figure
from casebound.typesetting.nodes.base import BookHandler
from casebound.typesetting.nodes.context import Context
from casebound.typesetting.nodes.doctree import ancestors
from casebound.typesetting.structure.marked_content import ARTIFACT
from casebound.typesetting.text.paragraph import Paragraph
from casebound.typesetting.text.runs import Hyperlink, InlineObject, Look, Run, TextRun

__all__ = ["points", "share"]

_SIGN = 48.0  # points: an image no higher is a sign that goes with the text
_HIGHEST = 0.6  # of a page, for an image in a line
_IN_CELL = 120.0  # points, for the width of an image in a line of a cell
_CAPITALS, _DESCENT, _LOW = 0.67, 0.22, 2.2  # of the size: capitals, descenders, images that go with text
_CAPTION_ROOM = 60.0  # points left for a caption below a picture as high as the page


_SIDES = ({"left": "LEFT", "right": "RIGHT"}, {"left": "RIGHT", "right": "LEFT"})
"""The sides of a page as the side where lines begin (LEFT) or end, in a book from left to right and a mirrored one."""


class ImageHandler(BookHandler, nodes.image):
    def blocks(self, context: Context, node: nodes.Element, style: ParagraphStyle | None) -> list[Flowable]:
        path = node.get("path")
        if not path:
            return self._described(context, node)
        try:
            picture = context.open_picture(path)
        except BrokenImage as error:
            context.lose("image-broken", node, name=node.get("uri", ""), detail=str(error))
            return self._described(context, node)
        if picture.simplified:
            context.lose("drawing-simplified", node, name=node.get("uri", ""), detail=picture.simplified)
        size(context, node, picture)
        picture.highest = context.house.block[1] - _CAPTION_ROOM
        picture.hAlign = {"center": "CENTER", **_SIDES[context.mirrored]}.get(_align(node), "LEFT")
        picture.spaceBefore, picture.spaceAfter = 7, 10.5
        linked = _linked(node)
        if "decorative" in node["classes"] and not linked:
            picture.part = ARTIFACT
        return [_Linked(picture, linked, node.get("alt", "")) if linked else Block(picture)]

    def content(self, context: Context, node: nodes.Element, look: Look) -> list[Run]:
        return [inline_image(context, node, look)]

    def _described(self, context: Context, node: nodes.Element) -> list[Flowable]:
        """An image that cannot be shown: what it shows, in words, and where it lies."""
        words, uri = node.get("alt", ""), node.get("uri", "")
        address = f" ({uri})" if "://" in uri and not uri.startswith("data:") else ""
        text = words or uri.rsplit("/", 1)[-1]
        style = context.styles["ragged"]
        return [Paragraph([TextRun(f"[{text}{address}]", Look.of(style).italic())], style)]


class _Linked(Block):
    """A picture that is a link; ``says`` is what it shows."""

    def __init__(self, picture: Picture, target: str, says: str) -> None:
        super().__init__(picture)
        self.target, self.says = target, says

    def draw(self) -> None:
        super().draw()
        left = self.child_left
        self.canv.begin(self.child)
        rect = (left, 0.0, left + self.child.width, self.child.height)
        self.canv.link(Hyperlink(target=self.target), rect, self.says)


def _align(node: nodes.Element) -> str:
    parent = node.parent
    if isinstance(parent, nodes.reference):
        parent = parent.parent
    if isinstance(parent, nodes.figure):
        return str(parent.get("align", "center")).replace("default", "center")
    return str(node.get("align", ""))


def _linked(node: nodes.Element) -> str:
    parent = node.parent
    if not isinstance(parent, nodes.reference):
        return ""
    return f"#{parent['refid']}" if parent.get("refid") else str(parent.get("refuri", ""))


class FigureHandler(BookHandler, nodes.figure):
    """A picture, its caption below it on the same page."""

    def blocks(self, context: Context, node: nodes.Element, style: ParagraphStyle | None) -> list[Flowable]:
        body: list[Flowable] = []
        caption: list[Flowable] = []
        legend: list[Flowable] = []
        for child in node.children:
            if isinstance(child, nodes.reference):  # around a picture that is a link
                context.log.waiting += child["ids"]
                body += [part for picture in child.children for part in context.blocks(picture)]
            elif isinstance(child, nodes.caption):
                caption += context.blocks(child)
            elif isinstance(child, nodes.legend):
                legend += context.blocks(child)
            elif isinstance(child, nodes.paragraph) and "subcaption" in child["classes"]:
                body.append(context.owned(context.paragraph(child, _below_picture(context, node)), child))
            else:
                body += context.blocks(child)
        if not (body or caption or legend):
            return []
        wanted = (points(context, node.get("width")), share(node.get("width")))
        numbered = any(isinstance(each, nodes.generated) for child in node.children for each in child.children[:1])
        figure = Figure(body, caption, legend, str(node.get("align", "center")), wanted, numbered=numbered)
        return [self.plainly(context, node, figure)]


def _below_picture(context: Context, figure: nodes.Element) -> ParagraphStyle:
    """How the caption of one picture of a figure is set: as a legend, on the side of the figure."""
    sides = {"left": TA_LEFT, "right": TA_RIGHT}
    alignment = sides.get(str(figure.get("align", "center")), TA_CENTER)
    return ParagraphStyle("subcaption", parent=context.styles["figure-legend"], alignment=alignment)


class LegendHandler(BookHandler, nodes.legend):
    """What is said of a figure below its caption."""

    def blocks(self, context: Context, node: nodes.Element, style: ParagraphStyle | None) -> list[Flowable]:
        return context.children(node, context.styles["figure-legend"])


class CaptionHandler(BookHandler, nodes.caption):
    def blocks(self, context: Context, node: nodes.Element, style: ParagraphStyle | None) -> list[Flowable]:
        if isinstance(node.parent, nodes.figure):
            return [context.paragraph(node, context.styles["figure-caption"])]
        return [context.paragraph(node, context.styles["code-title"])]


class GeneratedHandler(BookHandler, nodes.generated):
    """A number made by the manuscript: bold in a caption, light in a heading."""

    def look(self, context: Context, node: nodes.Element, look: Look) -> Look:
        if isinstance(node.parent, nodes.title) and isinstance(node.parent.parent, nodes.section):
            return look.in_face(context.compositor.face_of("fontSans"))
        captioned = isinstance(node.parent, nodes.caption) or isinstance(node.parent.parent, nodes.table)
        return look.bold() if captioned else look


def inline_image(context: Context, node: nodes.Element, look: Look) -> Run:
    """An image in a line of text, its alternative text where it cannot be there."""
    path = node.get("path")
    words = TextRun(node.get("alt") or node.get("uri", "").rsplit("/", 1)[-1], look)
    if not path:
        return words
    try:
        picture = context.open_picture(path)
    except BrokenImage as error:
        context.lose("image-broken", node, name=node.get("uri", ""), detail=str(error))
        return words
    if picture.simplified:
        context.lose("drawing-simplified", node, name=node.get("uri", ""), detail=picture.simplified)
    wide, high = _size_in_line(context, node, picture, look)
    drop = _drop(look.base.fontSize, high, node.get("align", ""))
    decorative = "decorative" in node["classes"]
    look = look if decorative else look.within("Figure", alt=node.get("alt"))
    draw = partial(in_line, picture, (wide, high), drop)
    return InlineObject(look, wide, max(high - drop, 0.0), max(drop, 0.0), draw, claimed=not decorative)


def _size_in_line(context: Context, node: nodes.Element, picture: Picture, look: Look) -> tuple[float, float]:
    """How large an image is in a line: as the source says, else a sign as high as the line, else as it is."""
    width, height = context.house.block
    room = _IN_CELL if any(isinstance(parent, nodes.entry) for parent in ancestors(node)) else width
    size(context, node, picture)
    wide, high = picture.asked(width)
    factor = min(1.0, room / wide, height * _HIGHEST / high)
    if not is_sized(node) and high <= _SIGN:
        factor = min(factor, look.base.leading * 1.4 / high)
    return wide * factor, high * factor


def _drop(size: float, height: float, align: str) -> float:
    """How far below the baseline an image is: one about as high as the text in its middle, others on it."""
    capitals = size * _CAPITALS
    if align == "top":
        return height - capitals
    if align == "middle":
        return (height - capitals) / 2
    if align == "bottom" or height > _LOW * size:
        return 0.0
    return min(max((height - capitals) / 2, 0.0), size * _DESCENT)


def points(context: Context, text: object) -> float | None:
    """A length of a source in points; None where it is no length or a percentage."""
    found, house = length(text), context.house
    page = house.style.paper.width / house.scale, house.style.paper.height / house.scale
    return found.points(context.styles["base"].fontSize, page) if found else None


def share(text: object) -> float | None:
    """A percentage of a source as a share of the measure, no more than all of it; None where it is none."""
    found = length(text)
    return found.share if found else None


def is_sized(node: nodes.Element) -> bool:
    """Whether the source says how large an image is."""
    return any(node.get(name) for name in ("width", "height", "scale"))


def size(context: Context, node: nodes.Element, picture: Picture) -> None:
    """Give a picture the size that the source asks for."""
    scale = float(node.get("scale", 100)) / 100 or 1.0
    part = share(node.get("width"))
    if part is not None:
        picture.share = min(part * scale, 1.0)
    wide, high = points(context, node.get("width")), points(context, node.get("height"))
    if wide is None and high is None and picture.share is None and scale != 1:
        wide = picture.natural[0]
    picture.wanted = (wide and wide * scale, high and high * scale)
