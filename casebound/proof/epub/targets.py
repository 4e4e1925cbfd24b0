"""Targets: whether a link of an EPUB opens what the source's link does."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import unquote

from casebound.proof.epub.package import Package
from casebound.proof.headings import leftward, squeezed
from casebound.proof.spoken import is_web
from casebound.proof.words import tidy

__all__ = ["Targets"]

_NEAR = 60  # letters behind the place that a link opens among which those of its target begin


class Targets:
    """The places of an EPUB.

    ``chapters`` are the names of those on each page, ``letters`` the first ones at each named destination.
    """

    def __init__(self, package: Package, chapters: Mapping[str, set[str]], letters: Mapping[str, str]) -> None:
        self._package, self._letters = package, letters
        self._documents = {path: {name.partition("#")[0] for name in names} for path, names in chapters.items()}
        self._known: dict[tuple[str, str], bool] = {}

    def leads(self, wanted: str, found: str) -> bool:
        """Whether a link that opens ``found``, a ``path#id``, opens ``wanted``, a named destination.

        Either may be a place on the web.
        """
        if not wanted or not found or is_web(wanted) or is_web(found):
            return unquote(wanted) == unquote(found)
        if (wanted, found) not in self._known:
            self._known[wanted, found] = self._opens(wanted, *found.split("#", 1))
        return self._known[wanted, found]

    def _opens(self, wanted: str, path: str, fragment: str) -> bool:
        page = self._package.pages.get(path)
        document, _, name = wanted.rpartition(":")
        if page is None or document not in self._documents.get(path, {""}):  # an index is in no document
            return False
        place = page.ids.get(fragment) if fragment else 0
        if place is None:
            return False
        if name and name in page.ids and page.ids[name] == place:
            return True
        letters = self._letters.get(wanted, "")
        text = squeezed(tidy(page.text[place : place + len(letters) * 2 + 2 * _NEAR]))
        if not letters or leftward(letters):
            return name not in page.ids
        return letters in text[: len(letters) + _NEAR]
