"""Colours of CSS as red, green and blue with an opacity, all from 0 to 1 (CSS Color 4 and 5)."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache
from itertools import groupby
from typing import Any, cast

import tinycss2
from tinycss2.color5 import parse_color

__all__ = ["BLACK", "Colour", "colour"]

Colour = tuple[float, float, float, float]
"""Red, green, blue, opacity."""

BLACK: Colour = (0.0, 0.0, 0.0, 1.0)
_WHITE: Colour = (1.0, 1.0, 1.0, 1.0)
_SYSTEM = {
    "canvastext": BLACK, "canvas": _WHITE, "linktext": (0.0, 0.0, 0.933, 1.0), "graytext": (0.5, 0.5, 0.5, 1.0),
    "buttontext": BLACK, "buttonface": (0.94, 0.94, 0.94, 1.0), "field": _WHITE, "fieldtext": BLACK,
    "windowtext": BLACK, "window": _WHITE, "background": _WHITE,
}  # fmt: skip
_FROM_XYZ = (
    (3.2409699, -1.5373832, -0.4986108),
    (-0.9692436, 1.8759675, 0.0415551),
    (0.0556301, -0.2039770, 1.0569715),
)
_D50_TO_D65 = (
    (0.9554734, -0.0230985, 0.0632593),
    (-0.0283697, 1.0099955, 0.0210414),
    (0.0123140, -0.0205077, 1.3303659),
)
_P3 = ((0.4865709, 0.2656677, 0.1982173), (0.2289746, 0.6917385, 0.0792869), (0.0, 0.0451134, 1.0439444))
_LMS = ((0.4122215, 0.5363325, 0.0514460), (0.2119035, 0.6806995, 0.1073970), (0.0883025, 0.2817188, 0.6299787))
_OKLAB = ((0.2104543, 0.7936178, -0.0040720), (1.9779985, -2.4285922, 0.4505937), (0.0259040, 0.7827718, -0.8086758))
_FROM_OKLAB = ((1.0, 0.3963378, 0.2158038), (1.0, -0.1055613, -0.0638542), (1.0, -0.0894842, -1.2914855))
_FROM_LMS = (
    (4.0767417, -3.3077116, 0.2309699),
    (-1.2684380, 2.6097574, -0.3413194),
    (-0.0041961, -0.7034186, 1.7076147),
)


@lru_cache(4096)
def colour(text: str, current: Colour = BLACK) -> Colour | None:
    """A colour; ``current`` is what ``currentColor`` means. None where it is not understood."""
    text = text.strip()
    if text.lower() in _SYSTEM:
        return _SYSTEM[text.lower()]
    head, mark, _ = text.partition(" icc-color(")
    tokens = [token for token in tinycss2.parse_component_value_list(head if mark else text, skip_comments=True)]
    tokens = [token for token in tokens if token.type != "whitespace"]
    return _read(tokens[0], current) if len(tokens) == 1 else None


def _read(token: Any, current: Colour) -> Colour | None:
    if token.type == "function" and token.lower_name == "color-mix":
        return _mixed(token.arguments, current)
    try:
        found = parse_color(token)
    except (ValueError, TypeError, AttributeError, AssertionError):
        return None
    if found is None:
        return None
    if found == "currentcolor":
        return current
    rgb = _rgb(found)
    return None if rgb is None else (*_clipped(rgb), float(found.alpha))


def _clipped(rgb: Sequence[float]) -> tuple[float, float, float]:
    red, green, blue = (min(max(part, 0.0), 1.0) for part in rgb)
    return red, green, blue


def _rgb(found: Any) -> Sequence[float] | None:
    values = [float(part or 0) for part in found.coordinates]
    space = found.space
    if space == "srgb":
        return values
    if space in ("hsl", "hwb"):
        return cast(Sequence[float], found.to("srgb").coordinates)
    if space in ("lab", "lch"):
        return _shown(_times(_FROM_XYZ, _times(_D50_TO_D65, found.to("xyz-d50").coordinates)))
    if space in ("oklab", "oklch"):
        return _shown(_times(_FROM_XYZ, found.to("xyz-d65").coordinates))
    if space == "srgb-linear":
        return _shown(values)
    if space in ("xyz", "xyz-d65"):
        return _shown(_times(_FROM_XYZ, values))
    if space == "xyz-d50":
        return _shown(_times(_FROM_XYZ, _times(_D50_TO_D65, values)))
    if space == "display-p3":
        return _shown(_times(_FROM_XYZ, _times(_P3, [_linear(part) for part in values])))
    if space == "device-cmyk":
        cyan, magenta, yellow, black = values
        return [(1 - part) * (1 - black) for part in (cyan, magenta, yellow)]
    return None


def _times(matrix: Sequence[Sequence[float]], values: Sequence[float]) -> list[float]:
    return [sum(a * b for a, b in zip(row, values, strict=True)) for row in matrix]


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def _shown(values: Sequence[float]) -> list[float]:
    return [12.92 * part if part <= 0.0031308 else 1.055 * part ** (1 / 2.4) - 0.055 for part in values]


# mixing (CSS Color 5, 3)


def _mixed(arguments: list[Any], current: Colour) -> Colour | None:
    groups = [list(group) for comma, group in groupby(arguments, lambda token: token == ",") if not comma]
    parts = [[token for token in group if token.type not in ("whitespace", "comment")] for group in groups]
    method = [token.lower_value for token in parts[0] if token.type == "ident"] if parts else []
    if len(parts) == 2:
        parts.insert(0, [])
        method = ["in", "oklab"]
    if len(parts) != 3 or not method or method[0] != "in" or len(method) != 2:
        return None
    pairs = [_portion(part, current) for part in parts[1:]]
    if any(pair is None for pair in pairs):
        return None
    (one, first), (other, second) = cast(list[tuple[Colour, float | None]], pairs)
    first = first if first is not None else 0.5 if second is None else 1 - second
    second = second if second is not None else 1 - first
    total = first + second
    if total <= 0:
        return None
    blended = _blend(method[1], one, other, first / total)
    return None if blended is None else (*blended[:3], blended[3] * min(total, 1.0))


def _portion(tokens: list[Any], current: Colour) -> tuple[Colour, float | None] | None:
    shares = [token.value / 100 for token in tokens if token.type == "percentage"]
    rest = [token for token in tokens if token.type != "percentage"]
    found = _read(rest[0], current) if len(rest) == 1 else None
    return None if found is None else (found, shares[0] if shares else None)


def _blend(space: str, one: Colour, other: Colour, share: float) -> Colour | None:
    if space not in ("srgb", "srgb-linear", "oklab", "oklch"):
        return None
    first, second = _in(space, one), _in(space, other)
    alpha = one[3] * share + other[3] * (1 - share)
    if space == "oklch":
        turn = (second[2] - first[2] + 540) % 360 - 180
        hue = first[2] + turn * (1 - share)
        lightness, chroma = (a * share + b * (1 - share) for a, b in zip(first[:2], second[:2], strict=True))
        values = [lightness, chroma * math.cos(math.radians(hue)), chroma * math.sin(math.radians(hue))]
    else:
        weights = (one[3] * share, other[3] * (1 - share))
        values = [(a * weights[0] + b * weights[1]) / (alpha or 1) for a, b in zip(first, second, strict=True)]
    if space in ("oklab", "oklch"):
        values = _shown(_times(_FROM_LMS, [part**3 for part in _times(_FROM_OKLAB, values)]))
    elif space == "srgb-linear":
        values = _shown(values)
    return (*_clipped(values), alpha)


def _in(space: str, found: Colour) -> list[float]:
    if space == "srgb":
        return list(found[:3])
    linear = [_linear(part) for part in found[:3]]
    if space == "srgb-linear":
        return linear
    lab = _times(_OKLAB, [math.copysign(abs(part) ** (1 / 3), part) for part in _times(_LMS, linear)])
    if space == "oklab":
        return lab
    return [lab[0], math.hypot(lab[1], lab[2]), math.degrees(math.atan2(lab[2], lab[1]))]
