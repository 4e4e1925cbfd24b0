"""Addresses of outside links on paper: in notes or in brackets, once, in book and handouts; the proof knows them."""

from __future__ import annotations

from pathlib import Path

import pytest

from casebound.model.diagnostics import BuildStop
from casebound.press import press
from tests.press.books import Shop, Told, pages

LONG = "https://example.org/a-long-way/" + "down/the-path/" * 12 + "page.html?id=4&full=yes"
ONE = f"""\
Links of `Title <https://example.org/title/>`_
==============================================

.. _here:

See the `handbook <https://example.org/handbook/en/>`_ before you begin, and `the form <https://example.org/form?id=4>`_;
the `handbook again <https://example.org/handbook/en/>`_, https://example.org/plain/, `example.org/bare
<https://example.org/bare/>`_, :doc:`two`, and `mail <mailto:ann@example.org>`_.

.. table:: A title with `its link <https://example.org/table>`_

   == ===================================
   a  `Cell <https://example.org/cell>`_
   == ===================================

:ref:`There <here>`: :rfc:`2324` and :pep:`8`.

.. figure:: none.png

   A caption with `a link <https://example.org/caption>`_.

`Long <{LONG}>`_.
"""
TWO = "Two\n===\n\nA note [#]_ and `a link <https://example.org/two>`_.\n\n.. [#] Of its own.\n"
ROOT = "Book\n====\n\nText.\n\n.. toctree::\n\n   one\n   two\n"


def made(folder: Path, conf: str) -> tuple[Shop, str]:
    shop = Shop.of(folder, {"conf.py": conf, "index.rst": ROOT, "one.rst": ONE, "two.rst": TWO})
    told = [problem.code for problem in shop.make().problems]
    assert set(told) <= {"alt-missing", "image-missing", "source-warning"}, told
    verdict = press.prove(shop.places, report=Told(), closely=True)
    assert [str(problem) for problem in verdict.problems] == []
    return shop, "\n".join(line for page in pages(shop.book) for line in page)


def test_addresses_stand_at_the_foot_of_their_page(tmp_path: Path) -> None:
    shop, text = made(tmp_path, 'project = "Tiny Book"\nlatex_show_urls = "footnote"\n')
    assert text.count("https://example.org/handbook/en/") == 1
    solid = "".join(text.split())
    assert "handbook1beforeyoubegin,andtheform2;thehandbookagain1," in solid
    assert "1. https://example.org/handbook/en/" in text and "2. https://example.org/form?id=4" in text
    assert "ann@example.org" in text and "https://example.org/cell" in text
    assert solid.count("example.org/plain") == solid.count("example.org/bare") == 1
    assert ".https://example.org/caption" in solid and ".https://example.org/table" in solid
    assert "example.org/title" not in text
    assert LONG in solid  # no line of it ends with a hyphen
    assert "Anote1andalinka.1.Ofitsown.ahttps://example.org/two" in solid
    handout = "".join("".join(page) for path in shop.handouts() for page in pages(path))
    assert "https://example.org/form?id=4" in handout


def test_addresses_stand_in_brackets(tmp_path: Path) -> None:
    _, text = made(tmp_path, 'project = "Tiny Book"\ncasebound_show_urls = "inline"\nlatex_show_urls = "footnote"\n')
    solid = "".join(text.split())
    assert "handbook(https://example.org/handbook/en/)beforeyoubegin" in solid
    assert "(https://example.org/form?id=4);the" in solid
    assert "(ann@example.org)" in solid and "itslink(https://example.org/table)" in solid


@pytest.mark.parametrize(("conf", "shown"), [("", True), ('casebound_show_urls = "no"\n', False)])
def test_the_print_style_says_addresses_unless_the_book_does_not(tmp_path: Path, conf: str, shown: bool) -> None:
    _, text = made(tmp_path, f'project = "Tiny Book"\ncasebound_style = ("print",)\n{conf}')
    assert ("https://example.org/handbook/en/" in text) is shown


def test_the_screen_says_no_address_and_a_wrong_word_stops(tmp_path: Path) -> None:
    _, text = made(tmp_path / "a", 'project = "Tiny Book"\n')
    assert "https://example.org/handbook/en/" not in text
    with pytest.raises(BuildStop, match="casebound_show_urls"):
        made(tmp_path / "b", 'project = "Tiny Book"\ncasebound_show_urls = "margin"\n')


APART = f"""\
Apart
=====

.. parsed-literal::

   see `code <https://example.org/code>`_

A note [#]_ and `a long way <https://example.org/{"far/" * 200}>`_.

.. [#] Of its own, with `an address <https://example.org/noted>`_.
"""


def test_what_has_no_room_for_a_note_says_its_address_in_brackets_and_code_says_none(tmp_path: Path) -> None:
    conf = 'project = "Tiny Book"\n'
    shop = Shop.of(tmp_path, {"conf.py": f'{conf}latex_show_urls = "footnote"\n', "index.rst": APART})
    assert [str(problem) for problem in shop.make().problems] == []
    solid = "".join("".join(page) for page in pages(shop.book)).replace(" ", "")
    assert "anaddress(https://example.org/noted)" in solid and "alongway(https://example.org/far/far/" in solid
    assert "example.org/code" not in solid
    (shop.places.source / "conf.py").write_text(f'{conf}casebound_show_urls = "no"\n')
    again = Shop.at(tmp_path)
    again.make()
    assert "example.org" not in "".join("".join(page) for page in pages(again.book))
