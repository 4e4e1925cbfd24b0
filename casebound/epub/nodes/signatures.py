"""Descriptions of objects: functions, classes, options, with their signatures."""

from __future__ import annotations

from dataclasses import dataclass

from docutils import nodes
from sphinx import addnodes

from casebound.epub.markup import Element, add, text
from casebound.epub.page import ChapterPage
from casebound.epub.registry import renders

__all__: list[str] = []

_PARAMETERS = (addnodes.desc_parameter, addnodes.desc_type_parameter)


@renders(addnodes.desc)
def _desc(page: ChapterPage, node: addnodes.desc, parent: Element) -> None:
    page.children(node, page.element(node, parent, "dl", ["object", str(node.get("objtype", ""))]))


@renders(addnodes.desc_signature)
def _signature(page: ChapterPage, node: addnodes.desc_signature, parent: Element) -> None:
    page.children(node, page.element(node, parent, "dt", ["sig"]))


@renders(addnodes.desc_signature_line)
def _signature_line(page: ChapterPage, node: addnodes.desc_signature_line, parent: Element) -> None:
    page.inline(node, parent, "span", ["sig-line"])
    text(parent, "\n")


@renders(addnodes.desc_name, addnodes.desc_addname)
def _name(page: ChapterPage, node: nodes.Element, parent: Element) -> None:
    page.inline(node, parent, "span", [type(node).__name__.replace("desc_", "sig-")])


@renders(addnodes.desc_annotation)
def _annotation(page: ChapterPage, node: addnodes.desc_annotation, parent: Element) -> None:
    page.inline(node, parent, "em", ["sig-annotation"])


@renders(addnodes.desc_returns)
def _returns(page: ChapterPage, node: addnodes.desc_returns, parent: Element) -> None:
    text(parent, " → ")
    page.inline(node, parent, "span", ["sig-returns"])


@dataclass(slots=True)
class _List:
    """How far a parameter list is written: required parameters to come, and whether any is written."""

    separator: str
    required: int
    lines: bool = False
    begun: bool = False
    last: Element | None = None
    opening: str = ""

    def put(self, parent: Element, value: str) -> None:
        """Punctuation: after the parameter before it where each has a line of its own."""
        text(self.last if self.lines and self.last is not None else parent, value)


@renders(addnodes.desc_parameterlist)
def _parameter_list(page: ChapterPage, node: addnodes.desc_parameterlist, parent: Element) -> None:
    _parameters(page, node, parent, "()")


@renders(addnodes.desc_type_parameter_list)
def _type_parameter_list(page: ChapterPage, node: addnodes.desc_type_parameter_list, parent: Element) -> None:
    _parameters(page, node, parent, "[]")


def _parameters(page: ChapterPage, node: nodes.Element, parent: Element, brackets: str) -> None:
    made = page.element(node, parent, "span", ["sig-list"])
    separator = str(getattr(node, "child_text_separator", ", "))
    required = sum(isinstance(child, _PARAMETERS) for child in node.children)
    state = _List(separator, required, bool(node.get("multi_line_parameter_list")))
    text(made, brackets[0])
    _members(page, node, made, state, 0)
    if state.lines and node.get("multi_line_trailing_comma") and state.begun:
        state.put(made, ",")
    text(made, brackets[1])


def _members(page: ChapterPage, node: nodes.Element, parent: Element, state: _List, level: int) -> None:
    """Parameters as ``foo([a, ]b, c[, d])``: a comma follows while required ones are to come, else it goes before."""
    for child in node.children:
        if isinstance(child, addnodes.desc_optional):
            state.opening += "["
            _members(page, child, parent, state, level + 1)
            state.put(parent, "]")
        elif isinstance(child, _PARAMETERS):
            _member(page, child, parent, state, level)
        else:
            page.render(child, parent)


def _member(page: ChapterPage, node: nodes.Element, parent: Element, state: _List, level: int) -> None:
    separator = state.separator.rstrip() if state.lines else state.separator
    before = state.begun and not state.required
    if before and state.lines:
        state.put(parent, separator)
    line = state.last = add(parent, "span", ["sig-line"]) if state.lines else parent
    text(line, state.opening + (separator if before and not state.lines else ""))
    state.opening = ""
    state.begun = True
    state.required -= level == 0
    page.render(node, line)
    if state.required:
        text(line, separator)


@renders(addnodes.desc_optional)
def _optional(page: ChapterPage, node: addnodes.desc_optional, parent: Element) -> None:
    text(parent, "[")
    page.inline(node, parent, "span")
    text(parent, "]")


@renders(addnodes.desc_parameter, addnodes.desc_type_parameter)
def _parameter(page: ChapterPage, node: nodes.Element, parent: Element) -> None:
    page.inline(node, parent, "span" if node.get("noemph") else "em", ["sig-param"])
