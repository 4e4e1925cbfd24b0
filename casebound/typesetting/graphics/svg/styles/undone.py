"""What of a style has no counterpart here, to be said."""

from __future__ import annotations

from collections.abc import Iterator

from casebound.typesetting.graphics.svg.styles.style import SvgStyle

__all__ = ["undone"]

_LEFT_OUT = {
    "filter": "filters are left out",
    "backdrop-filter": "filters are left out",
    "offset-path": "motion paths are left out",
    "perspective": "perspective is left out",
    "mask-image": "masks of images are left out",
    "mask-border": "masks of images are left out",
    "background-image": "background images are left out",
    "stroke-alignment": "strokes beside their lines are drawn on them",
    "shape-inside": "text in shapes is set straight",
    "shape-subtract": "text in shapes is set straight",
    "box-shadow": "shadows are left out",
    "-inkscape-stroke": "strokes of Inkscape alone are left out",
}
_INERT = frozenset({"", "none", "auto", "initial"})


def undone(style: SvgStyle) -> Iterator[str]:
    """The words for each property of a style that is left out."""
    for name, words in _LEFT_OUT.items():
        if style[name].lower() not in _INERT:
            yield words
    if style["animation"] or style["animation-name"] not in _INERT:
        yield "animations are shown as still pictures"
