"""What style sheets, styles and attributes of a drawing state for each of its elements (CSS Cascade 4, SVG 2 6)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

import cssselect2
import tinycss2
from lxml import etree

from casebound.svg.elements import STATED, SVG, Element

__all__ = ["Cascade", "Declared"]

Declared = Mapping[str, str]
"""The winning value of each property that is stated for an element."""

_PRESENTATION = STATED | {"transform", "x", "y", "width", "height", "cx", "cy", "r", "rx", "ry", "white-space"}
_PLACES = frozenset({"x", "y", "width", "height", "cx", "cy", "r", "rx", "ry"})
_LENGTH = re.compile(r"[-+]?[0-9.]+(?:e[-+]?[0-9]+)?", re.IGNORECASE)
_MEASURED = frozenset({"font-size", "letter-spacing", "word-spacing", "baseline-shift"})
"""Properties whose lengths need a unit in CSS, and none in an attribute."""
_LARGEST_SHEET = 20_000  # rules of a drawing that are read
_MOST_TRIED = 20_000_000  # elements times rules

Rank = tuple[bool, int, tuple[int, ...], int]
Valid = Callable[[str, str], bool]


class Cascade:
    """The declarations of a drawing. ``valid`` says whether a value means something for a property."""

    def __init__(self, root: Element, size: tuple[float, float], valid: Valid) -> None:
        self._valid = valid
        self._size = size
        self._matcher = cssselect2.Matcher()
        self._order = 0
        self._declared: dict[Element, Declared] = {}
        self.unread: dict[str, None] = {}
        """Selectors that are not understood."""
        rules = 0
        for sheet in root.iter(f"{{{SVG}}}style"):
            if sheet.text and self._applies(sheet.get("media", "")):
                for rule in self._rules(_parsed(sheet.text)):
                    rules += rule
        few = rules * sum(1 for _ in root.iter(etree.Element)) < _MOST_TRIED and rules < _LARGEST_SHEET
        for wrapper in cssselect2.ElementWrapper.from_xml_root(root).iter_subtree():
            matched = self._matcher.match(wrapper) if rules and few else ()
            self._declared[wrapper.etree_element] = self._win(wrapper.etree_element, matched)

    def __getitem__(self, element: Element) -> Declared:
        return self._declared.get(element, {})

    def _rules(self, rules: Iterable[Any], around: list[Any] | None = None) -> Iterator[int]:
        for rule in rules:
            if rule.type == "qualified-rule":
                yield self._add(rule, around)
            elif rule.type == "at-rule" and rule.lower_at_keyword in ("media", "layer", "supports"):
                condition = tinycss2.serialize(rule.prelude)
                if rule.lower_at_keyword != "media" or self._applies(condition):
                    yield from self._rules(_parsed(rule.content), around)

    def _add(self, rule: Any, around: list[Any] | None) -> int:
        prelude = rule.prelude if around is None else _nested(around, rule.prelude)
        found = tinycss2.parse_blocks_contents(rule.content, skip_comments=True, skip_whitespace=True)
        declarations = list(_expanded(found))
        try:
            selectors = cssselect2.compile_selector_list(prelude)
        except cssselect2.SelectorError:
            self.unread[tinycss2.serialize(prelude).strip()] = None
            return 0
        for selector in selectors:
            if selector.pseudo_element is None:
                self._matcher.add_selector(selector, declarations)
        inner = [each for each in found if each.type in ("qualified-rule", "at-rule")]
        return 1 + sum(self._rules(inner, prelude))

    def _win(self, element: Element, matched: Iterable[Any]) -> Declared:
        """The winning declarations: of attributes, rules and style, of which important ones come last."""
        stated: list[tuple[Rank, str, str]] = []
        for name, value in element.attrib.items():
            if name in _PRESENTATION:
                stated += [((False, 0, (), 0), key, text) for key, text in _longhands(str(name), str(value))]
        for specificity, order, _, declarations in matched:
            for name, value, important in declarations:
                stated.append(((important, 1, specificity, order), name, value))
        if element.get("style"):
            found = tinycss2.parse_blocks_contents(element.get("style"), skip_comments=True, skip_whitespace=True)
            for name, value, important in _expanded(found):
                stated.append(((important, 2, (), 0), name, value))
        stated.sort(key=lambda each: each[0])
        won: dict[str, str] = {}
        for rank, name, value in stated:
            of_css = rank[1] > 0
            if of_css and name in _MEASURED and _LENGTH.fullmatch(value) and float(value):
                continue
            if "var(" in value or self._valid(name, value):
                won[name] = value.strip()
        return won

    def _applies(self, condition: str) -> bool:
        """Whether a list of media queries holds on paper (Media Queries 4)."""
        queries = [query.strip().lower() for query in condition.split(",")]
        return not condition.strip() or any(self._holds(query) for query in queries)

    def _holds(self, query: str) -> bool:
        if query.startswith("not "):
            return not self._holds(query[4:])
        parts = [part.strip() for part in query.removeprefix("only ").split(" and ")]
        return all(self._feature(part) for part in parts)

    def _feature(self, part: str) -> bool:
        name, _, value = part.strip("() ").partition(":")
        name, value = name.strip(), value.strip()
        width, height = self._size
        side = {"width": width, "height": height}.get(name.removeprefix("min-").removeprefix("max-"))
        if side is not None and (found := _LENGTH.match(value)):
            pixels = float(found[0]) * (16 if value.endswith("em") else 1)
            return side >= pixels if name.startswith("min-") else side <= pixels
        return name in ("all", "print") or (name, value) in _PAPER


_PAPER = {
    ("prefers-color-scheme", "light"), ("prefers-contrast", "no-preference"), ("scripting", "none"),
    ("prefers-reduced-motion", "reduce"), ("color", ""), ("update", "none"), ("hover", "none"),
}  # fmt: skip


def _parsed(sheet: Any) -> Any:
    if isinstance(sheet, str):
        return tinycss2.parse_stylesheet(sheet, skip_comments=True, skip_whitespace=True)
    return tinycss2.parse_rule_list(sheet, skip_comments=True, skip_whitespace=True)


def _nested(around: list[Any], inner: list[Any]) -> list[Any]:
    """The selector of a rule within a rule (CSS Nesting 1, 3)."""
    outside = f":is({tinycss2.serialize(around).strip()})"
    text = tinycss2.serialize(inner)
    return list(tinycss2.parse_component_value_list(text.replace("&", outside) if "&" in text else f"{outside} {text}"))


def _expanded(found: Iterable[Any]) -> Iterator[tuple[str, str, bool]]:
    for each in found:
        if each.type == "declaration":
            name = each.name if each.name.startswith("--") else each.lower_name
            for key, text in _longhands(name, tinycss2.serialize(each.value).strip()):
                yield key, text, each.important


def _longhands(name: str, value: str) -> Iterator[tuple[str, str]]:
    """The properties that a shorthand sets."""
    if name == "marker":
        yield from ((f"marker-{end}", value) for end in ("start", "mid", "end"))
    elif name == "background":
        yield "background-color", value
    elif name in ("text-decoration", "text-decoration-line"):
        yield "text-decoration", value
    elif name == "font":
        yield from _font(value)
    else:
        yield name, value


_SIZE = re.compile(r"(?:^|\s)((?:[0-9.]+(?:[a-z]+|%)|(?:xx?x?-)?(?:small|large)|medium|smaller|larger))(/\S+)?\s+(.+)$")


def _font(value: str) -> Iterator[tuple[str, str]]:
    """The font that a shorthand states (CSS Fonts 4, 2.7)."""
    found = _SIZE.search(value)
    if found is None:
        return
    yield "font-size", found[1]
    yield "font-family", found[3]
    words = value[: found.start()].split()
    yield "font-style", next((word for word in words if word in ("italic", "oblique")), "normal")
    yield "font-weight", next((word for word in words if word.startswith("bold") or word.isdigit()), "normal")
    yield "font-variant", next((word for word in words if word.endswith("caps")), "normal")
