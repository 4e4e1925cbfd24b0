"""What we use of rst2pdf, imported without matplotlib, which it would load for formulas that we set ourselves.

Loading takes half a second, and matplotlib prints notices where it cannot write to the home folder.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import sphinx.addnodes  # noqa: F401  # rst2pdf takes it from sphinx without importing it

__all__ = ["NodeHandler", "RstToPdf", "relaxed_json", "styles"]


@contextmanager
def _without(name: str) -> Iterator[None]:
    """Nobody finds a module meanwhile, nor what is in it; whoever has imported it before keeps it."""
    modules: dict[str, Any] = sys.modules
    known = {key: module for key, module in modules.items() if key == name or key.startswith(f"{name}.")}
    for key in known:
        del modules[key]
    modules[name] = None
    try:
        yield
    finally:
        del modules[name]
        modules.update(known)


with _without("matplotlib"):
    from rst2pdf import styles
    from rst2pdf.basenodehandler import NodeHandler
    from rst2pdf.createpdf import RstToPdf
    from rst2pdf.rson import loads as relaxed_json
