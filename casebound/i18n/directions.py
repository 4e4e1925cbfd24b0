"""Directions of languages and of texts: which run from right to left."""

from __future__ import annotations

from unicodedata import bidirectional

from casebound.i18n.bidi import STRONG, first_strong

__all__ = ["direction_of", "is_right_to_left", "starts_right_to_left"]

_LANGUAGES = frozenset({"ar", "arc", "ckb", "dv", "fa", "he", "iw", "ks", "ps", "sd", "ug", "ur", "yi"})


def is_right_to_left(language: str) -> bool:
    """Whether a language is written from right to left."""
    return language.replace("-", "_").partition("_")[0].lower() in _LANGUAGES


def starts_right_to_left(text: str) -> bool:
    """Whether the first letter with a direction of its own runs from right to left (P2, P3)."""
    return first_strong(list(map(bidirectional, text)), 0, len(text)) == 1


def direction_of(text: str, *, wholly: bool = False) -> str:
    """``rtl`` or ``ltr`` where a text begins in that direction and most of its letters run so; empty for none.

    ``wholly`` asks that all of them do, from the first on: one word of another script must not turn a sentence round,
    nor a heading its number.
    """
    kinds = [kind for kind in map(bidirectional, text) if kind in STRONG or (wholly and kind == "EN")]
    if wholly and kinds and kinds[0] == "EN":
        return ""
    kinds = [kind for kind in kinds if kind in STRONG]
    leftward = sum(kind != "L" for kind in kinds)
    if not kinds or (wholly and 0 < leftward < len(kinds)):
        return ""
    if starts_right_to_left(text):
        return "rtl" if leftward * 2 > len(kinds) else ""
    return "ltr" if leftward * 2 < len(kinds) else ""
