"""A statement of the package document (EPUB 3.3 5.5)."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Statement"]


@dataclass(frozen=True, slots=True)
class Statement:
    """One element of the metadata: namespace (``DC`` or none), name, value, attributes."""

    namespace: str | None
    name: str
    value: str
    attributes: tuple[tuple[str, str], ...] = ()
