"""What settings mean: which words each may be, and what is said of a value of the right type that means nothing."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from casebound.model.conformance import STANDARDS
from casebound.model.diagnostics import CATALOGUE, stop

__all__ = ["NOT_IN_FILE_NAMES", "check_meaning"]

NOT_IN_FILE_NAMES = re.compile(r'[\x00-\x1f/\\:*?"<>|]')
_WORDS: Mapping[str, tuple[str | bool, ...]] = {
    "toctree": ("hoist", "strict", "as-is"),
    "numbering": ("continue", "restart"),
    "show_urls": ("", "no", "footnote", "inline"),
    "openings": ("any", "sections", "recto"),
    "handout_links": ("sibling", "book", "web", "none"),
    "html_builder": ("html", "dirhtml"),
    "page_list": ("auto", True, False),
}
"""What a setting may be, where that is one of a few words."""

_EACH = {"lists": ("figures", "tables", "code"), "conformance": tuple(STANDARDS)}
"""What each of the words of a setting may be."""

_PATTERNS = (
    (
        "certified_standard",
        re.compile(r"EPUB Accessibility 1\.1 - WCAG 2\.[0-2] Level A{1,3}"),
        "it reads as EPUB Accessibility 1.1 - WCAG 2.1 Level AA.",
    ),
    ("certified_report", re.compile(r"|https?://\S+"), "it is an address, https://..."),
)
"""What a setting must look like, and what is said otherwise."""


def check_meaning(values: Mapping[str, Any]) -> None:
    """Raise BuildStop for a value of the right type that means nothing."""
    basename = values["basename"]
    if NOT_IN_FILE_NAMES.search(basename) or basename in {".", ".."}:
        raise stop("setting-invalid", name="casebound_basename", value=basename, detail="it is not a file name.")
    for name, words in _WORDS.items():
        if values[name] not in words:
            detail = f"it is one of {', '.join(map(str, words))}."
            raise stop("setting-invalid", name=f"casebound_{name}", value=values[name], detail=detail)
    for name, pattern, detail in _PATTERNS:
        if not pattern.fullmatch(values[name]):
            raise stop("setting-invalid", name=f"casebound_{name}", value=values[name], detail=detail)
    for name, words in _EACH.items():
        for word in values[name]:
            if word not in words:
                detail = f"each is one of {', '.join(words)}."
                raise stop("setting-invalid", name=f"casebound_{name}", value=word, detail=detail)
    if len(levels := [word for word in values["conformance"] if word.startswith("a-")]) > 1:
        raise stop(
            "setting-invalid", name="casebound_conformance", value=levels, detail="a file has one level of PDF/A."
        )
    for name in ("ignore", "errors"):
        for code in values[name]:
            if code not in CATALOGUE:
                raise stop("setting-invalid", name=f"casebound_{name}", value=code, detail="there is no such fault.")
