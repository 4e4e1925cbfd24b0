"""The facts of a book: title, identifiers, cover, what Sphinx's own values say; its index."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.manuscript.conftest import Read
from tests.manuscript.invariants import breaches
from tests.manuscript.pictures import page
from tests.manuscript.trees import PIXEL


def test_index(book: Read) -> None:
    text = (
        ".. index:: apple, pear; green, !plum\n   see: fruit; apple\n   seealso: apple; pear\n   single: 1st\n\nText.\n"
    )
    files = {
        "index.rst": page("B", "", "z", "a"),
        "z.rst": page("Z", text),
        "a.rst": page("A", "Section\n-------\n\n.. index:: apple\n\nText.\n"),
        "lost.rst": ":orphan:\n\n" + page("L", ".. index:: lost\n\nText."),
    }
    manuscript = book(files)
    groups = {group.letter: group.entries for group in manuscript.book.index}
    assert list(groups) == ["Symbols", "A", "F", "P"]
    (apple,) = groups["A"]
    assert [reference.target for reference in apple.references] == ["z:index-0", "a:index-0"]
    assert apple.seealso == ("pear",)
    assert groups["F"][0].see == ("apple",)
    pear, plum = groups["P"]
    assert [entry.term for entry in pear.subentries] == ["green"]
    assert plum.references[0].main
    assert breaches(manuscript) == []
    assert book(files, "casebound_index = False").book.index == ()


def test_facts(book: Read) -> None:
    conf = (
        "project = 'Ünder the Höod'\nauthor = 'A. Writer'\nrelease = '1.2'\ncopyright = '2026, A. Writer'\n"
        "language = 'de'\ncasebound_subtitle = 'Sub'\ncasebound_keywords = ['a', 'b']\n"
    )
    shown = book({"index.rst": page("B", "Text.")}, conf).book
    assert (shown.title, shown.basename, shown.author, shown.publisher) == ("B", "under-the-hood", "A. Writer", "")
    assert (shown.release, shown.language, shown.rights) == ("1.2", "de", "© 2026, A. Writer")
    assert (shown.subtitle, shown.keywords, shown.date) == ("Sub", ("a", "b"), "01.01.2026")
    assert shown.identifier.startswith("urn:uuid:")
    bare = book({"index.rst": page("B", "Text.")}).book
    assert (bare.basename, bare.author, bare.rights, bare.subject) == ("b", "", "", "")


SPHINX_EPUB = """
project = "P"
release = "1"
epub_contributor = "C. Editor"
epub_cover = ("_static/front.png", "")
epub_css_files = ["own.css", "gone.css"]
epub_identifier = "978-3-16-148410-0"
epub_scheme = "ISBN"
epub_writing_mode = "vertical"
html_static_path = ["_static"]
"""


def test_values_of_sphinx_for_the_epub_are_used(book: Read) -> None:
    files: dict[str, str | bytes] = {"index.rst": page("B", "Text."), "_static/front.png": PIXEL, "_static/own.css": ""}
    made = book(files, SPHINX_EPUB)
    shown = made.book
    assert (shown.contributor, shown.identifier, shown.is_vertical) == ("C. Editor", "urn:isbn:978-3-16-148410-0", True)
    assert Path(shown.cover).read_bytes() == PIXEL
    assert made.settings.css == ("_static/own.css",)
    assert [(one.code, one.message.split(" of ")[0]) for one in made.problems] == [
        ("css-missing", "The style sheet _static/gone.css")
    ]
    lost = book({"index.rst": page("B", "Text.")}, "epub_cover = ('gone.png', '')\n", fresh=True)
    assert (lost.book.cover, [one.code for one in lost.problems]) == ("", ["cover-missing"])


@pytest.mark.parametrize("stated", ["('_static/front.png', '')", "'_static/front.png'"])
def test_a_cover_in_a_folder_that_web_pages_do_not_have_is_used(book: Read, stated: str) -> None:
    files: dict[str, str | bytes] = {"index.rst": page("B", "Text."), "_static/front.png": PIXEL}
    made = book(files, f"epub_cover = {stated}\n")
    assert made.book.cover and Path(made.book.cover).read_bytes() == PIXEL
    assert "cover-missing" not in [one.code for one in made.problems]


def test_each_language_and_the_pdf_have_an_identifier_of_their_own(book: Read) -> None:
    def identifiers(conf: str) -> tuple[str, str]:
        shown = book({"index.rst": page("B", "Text.")}, f"project = 'P'\nrelease = '1'\n{conf}").book
        return shown.identifier, shown.print_identifier

    english, german = identifiers("language = 'en'\n"), identifiers("language = 'de'\n")
    assert len({*english, *german}) == 4
    assert identifiers("language = 'en'\n") == english
    assert identifiers("casebound_identifier = 'urn:a'\ncasebound_print_identifier = 'urn:b'\n") == ("urn:a", "urn:b")
