"""Addresses of documents: what the builder answers whoever asks where a document is."""

from __future__ import annotations

from urllib.parse import quote, unquote

__all__ = ["address_of", "document_of_uri"]

_MARK = "%"


def address_of(docname: str) -> str:
    """The address of a document, whoever asks from wherever."""
    return _MARK + quote(docname)


def document_of_uri(uri: str) -> tuple[str, str] | None:
    """Docname and id of an address that the builder gave out; None for any other address."""
    if not uri.startswith(_MARK):
        return None
    name, _, target = uri.removeprefix(_MARK).partition("#")
    return unquote(name), target
