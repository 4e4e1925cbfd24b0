"""The outputs of notebooks' cells: of the forms that each has, the one that says most on paper."""

from __future__ import annotations

from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.config import Config
from sphinx.transforms import SphinxTransform
from sphinx.transforms.post_transforms import SphinxPostTransform

from casebound.manuscript.resolving.elements import HtmlReader
from casebound.manuscript.resolving.markup import UnreadableMarkup, parsed

__all__ = ["Bundles", "Twins", "choose_outputs"]

_OUTPUTS = (
    "image/svg+xml",
    "image/png",
    "image/jpeg",
    "image/gif",
    "application/pdf",
    "text/latex",
    "text/markdown",
    "text/html",
    "text/plain",
)
"""Forms of the output of a notebook's cell, the best for print first."""


def choose_outputs(config: Config, builder: str) -> None:
    """Say which of the forms of an output is printed: MyST-NB knows no book's order."""
    if "nb_mime_priority_overrides" in config:
        asked = list(config["nb_mime_priority_overrides"])
        ours = [(builder, kind, rank * 10) for rank, kind in enumerate(_OUTPUTS, 1)]
        config["nb_mime_priority_overrides"] = [*ours, *(tuple(each) for each in asked)]


def _shows(node: nodes.Node) -> bool:
    """Whether the raw HTML in a node shows anything on paper: a table does, a script that draws does not."""
    for raw in node.findall(nodes.raw):
        try:
            if "html" in str(raw.get("format", "")).split() and HtmlReader(lambda _: "").blocks(
                parsed(raw.astext())[0]
            ):
                return True
        except UnreadableMarkup:
            return True  # the reading of it is told of in its turn
    return False


class cell_output(nodes.General, nodes.Element):  # noqa: N801
    """An output that shows something on web pages only: it is told of as any node is that a book cannot show."""


class Bundles(SphinxPostTransform):
    """Leaves one of the forms of an output of MyST-NB and jupyter-sphinx; HTML that shows nothing is none of them."""

    default_priority = 3  # MyST-NB chooses at 4

    def run(self, **_: Any) -> None:
        for bundle in [node for node in self.document.findall(nodes.container) if _kinds(node)]:
            forms = {kind: child for kind, child in zip(_kinds(bundle), bundle.children, strict=False)}
            if "text/html" in forms and not _shows(forms["text/html"]):
                html = forms.pop("text/html")
                bundle.remove(html)
                if not forms.keys() & set(_OUTPUTS) and bundle.parent is not None:
                    bundle.parent.replace(bundle, cell_output())
            if "mimetypes" in bundle:
                chosen = next((forms[kind] for kind in _OUTPUTS if kind in forms), None)
                bundle.children = [chosen] if chosen is not None else []
                bundle["mimetypes"] = []


def _kinds(node: nodes.Element) -> list[str]:
    """The forms that a node offers in its children: those of MyST-NB say theirs, jupyter-sphinx lists them."""
    if node.get("nb_element") == "mime_bundle":
        return [str(child.get("mime_type", "")) for child in node.children if isinstance(child, nodes.Element)]
    return list(map(str, node.get("mimetypes") or ()))


class Twins(SphinxTransform):
    """Of what nbsphinx writes for web pages and for LaTeX, keeps the table for web pages where LaTeX has text alone."""

    default_priority = 830

    def apply(self, **_: Any) -> None:
        for branch in [node for node in self.document.findall(addnodes.only) if node["expr"] == "html"]:
            twin = branch.next_node(siblings=True, descend=False, condition=addnodes.only)
            if not isinstance(twin, addnodes.only) or twin["expr"] != "latex":
                continue
            if _is_output(branch) and _is_output(twin) and _shows(branch) and not _is_more_than_text(twin):
                assert twin.parent is not None and branch.parent is not None
                twin.parent.remove(twin)
                branch.parent.replace(branch, branch.children)


def _is_output(branch: nodes.Element) -> bool:
    return any("nboutput" in node["classes"] for node in branch.findall(nodes.Element))


def _is_more_than_text(branch: nodes.Element) -> bool:
    kinds = (nodes.image, nodes.math_block, nodes.table, nodes.paragraph)
    return any(isinstance(node, kinds) for node in branch.findall(nodes.Element))
