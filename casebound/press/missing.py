"""Reports characters that no face has: once a script, however many chapters use it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import replace

from casebound.model.fragment import Loss

__all__ = ["together"]

_NAMED, _SHOWN = 3, 20  # characters that are named one by one, and that are shown


def together(losses: Iterable[tuple[str, Loss]]) -> list[Loss]:
    """Losses of fragments, each with the document it is of: those of one script become one, at its first place.

    A place in a document goes before one in the matter, which has none.
    """
    found: dict[str, Loss] = {}
    letters: dict[str, dict[str, None]] = {}
    places: dict[str, set[str]] = {}
    others: list[Loss] = []
    for docname, loss in losses:
        if loss.code != "glyph-missing":
            others.append(replace(loss, docname=loss.docname or docname))
            continue
        name = loss.values["name"]
        places.setdefault(name, set()).add(loss.docname or docname)
        letters.setdefault(name, {}).update(dict.fromkeys(loss.values["letters"]))
        if not found.get(name, replace(loss, docname="")).docname:
            found[name] = replace(loss, docname=loss.docname or docname)
    for name, loss in found.items():
        told = _told(sorted(letters[name]), len(places[name] - {""}))
        others.append(replace(loss, values={**loss.values, "letters": told}))
    return others


def _told(letters: list[str], documents: int) -> str:
    """Some letters in a sentence, and in how many documents they are where these are several."""
    if len(letters) <= _NAMED:
        text = ", ".join(_named(letter) for letter in letters)
    else:
        text = " ".join(letter if _shows(letter) else f"U+{ord(letter):04X}" for letter in letters[:_SHOWN])
        text += f" … ({len(letters):,} in all)" if len(letters) > _SHOWN else ""
    return f"{text}, in {documents} documents" if documents > 1 else text


def _named(letter: str) -> str:
    if letter.isalpha() and _shows(letter):
        return letter
    name = f"U+{ord(letter):04X} {unicodedata.name(letter, '')}".rstrip()
    return f"{letter} ({name})" if _shows(letter) else name


def _shows(letter: str) -> bool:
    """Whether a terminal is likely to show a letter by itself."""
    return letter.isprintable() and not unicodedata.combining(letter)
