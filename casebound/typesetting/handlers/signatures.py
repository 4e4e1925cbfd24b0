"""Descriptions of API objects: signatures, their parameters, and what is said of them."""

from __future__ import annotations

from docutils import nodes
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus.flowables import Flowable
from sphinx import addnodes

from casebound.typesetting.block import Gap, indent
from casebound.typesetting.compositor import Compositor
from casebound.typesetting.handlers.base import BookHandler
from casebound.typesetting.paragraph import Paragraph
from casebound.typesetting.variants import hanging

__all__: list[str] = []

_LONG = 78  # characters: a longer signature has its parameters on lines of their own


class Description(BookHandler, addnodes.desc):
    def gather_elements(self, client: Compositor, node: nodes.Element, style: ParagraphStyle | None) -> list[Flowable]:
        return [*client.set_children(node), Gap(3)]


class Content(BookHandler, addnodes.desc_content):
    def gather_elements(self, client: Compositor, node: nodes.Element, style: ParagraphStyle | None) -> list[Flowable]:
        return indent(client.set_children(node), 18)


class Signature(BookHandler, addnodes.desc_signature, addnodes.desc_signature_line):
    """A signature in the code face, hanging, its parameters one below the other where it is long."""

    def gather_elements(self, client: Compositor, node: nodes.Element, style: ParagraphStyle | None) -> list[Flowable]:
        if any(isinstance(child, addnodes.desc_signature_line) for child in node.children):
            return client.set_children(node)
        look = client.styles["signature"]
        with client.text_in(look):
            client.long_signature = len(node.astext()) > _LONG
            text = client.gather_pdftext(node).strip()
        return [Paragraph(text, hanging(look))]


class Names(BookHandler, addnodes.desc_addname):
    """The path in front of a name."""


class Name(BookHandler, addnodes.desc_name):
    pre, post = "<b>", "</b>"


class Annotation(BookHandler, addnodes.desc_annotation):
    pre, post = "<i>", "</i>"


class Returns(BookHandler, addnodes.desc_returns):
    pre = " \u2192 "


class Parts(BookHandler, addnodes.desc_type, addnodes.desc_type_parameter):
    """Parts of a signature without a look of their own."""


class Inline(BookHandler, addnodes.desc_inline):
    """A signature within a line of text."""


class Separated(BookHandler, addnodes.desc_parameterlist, addnodes.desc_type_parameter_list):
    """Parameters in brackets, separated by commas; optional ones in square brackets of their own."""

    brackets = ("(", ")")

    def get_text(self, client: Compositor, node: nodes.Element, replaceEnt: bool) -> str:  # noqa: N803
        opening, closing = self.brackets
        if isinstance(node, addnodes.desc_type_parameter_list):
            opening, closing = "[", "]"
        parts = [str(client.gen_pdftext(child)).strip() for child in node.children]
        if client.long_signature and len(parts) > 1:
            lines = "".join(f"<br/>\xa0\xa0\xa0\xa0{part}," for part in parts)
            return f"{opening}{lines}<br/>{closing}"
        return f"{opening}{joined(node, parts)}{closing}"


class Optional(BookHandler, addnodes.desc_optional):
    def get_text(self, client: Compositor, node: nodes.Element, replaceEnt: bool) -> str:  # noqa: N803
        return f"[{joined(node, [str(client.gen_pdftext(child)) for child in node.children])}]"


class Parameter(BookHandler, addnodes.desc_parameter):
    def get_text(self, client: Compositor, node: nodes.Element, replaceEnt: bool) -> str:  # noqa: N803
        text = str(client.gather_pdftext(node))
        return text if any(isinstance(c, nodes.Inline) for c in node.children) else f"<i>{text}</i>"


def joined(node: nodes.Element, parts: list[str]) -> str:
    """Parameters joined by commas, an optional one taking its comma inside."""
    text = ""
    for index, (child, part) in enumerate(zip(node.children, parts, strict=True)):
        optional = isinstance(child, addnodes.desc_optional)
        if index == 0 and not text:
            text = part
        elif optional:
            text += f"[, {part[1:]}" if part.startswith("[") else part
        else:
            text += f", {part}"
    return text
