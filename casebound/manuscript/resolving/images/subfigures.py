"""The captions of the pictures of one figure, which sphinx-subfigure makes of their alternative texts."""

from __future__ import annotations

from docutils import nodes

__all__ = ["caption_parts"]


def caption_parts(doctree: nodes.document) -> None:
    """Put the caption of each picture above or below it, where its figure asks for that; the tree changes in place."""
    for figure in list(doctree.findall(nodes.figure)):
        side = figure.get("subcaptions")
        if not figure.get("is_subfigure") or side not in {"above", "below"}:
            continue
        for image in [child for child in figure.children if isinstance(child, nodes.image) and child.get("alt")]:
            words = nodes.paragraph("", str(image["alt"]), classes=["subcaption"])
            words.source, words.line = image.source, image.line
            figure.insert(figure.index(image) + (side == "below"), words)
