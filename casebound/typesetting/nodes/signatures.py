"""Descriptions of API objects: signatures, their parameters, and what is said of them."""

from __future__ import annotations

from collections.abc import Sequence

from docutils import nodes
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus.flowables import Flowable
from sphinx import addnodes

from casebound.typesetting.layout.block import indent
from casebound.typesetting.layout.spacing import spaced
from casebound.typesetting.nodes.base import BookHandler
from casebound.typesetting.nodes.context import Context
from casebound.typesetting.styles.variants import hanging, hanging_each, loose
from casebound.typesetting.text.paragraph import Paragraph
from casebound.typesetting.text.runs import LineBreak, Look, Run, TextRun, stripped

__all__: list[str] = []

_PARAMETERS = (addnodes.desc_parameter, addnodes.desc_type_parameter, addnodes.desc_optional)
_INDENT = 18.0
_BESIDE = 4.0  # points between a signature and its text where that is not moved in
_STEP = 4 * "\N{NO-BREAK SPACE}"  # how far parameters are moved in that are one below the other
_NESTED = 14.0  # roughly what a list, a note or a definition takes off the measure


class DescriptionHandler(BookHandler, addnodes.desc):
    """An object: its signatures, kept with what is said of it, and that moved in."""

    def blocks(self, context: Context, node: nodes.Element, style: ParagraphStyle | None) -> list[Flowable]:
        flowables = context.children(node)
        room = 7.0 if isinstance(node.parent, addnodes.desc_content) else 14.0
        return spaced(flowables, before=room, after=_BESIDE if _is_explained_beside(node) else room)


class DescriptionContentHandler(BookHandler, addnodes.desc_content):
    def blocks(self, context: Context, node: nodes.Element, style: ParagraphStyle | None) -> list[Flowable]:
        return indent(context.children(node), _INDENT)


class SignatureHandler(BookHandler, addnodes.desc_signature, addnodes.desc_signature_line):
    """A signature in the code face, hanging, its parameters one below the other where it is long."""

    def blocks(self, context: Context, node: nodes.Element, style: ParagraphStyle | None) -> list[Flowable]:
        lines = [child for child in node.children if isinstance(child, addnodes.desc_signature_line)]
        if lines:
            return [flowable for line in lines for flowable in context.blocks(line)]
        look = context.styles["signature"]
        look = look if _is_explained(node) else loose(look)
        inner = context.in_signature(long=_is_long(context, node, look))
        runs = stripped(inner.inline(node, Look.of(look)))
        if not inner.long_signature:
            return [Paragraph(runs, hanging(look))]
        # a parameter that is longer than a line goes on further in than its beginning
        return [Paragraph(runs, hanging_each(look, stringWidth(2 * _STEP, look.fontName, look.fontSize)))]


def _is_long(context: Context, node: nodes.Element, look: ParagraphStyle) -> bool:
    """Whether parameters are one below the other: more than a line of them with types or values, or two of names."""
    text = node.astext()
    lines = stringWidth(text, look.fontName, look.fontSize) / _room(context, node)
    plain = not any(mark in text.partition("(")[2].replace(", ", ",") for mark in ": ")
    return bool(lines > (1.8 if plain else 1.0))


def _room(context: Context, node: nodes.Element) -> float:
    """What is left of the measure where a signature is, in points; roughly, for no page is known yet."""
    room, parent = context.measure, node.parent
    while parent is not None:
        if isinstance(parent, (addnodes.desc_content, nodes.list_item, nodes.definition, nodes.Admonition)):
            room -= _INDENT if isinstance(parent, addnodes.desc_content) else _NESTED
        parent = parent.parent
    return room


def _is_explained(node: nodes.Element) -> bool:
    """Whether something belongs below a signature, which must not be parted from it."""
    parent = node.parent
    if isinstance(node, addnodes.desc_signature_line):
        if node is not parent.children[-1]:
            return True
        node, parent = parent, parent.parent
    after = parent.children[parent.index(node) + 1 :] if parent is not None else []
    explained = any(isinstance(child, addnodes.desc_signature) or child.children for child in after)
    return explained or _is_explained_beside(parent)


