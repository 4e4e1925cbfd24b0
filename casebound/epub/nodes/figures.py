"""Images, and figures with what is under them."""

from __future__ import annotations

from docutils import nodes

from casebound.epub.markup import Element, add, in_phrasing, local, text
from casebound.epub.page import ChapterPage
from casebound.epub.pictures.pictures import BrokenPicture, PackagedPicture
from casebound.epub.registry import renders
from casebound.epub.words import word
from casebound.model.css.lengths import length

__all__ = ["alignment", "width"]


@renders(nodes.figure)
def _figure(page: ChapterPage, node: nodes.figure, parent: Element) -> None:
    """A figure; caption and legend are together in one ``figcaption``."""
    made = page.element(node, parent, "figure", alignment(node), width(node))
    caption: Element | None = None
    for child in node.children:
        if isinstance(child, nodes.caption | nodes.legend):
            if caption is None:
                caption = add(made, "figcaption")
            page.inline(child, caption, "p" if isinstance(child, nodes.caption) else "div", [type(child).__name__])
        else:
            page.render(child, made)
    if caption is not None:
        made.append(caption)


@renders(nodes.caption)
def _caption(page: ChapterPage, node: nodes.caption, parent: Element) -> None:
    page.inline(node, parent, "figcaption")


@renders(nodes.legend)
def _legend(page: ChapterPage, node: nodes.legend, parent: Element) -> None:
    page.children(node, page.element(node, parent, "div", ["legend"]))


@renders(nodes.image)
def _image(page: ChapterPage, node: nodes.image, parent: Element) -> None:
    alt = " ".join(str(node.get("alt") or "").split())
    picture: PackagedPicture | None = None
    if node.get("path"):
        try:
            picture = page.pictures.take(str(node["path"]))
        except BrokenPicture as error:
            page.report("image-broken", node, name=str(node.get("uri") or node["path"]), detail=str(error))
    if not in_phrasing(parent) and local(parent) not in ("a", "figure"):
        parent = add(parent, "div", ["image"])
    if picture is None:
        _words_instead(page, node, parent, alt)
        return
    decorative = not alt and "decorative" in node["classes"]
    page.pictures.shown += not decorative
    page.pictures.undescribed += not alt and not decorative
    attributes = {"src": picture.name, "alt": alt, **_size(node, picture)}
    if decorative:
        attributes["role"] = "presentation"
    page.element(node, parent, "img", alignment(node), attributes)


def _words_instead(page: ChapterPage, node: nodes.image, parent: Element, alt: str) -> None:
    made = page.element(node, parent, "span", ["missing-image"])
    text(made, f"[{alt or word('missing-image', page.language)}]")
    if node.get("uri"):
        text(made, " ")
        add(made, "code", ["address"]).text = str(node["uri"])


def alignment(node: nodes.Element) -> list[str]:
    """The class of the side on which an image, a figure or a table is."""
    return [f"align-{node['align']}"] if node.get("align") else []


def width(node: nodes.Element) -> dict[str, str]:
    """The width that a figure or a table asks for, as style."""
    found = length(node.get("width"))
    return {"style": f"width: {found.css()}"} if found is not None else {}


def _size(node: nodes.image, picture: PackagedPicture) -> dict[str, str]:
    """The width: an attribute in pixels where it depends on nothing else; the height follows from the picture."""
    scale = float(node.get("scale", 100) or 100) / 100
    wide, high = length(node.get("width")), length(node.get("height"))
    if wide is None and high is not None and picture.width and picture.height:
        wide, scale = high, scale * picture.width / picture.height
    if wide is None:
        asked = scale != 1 or (picture.dense and not node.get("height"))
        return {"width": str(max(1, round(picture.width * scale)))} if asked and picture.width else {}
    if wide.pixels is not None:
        return {"width": str(max(1, round(wide.pixels * scale)))}
    return {"style": f"width: {wide.css(scale)}"}
