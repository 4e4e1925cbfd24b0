"""Under ``casebound_toctree = "as-is"``: text after a toctree becomes a section that continues its own.

Sphinx prints the documents of a toctree where it is, and what follows it in its section after them. A book of
chapters shows that as a chapter after the documents::

    Internals                Internals                   chapter  Internals
      text                     text                      chapter    rpc
      toctree: rpc             toctree: rpc              chapter    Internals (continued)
      more text                Internals (continued)
                                 more text
"""

from __future__ import annotations

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.config import Config

from casebound.manuscript.structure.layout import CONTINUED, printed
from casebound.manuscript.structure.titles import title_text

__all__ = ["set_apart", "wanted"]


def wanted(config: Config) -> bool:
    """Whether documents are where their toctree is."""
    return bool(getattr(config, "casebound_toctree", "") == "as-is")


def set_apart(app: Sphinx, doctree: nodes.document) -> None:
    """Give what follows a toctree a section of its own, in each section of the document."""
    if not wanted(app.config):
        return
    for section in list(doctree.findall(nodes.section)):
        if section.children and isinstance(section[0], nodes.title) and section["ids"]:
            _continue(app, section)


def _continue(app: Sphinx, section: nodes.section) -> None:
    count = 0
    kept: list[nodes.Node] = []
    behind: nodes.section | None = None
    led = False
    for child in list(section.children):
        toctree = not isinstance(child, nodes.section) and any(True for _ in child.findall(addnodes.toctree))
        if toctree or isinstance(child, nodes.section) or not led:
            behind = None
            led = led or toctree
            kept.append(child)
            continue
        if behind is None and printed(app, [child]):
            count += 1
            behind = _continuation(section, count)
            kept.append(behind)
        if behind is None:
            kept.append(child)
        else:
            behind += child
    section.children = []
    section.extend(kept)


def _continuation(section: nodes.section, count: int) -> nodes.section:
    number = f"-{count}" if count > 1 else ""
    title = nodes.title("", f"{title_text(section[0])} (continued)")  # type: ignore[arg-type]
    made = nodes.section("", title, ids=[f"{section['ids'][0]}-continued{number}"], classes=[CONTINUED])
    made.source, made.line = section.source, section.line
    title.source, title.line = section.source, section.line
    return made
