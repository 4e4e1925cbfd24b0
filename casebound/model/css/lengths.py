"""Lengths as sources write them, in every unit that reStructuredText knows (CSS Values 3, 5 and 6)."""

from __future__ import annotations

import re
from dataclasses import dataclass

__all__ = ["POINTS", "Length", "length"]

_LENGTH = re.compile(r"\s*(\d+\.?\d*|\.\d+)\s*([A-Za-z]*|%)\s*")

_INCH = 72.0
POINTS = {
    "px": 0.75, "pt": 1.0, "pc": 12.0, "in": _INCH, "cm": _INCH / 2.54, "mm": _INCH / 25.4, "q": _INCH / 101.6,
}  # fmt: skip
_EMS = {"em": 1.0, "rem": 1.0, "ex": 0.5, "ch": 0.5}
"""Of a face of which no more is known, an x is half as high as the face, and a 0 half as wide."""
_HUNDREDTHS = {"vw": "w", "vh": "h", "vmin": "min", "vmax": "max", "vi": "w", "vb": "h"}
_LINES = 0.4
"""Ems of a hundredth of the height of a page on which a reader sees forty of them: no reader of EPUB tells its own."""


@dataclass(frozen=True, slots=True)
class Length:
    """A length: a number above 0 and its unit in lower case, px where the source has none."""

    number: float
    unit: str

    @property
    def share(self) -> float | None:
        """A percentage as a share of the measure, no more than all of it; None for any other length."""
        return min(self.number / 100, 1.0) if self.unit == "%" else None

    @property
    def pixels(self) -> float | None:
        """CSS pixels of a length that depends on nothing else."""
        return self.number * POINTS[self.unit] / POINTS["px"] if self.unit in POINTS else None

    def points(self, em: float, page: tuple[float, float]) -> float | None:
        """Points of a length but a percentage, where an em and a page (width and height) have so many."""
        if self.unit in POINTS:
            return self.number * POINTS[self.unit]
        if self.unit in _EMS:
            return self.number * _EMS[self.unit] * em
        if self.unit in _HUNDREDTHS:
            sides = {"w": page[0], "h": page[1], "min": min(page), "max": max(page)}
            return self.number / 100 * sides[_HUNDREDTHS[self.unit]]
        return None

    def css(self, times: float = 1.0) -> str:
        """The length for a style sheet, so many times as long, in a unit that readers of EPUB know.

        What is said of the window is said of the measure: a reader that sets pages beside each other has a window as
        wide as all of them.
        """
        number, unit = self.number * times, self.unit
        if unit == "q":
            number, unit = number / 4, "mm"
        elif unit in _HUNDREDTHS:
            high = _HUNDREDTHS[unit] in {"h", "max"}
            number, unit = (number * _LINES, "em") if high else (number, "%")
        return f"{number:g}{unit}"


def length(text: object) -> Length | None:
    """The length that an attribute states; None where it states none, or none above 0, or in a unit not known."""
    found = _LENGTH.fullmatch(str(text or ""))
    if found is None or not float(found[1]):
        return None
    unit = found[2].lower() or "px"
    known = unit == "%" or unit in POINTS or unit in _EMS or unit in _HUNDREDTHS
    return Length(float(found[1]), unit) if known else None
