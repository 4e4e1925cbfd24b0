"""The trees of a book's chapters, pickled: one each, and another for the EPUB where branches make a difference."""

from __future__ import annotations

import pickle

from docutils import nodes

from casebound.manuscript.branches import Medium, for_medium, has_choice
from casebound.model.fragment import PLACE

__all__ = ["Trees"]


class Trees:
    """Pickled trees by the names of chapters."""

    def __init__(self) -> None:
        self._kept: dict[str, bytes] = {}
        self._of_epub: dict[str, bytes] = {}

    def __contains__(self, name: str) -> bool:
        return name in self._kept

    def get(self, name: str, medium: Medium) -> bytes:
        """What one output has of a chapter. Raises KeyError for one that is not kept."""
        return (medium is Medium.EPUB and self._of_epub.get(name)) or self._kept[name]

    def keep(self, name: str, tree: nodes.document) -> None:
        """Keep the tree of a chapter for each output; where they differ, nodes know their places in the whole of it."""
        if has_choice(tree):
            for place, element in enumerate(tree.findall(nodes.Element)):
                element[PLACE] = place
        whole = pickle.dumps(tree, pickle.HIGHEST_PROTOCOL)
        self._kept[name] = whole
        if for_medium(tree, Medium.PDF):
            self._kept[name] = pickle.dumps(tree, pickle.HIGHEST_PROTOCOL)
            other: nodes.document = pickle.loads(whole)
            for_medium(other, Medium.EPUB)
            self._of_epub[name] = pickle.dumps(other, pickle.HIGHEST_PROTOCOL)
