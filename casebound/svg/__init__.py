"""SVG as every output takes it: one that stands alone, without scripts, with the labels of diagrams as text."""

from __future__ import annotations

from casebound.svg.reading import (
    LINK,
    NUMBER,
    SVG,
    URL,
    BrokenSvg,
    Element,
    attributes,
    harmless,
    number,
    stated,
)

__all__ = ["LINK", "NUMBER", "SVG", "URL", "BrokenSvg", "Element", "attributes", "harmless", "number", "stated"]
