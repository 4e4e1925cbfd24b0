"""casebound binds a Sphinx source tree into one book PDF, one EPUB and one PDF handout per section."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from casebound.model.version import __version__

if TYPE_CHECKING:
    from sphinx.application import Sphinx

__all__ = ["__version__", "setup"]


def setup(app: Sphinx) -> dict[str, Any]:
    """What ``extensions = ["casebound"]`` calls; Sphinx is imported here and not with the package."""
    from casebound.extension import setup as add

    return add(app)
