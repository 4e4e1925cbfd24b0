"""Marks: what outputs print round the words of a node and no text of its tree holds: numbers, bullets, brackets.

They are those of the field: docutils' own writers print the same.
"""

from __future__ import annotations

from docutils import nodes
from sphinx import addnodes

from casebound.model.folios import roman

__all__ = ["BULLET", "PERHAPS", "kind_of", "marks_of", "may_be_plain"]

BULLET = "\u2022"
"""Stands for the bullet of an item, whichever a style has for it."""

PERHAPS = "perhaps"
"""The kind of what outputs may set as a block of its own or not."""

_PARAMETERS = (addnodes.desc_parameter, addnodes.desc_type_parameter, addnodes.desc_optional)
_PLAIN_LISTS = {"simple-plain", "no-bullets"}
_BRACKETS: dict[type[nodes.Element], tuple[str, str]] = {
    addnodes.desc_parameterlist: ("(", ")"),
    addnodes.desc_type_parameter_list: ("[", "]"),
    addnodes.desc_optional: ("[", "]"),
    addnodes.desc_returns: ("\u2192", ""),
    nodes.attribution: ("\u2014", ""),
    nodes.classifier: (" : ", ""),
    nodes.field_name: ("", ":"),
    nodes.citation_reference: ("[", "]"),
}


def marks_of(node: nodes.Element) -> tuple[str, str]:
    """What is printed before and after the words of a node."""
    before, after = _BRACKETS.get(type(node), ("", ""))
    parent = node.parent
    if isinstance(node, nodes.list_item):
        before = _label(node)
    elif isinstance(node, nodes.label) and isinstance(parent, nodes.citation):
        before, after = "[", "]"
    elif isinstance(node, nodes.option) and parent.index(node):
        before = ", "
    elif isinstance(node, nodes.option_argument):
        before = str(node.get("delimiter", " "))
    elif isinstance(node, _PARAMETERS) and _follows(node):
        before += ", "
    return before, after


def kind_of(node: nodes.Element) -> str:
    """What kind of block a node is, see ``casebound.proof.spoken.SpokenBlock``."""
    if isinstance(node, nodes.title) and isinstance(node.parent, nodes.section):
        return "heading"
    if isinstance(node, nodes.caption) or (isinstance(node, nodes.title) and isinstance(node.parent, nodes.table)):
        return "caption"
    if isinstance(node, (nodes.literal_block, nodes.doctest_block, addnodes.productionlist)):
        return "code"
    if _is_second(node):
        return PERHAPS
    labelled = isinstance(node, nodes.list_item) and bool(_label(node))
    return "label" if labelled or isinstance(node, (nodes.term, nodes.field_name, nodes.option_group)) else "text"


def _is_second(node: nodes.Element) -> bool:
    """Whether a node is a term or a line of a signature after another one: outputs may set both in one block."""
    alike = isinstance(node, (nodes.term, addnodes.desc_signature_line))
    return alike and any(isinstance(each, type(node)) for each in node.parent.children[: node.parent.index(node)])


def _follows(node: nodes.Element) -> bool:
    """Whether a parameter comes after another one of its list."""
    return any(isinstance(each, _PARAMETERS) for each in node.parent.children[: node.parent.index(node)])


def _label(item: nodes.Element) -> str:
    """The bullet or number of an item."""
    listed = item.parent
    if isinstance(listed, nodes.enumerated_list):
        return f" {_number(item, listed)}{listed.get('suffix', '.')} "
    plain = not isinstance(listed, nodes.bullet_list) or _PLAIN_LISTS & set(listed.get("classes", ()))
    return "" if plain or may_be_plain(listed) else f" {BULLET} "


def may_be_plain(listed: nodes.Node) -> bool:
    """Whether a list may go without bullets: chapters with their folios, and fields of a kind, made one by Sphinx."""
    if not isinstance(listed, nodes.bullet_list):
        return False
    announced = "toctree" in listed.get("classes", ()) or all(map(_opens_a_place, listed.children))
    return announced or isinstance(listed.parent, nodes.field_body)


def _opens_a_place(item: nodes.Node) -> bool:
    """Whether an item begins with a link to a place of the book."""
    first = item
    while isinstance(first, nodes.Element) and first.children and not isinstance(first, nodes.reference):
        first = first.children[0]
    return isinstance(first, nodes.reference) and bool(first.get("refid"))


def _number(item: nodes.Element, listed: nodes.Element) -> str:
    """The number of an item as its list counts."""
    before = listed.children[: listed.index(item)]
    at = int(listed.get("start", 1)) + sum(isinstance(each, nodes.list_item) for each in before)
    kind = listed.get("enumtype", "arabic")
    if kind.endswith("alpha") and 0 < at <= 26:
        shown = chr(ord("a") + at - 1)
    else:
        shown = roman(at) if kind.endswith("roman") and 0 < at < 4000 else str(at)
    return f"{listed.get('prefix', '')}{shown.upper() if kind.startswith('upper') else shown}"
