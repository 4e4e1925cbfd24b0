"""Page breaks that authors ask for, and what they want kept together, at any depth of the text."""

from __future__ import annotations

from tests.typesetting.conftest import Set
from tests.typesetting.samples import LOREM

LIST = """\
Chapter
=======

Before.

.. container:: new-page

   First on the second page.

- One.

  .. class:: new-page

  Third page, in an item.

  - Deep.

.. class:: new-page

1. Fourth page.

.. class:: new-page

.. note:: Fifth page.

.. class:: new-page

Heading of the sixth
--------------------

Text.

.. class:: new-page

== ==
a  b
== ==
7  h
== ==
"""


def test_pages_begin_where_they_are_asked_for(typeset: Set) -> None:
    book = typeset(LIST)
    assert book.losses == []
    assert [" ".join(page.split()) for page in book.pages] == [
        "Chapter Before.",
        "First on the second page. • One.",
        "Third page, in an item. – Deep.",
        "1. Fourth page.",
        "Note Fifth page.",
        "Heading of the sixth Text.",
        "a b 7 h",
    ]


def test_a_break_at_the_head_of_a_page_makes_no_empty_page(typeset: Set) -> None:
    book = typeset("Chapter\n=======\n\nText.\n\n.. class:: new-page\n\n.. container:: new-page\n\n   After.\n")
    assert [" ".join(page.split()) for page in book.pages] == ["Chapter Text.", "After."]


ODD = """\
Chapter
=======

Before.

.. container:: odd-page new-page

   .. container:: odd-page new-page

      LONG

- One.

  .. class:: even-page new-page keep-together

  In an item.

.. class:: odd-page new-page

.. note:: A note.

.. class:: odd-page new-page

Heading
-------

.. class:: odd-page new-page

Text.
"""


def test_an_empty_page_stands_before_each_page_that_is_to_be_odd_or_even(typeset: Set) -> None:
    book = typeset(ODD.replace("LONG", "Begin. " + " ".join([LOREM] * 40)))
    assert book.losses == []
    begins = [" ".join(page.split())[:6].rstrip() for page in book.pages]
    assert begins[:3] == ["Chapte", "", "Begin."] and begins[3]  # it goes on
    assert begins[4:] == ["", "In an", "", "Note A", "", "Headin", "", "Text."]


def kept(lines: int, body: str) -> str:
    filler = "".join(f"{LOREM}\n\n" for _ in range(lines))
    return f"Chapter\n=======\n\n{filler}.. container:: keep-together\n\n   Begin.\n\n{body}\n   End.\n\nAfter.\n"


def test_what_is_kept_together_moves_to_the_next_page(typeset: Set) -> None:
    """At many places of the page: it is never parted, and not moved where it fits."""
    body = "".join(f"   Step {number}. {LOREM}\n\n" for number in range(4))
    body += "   .. note:: Noted.\n\n   - item\n   - other\n\n   ::\n\n      code\n"
    moved = 0
    for lines in range(8, 20):
        book = typeset(kept(lines, body))
        (first,) = [number for number, page in enumerate(book.pages) if "Begin." in page]
        assert "End." in book.pages[first], lines
        moved += first
    assert 0 < moved < 12


def test_neighbours_that_are_kept_together_part_from_each_other(typeset: Set) -> None:
    """Each stays whole, and the first stays where it is when the second goes to the next page."""
    one, two = (
        f".. container:: keep-together\n\n   {name} begins.\n\n{f'   {LOREM}' * 6}\n\n   {name} ends.\n\n"
        for name in "AB"
    )
    parted = 0
    for lines in range(6, 20):
        book = typeset(f"Chapter\n=======\n\n{''.join(f'{LOREM}{chr(10)}{chr(10)}' for _ in range(lines))}{one}{two}")
        places = [
            next(at for at, page in enumerate(book.pages) if f"{name} {word}" in page)
            for name in "AB"
            for word in ("begins.", "ends.")
        ]
        assert places[0] == places[1] and places[2] == places[3], lines
        parted += places[0] != places[2]
    assert parted


def test_what_no_page_holds_is_parted(typeset: Set) -> None:
    book = typeset(kept(3, "".join(f"   Step {number}. {LOREM}\n\n" for number in range(40))))
    assert len(book.pages) > 1 and book.losses == []
    assert "Step 39." in book.text and "Begin." in book.text and "End." in book.text
    assert book.off_page() == []


def test_a_chapter_that_is_asked_to_begin_a_page_has_no_empty_one_before_it(typeset: Set) -> None:
    book = typeset(".. class:: new-page\n\nChapter\n=======\n\n.. class:: new-page\n\nText.\n")
    assert [" ".join(page.split()) for page in book.pages] == ["Chapter", "Text."]
