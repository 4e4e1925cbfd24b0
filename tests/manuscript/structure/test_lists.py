"""Captions for lists and the indices of domains, as plain data of the book."""

from __future__ import annotations

import pytest

from casebound.model.book import Caption
from casebound.model.diagnostics import BuildStop
from tests.manuscript.conftest import Read
from tests.manuscript.pictures import faults, page
from tests.manuscript.trees import PIXEL

FIGURES = """
.. figure:: /p.png

   One *figure*. [1]_

.. figure:: /p.png

.. table:: A table.

   == ==
   a  b
   == ==

.. code-block:: text
   :caption: A listing.

   x

.. [1] Note.
"""

MODULES = ".. py:module:: {name}\n   :synopsis: About {name}.\n\nText.\n"

BROKEN = """
from sphinx.domains import Index

class Broken(Index):
    name, localname = "broken", "Broken index"

    def generate(self, docnames=None):
        raise ValueError("no\\nway")

def setup(app):
    app.add_index_to_domain("py", Broken)
"""


def test_captions_in_reading_order(book: Read) -> None:
    files = {
        "index.rst": page("B", "", "z", "a"),
        "z.rst": page("Z", FIGURES),
        "a.rst": page("A", FIGURES),
        "p.png": PIXEL,
    }
    found = book(files, "casebound_lists = ('tables', 'figures')").book.captions
    assert found == (
        Caption("figures", "One figure.", "z:id3"),
        Caption("tables", "A table.", "z:id4"),
        Caption("figures", "One figure.", "a:id3"),
        Caption("tables", "A table.", "a:id4"),
    )
    assert [one.text for one in book(files, "casebound_lists = ['code']\nnumfig = True").book.captions] == [
        "Listing 1 A listing.",
        "Listing 2 A listing.",
    ]
    assert book(files, "casebound_lists = ['code']", checking=True).book.captions == ()
    assert book(files).book.captions == ()


def test_domain_indices_tell_of_the_documents_of_the_book(book: Read) -> None:
    files = {
        "index.rst": page("B", "", "z"),
        "z.rst": page("Z", MODULES.format(name="tool") + "\n" + MODULES.format(name="tool.blade")),
        "lost.rst": ":orphan:\n\n" + page("L", MODULES.format(name="lost")),
    }
    for conf in ("casebound_domain_indices = True", "casebound_domain_indices = ['py-modindex']"):
        manuscript = book(files, conf)
        (index,) = manuscript.book.domain_indices
        assert (index.name, index.title, index.target) == ("py-modindex", "Python Module Index", ":py-modindex")
        (group,) = index.groups
        (tool,) = group.entries
        assert (group.letter, tool.term, tool.note) == ("T", "tool", "About tool.")
        assert [reference.target for reference in tool.references] == ["z:module-tool"]
        assert [(sub.term, sub.note) for sub in tool.subentries] == [("tool.blade", "About tool.blade.")]
        assert manuscript.problems == []
    for conf in ("", "casebound_domain_indices = False", "casebound_domain_indices = ()"):
        assert book(files, conf).book.domain_indices == ()
    assert book({"index.rst": page("B")}, "casebound_domain_indices = True").book.domain_indices == ()


def test_an_index_that_fails_is_left_out(book: Read) -> None:
    conf = "casebound_domain_indices = True" + BROKEN
    manuscript = book({"index.rst": page("B", MODULES.format(name="tool"))}, conf)
    assert [index.name for index in manuscript.book.domain_indices] == ["py-modindex"]
    assert faults(manuscript) == " index-failed\n"
    assert "py-broken could not be built and is left out: ValueError: no way." in manuscript.problems[0].message


@pytest.mark.parametrize(
    ("conf", "words"),
    [
        ("casebound_lists = ['maps']", "figures, tables, code"),
        ("casebound_lists = 3", "a list of strings"),
        ("casebound_front_matter = 'a'", "a list of strings"),
        ("casebound_domain_indices = ['py-modindx']", "py-modindex"),
        ("casebound_domain_indices = 7", "True or False"),
        ("casebound_domain_indices = [1]", "a list of strings"),
        ("casebound_remote_images = 'yes'", "True or False"),
    ],
)
def test_values_that_mean_nothing_stop_the_build(book: Read, conf: str, words: str) -> None:
    with pytest.raises(BuildStop) as caught:
        book({"index.rst": page("B")}, conf)
    assert caught.value.problem.code == "setting-invalid"
    assert words in str(caught.value)


def test_terms_of_a_glossary_are_in_the_index_as_the_glossary_says_them(book: Read) -> None:
    glossary = r"""
.. |here| replace:: there

.. glossary::

   :math:`\beta^2` decay
      Beta.

   :math:`f(x; \half)`
      With a macro.

   |here| [#]_
      Replaced.

   **Bold** ``code``
      As Sphinx has it.

.. [#] Note.
"""
    conf = r"mathjax3_config = {'tex': {'macros': {'half': r'\tfrac12'}}}" + "\n"
    manuscript = book({"index.rst": page("B", glossary)}, conf)
    shown = {entry.term: group.letter for group in manuscript.book.index for entry in group.entries}
    assert shown == {"Bold code": "B", "f(x; 1/2)": "F", "there": "T", "β² decay": "\N{GREEK CAPITAL LETTER BETA}"}
    again = book({"index.rst": page("B", glossary)}, conf)
    assert again.book.index == manuscript.book.index
