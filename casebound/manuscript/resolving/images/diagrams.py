"""Diagrams that extensions keep as code: drawn where their program is installed, else their source and a word why."""

from __future__ import annotations

import os
from base64 import b64encode
from collections.abc import Callable, Iterator
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx

from casebound.manuscript.reading.places import place
from casebound.manuscript.resolving.elements import HtmlReader
from casebound.manuscript.resolving.images.drawers import DRAWERS, Drawer
from casebound.manuscript.resolving.images.html_fallback import webform
from casebound.manuscript.resolving.images.programs import ProgramMissing, Refused
from casebound.manuscript.resolving.markup import parsed
from casebound.manuscript.structure import layout
from casebound.model.diagnostics import Problem, problem

__all__ = ["Diagrams", "bear", "programs"]

_CODE = ("code", "uml", "diagram", "source", "content", "text")

_DIRECTIVE = (".. ", "```", ":::", "~~~")
_OPTIONS = 12
"""So many lines above its content a directive begins, at most."""

Report = Callable[[Problem], None]


def programs(app: Sphinx) -> tuple[str, ...]:
    """The programs that draw the diagrams of a book, where they are installed: what is said of it depends on them."""
    return tuple(drawer.program(app) for drawer in DRAWERS.values())


class Diagrams:
    """Draws the diagrams of a book; ``folder`` keeps what slow programs have drawn."""

    def __init__(self, app: Sphinx, folder: Path) -> None:
        self.app = app
        self.folder = folder

    def settle(self, docname: str, doctree: nodes.document, report: Report) -> None:
        """Put pictures in the place of a document's diagrams, or their source."""
        for node in [node for node in doctree.findall(nodes.Element) if type(node).__module__ not in layout.MODULES]:
            code = _code(node, self.app)
            if not code or node.parent is None or self._is_unprinted(node):
                continue
            where = self._place(node, code, docname)
            drawer = DRAWERS.get(type(node).__name__)
            image = self._image(drawer, node, code, where, report) if drawer else self._pictured(node)
            if image is None and drawer is None:
                report(problem("diagram-unknown", *where, name=type(node).__name__))
            shown = image or _in_words(node, code)
            bear(shown, node)
            node.parent.replace(node, shown)

    def _image(
        self, drawer: Drawer, node: nodes.Element, code: str, where: tuple[str, int | None], report: Report
    ) -> nodes.image | None:
        try:
            drawing = drawer.draw(self.app, node, code, drawer.command(self.app, node), self.folder)
        except ProgramMissing:
            program = drawer.command(self.app, node)[0]
            named = {"name": drawer.name, "program": program, "package": drawer.package, "setting": drawer.setting}
            report(problem("diagram-undrawn", where[0], where[1], **named))
            return None
        except Refused as error:
            report(problem("diagram-failed", *where, name=drawer.name, detail=error))
            return None
        uri = "data:image/svg+xml;base64," + b64encode(drawing).decode()
        image = nodes.image("", uri=uri, original_uri=f"of {drawer.name}", alt=_words(node, code))
        image["align"] = str(node.get("align") or "center")
        for side in ("width", "height", "scale"):
            if node.get(side):
                image[side] = node[side]
        return image

    def _pictured(self, node: nodes.Element) -> nodes.image | None:
        """The picture that the extension itself makes for web pages; None where it makes none."""
        found = webform(self.app, node, self.folder)
        if found is None:
            return None
        reader = HtmlReader(self._made)
        image = next(
            (image for block in reader.blocks(parsed(found.astext())[0]) for image in block.findall(nodes.image)), None
        )
        if image is not None:
            image["alt"] = image.get("alt") or _words(node, _code(node, self.app))
        return image

    def _made(self, address: str) -> str:
        """The uri of a picture that the extension has put into our folder."""
        path = Path(os.path.normpath(self.folder / address))
        if not path.is_relative_to(self.folder) or not path.is_file():
            return ""
        return Path(os.path.relpath(path, self.app.srcdir)).as_posix()

    def _is_unprinted(self, node: nodes.Element) -> bool:
        around: nodes.Node | None = node
        while around is not None and not layout.unprinted(self.app, around):
            around = around.parent
        return around is not None

    def _place(self, node: nodes.Element, code: str, docname: str) -> tuple[str, int | None]:
        """Document and line of the directive: its content is sought in the source, for no node keeps the line."""
        where = place(self.app.env, node, docname)
        if where[0] != docname:
            return where
        text = Path(self.app.env.doc2path(docname)).read_text(encoding="utf-8", errors="replace")
        lines = [line.strip() for line in text.splitlines()]
        starts: Iterator[int]
        if "graph" in node:  # of classes: the directive names their module
            starts = (at for at, line in enumerate(lines, 1) if line.endswith(f":: {node.get('content', '')}"))
        else:
            starts = _starts(lines, [line.strip() for line in code.strip().splitlines()])
        # the line that a node has is that after the directive, or one of what holds it
        found = sorted(starts, key=lambda line: (line > (where[1] or 0), abs(line - (where[1] or 0))))
        return docname, next(iter(found), where[1])


def _starts(lines: list[str], code: list[str]) -> Iterator[int]:
    """The lines, from 1, of the directives whose content is a piece of code."""
    for at in range(len(lines)):
        if lines[at : at + len(code)] == code:
            above = (line for line in range(at, max(at - _OPTIONS, -1), -1) if lines[line].startswith(_DIRECTIVE))
            yield next(above, at) + 1


def _code(node: nodes.Element, app: Sphinx) -> str:
    """What an extension keeps in an attribute to draw from it later; empty for a node that has text of its own."""
    graph = node.get("graph")
    if hasattr(graph, "generate_dot"):
        return str(graph.generate_dot(node.get("name", "inheritance"), env=app.env))
    if node.astext().strip() or isinstance(node, nodes.Invisible):
        return ""
    return next((node[name] for name in _CODE if isinstance(node.get(name), str) and node[name].strip()), "")


def _words(node: nodes.Element, code: str) -> str:
    """What the diagram shows, in words."""
    if node.get("alt"):
        return str(node["alt"])
    return f"Inheritance diagram of {node.get('content', '')}".rstrip() if "graph" in node else code


def _in_words(node: nodes.Element, code: str) -> nodes.Element:
    """A diagram that is not drawn: classes as a list with those they come from, all others as their source."""
    if "graph" in node:
        return _classes(node)
    if isinstance(node.parent, nodes.TextElement):
        return nodes.literal(code, code)
    language = "dot" if DRAWERS.get(type(node).__name__) is DRAWERS["graphviz"] else type(node).__name__.lower()
    return nodes.literal_block(code, code, language=language, linenos=False, force=False, highlight_args={})


def _classes(node: nodes.Element) -> nodes.bullet_list:
    """The classes of an inheritance diagram: each by its link, as the diagram calls it, and its bases in brackets."""
    listed = nodes.bullet_list()
    links = list(node.children)
    for at, (name, _, bases, *_) in enumerate(node["graph"].class_info):
        link = links[at] if at < len(links) else nodes.literal(name, name)
        line = nodes.paragraph("", "", link)
        if bases:
            line += nodes.Text(f" ({', '.join(bases)})")
        listed += nodes.list_item("", line)
    return listed


def bear(plain: nodes.Element, node: nodes.Element) -> None:
    """Give a plain node the ids, classes and place of the extension's node that it stands in for."""
    name = type(node).__name__.replace("_", "-").lower()
    plain["ids"] = list(node["ids"])
    plain["classes"] = [name, *(known for known in node["classes"] if known != name)]
    plain.source, plain.line = node.source, node.line
