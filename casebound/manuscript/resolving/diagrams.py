"""Draws the graphs of ``sphinx.ext.graphviz`` and its like as vectors, where Graphviz is installed."""

from __future__ import annotations

import shutil
import subprocess
from base64 import b64encode
from collections.abc import Mapping

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util import logging

__all__ = ["GRAPHS", "drawn"]

GRAPHS = frozenset({"graphviz", "inheritance_diagram"})
"""Classes of nodes whose code is a graph in the language of dot."""

_SECONDS = 30.0

logger = logging.getLogger(__name__)


def drawn(app: Sphinx, node: nodes.Element, code: str) -> nodes.image | None:
    """The graph as an image that holds its own SVG; None where it cannot be drawn, and its code is shown instead.

    A graph that Graphviz refuses is told of, a missing Graphviz is not.
    """
    options = node.get("options")
    options = options if isinstance(options, Mapping) else {}
    asked = str(options.get("graphviz_dot") or getattr(app.config, "graphviz_dot", "dot"))
    program = shutil.which(asked)
    if type(node).__name__ not in GRAPHS or program is None:
        return None
    command = [program, *map(str, getattr(app.config, "graphviz_dot_args", ())), "-Tsvg"]
    try:
        done = subprocess.run(
            command, input=code.encode(), capture_output=True, cwd=app.srcdir, timeout=_SECONDS, check=True
        )
    except (subprocess.SubprocessError, OSError) as error:
        said = getattr(error, "stderr", b"") or str(error).encode()
        detail = said.decode("utf-8", "replace").strip().partition("\n")[0]
        logger.warning("Graphviz could not draw a graph: %s", detail, location=node, type="graphviz")
        return None
    uri = "data:image/svg+xml;base64," + b64encode(done.stdout).decode()
    return nodes.image("", uri=uri, alt=str(node.get("alt") or code), align=str(node.get("align") or "center"))
