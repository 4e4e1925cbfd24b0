"""Colours as hue and strength, after OKLCH (CSS Color Module Level 4, 9.4), and a style sheet in another accent."""

from __future__ import annotations

from math import atan2, degrees, hypot

from casebound.model.style import RGB

__all__ = ["HOUSE_TINT", "hexadecimal", "tint", "tinted"]

HOUSE_TINT = "0.1 220"
"""Chroma and hue of the house's accent as epub.css writes them."""

_STRONGEST = 0.1  # the chroma of colours in the EPUB: it can be shown at each lightness that text has


def hexadecimal(colour: RGB) -> str:
    """A colour as ``#rrggbb``."""
    return "#" + "".join(f"{round(channel * 255):02x}" for channel in colour)


def tint(colour: RGB) -> str:
    """Chroma and hue of a colour, as ``oklch()`` takes them; a grey has a chroma of 0."""
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour)
    long = (0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue) ** (1 / 3)
    middle = (0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue) ** (1 / 3)
    short = (0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue) ** (1 / 3)
    a = 1.9779984951 * long - 2.4285922050 * middle + 0.4505937099 * short
    b = 0.0259040371 * long + 0.7827717662 * middle - 0.8086757660 * short
    chroma = round(min(hypot(a, b), _STRONGEST), 2)
    return f"{chroma:g} {round(degrees(atan2(b, a))) % 360 if chroma else 0}"


def tinted(css: str, accent: RGB) -> str:
    """The EPUB's style sheet with the house's accent in another hue."""
    return css.replace(f" {HOUSE_TINT})", f" {tint(accent)})")
