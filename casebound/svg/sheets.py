"""Style sheets of drawings, parsed (CSS Syntax 3) and written again without what leads out of the drawing.

What is not understood is left out: at-rules beside those that only choose or animate, functions beside those that
only compute or draw. An address is kept where it names an element of the drawing, or holds an image itself. Drawings
are on white in every output, so of colours for light and dark grounds those for light ones are taken.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from itertools import takewhile
from typing import Any

import tinycss2

__all__ = ["Inside", "clean_declarations", "clean_sheet", "clean_value"]

Inside = Callable[[str], bool]
"""Whether an address stays inside the drawing."""

Token = Any

_NESTING = frozenset({"media", "supports", "keyframes", "-webkit-keyframes", "layer"})
_FUNCTIONS_NAMES = """
rgb rgba hsl hsla hwb lab lch oklab oklch color color-mix light-dark device-cmyk var calc min max clamp round mod
rem sin cos tan asin acos atan atan2 pow sqrt hypot log exp abs sign translate translatex translatey translatez
translate3d rotate rotatex rotatey rotatez rotate3d scale scalex scaley scalez scale3d skew skewx skewy matrix
matrix3d perspective path polygon circle ellipse inset rect xywh blur brightness contrast drop-shadow grayscale
hue-rotate invert opacity saturate sepia linear-gradient radial-gradient conic-gradient repeating-linear-gradient
repeating-radial-gradient repeating-conic-gradient cubic-bezier steps linear ray local format
"""
_FUNCTIONS = frozenset(_FUNCTIONS_NAMES.split())
"""Names of functions that fetch nothing. ``url`` is looked into."""
_FETCHING = frozenset(
    {"image-set", "-webkit-image-set", "image", "cross-fade", "src", "element", "attr", "env", "paint"}
)
_NUMBERS = frozenset({"ident", "number", "percentage", "dimension", "hash", "whitespace", "literal", "comment"})
_DARK = re.compile(r"prefers-color-scheme\s*:\s*dark", re.IGNORECASE)
_PLAIN_ID = re.compile(r"#[\w.:-]+")
_QUOTED = re.compile(r"[^\"'\\()\s]*")


def clean_sheet(text: str, inside: Inside) -> str:
    """A style sheet with the rules that are understood."""
    return _rules(tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True), inside)


def clean_declarations(text: str, inside: Inside) -> str:
    """What is in an attribute ``style``, with the declarations that are understood."""
    return "; ".join(_declarations(text, inside))


def clean_value(text: str, inside: Inside) -> str | None:
    """The value of a property; None where it is not understood."""
    return _value(tinycss2.parse_component_value_list(text, skip_comments=True), inside)


def _rules(rules: Iterable[Token], inside: Inside) -> str:
    return "\n".join(filter(None, (_rule(rule, inside) for rule in rules)))


def _rule(rule: Token, inside: Inside) -> str:
    if rule.type == "qualified-rule":
        prelude = _plain(rule.prelude)
        return f"{prelude}{{{_block(rule.content, inside)}}}" if prelude is not None else ""
    if rule.type == "at-rule" and rule.content is not None and rule.lower_at_keyword in _NESTING:
        prelude = _plain(rule.prelude)
        if prelude is None or _DARK.search(prelude):
            return ""
        inner = tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True)
        return f"@{rule.lower_at_keyword}{prelude}{{{_rules(inner, inside)}}}"
    return ""


def _block(content: list[Token], inside: Inside) -> str:
    """The declarations of a rule, and the rules nested in it (CSS Nesting 1)."""
    found = tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True)
    written = list(_declared(found, inside))
    nested = [each for each in found if each.type in ("qualified-rule", "at-rule")]
    return "; ".join(written) + (";" if written and nested else "") + _rules(nested, inside)


def _declarations(text: str, inside: Inside) -> Iterable[str]:
    return _declared(tinycss2.parse_blocks_contents(text, skip_comments=True, skip_whitespace=True), inside)


def _declared(found: Iterable[Token], inside: Inside) -> Iterable[str]:
    for each in found:
        if each.type != "declaration" or each.lower_name == "color-scheme":
            continue
        value = _value(each.value, inside)
        if value is not None:
            yield f"{tinycss2.serializer.serialize_identifier(each.name)}: {value}{' !important' * each.important}"


def _plain(tokens: list[Token]) -> str | None:
    """A selector or the condition of an at-rule; None where an address is in it."""
    if any(token.type in ("url", "error") for token in _all(tokens)):
        return None
    return str(tinycss2.serialize(tokens))


def _all(tokens: Iterable[Token]) -> Iterable[Token]:
    for token in tokens:
        yield token
        yield from _all(getattr(token, "arguments", None) or getattr(token, "content", None) or ())


def _value(tokens: list[Token], inside: Inside) -> str | None:
    parts = [_component(token, inside) for token in tokens]
    return None if None in parts else "".join(filter(None, parts)).strip()


def _component(token: Token, inside: Inside) -> str | None:
    """A component of a value; None where it is not understood, or leads out of the drawing."""
    if token.type == "url":
        return _address(token.value, inside)
    if token.type == "function":
        if token.lower_name == "url":
            strings = [each.value for each in token.arguments if each.type == "string"]
            return _address(strings[0], inside) if len(strings) == 1 else "none"
        inner = _value(_lit(token), inside) if token.lower_name in _FUNCTIONS or _is_blind(token) else None
        if token.lower_name == "light-dark":
            return inner
        return None if inner is None else f"{token.name}({inner})"
    if token.type in ("() block", "[] block", "{} block"):
        inner = _value(token.content, inside)
        return None if inner is None else f"{token.type[0]}{inner}{token.type[1]}"
    return None if token.type in ("error", "at-rule") else str(token.serialize())


def _is_blind(function: Token) -> bool:
    """Whether a function that is not known can fetch nothing: it has neither an address nor words to make one of."""
    if function.lower_name in _FETCHING or function.lower_name in ("var", "url"):
        return False
    known = [token for token in function.arguments if token.type not in _NUMBERS]
    return all(token.type == "function" and _is_blind(token) for token in known)


def _lit(function: Token) -> list[Token]:
    """The arguments of a function; of ``light-dark()`` the first (CSS Color 5, 8)."""
    tokens: list[Token] = function.arguments
    if function.lower_name != "light-dark":
        return tokens
    return list(takewhile(lambda token: token != ",", tokens))


def _address(link: str, inside: Inside) -> str:
    link = link.strip()
    if not inside(link) or not _QUOTED.fullmatch(link):
        return "none"
    return f"url({link})" if _PLAIN_ID.fullmatch(link) else f'url("{link}")'
