"""Plots of matplotlib's directive are saved as drawings for a book, beside the dots that web pages show."""

from __future__ import annotations

import sys
from typing import Any

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.application import Sphinx

__all__ = ["draw_vectors"]

_MODULE = "matplotlib.sphinxext.plot_directive"
_SALT = {"svg.hashsalt": "casebound"}
"""Without it matplotlib names the parts of a drawing by chance, and no two builds are the same."""


def draw_vectors(app: Sphinx) -> None:
    """Have the directive of an application save SVG too, unless ``plot_formats`` asks for other formats."""
    directive = getattr(sys.modules.get(_MODULE), "PlotDirective", None)
    formats = getattr(app.config, "plot_formats", None)
    if directive is None or formats != ["png", "hires.png", "pdf"] or app.config.plot_srcset:
        return
    if directives._directives.get("plot") is directive:  # type: ignore[attr-defined]
        app.add_directive("plot", _vector(directive, [*formats, "svg"]), override=True)


def _vector(directive: type, formats: list[str]) -> type:
    class Plot(directive):  # type: ignore[misc]
        """The directive, with formats of its own while it runs: what Sphinx knows of the settings stays as it is."""

        def run(self) -> list[nodes.Node]:
            config: Any = self.state.document.settings.env.config
            before = config.plot_formats, config.plot_rcparams
            config.plot_formats, config.plot_rcparams = formats, {**_SALT, **before[1]}
            try:
                return list(super().run())
            finally:
                config.plot_formats, config.plot_rcparams = before

    Plot.__name__ = directive.__name__
    return Plot
