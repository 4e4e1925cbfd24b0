"""What a node of an extension shows on web pages, where it holds nothing itself: its own writer of HTML is asked."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

from docutils import nodes
from docutils.frontend import get_default_settings
from docutils.utils import new_document
from docutils.writers.html5_polyglot import HTMLTranslator, Writer
from sphinx.application import Sphinx
from sphinx.builders import Builder
from sphinx.writers.html5 import HTML5Translator

from casebound.manuscript.resolving.elements import HtmlReader
from casebound.manuscript.resolving.markup import UnreadableMarkup, parsed

__all__ = ["webform"]


def webform(app: Sphinx, node: nodes.Element, folder: Path | None = None) -> nodes.raw | None:
    """The HTML that the extension writes for the node; None where it writes none that a book can show, or fails.

    Pictures that it makes for the node are files of ``folder``.
    """
    known: dict[str, Any] = app.registry.translation_handlers.get("html", {})
    visit, depart = known.get(type(node).__name__, (None, None))
    if visit is None:
        return None
    page = _page(app, folder)
    try:
        try:
            visit(page, node)
        except nodes.SkipNode:
            pass
        else:
            if depart is not None:
                depart(page, node)
    except Exception:
        # what it needs of a real page is not there: the caller tells of the node
        logging.getLogger(__name__).debug("HTML of %s", type(node).__name__, exc_info=True)
        return None
    text = "".join(map(str, page.body))
    try:
        shown = HtmlReader(lambda address: address if folder else "").blocks(parsed(text)[0]) if text.strip() else []
    except UnreadableMarkup:
        return None
    return nodes.raw(text, text, format="html") if shown else None


class _Screen:
    """A builder as an extension sees it that makes pictures for web pages: all of ours, but for where they go."""

    format, imgpath, imagedir, out_suffix = "html", "_images", "_images", ".html"

    def __init__(self, builder: Builder, folder: Path) -> None:
        self.outdir = folder
        self._builder = builder

    def __getattr__(self, name: str) -> Any:
        return getattr(self._builder, name)


def _page(app: Sphinx, folder: Path | None) -> Any:
    """A writer's page with nothing on it, for one node: a whole builder of HTML would load themes and templates."""
    page: Any = HTML5Translator.__new__(HTML5Translator)
    HTMLTranslator.__init__(page, new_document("", get_default_settings(Writer())))
    page.builder, page.config = _Screen(app.builder, folder) if folder else app.builder, app.config
    return page
