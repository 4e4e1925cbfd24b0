"""casebound binds a Sphinx source tree into one book PDF, one EPUB and one PDF handout per section."""

from casebound.extension import setup

__all__ = ["__version__", "setup"]

__version__ = "0.1.0"
