"""Letters: what is written can be read and copied, and what no face has is named."""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from docutils import nodes

from casebound.model.fragment import STUB_FACE, STUB_SUBSET
from casebound.typesetting import Typesetter
from tests.typesetting.conftest import Set
from tests.typesetting.samples import Printed, of_nodes, printed, tree, words

SCRIPTS = {
    "Greek": "Ωμέγα και άλφα",
    "Cyrillic": "Русский РЕСУРС",
    "er": "\u0420",
    "arrows": "← ↑ → ↓ ⇒ ↔",
    "box drawing": "│├└─┐┘┌┤",
    "mathematics": "∀x ∈ ℝ: x² ≥ 0 ∑ √",
    "Polish": "Zażółć gęślą jaźń",
    "quotation": "“a” ‘b’ «c» — – …",
    "currency": "€ £ ¥",
    "U+0120 and U+2000s": "Ġ † ‡ •",
}


@pytest.mark.parametrize("script", SCRIPTS)
def test_a_script_comes_out_as_text(typeset: Set, script: str) -> None:
    text = SCRIPTS[script]
    code = nodes.literal_block(text, text, language="none")
    book = typeset(of_nodes(words(text), nodes.paragraph("", "", nodes.strong("", text)), code))
    assert book.losses == []
    assert book.text.split() == ["Chapter", *text.split() * 3]


def test_box_drawing_stands_in_its_columns(typeset: Set) -> None:
    drawing = "┌──┐\n│ab│\n└──┘"
    book = typeset(of_nodes(nodes.literal_block(drawing, drawing, language="none")))
    assert book.pages[0].splitlines()[-3:] == drawing.splitlines()
    assert set(book.fragment.used) >= {"DejaVuSansMono"}


def test_markup_characters_are_text(typeset: Set) -> None:
    text = "a < b && c > d &amp; <para> </b> %s {folio} \\n 'q' \"r\""
    book = typeset(of_nodes(words(text), nodes.paragraph("", "", nodes.literal("", text))))
    assert book.text == f"Chapter {text} {text}"
    assert book.losses == []


def test_an_address_longer_than_a_line_is_not_cut_within_a_word() -> None:
    """Unless the word alone is longer."""
    address = "https://docs.openstack.org/nova/latest/reference/rpc.html"
    for number in range(0, 40, 3):
        text = f"For the words see {'call ' * number}in the glossary. The text is at {address}, options at {address}."
        book = printed(Typesetter(["ereader"]), of_nodes(words(text)))
        broken = [line.strip() for line in book.pages[0].splitlines() if "https" in line and not line.endswith("html")]
        assert all(re.search(r"[/.:, ]$|html", line[line.rindex("https") :]) for line in broken), broken
    book = printed(Typesetter(["ereader"]), of_nodes(words(f"At https://docs.example.org/{'r' * 90}/a.html, too.")))
    assert book.off_page() == [] and "r" * 90 in book.solid


def added_to_spaces(book: Printed) -> list[float]:
    """What the lines of the first page add to each of their spaces, in points (Tw)."""
    with pikepdf.open(BytesIO(book.pdf)) as pdf:
        content = pikepdf.parse_content_stream(pdf.pages[0])
    return [float(operands[0]) for operands, operator in content if str(operator) == "Tw"]


def test_spaces_beside_code_keep_most_of_their_width(typeset: Set) -> None:
    """Wide spaces within code do not let the narrow ones of the text shrink to nothing, nor gape."""
    shortest = 0.0
    for number in range(1, 40):
        text = "the logs say ``No calling to a cell`` and ``wait for an answer`` then " * 4
        book = typeset(f"Code\n====\n\n{'x' * number} {text}\n")
        shortest = min(shortest, *added_to_spaces(book), 0.0)
    assert -0.27 * 0.25 * 10.4 <= shortest < 0.0


