"""Lines that run from right to left are read as they were written, word after word."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pikepdf
from docutils import nodes

from casebound.typesetting import Typesetter
from tests.bindery.readers import tags
from tests.typesetting.samples import of_nodes, printed, words

HEBREW = "שלום עולם זה משפט with English words וגם מספרים"


def turned(text: str) -> str:
    """Hebrew words as they are from left to right on paper."""
    return " ".join(word if word.isascii() else word[::-1] for word in text.split(" "))


def test_words_from_right_to_left_are_in_their_order(tmp_path: Path) -> None:
    link = nodes.reference("", "", nodes.Text("קישור"), refuri="https://example.org/")
    line = nodes.paragraph("", "", nodes.Text("זה "), link, nodes.Text(" משפט"))
    book = printed(Typesetter(language="he"), of_nodes(words(HEBREW), line))
    found = [each.strip().strip('"') for each in tags(book.pdf, tmp_path).splitlines() if '"' in each]
    assert " ".join(" ".join(found[1:]).split()) == turned(f"{HEBREW} זה קישור משפט")


def test_strings_that_are_reversed_say_so(tmp_path: Path) -> None:
    book = printed(Typesetter(language="he"), of_nodes(words(HEBREW)))
    content = b"".join(_contents(book.pdf))
    assert content.count(b"/ReversedChars<</MCID") == 2  # before the English words, and after them


def _contents(pdf: bytes) -> list[bytes]:
    with pikepdf.open(BytesIO(pdf)) as file:
        pages = []
        for page in file.pages:
            page.contents_coalesce()
            pages.append(page.Contents.read_bytes())
        return pages
