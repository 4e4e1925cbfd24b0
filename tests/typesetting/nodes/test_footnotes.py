"""Which footnotes stand at the foot of the page that calls for them."""

from __future__ import annotations

import pytest

from casebound.typesetting.nodes.footnotes import at_the_foot
from tests.typesetting.samples import tree

LONG = "Word after word. " * 100

PICTURES = {
    "called for in text": ("Text [#a]_.\n\n.. [#a] First.", "First."),
    "called for in a note at a foot": ("Text [#a]_.\n\n.. [#a] First [#b]_.\n\n.. [#b] Second.", "First 2. Second."),
    "called for by itself alone": ("Text.\n\n.. [#a] First [#a]_.", ""),
    "called for in a note that has no room": (f"Text [#a]_.\n\n.. [#a] {LONG} [#b]_.\n\nMore.\n\n.. [#b] Second.", ""),
    "called for in a citation": ("Text [C]_.\n\n.. [C] See [#a]_.\n\nMore.\n\n.. [#a] First.", ""),
    "called for in a citation first": ("Text [C]_.\n\n.. [C] See [#a]_.\n\nMore [#a]_.\n\n.. [#a] First.", ""),
    "called for in a citation last": ("More [#a]_ [C]_.\n\n.. [C] See [#a]_.\n\nText.\n\n.. [#a] First.", "First."),
    "not called for": ("Text.\n\n.. [#a] First.", ""),
    "beside one that is not called for": ("Text [#a]_.\n\n.. [#a] First.\n.. [#b] Second.", ""),
    "under a heading": ("Text [#a]_.\n\nNotes\n-----\n\n.. [#a] First.", ""),
    "under a heading and text": ("Text [#a]_.\n\nNotes\n-----\n\nThese are they.\n\n.. [#a] First.", "First."),
    "called for in columns and captions": (
        ".. table:: Caption [#a]_\n\n   == ======\n   x  [#b]_\n   == ======\n\n.. [#a] First.\n.. [#b] Second.",
        "First. Second.",
    ),
    "called for in a literal": (".. parsed-literal::\n\n   x [#a]_\n\n.. [#a] First.", "First."),
}


@pytest.mark.parametrize("name", PICTURES)
def test_a_note_stands_at_the_foot_where_its_page_can_be_told(name: str) -> None:
    source, standing = PICTURES[name]
    found = at_the_foot(tree(f"Chapter\n=======\n\n{source}\n"), "en")
    assert " ".join(note.children[-1].astext() for note in found) == standing