GAPING = """
Two hosts that both meet the minimum may still not fit together. For every live migration the conductor compares the
hypervisor types and versions that the two compute nodes reported. A destination with an older QEMU than the source is
refused with ``DestinationHypervisorTooOld``: guests move to newer ones.

The tree is kept between runs, and a run that finds nothing new sends nothing. What others may have changed, inventories
as well as traits and aggregates, is read again after ``[compute]/resource_provider_association_refresh`` seconds.
"""


def test_code_is_divided_before_lines_gape(typeset: Set) -> None:
    """A long name is divided behind a mark within it, never behind a bracket that opens it."""
    added, ends = list[float](), set[str]()
    for number in range(1, 40, 2):
        text = "\n\n".join(f"{'x' * number} {each}" for each in GAPING.split("\n\n"))
        book = typeset(f"Code\n====\n\n{text}\n")
        added += added_to_spaces(book)
        ends |= {line.strip()[-1] for line in book.drawn[0].splitlines() if line.strip()}
    assert len([each for each in added if each > 0.25 * 10.4]) <= 2
    assert ends & set("/[") == set("/")


def test_control_characters_are_shown_as_replaced(typeset: Set) -> None:
    text = "".join(map(chr, [*range(1, 32), 0x7F, 0xFFFE, 0xFFFF, 0xD800]))
    book = typeset(of_nodes(words("before", text, "after"), nodes.literal_block(text, text, language="none")))
    assert book.text.startswith("Chapter before")
    assert "after" in book.text
    assert not set(book.text) & set(map(chr, range(1, 32)))
    assert [loss for loss in book.losses if "failed" in loss] == []


BOOK = """\
Chapter
=======

Words with ``code``, *stress*, Ωμέγα and a `link <https://example.org/>`_.

- one
- two

.. code:: python

   def f(x: int) -> str:
       return "ab"

====  ====
A     B
====  ====
c     d
====  ====

.. note:: Noted.
"""

ALONE = """\
import hashlib, sys
from casebound.typesetting import Typesetter
from tests.typesetting.samples import tree
from tests.typesetting.fonts.test_letters import BOOK
fragment = Typesetter().chapter("chapter", tree(BOOK))
print(hashlib.sha256(fragment.pdf + fragment.sidecar().encode()).hexdigest())
"""


def test_two_runs_give_the_same_bytes(typesetter: Typesetter) -> None:
    first = typesetter.chapter("chapter", tree(BOOK))
    typesetter.chapter("other", of_nodes(words("Ж" * 20, "\U00013000")))
    second = typesetter.chapter("chapter", tree(BOOK))
    assert second == first
    assert printed(typesetter, tree(BOOK)).pdf == printed(typesetter, tree(BOOK)).pdf


def test_another_process_gives_the_same_bytes(typesetter: Typesetter) -> None:
    fragment = typesetter.chapter("chapter", tree(BOOK))
    here = hashlib.sha256(fragment.pdf + fragment.sidecar().encode()).hexdigest()
    root = Path(__file__).parents[3]
    run = subprocess.run(
        [sys.executable, "-c", ALONE],
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(root), "PYTHONHASHSEED": "12345", "HOME": "/nonexistent"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert run.stdout.strip() == here


def test_a_fragment_embeds_no_face_and_holds_no_link(typesetter: Typesetter) -> None:
    fragment = typesetter.chapter("chapter", tree(BOOK))
    with pikepdf.open(BytesIO(fragment.pdf)) as pdf:
        assert len(pdf.pages) == fragment.pages
        assert "/Outlines" not in pdf.Root and "/Names" not in pdf.Root
        for page in pdf.pages:
            assert "/Annots" not in page.obj
            for font in page.obj.Resources.Font.values():
                assert "/FontDescriptor" not in font
                assert str(font[f"/{STUB_FACE}"])[1:] in fragment.used
                assert int(font[f"/{STUB_SUBSET}"]) >= 0
