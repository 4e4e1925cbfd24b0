"""Marks: letters with marks of their own stand as one, in a face that can place them, and are read back."""

from __future__ import annotations

import unicodedata

import numpy
import pypdfium2
import pytest
from docutils import nodes

from tests.typesetting.conftest import Set
from tests.typesetting.samples import Printed, of_nodes, words

CLUSTERS = ["Ẹ̀", "ọ́", "ọ̀", "ė̃", "ū́", "ṣ́", "M̂", "ɛ̃", "n̥", "Ọ̀"]


def faces(book: Printed) -> set[str]:
    """The faces of a book without that of its heading."""
    return set(book.fragment.used) - {"SourceSansPro-Semibold"}


def ink(book: Printed) -> numpy.ndarray:
    """Where the first paragraph leaves ink, below the heading: a row each tenth of a point, true where it is dark."""
    with pypdfium2.PdfDocument(book.pdf) as document:
        picture = document[0].render(scale=10, grayscale=True).to_pil()
    return numpy.asarray(picture)[1130:1500, 600:1200] < 128


def middle(dark: numpy.ndarray) -> float:
    """The middle of the columns that have ink."""
    (columns,) = dark.any(axis=0).nonzero()
    return float(columns[0] + columns[-1]) / 2


@pytest.mark.parametrize("cluster", CLUSTERS)
@pytest.mark.parametrize("kind", [nodes.inline, nodes.strong, nodes.emphasis, nodes.literal])
def test_a_mark_stands_above_or_below_its_letter(typeset: Set, kind: type[nodes.TextElement], cluster: str) -> None:
    """Where there is ink that the letter does not have, its middle is about that of the letter."""
    book = typeset(of_nodes(nodes.paragraph("", "", kind("", cluster))))
    assert book.losses == [] and book.text == f"Chapter {cluster}"
    letter = ink(typeset(of_nodes(nodes.paragraph("", "", kind("", unicodedata.normalize("NFD", cluster)[0])))))
    (rows,) = letter.any(axis=1).nonzero()
    dark = ink(book)
    outside = [part for part in (dark[: rows[0] - 4], dark[rows[-1] + 5 :]) if part.any()]
    assert outside
    for part in outside:
        assert middle(part) == pytest.approx(
            middle(letter), abs=17 if kind is nodes.emphasis else 9
        )  # tenths of a point


@pytest.mark.parametrize("name", ["Nguyễn", "Phượng", "Ẹ̀kọ́"])
def test_a_face_lends_a_word_in_italics_not_a_letter_of_it(typeset: Set, name: str) -> None:
    book = typeset(of_nodes(nodes.paragraph("", "", nodes.emphasis("", name))))
    assert faces(book) == {"DejaVuSerif-Italic"}
    assert book.text == f"Chapter {name}"
    roman = typeset(of_nodes(words(name)))
    assert faces(roman) == {"SourceSerifPro-Regular"}


def test_words_beside_a_lent_word_stay_in_their_face(typeset: Set) -> None:
    book = typeset(of_nodes(nodes.paragraph("", "", nodes.emphasis("", "Ask Nguyễn Phượng → then"))))
    assert faces(book) >= {"DejaVuSerif-Italic", "SourceSerifPro-It"}
    assert book.text == "Chapter Ask Nguyễn Phượng → then"
