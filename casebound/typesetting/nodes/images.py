"""Images and figures, with their captions and legends; captioned code and tables."""

from __future__ import annotations

from docutils import nodes
from reportlab.lib.enums import TA_CENTER, TA_LEFT, TA_RIGHT
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus.flowables import Flowable

from casebound.typesetting.graphics.images import BrokenImage, Picture
from casebound.typesetting.layout.block import Block
from casebound.typesetting.layout.figures import Figure
from casebound.typesetting.nodes.base import BookHandler
from casebound.typesetting.nodes.compositor import Compositor
from casebound.typesetting.nodes.inline import inline_image
from casebound.typesetting.nodes.sizes import points, share, size
from casebound.typesetting.text.paragraph import Paragraph
from casebound.typesetting.text.runs import Look, Run, TextRun

__all__: list[str] = []

_CAPTION_ROOM = 60.0  # points left for a caption below a picture as high as the page


_SIDES = ({"left": "LEFT", "right": "RIGHT"}, {"left": "RIGHT", "right": "LEFT"})
"""The sides of a page as the side where lines begin (LEFT) or end, in a book from left to right and a mirrored one."""


class ImageHandler(BookHandler, nodes.image):
    def gather_elements(self, client: Compositor, node: nodes.Element, style: ParagraphStyle | None) -> list[Flowable]:
        path = node.get("path")
        if not path:
            return self._described(client, node)
        try:
            picture = client.open_picture(path)
        except BrokenImage as error:
            client.lose("image-broken", node, name=node.get("uri", ""), detail=str(error))
            return self._described(client, node)
        if picture.simplified:
            client.lose("drawing-simplified", node, name=node.get("uri", ""), detail=picture.simplified)
        size(client, node, picture)
        picture.highest = client.house.block[1] - _CAPTION_ROOM
        picture.hAlign = {"center": "CENTER", **_SIDES[client.mirrored]}.get(_align(node), "LEFT")
        picture.spaceBefore, picture.spaceAfter = 7, 10.5
        linked = _linked(node)
        return [_Linked(picture, linked) if linked else Block(picture)]

    def content(self, client: Compositor, node: nodes.Element, look: Look) -> list[Run]:
        return [inline_image(client, node, look)]

    def _described(self, client: Compositor, node: nodes.Element) -> list[Flowable]:
        """An image that cannot be shown: what it shows, in words, and where it lies."""
        words, uri = node.get("alt", ""), node.get("uri", "")
        address = f" ({uri})" if "://" in uri and not uri.startswith("data:") else ""
        text = words or uri.rsplit("/", 1)[-1]
        style = client.styles["ragged"]
        return [Paragraph([TextRun(f"[{text}{address}]", Look.of(style).italic())], style)]


class _Linked(Block):
    """A picture that is a link."""

    def __init__(self, picture: Picture, link: str) -> None:
        super().__init__(picture)
        self.link = link

    def draw(self) -> None:
        super().draw()
        left = self.child_left
        self.canv.linkURL(self.link, (left, 0, left + self.child.width, self.child.height), relative=1)


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

    def gather_elements(self, client: Compositor, node: nodes.Element, style: ParagraphStyle | None) -> list[Flowable]:
        body: list[Flowable] = []
        caption: list[Flowable] = []
        legend: list[Flowable] = []
        for child in node.children:
            if isinstance(child, nodes.reference):  # around a picture that is a link
                client.pending_names += child["ids"]
                body += [part for picture in child.children for part in client.gen_elements(picture)]
            elif isinstance(child, nodes.caption):
                caption += client.gen_elements(child)
            elif isinstance(child, nodes.legend):
                legend += client.gen_elements(child)
            elif isinstance(child, nodes.paragraph) and "subcaption" in child["classes"]:
                body.append(client.paragraph(child, _below_picture(client, node)))
            else:
                body += client.gen_elements(child)
        if not (body or caption or legend):
            return []
        wanted = (points(client, node.get("width")), share(node.get("width")))
        numbered = any(isinstance(each, nodes.generated) for child in node.children for each in child.children[:1])
        figure = Figure(body, caption, legend, str(node.get("align", "center")), wanted, numbered=numbered)
        return [self.plainly(client, node, figure)]


def _below_picture(client: Compositor, figure: nodes.Element) -> ParagraphStyle:
    """How the caption of one picture of a figure is set: as a legend, on the side of the figure."""
    sides = {"left": TA_LEFT, "right": TA_RIGHT}
    alignment = sides.get(str(figure.get("align", "center")), TA_CENTER)
    return ParagraphStyle("subcaption", parent=client.styles["figure-legend"], alignment=alignment)


class Legend(BookHandler, nodes.legend):
    """What is said of a figure below its caption."""

    def gather_elements(self, client: Compositor, node: nodes.Element, style: ParagraphStyle | None) -> list[Flowable]:
        return client.set_children(node, client.styles["figure-legend"])


class Caption(BookHandler, nodes.caption):
    def gather_elements(self, client: Compositor, node: nodes.Element, style: ParagraphStyle | None) -> list[Flowable]:
        if isinstance(node.parent, nodes.figure):
            return [client.paragraph(node, client.styles["figure-caption"])]
        return [client.paragraph(node, client.styles["code-title"])]


class Generated(BookHandler, nodes.generated):
    """A number made by the manuscript: bold in a caption, light in a heading."""

    def look(self, client: Compositor, node: nodes.Element, look: Look) -> Look:
        if isinstance(node.parent, nodes.title) and isinstance(node.parent.parent, nodes.section):
            return look.in_face(client.face_of("fontSans"))
        captioned = isinstance(node.parent, nodes.caption) or isinstance(node.parent.parent, nodes.table)
        return look.bold() if captioned else look
