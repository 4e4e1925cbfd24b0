"""What a reader would fetch from outside an EPUB: addresses in style sheets and drawings, read with tinycss2."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

import tinycss2
from lxml import etree

__all__ = ["fetched_by_page", "fetched_by_sheet"]

_SVG = "{http://www.w3.org/2000/svg}"
_LINKS = ("href", "{http://www.w3.org/1999/xlink}href", "src")
_REMOTE = re.compile(r"\s*(?:(?:[a-z][a-z0-9+.-]*:)?[/\\]{2}|(?:https?|wss?|ftp|file):)", re.IGNORECASE)
_SAID = frozenset({"content", "quotes"})
"""Properties whose strings are shown and fetch nothing."""


def fetched_by_sheet(sheet: bytes) -> list[str]:
    """The remote addresses of a style sheet."""
    rules, _ = tinycss2.parse_stylesheet_bytes(sheet, skip_comments=True, skip_whitespace=True)
    return sorted(set(_of_rules(rules)))


def fetched_by_page(root: etree._Element) -> list[str]:
    """The remote addresses in the style sheets of a page or drawing, in its styles and its drawn elements."""
    found: set[str] = set()
    for element in root.iter(etree.Element):
        if etree.QName(element).localname == "style":
            text = "".join(map(str, element.itertext()))
            found.update(_of_rules(tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True)))
        drawn = element.tag.startswith(_SVG)
        for name, value in element.attrib.items():
            if drawn and name in _LINKS and element.tag != f"{_SVG}a" and _is_remote(str(value)):
                found.add(str(value))
            elif name == "style" or (drawn and "(" in value):
                tokens = tinycss2.parse_component_value_list(str(value), skip_comments=True)
                found.update(_of_values(tokens))
    return sorted(found)


def _is_remote(address: str) -> bool:
    return bool(_REMOTE.match(address))


def _of_rules(rules: Iterable[Any]) -> Iterator[str]:
    for rule in rules:
        if rule.type == "declaration":
            yield from _of_values(rule.value, strings=rule.lower_name not in _SAID)
            continue
        if rule.type == "at-rule":
            yield from _of_values(rule.prelude, strings=rule.lower_at_keyword != "namespace")
        if getattr(rule, "content", None):
            inner = tinycss2.parse_blocks_contents(rule.content, skip_comments=True, skip_whitespace=True)
            yield from _of_rules(inner)


def _of_values(tokens: Iterable[Any], *, strings: bool = True) -> Iterator[str]:
    for token in tokens:
        if token.type == "url" or (token.type == "string" and strings):
            if _is_remote(token.value):
                yield token.value
        elif token.type == "function":
            yield from _of_values(token.arguments, strings=strings or token.lower_name in ("url", "src"))
        elif token.type.endswith(" block"):
            yield from _of_values(token.content, strings=strings)
