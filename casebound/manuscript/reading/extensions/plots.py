"""Plots of matplotlib's directive are saved as drawings for a book, beside the dots that web pages show.

Where matplotlib cannot write to the home folder, it is given a folder of ours.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.application import Sphinx

__all__ = ["draw_vectors", "room_for_matplotlib"]

_MODULE = "matplotlib.sphinxext.plot_directive"
_SALT = {"svg.hashsalt": "casebound"}
"""Without it matplotlib names the parts of a drawing by chance, and no two builds are the same."""


@contextmanager
def room_for_matplotlib(folder: Path) -> Iterator[None]:
    """Name a folder to matplotlib where it can make none of its own: it would print that it has made one in /tmp."""
    variable = "MPLCONFIGDIR"
    if os.environ.get(variable) or _can_be_made(_OWN):
        yield
        return
    os.environ[variable] = str(folder)
    try:
        yield
    finally:
        os.environ.pop(variable, None)


_OWN = (("XDG_CONFIG_HOME", "~/.config"), ("XDG_CACHE_HOME", "~/.cache"))
"""Where matplotlib keeps what it keeps (on macOS and Windows in the home folder, which these are in)."""


def _can_be_made(places: tuple[tuple[str, str], ...]) -> bool:
    """Whether a folder in each of these, given by a variable or else a path, is there or can be made."""
    for variable, usual in places:
        path = Path(os.environ.get(variable) or os.path.expanduser(usual), "matplotlib")
        nearest = next((one for one in (path, *path.parents) if os.path.lexists(one)), path)
        if not (nearest.is_dir() and os.access(nearest, os.W_OK)):
            return False
    return True


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
