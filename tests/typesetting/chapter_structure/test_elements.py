"""The structure of chapters: each source beside the elements that poppler reads from its pages."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from textwrap import dedent

import pikepdf
import pytest
from docutils import nodes

from tests.bindery.readers import tags
from tests.typesetting.conftest import Set
from tests.typesetting.samples import image, of_nodes, picture, words

NOTES = (
    """
    A note [#a]_ and [K]_.

    .. [#a] The note.

    .. [K] A book.
    """,
    """
    P
      "A note"
      Reference
        Link
          "1"
          →
      " and "
      Reference
        Link
          "[K]"
          →
      "."
    Note <chapter:a>
      Lbl
        "1."
      P
        "The note."
    Note <chapter:k>
      Lbl
        "[K]"
      P
        "\u2002A book."
    """,
)

LISTS = (
    """
    - one
    - two

      1. x

    term
      definition

    :field: value

    -a  option
    """,
    """
    L /ListNumbering /Disc
      LI
        Lbl
          "•"
        LBody
          "one"
      LI
        Lbl
          "•"
        LBody
          P
            "two"
          L /ListNumbering /Decimal
            LI
              Lbl
                "1."
              LBody
                "x"
    L
      LI
        Lbl
          "term"
        LBody
          "definition"
    L
      LI
        Lbl
          "field:"
        LBody
          "value"
    L
      LI
        Lbl
          "-a"
        LBody
          "option"
    """,
)

REST = (
    """
    Sub
    ---

    .. note:: Hello

    So it is:

        A quotation.

    .. code::

       def f():
           return 1

    .. math:: a^2

    And :math:`x^2` here.
    """,
    """
    Sect
      H2
        "Sub"
      Div
        P
          "Note"
        P
          "Hello"
      P
        "So it is:"
      BlockQuote
        P
          "A quotation."
      P
        Code
          "def f():"
          "    return 1"
      Formula □
        "a²"
      P
        "And "
        Formula □
          "x²"
        " here."
    """,
)


@pytest.mark.parametrize(("source", "structure"), [NOTES, LISTS, REST])
def test_elements(typeset: Set, tmp_path: Path, source: str, structure: str) -> None:
    assert below_title(typeset, source, tmp_path) == dedent(structure).lstrip("\n")


def below_title(typeset: Set, source: str, folder: Path) -> str:
    """The elements of a chapter of a source, without its title."""
    found = tags(typeset(f"Chapter\n=======\n{dedent(source)}").pdf, folder)
    head = 'Document\n  Part\n    H1\n      "Chapter"\n'
    assert found.startswith(head)
    return dedent(found.removeprefix(head))


def opened(pdf: bytes) -> pikepdf.Pdf:
    return pikepdf.open(BytesIO(pdf))


def elements(file: pikepdf.Pdf, role: str) -> list[pikepdf.Dictionary]:
    """The elements of a role in a file."""
    return [one for one in file.objects if isinstance(one, pikepdf.Dictionary) and one.get("/S") == role]


def test_pictures_and_formulas_are_described(typeset: Set, tmp_path: Path) -> None:
    path = picture(tmp_path / "a.png")
    shown = [image(path, alt="A square"), image(path), image(path, alt="", classes=["decorative"])]
    line = nodes.paragraph("", "See ", image(path, alt="A sign"), nodes.math("", "x^2"))
    with opened(typeset(of_nodes(*shown, line)).pdf) as file:
        assert [str(one.get("/Alt", "")) for one in elements(file, "/Figure")] == ["A square", "", "A sign"]
        assert [str(one.Alt) for one in elements(file, "/Formula")] == ["x^2"]


def test_a_picture_that_is_a_link_says_where_it_leads(typeset: Set, tmp_path: Path) -> None:
    linked = nodes.reference("", "", image(picture(tmp_path / "a.png"), alt="Home"), refuri="https://example.org/")
    with opened(typeset(of_nodes(nodes.paragraph("", "", linked))).pdf) as file:
        (link,) = elements(file, "/Link")
        figure, annotation = link.K[0], link.K[1]
        said = str(annotation.Obj.Contents)
        assert (figure.S, str(link.Alt), said) == ("/Figure", "Home", "Home (https://example.org/)")


def test_passages_say_their_language(typeset: Set) -> None:
    french = words("Bonjour le monde.")
    french["classes"] = ["language-fr"]
    code = nodes.literal_block("", "x = 1", classes=["language-py"])
    within = nodes.paragraph("", "Say ", nodes.inline("", "guten Tag", classes=["language-de-AT"]), nodes.Text("."))
    with opened(typeset(of_nodes(words("Hello."), french, code, within)).pdf) as file:
        assert [str(one.get("/Lang", "")) for one in elements(file, "/P")] == ["", "fr", "", ""]
        assert [str(one.get("/Lang", "")) for one in elements(file, "/Span")] == ["de-AT"]


def test_what_is_nested_beyond_any_use_has_elements_in_order(typeset: Set, tmp_path: Path) -> None:
    inner: nodes.Element = words("innermost")
    for number in range(200):
        inner = nodes.block_quote("", words(f"word{number}"), inner)
    found = tags(typeset(of_nodes(inner)).pdf, tmp_path).split('"')[1::2]
    assert found == ["Chapter", *(f"word{number}" for number in reversed(range(200))), "innermost"]
