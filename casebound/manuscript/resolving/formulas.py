"""Formulas that notebooks leave to MathJax: raw text of class ``math``, as nodes."""

from __future__ import annotations

import re

from docutils import nodes

__all__ = ["set_formula"]

_ENVIRONMENT = re.compile(r"\\begin\{(?P<name>\w+\*?)\}(?P<inner>.*)\\end\{(?P=name)\}", re.DOTALL)
_LABEL = re.compile(r"\\label\{[^}]*\}")
_LINE = re.compile(r"\\(?:eq)?ref\{[^}]*\}")


def set_formula(raw: nodes.raw) -> None:
    """Put a formula in the place of raw text: one that is displayed parts the paragraph that it stands in.

    References to equations, whose numbers are given out in a browser, stand as they are.
    """
    text = raw.astext().strip()
    parent = raw.parent
    assert parent is not None
    if not text or _LINE.fullmatch(text):
        parent.replace(raw, nodes.Text(text))
        return
    found = _ENVIRONMENT.fullmatch(text)
    if found is None and isinstance(parent, nodes.TextElement):
        parent.replace(raw, nodes.math(text, text))
        return
    tex = _LABEL.sub("", found["inner"] if found and found["name"].startswith("equation") else text).strip()
    if isinstance(parent, nodes.TextElement) and not isinstance(parent, nodes.paragraph):
        parent.replace(raw, nodes.math(tex, tex))
        return
    block = nodes.math_block(tex, tex, nowrap=tex.startswith("\\begin"), number=None, label=None)
    block.source, block.line = raw.source, raw.line
    if isinstance(parent, nodes.paragraph):
        _part(parent, raw, block)
    else:
        parent.replace(raw, block)


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
