"""Passages in another language than their book: a class ``language-fr`` says so, as docutils has it."""

from __future__ import annotations

import re
from collections.abc import Iterable

__all__ = ["language_of"]

_LANGUAGE = re.compile(r"language-([a-z]{2,3}(?:-[A-Za-z0-9]{1,8})*)")  # BCP 47


def language_of(classes: Iterable[str]) -> str:
    """The language that class names say; empty where they say none."""
    found = map(_LANGUAGE.fullmatch, classes)
    return next((match[1] for match in found if match), "")