def _is_explained_beside(node: nodes.Node) -> bool:
    """Whether an object of which nothing is said within has text after it: many authors do not move that in."""
    content = next((child for child in node.children if isinstance(child, addnodes.desc_content)), None)
    if content is not None and content.children:
        return False
    behind = node.next_node(_is_printed, descend=False, siblings=True)
    return behind is not None and not isinstance(behind, (addnodes.desc, nodes.section))


def _is_printed(node: nodes.Node) -> bool:
    return not isinstance(node, (nodes.Invisible, nodes.target, addnodes.index))


class SignaturePathHandler(BookHandler, addnodes.desc_addname):
    """The path in front of a name."""


class SignatureNameHandler(BookHandler, addnodes.desc_name):
    def look(self, context: Context, node: nodes.Element, look: Look) -> Look:
        return look.bold()


class SignatureAnnotationHandler(BookHandler, addnodes.desc_annotation):
    def look(self, context: Context, node: nodes.Element, look: Look) -> Look:
        return look.italic()


class SignatureReturnsHandler(BookHandler, addnodes.desc_returns):
    def content(self, context: Context, node: nodes.Element, look: Look) -> list[Run]:
        return [TextRun(" \u2192 ", look), *context.inline(node, look)]


class SignatureTypeHandler(BookHandler, addnodes.desc_type, addnodes.desc_type_parameter):
    """Parts of a signature without a look of their own."""


class SignatureInlineHandler(BookHandler, addnodes.desc_inline):
    """A signature within a line of text."""


class SignatureParametersHandler(BookHandler, addnodes.desc_parameterlist, addnodes.desc_type_parameter_list):
    """Parameters in brackets, separated by commas; optional ones in square brackets of their own."""

    brackets = ("(", ")")

    def content(self, context: Context, node: nodes.Element, look: Look) -> list[Run]:
        opening, closing = self.brackets
        if isinstance(node, addnodes.desc_type_parameter_list):
            opening, closing = "[", "]"
        parts = [(optional, stripped(part)) for optional, part in _parameters(context, node, look)]
        if not (context.long_signature and len(parts) > 1):
            return [TextRun(opening, look), *_joined(parts, look), TextRun(closing, look)]
        runs: list[Run] = [TextRun(opening, look)]
        for index, (_, part) in enumerate(parts):
            runs += [TextRun("," if index else "", look), LineBreak(), TextRun(_STEP, look), *part]
        return [*runs, LineBreak(), TextRun(closing, look)]


class SignatureOptionalHandler(BookHandler, addnodes.desc_optional):
    def content(self, context: Context, node: nodes.Element, look: Look) -> list[Run]:
        return [TextRun("[", look), *_joined(_parameters(context, node, look), look), TextRun("]", look)]


class SignatureParameterHandler(BookHandler, addnodes.desc_parameter):
    def look(self, context: Context, node: nodes.Element, look: Look) -> Look:
        return look if any(isinstance(child, nodes.Inline) for child in node.children) else look.italic()


def _parameters(context: Context, node: nodes.Element, look: Look) -> list[tuple[bool, list[Run]]]:
    """The parameters of a list, each with whether it is optional; what else is there belongs to the next one."""
    found: list[tuple[bool, list[Run]]] = []
    before: list[Run] = []
    for child in node.children:
        runs = [*before, *context.runs(child, look)]
        before = []
        if isinstance(child, _PARAMETERS):
            found.append((isinstance(child, addnodes.desc_optional), runs))
        else:
            before = runs
    return [*found, (False, before)] if stripped(before) else found


def _joined(parts: Sequence[tuple[bool, Sequence[Run]]], look: Look) -> list[Run]:
    """Parameters joined by commas, an optional one taking its comma inside."""
    runs: list[Run] = []
    for optional, part in parts:
        first = part[0] if part else None
        if not runs:
            runs += part
        elif not optional:
            runs += [TextRun(", ", look), *part]
        elif isinstance(first, TextRun) and first.text.startswith("["):
            runs += [TextRun(f"[, {first.text[1:]}", first.look), *part[1:]]
        else:
            runs += part
    return runs
