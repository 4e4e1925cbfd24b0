"""Formulas that notebooks leave to MathJax: raw text of class ``math``, as nodes."""

from __future__ import annotations

import re

from docutils import nodes

__all__ = ["read_formulas"]

_ENVIRONMENT = re.compile(r"\\begin\{(?P<name>\w+\*?)\}(?P<inner>.*)\\end\{(?P=name)\}", re.DOTALL)
_DELIMITED = re.compile(r"\$\$(?P<a>.+)\$\$|\$(?P<b>[^$]+)\$|\\\[(?P<c>.+)\\\]|\\\((?P<d>.+)\\\)", re.DOTALL)


def read_formulas(doctree: nodes.document) -> None:
    """Change a tree in place: raw formulas become nodes, and displayed ones lose the dollars that they bring."""
    for raw in list(doctree.findall(nodes.raw)):
        if "math" in raw["classes"] and "html" in str(raw.get("format", "")).split() and raw.astext().strip():
            _set(raw)
    _undelimit(doctree)


def _set(raw: nodes.raw) -> None:
    """Put a formula in the place of raw text: one that is displayed parts the paragraph that it is in."""
    text = raw.astext().strip()
    parent = raw.parent
    assert parent is not None
    found = _ENVIRONMENT.fullmatch(text)
    if found is None and isinstance(parent, nodes.TextElement):
        parent.replace(raw, nodes.math(text, text))
        return
    tex = (found["inner"] if found and found["name"].startswith("equation") else text).strip()
    if isinstance(parent, nodes.TextElement) and not isinstance(parent, nodes.paragraph):
        parent.replace(raw, nodes.math(tex, tex))
        return
    block = nodes.math_block(tex, tex, nowrap=tex.startswith("\\begin"), number=None, label=None)
    block.source, block.line = raw.source, raw.line
    if isinstance(parent, nodes.paragraph):
        _part(parent, raw, block)
    else:
        parent.replace(raw, block)


def _undelimit(doctree: nodes.document) -> None:
    """Take the dollars and brackets off displayed formulas that bring their own, as the outputs of notebooks do."""
    for block in doctree.findall(nodes.math_block):
        found = _DELIMITED.fullmatch(block.astext().strip()) if block.get("nowrap") else None
        if found:
            tex = next(inner for inner in found.groups() if inner is not None).strip()
            block["nowrap"] = False
            block.children = []
            block += nodes.Text(tex)


def _part(paragraph: nodes.paragraph, raw: nodes.raw, block: nodes.math_block) -> None:
    place = paragraph.index(raw)
    before, after = paragraph.children[:place], paragraph.children[place + 1 :]
    parts: list[nodes.Node] = []
    for text in (before, after):
        if "".join(node.astext() for node in text).strip():
            made = nodes.paragraph("", "", *text, ids=[])
            made.source, made.line = paragraph.source, paragraph.line
            parts.append(made)
        if text is before:
            parts.append(block)
    ids: list[nodes.Node] = [nodes.target(ids=list(paragraph["ids"]))] if paragraph["ids"] else []
    around = paragraph.parent
    assert around is not None
    at = around.index(paragraph)
    around[at : at + 1] = [*ids, *parts]
