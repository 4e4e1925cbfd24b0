"""SVG as every output takes it: one that is alone, without scripts, with the labels of diagrams as text."""

from __future__ import annotations

from casebound.svg.elements import LINK, NUMBER, SVG, URL, Element, attributes, number, stated
from casebound.svg.reading import BrokenSvg, harmless

__all__ = ["LINK", "NUMBER", "SVG", "URL", "BrokenSvg", "Element", "attributes", "harmless", "number", "stated"]
