"""Directions: an item, a term, a note, a cell has that of the book; a paragraph of its own that of its text."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pypdfium2
import pytest
from lxml import etree

from casebound.i18n.directions import direction_of
from tests.press.books import Shop

KINDS = frozenset({"pdf", "epub"})

ENGLISH = """\
Tiny Book
=========

- مرحبا is a greeting one.
- Another item.

1. One.
2. שלום is a greeting two.

שלום is a term
   שלום is its definition three.

.. note:: مرحبا in a note four.

.. list-table::

   * - שלום in a cell five.
     - x

שלום is a word of an English sentence six.

A call [#]_.

עברית נכתבת מימין לשמאל, וזו פסקה עם מילה word.

.. [#] שלום in a footnote seven.
"""

HEBREW = """\
שלום
====

- Python היא שפת תכנות נפוצה אחת.
- שלום עולם.

1. Linux היא מערכת הפעלה שתים.

API היא מילה
   API היא הגדרה שלוש.

.. list-table::

   * - CPU הוא מעבד ארבע.
     - אבג

An English sentence with שלום inside five.
"""


def edges(path: Path, word: str) -> tuple[float, float]:
    """Where the line with a word begins and ends on the last page of a PDF: its left and right edge."""
    document = pypdfium2.PdfDocument(path)
    text = document[len(document) - 1].get_textpage()
    whole = text.get_text_range()
    boxes = [text.get_charbox(index) for index in range(len(whole)) if whole[index].strip()]
    _, bottom, _, top = text.get_charbox(whole.index(word))
    line = [box for box in boxes if box[1] < top and box[3] > bottom]
    document.close()
    return min(box[0] for box in line), max(box[2] for box in line)


def full_stop(path: Path, word: str, mark: str = ".") -> float:
    """The left edge of the full stop, or another mark, on the line of a word."""
    document = pypdfium2.PdfDocument(path)
    text = document[len(document) - 1].get_textpage()
    whole = text.get_text_range()
    _, bottom, _, top = text.get_charbox(whole.index(word))
    stops = [text.get_charbox(index) for index, letter in enumerate(whole) if letter == mark]
    found = next(left for left, low, _, high in stops if low < top and high > bottom)
    document.close()
    return found


def directions(epub: Path, name: str) -> list[tuple[str, str, str]]:
    """What in a chapter of an EPUB has a direction of its own: its element, its direction, how it begins."""
    with zipfile.ZipFile(epub) as archive:
        root = etree.fromstring(archive.read(f"EPUB/{name}.xhtml"))
    return [
        (etree.QName(one).localname, one.get("dir"), "".join(one.itertext())[:6])
        for one in root.iter()
        if one.get("dir") and one is not root
    ]


def test_a_word_from_right_to_left_turns_no_item_of_an_english_book(tmp_path: Path) -> None:
    shop = Shop.of(tmp_path, {"conf.py": 'project = "Tiny Book"\n', "index.rst": ENGLISH})
    assert shop.make(kinds=KINDS).problems == ()
    for word in ("one", "two", "three", "four", "five", "six", "seven"):
        assert edges(shop.book, word)[1] < 350, word  # the measure ends at 510
    assert edges(shop.book, "word.")[1] > 480
    assert directions(shop.epub, "index") == [("p", "rtl", "עברית ")]


def test_a_latin_word_turns_no_item_of_a_hebrew_book(tmp_path: Path) -> None:
    conf = 'project = "Tiny Book"\nlanguage = "he"\n'
    shop = Shop.of(tmp_path, {"conf.py": conf, "index.rst": HEBREW})
    assert shop.make(kinds=KINDS).problems == ()
    for word in ("Python", "Linux", "API", "five"):
        assert edges(shop.book, word)[1] > 450, word
    # the English sentence ends with its full stop at its right, the Hebrew one at its left
    assert full_stop(shop.book, "five") > 490
    assert full_stop(shop.book, "Python") < 400
    assert directions(shop.epub, "index") == [("p", "ltr", "An Eng")]


FIELDS = """\
{title}
=======

:Author: Moses
:מחבר: משה
"""


def test_the_colon_of_a_field_stands_between_its_name_and_its_text(tmp_path: Path) -> None:
    for language, title in (("he", "שלום"), ("en", "Fields")):
        conf = f'project = "Tiny Book"\nlanguage = "{language}"\n'
        shop = Shop.of(tmp_path / language, {"conf.py": conf, "index.rst": FIELDS.format(title=title)})
        assert shop.make(kinds=frozenset({"pdf"})).problems == ()
        for name, text in (("Author", "Moses"), ("מחבר", "משה")):
            colon = full_stop(shop.book, text, ":")
            if language == "he":
                assert left_of(shop.book, text) < colon < left_of(shop.book, name)
            else:
                assert left_of(shop.book, name) < colon < left_of(shop.book, text)


def left_of(path: Path, word: str) -> float:
    """The left edge of a word on the last page."""
    document = pypdfium2.PdfDocument(path)
    text = document[len(document) - 1].get_textpage()
    at = text.get_text_range().index(word)
    found = min(text.get_charbox(index)[0] for index in range(at, at + len(word)))
    document.close()
    return found


OTHERS = """\
Tiny Book
=========

- עברית נכתבת מימין לשמאל eight.

Words.

   עברית נכתבת מימין לשמאל nine.

| עברית נכתבת מימין לשמאל ten.

.. note:: עברית נכתבת מימין לשמאל eleven.
"""


def test_text_of_the_other_direction_follows_itself_where_it_is_no_part_of_a_list_or_note(tmp_path: Path) -> None:
    shop = Shop.of(tmp_path, {"conf.py": 'project = "Tiny Book"\n', "index.rst": OTHERS})
    assert shop.make(kinds=KINDS).problems == ()
    at_the_right = {word: edges(shop.book, word)[1] > 450 for word in ("eight", "nine", "ten.", "eleven")}
    assert at_the_right == {"eight": False, "nine": True, "ten.": True, "eleven": False}
    assert directions(shop.epub, "index") == [("p", "rtl", "עברית ")]


def test_a_latin_word_turns_no_paragraph_of_a_hebrew_book(tmp_path: Path) -> None:
    conf = 'project = "Tiny Book"\nlanguage = "he"\n'
    text = "שלום\n====\n\nLinux היא מערכת ההפעלה של המחשב הזה.\n"
    shop = Shop.of(tmp_path, {"conf.py": conf, "index.rst": text})
    assert shop.make(kinds=KINDS).problems == ()
    assert full_stop(shop.book, "Linux") < left_of(shop.book, "Linux") and directions(shop.epub, "index") == []


@pytest.mark.parametrize(
    ("text", "own", "whole"),
    [
        ("Setup of it", "ltr", "ltr"),
        ("שלום עולם", "rtl", "rtl"),
        ("1 Setup", "ltr", ""),  # a heading's number stays where the book has it
        ("Setup 1", "ltr", "ltr"),
        ("API היא מילה", "", ""),
        ("שלום is a word", "", ""),
        ("שלום עולם API", "rtl", ""),
        ("12 + 3", "", ""),
    ],
)
def test_the_direction_of_a_text(text: str, own: str, whole: str) -> None:
    assert (direction_of(text), direction_of(text, wholly=True)) == (own, whole)
