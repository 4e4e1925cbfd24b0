"""The computed style of an element: what it states, what it inherits, what is so where nobody says (CSS Cascade 4)."""

from __future__ import annotations

import re
from collections.abc import Mapping

import tinycss2

from casebound.svg.cascade import Declared
from casebound.typesetting.graphics.svg.styles.colours import BLACK, Colour, colour
from casebound.typesetting.graphics.svg.styles.values import Lengths, share

__all__ = ["COLOURS", "SvgStyle", "reference", "valid"]

COLOURS = frozenset({"fill", "stroke", "color", "stop-color", "flood-color", "lighting-color"})
_INHERITED_NAMES = """
clip-rule color cursor direction dominant-baseline fill fill-opacity fill-rule font-family font-size font-size-adjust
font-stretch font-style font-variant font-weight letter-spacing marker-end marker-mid marker-start paint-order
stroke stroke-dasharray stroke-dashoffset stroke-linecap stroke-linejoin stroke-miterlimit stroke-opacity stroke-width
text-anchor visibility word-spacing writing-mode white-space color-interpolation text-align line-height text-orientation
font-kerning glyph-orientation-vertical text-transform
"""
_INHERITED = frozenset(_INHERITED_NAMES.split())
_RESETS = frozenset({"initial", "unset", "revert", "revert-layer"})
_KEYWORDS = frozenset({"none", "inherit", "context-fill", "context-stroke", "currentcolor", *_RESETS})
_SIZES = {
    "xx-small": 9.0, "x-small": 10.0, "small": 13.0, "medium": 16.0, "large": 18.0, "x-large": 24.0, "xx-large": 32.0,
    "xxx-large": 48.0,
}  # fmt: skip
_RELATIVE = re.compile(r"([-+]?[0-9]*\.?[0-9]+)(em|rem|ex|ch|lh)\b")
_MEASURED = ("stroke-width", "stroke-dasharray", "stroke-dashoffset", "letter-spacing", "word-spacing")
_REFERENCE = re.compile(r"""url\(\s*["']?#([^)"']+?)["']?\s*\)\s*(.*)""", re.DOTALL)
_LONGEST = 10_000  # characters of a value, variables and all
_DEEPEST = 20


def reference(value: str) -> tuple[str, str]:
    """The id that a value names, and what follows; both empty where it names none."""
    found = _REFERENCE.fullmatch(value.strip())
    return (found[1], found[2].strip()) if found else ("", "")


def valid(name: str, value: str) -> bool:
    """Whether a value means something for a property: of colours, whether they are known."""
    if name not in COLOURS:
        return True
    value = value.strip().removeprefix("none ")
    _, other = reference(value)
    return value.lower() in _KEYWORDS or bool(reference(value)[0]) or colour(other or value) is not None


class SvgStyle:
    """The style of an element in its place; properties that nobody states are ''."""

    def __init__(self, declared: Declared, parent: SvgStyle | None, root: float = 16.0) -> None:
        self._values = dict(parent.inherited) if parent else {}
        above: Mapping[str, str] = parent._values if parent else {}
        stated = self._resolved(declared)
        for name, value in stated.items():
            low = value.lower()
            if low == "inherit" or (low == "currentcolor" and name == "color"):
                self._set(name, above.get(name, ""))
            elif low in _RESETS:
                self._set(name, above.get(name, "") if low != "initial" and name in _INHERITED else "")
            else:
                self._values[name] = value
        self.root = root
        self.size: float = self._type_size(parent.size if parent else 16.0, stated)
        for name in _MEASURED:
            if name in stated and _RELATIVE.search(stated[name]):
                self._values[name] = _RELATIVE.sub(self._pixels, self._values.get(name, ""))

    def __getitem__(self, name: str) -> str:
        return self._values.get(name, "")

    @property
    def inherited(self) -> dict[str, str]:
        """What children inherit."""
        return {name: value for name, value in self._values.items() if name in _INHERITED or name.startswith("--")}

    @property
    def colour(self) -> Colour:
        """What ``currentColor`` means here."""
        return colour(self["color"]) or BLACK if self["color"] else BLACK

    def share(self, name: str) -> float:
        """An opacity, 1 where nobody says."""
        return share(self[name])

    @property
    def is_hidden(self) -> bool:
        return self["visibility"] in ("hidden", "collapse")

    def _set(self, name: str, value: str) -> None:
        if value:
            self._values[name] = value
        else:
            self._values.pop(name, None)

    def _resolved(self, declared: Declared) -> dict[str, str]:
        """The stated values with their variables replaced (CSS Variables 1)."""
        for name, value in declared.items():
            if name.startswith("--"):
                self._values[name] = value
        found: dict[str, str] = {}
        for name, value in declared.items():
            if name.startswith("--"):
                continue
            text = self._replaced(value, 0) if "var(" in value else value
            if text is not None and valid(name, text):
                found[name] = text.strip()
        return found

    def _replaced(self, value: str, depth: int) -> str | None:
        """A value without variables; None where one is not known."""
        if depth > _DEEPEST or len(value) > _LONGEST:
            return None
        parts: list[str] = []
        for token in tinycss2.parse_component_value_list(value, skip_comments=True):
            if token.type == "function" and "var(" in token.serialize():
                inner = self._variable(token, depth) if token.lower_name == "var" else self._within(token, depth)
                if inner is None:
                    return None
                parts.append(inner)
            else:
                parts.append(token.serialize())
        return "".join(parts)

    def _within(self, token: object, depth: int) -> str | None:
        inner = self._replaced(tinycss2.serialize(token.arguments), depth + 1)  # type: ignore[attr-defined]
        return None if inner is None else f"{token.name}({inner})"  # type: ignore[attr-defined]

    def _variable(self, token: object, depth: int) -> str | None:
        text = tinycss2.serialize(token.arguments)  # type: ignore[attr-defined]
        name, comma, fallback = text.partition(",")
        known = self._values.get(name.strip())
        value = known if known is not None else fallback if comma else None
        return None if value is None else self._replaced(value, depth + 1)

    def _type_size(self, above: float, stated: Mapping[str, str]) -> float:
        value = stated.get("font-size", "").lower()
        if value in _SIZES:
            return _SIZES[value]
        if value in ("smaller", "larger"):
            return above * (1.2 if value == "larger" else 1 / 1.2)
        if value.endswith("%"):
            return above * share_of(value)
        return max(Lengths(0, 0, above, self.root).of(value, above), 0.0) if value else above

    def _pixels(self, found: re.Match[str]) -> str:
        return f"{Lengths(0, 0, self.size, self.root).of(found[0]):g}px"


def share_of(value: str) -> float:
    """A percentage as a share of 1."""
    try:
        return max(float(value.rstrip("% ")) / 100, 0.0)
    except ValueError:
        return 1.0
