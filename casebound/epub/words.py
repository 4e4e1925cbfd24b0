"""A word of an edition in the book's language; the names of bibliographic fields are those of docutils."""

from __future__ import annotations

from docutils.languages import get_language

from casebound.i18n import wording

__all__ = ["word"]


def word(name: str, language: str) -> str:
    """The printed form of a label such as ``contents`` or ``warning``; English where no other is known."""
    known = wording.word(name, language)
    if known != name.capitalize() or name in wording.NOTES:
        return known
    labels: dict[str, str] = getattr(get_language(language.replace("_", "-"), None), "labels", {})
    return labels.get(name, known)
