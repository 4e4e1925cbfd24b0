"""Words that lines break read whole: as copied, searched and read out, in the readers of poppler and PDFium."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from docutils import nodes

from casebound.typesetting import Typesetter
from tests.bindery.readers import run
from tests.typesetting.conftest import Set
from tests.typesetting.samples import of_nodes, printed, words

LONG = "internationalization misunderstandings scheduler-hints-vs-flavor https://example.org/a/long/address/of/it " * 12


def read(pdf: bytes, folder: Path) -> list[str]:
    """The words of a file in the order of its content, as poppler reads them."""
    path = folder / "words.pdf"
    path.write_bytes(pdf)
    return run("pdftotext", "-raw", str(path), "-").split()


@pytest.mark.parametrize("begun", range(0, 40, 4))
def test_no_word_is_read_in_parts(typeset: Set, tmp_path: Path, begun: int) -> None:
    text = f"{'x' * begun} {LONG}"
    book = typeset(of_nodes(words(text)))
    assert len("".join(book.drawn).split()) > len(f"Chapter {text}".split())  # some are broken without a hyphen
    assert book.text.split() == read(book.pdf, tmp_path) == f"Chapter {text}".split()


@pytest.mark.parametrize("begun", range(0, 60, 6))
def test_what_is_in_a_link_is_read_in_it(typeset: Set, tmp_path: Path, begun: int) -> None:
    """A word that goes on after its link, or begins before it, is read where that is not in the way."""
    name = "nova.scheduler.filters.aggregate_instance_extra_specs.AggregateInstanceExtraSpecsFilter"
    for before, after in (("", ","), ("(", ""), ("", "")):
        link = nodes.reference("", "", nodes.literal("", name), refuri="https://example.org/")
        line = nodes.paragraph(
            "", "", nodes.Text(f"{'x' * begun} see {before}"), link, nodes.Text(f"{after} and more.")
        )
        found = typeset(of_nodes(line))
        wanted = f"Chapter {'x' * begun} see {before}{name}{after} and more.".split()
        assert found.text.split() == read(found.pdf, tmp_path) == wanted


@pytest.mark.parametrize("begun", range(0, 60, 12))
def test_mupdf_reads_all_of_a_word_that_goes_on_after_its_link(typeset: Set, begun: int) -> None:
    """It would drop what a replacement text has before the letters it is for, unless these begin with a space."""
    pymupdf = pytest.importorskip("pymupdf")
    name = "nova.scheduler.filters.aggregate_instance_extra_specs.AggregateInstanceExtraSpecsFilter"
    link = nodes.reference("", "", nodes.literal("", name), refuri="https://example.org/")
    before = f"{'x' * begun} see "
    found = typeset(of_nodes(nodes.paragraph("", "", nodes.Text(before), link, nodes.Text(", and more."))))
    with pymupdf.open(stream=found.pdf) as document:
        assert document[0].get_text().split() == f"Chapter {before}{name}, and more.".split()


def test_a_word_between_two_links_has_soft_hyphens(typeset: Set, tmp_path: Path) -> None:
    link = nodes.reference("", "", nodes.Text("internationalization" * 8), refuri="https://example.org/")
    book = typeset(of_nodes(nodes.paragraph("", "", nodes.Text("("), link, nodes.Text(")"))))
    found = " ".join(read(book.pdf, tmp_path))
    assert re.sub("\u00ad ", "", found) == f"Chapter ({'internationalization' * 8})"


def test_wrapped_code_is_copied_as_it_was_written(typeset: Set, tmp_path: Path) -> None:
    lines = [
        "if x:",
        '    deep = "indented and long, so that it has to go on below the first character of it, somewhere"',
    ]
    book = typeset(of_nodes(nodes.literal_block("", "\n".join(lines), language="python")))
    path = tmp_path / "code.pdf"
    path.write_bytes(book.pdf)
    found = run("pdftotext", "-raw", str(path), "-").splitlines()[1:3]
    assert [line.strip() for line in found] == [line.strip() for line in lines]
    assert len(book.drawn[0].strip().splitlines()) == 4


def test_code_whose_first_line_is_blank_is_read_below(typeset: Set) -> None:
    """Where a line of code is cut after its indent, there is nothing on the first line that could read as all of it."""
    code = nodes.literal_block("", f"{' ' * 30}{'x' * 200}", language="none")
    assert "x" * 200 in typeset(of_nodes(code)).text


def test_a_word_behind_a_wide_space_is_read_where_it_begins(typesetter: Typesetter) -> None:
    """The space is set in a face of its own and has no ink: PDFium finds nothing there."""
    long = "internationalization" * 8
    assert long in printed(typesetter, of_nodes(words(f"\u2002{long}"))).text.split()


def test_letters_above_the_basic_plane_are_not_lost(typeset: Set) -> None:
    """PDFium leaves them out of a text that replaces others."""
    assert typeset(of_nodes(words("\U00013000" * 200))).text.count("\U00013000") == 200


def test_a_divided_title_reads_whole() -> None:
    title = "Donaudampfschifffahrtsgesellschaftskapitän"
    book = printed(Typesetter(("ereader",), "de"), of_nodes(nodes.section("", nodes.title("", title), ids=["a"])))
    assert title in book.text.split()
    assert title not in "".join(book.drawn).split()
