"""Titles of every kind come out whole: in outline, navigation, running heads, contents and file names."""

from __future__ import annotations

from pathlib import Path
from time import process_time

import pytest
from docutils import nodes
from docutils.utils import new_document

from casebound.press import press
from casebound.proof import headings
from casebound.proof.headings import is_read
from tests.press.books import Shop, Told, bus, nav, outline, pages

SECTIONS = [
    'Calls & *casts* in ``rpc<T>``, "quoted"',
    "Масштаб и 日本語 ελληνικά",
    "The sum :math:`a^2 + b_1 < c`",
    "Émile’s <b>bold</b> guide — 100 % done",
]
PRINTED = [
    "Calls & casts in rpc<T>, “quoted”",
    "Масштаб и 日本語 ελληνικά",
    "The sum a² + b₁ < c",
    "Émile’s <b>bold</b> guide — 100 % done",
]


def book(folder: Path) -> Shop:
    root = ["Tiny Book\n=========\n"]
    files = {}
    for number, title in enumerate(SECTIONS, 1):
        root.append(f"{title}\n{'-' * 60}\n\nA lead.\n\n.. toctree::\n   :hidden:\n\n   c{number}\n")
        text = "\n\n".join(f"Paragraph {count}. {'It goes on. ' * 30}" for count in range(30))
        files[f"c{number}.rst"] = f"{title} too\n{'=' * 60}\n\n{text}\n"
    return Shop.of(folder, {"conf.py": 'project = "Tiny Book"\n', "index.rst": "\n".join(root), **files})


@pytest.mark.parametrize("title", ["Cover", "Contents", "Index"])
def test_a_book_may_be_called_as_its_matter_is(tmp_path: Path, title: str) -> None:
    text = f"{title}\n========\n\n.. index:: word\n\nWords.\n"
    shop = Shop.of(tmp_path, {"conf.py": 'project = "P"\n', "index.rst": text})
    assert [str(problem) for problem in shop.make().problems] == []
    assert [str(one) for one in press.prove(shop.places, report=Told(), closely=True).problems] == []


def test_titles_of_all_kinds_come_out_whole(tmp_path: Path) -> None:
    shop = book(tmp_path)
    found = [problem for problem in shop.make().problems if problem.code != "glyph-missing"]
    assert [str(problem) for problem in found] == []
    verdict = press.prove(shop.places, report=Told(), closely=True)
    assert [str(problem) for problem in verdict.problems] == []
    tree = "Tiny Book\n" + "".join(f"{title}\n  {title} too\n" for title in PRINTED)
    assert outline(shop.book) == f"Cover\nContents\n{tree}"
    assert nav(shop.epub) == tree
    for path, title in zip(shop.handouts(), PRINTED, strict=True):
        assert outline(path) == f"Contents\n{title}\n  {title} too\n"
    # the first heading takes two lines: in one it is a running head
    text = [line for lines in pages(shop.book) for line in lines]
    assert any(line.startswith(f"{PRINTED[0]} too") for line in text), text
    assert [path.name for path in shop.handouts()] == [
        "01-calls-casts-in-rpc-t-quoted.pdf",
        "02-масштаб-и-日本語-ελληνικά.pdf",
        "03-the-sum-a2-b1-c.pdf",
        "04-emiles-b-bold-b-guide-100-done.pdf",
    ]


def test_titles_of_very_many_letters_cost_no_more_and_name_files_that_can_be(tmp_path: Path) -> None:
    title = "Word " * 1999 + "end"
    one = f"{title}\n{'=' * len(title)}\n\n{'It goes on. ' * 3000}\n"
    root = f"{title}\n{'=' * len(title)}\n\nText.\n\n.. toctree::\n\n   one\n"
    shop = Shop.of(tmp_path, {"conf.py": f"project = {title!r}\n", "index.rst": root, "one.rst": one})
    begun = process_time()
    assert [str(problem) for problem in shop.make().problems] == []
    assert process_time() - begun < 30
    names = [Path(name).name for name in shop.outputs()]
    assert f"{'word-' * 30}"[:-1] + ".pdf" in names
    assert max(map(len, names)) < 200


def test_a_book_in_a_script_without_a_face_is_proven_and_told_once_a_script(tmp_path: Path) -> None:
    """What is drawn is boxes; what is read back, searched and copied is the text."""
    root = "ꀀꀁꀂ ꀃ\n====================\n\nꀄꀅ.\n\n.. toctree::\n\n   one\n   two\n"
    one = "ꀆꀇꀈ\n====================\n\nꀉꀊ, see :doc:`two`. ☃ 🚀\n\nꀋꀌ\n--------------------\n\nꀍ.\n"
    two = "ꀎꀏꀐ\n====================\n\n𐤀𐤁 🚀.\n"
    conf = 'project = "ꀀꀁꀂ ꀃ"\nauthor = "ꁀ"\n'
    shop = Shop.of(tmp_path, {"conf.py": conf, "index.rst": root, "one.rst": one, "two.rst": two})
    assert [str(problem).partition(": the PDF")[0] for problem in shop.make().problems] == [
        "index:2: No font has the Yi characters ꀀ ꀁ ꀂ ꀃ ꀄ ꀅ ꀆ ꀇ ꀈ ꀉ ꀊ ꀋ ꀌ ꀍ ꀎ ꀏ ꀐ ꁀ, in 3 documents",
        "one:4: No font has the emoji 🚀 (U+1F680 ROCKET), in 2 documents",
        "two:4: No font has the Phoenician characters 𐤀, 𐤁",
    ]
    verdict = press.prove(shop.places, report=Told(), closely=True)
    assert [str(problem) for problem in verdict.problems] == []


INLINE = [
    ("A note [#n]_ within", "A note within"),
    ("A note at the end [#n]_", "A note at the end"),
    ("After Knuth [Knu84]_ only", "After Knuth [Knu84] only"),
    ("The :math:`\\beta` decay", "The β decay"),
    ("A ratio :math:`\\frac{a}{b} \\to 0`", "A ratio a/b → 0"),
    ("Own macro :math:`\\R^n`", "Own macro ℝⁿ"),
    ("Unknown :math:`\\nosuch x` formula", "Unknown \\nosuch x formula"),
    (":math:`x^2`", "x²"),
    ("Launch 🚀 day", "Launch 🚀 day"),
    ("Family 👩\u200d🚀 emoji", "Family 👩\u200d🚀 emoji"),
    ("Missing 𓀀𓀁 signs", "Missing 𓀀𓀁 signs"),
    ("Ideographs 並添加 here", "Ideographs 並添加 here"),
    ("An :abbr:`API (Application Programming Interface)` here", "An API here"),
    ("The file :download:`data <data.txt>` here", "The file data here"),
    ("Notes / עברית / العربية", "Notes / עברית / العربية"),
    ("Hebrew שלום 42 (x)", "Hebrew שלום 42 (x)"),
    ("שלום", "שלום"),
    ("The old ﬁ ligature", "The old ﬁ ligature"),
    ("Wide ＡＢ and ㎥", "Wide ＡＢ and ㎥"),
    ("A |logo| picture", "A logo picture"),
    ("|logo|", "logo"),
    ("Water H\\ :sub:`2`\\ O and x\\ :sup:`2`", "Water H2O and x2"),
    ("The ``literal`` and *emphasis* and **strong**", "The literal and emphasis and strong"),
    (":guilabel:`&Open` and :menuselection:`File --> Save`", "Open and File ‣ Save"),
    ("Keys :kbd:`Ctrl+C` here", "Keys Ctrl+C here"),
    ("See :manpage:`ls(1)` and :rfc:`2324`", "See ls(1) and RFC 2324"),
    ("Index :index:`term` here", "Index term here"),
    ("A |sub| text", "A substituted text"),
    ("Links to :ref:`place` and :doc:`two`", "Links to Place β and Second"),
    ("Code :py:func:`open` and :option:`--help`", "Code open() and --help"),
    ("Term :term:`thing` here", "Term thing here"),
    ("An _`inline target` here", "An inline target here"),
    ("A `link <https://example.org>`_ here", "A link here"),
    ("An anonymous `link two`__ here", "An anonymous link two here"),
    ("Role :strike:`struck` text", "Role struck text"),
    ("Soft\xadhyphen and zero\u200bwidth", "Softhyphen and zerowidth"),
    ("No\xa0break space", "No break space"),
    ("Combining é and x̂ marks", "Combining é and x̂ marks"),
    ("A raw :rawhtml:`<b>bold</b><br>` word", "A raw bold word"),
    (":file:`{name}.txt` and :samp:`a{b}`", "name.txt and ab"),
    (":title:`A work` of art", "A work of art"),
    ("Missing :ref:`nowhere` link", "Missing nowhere link"),
    (':python:`x = "1"` code', 'x = "1" code'),
    ('Less < more & "quotes"', "Less < more & “quotes”"),
    ("C:\\\\path and C++ and C#", "C:\\path and C++ and C#"),
    ("Deutsch „Größe“ — ¿qué?", "Deutsch „Größe“ — ¿qué?"),
    ("देवनागरी नमस्ते", "देवनागरी नमस्ते"),
    ("ไทย ภาษา", "ไทย ภาษา"),
]
"""What may stand in a title, as it is written and as it reads in one plain line."""

INLINE_CONF = r'''
project = "Tiny Book"
extensions = ["sphinx.ext.mathjax"]
mathjax3_config = {"tex": {"macros": {"R": r"\mathbb{R}"}}}
rst_prolog = """
.. role:: strike
.. role:: rawhtml(raw)
   :format: html
.. role:: python(code)
   :language: python
"""
'''

INLINE_INDEX = """\
Tiny Book
=========

* :doc:`one`
* :ref:`place`
* :doc:`two`

.. toctree::
   :numbered:

   one

.. toctree::

   two
"""

INLINE_BODY = """\
.. |logo| image:: logo.png
.. |sub| replace:: *substituted*
__ https://example.com

.. [#n] A note.
"""

INLINE_PLACES = """\
.. [Knu84] Knuth.

.. _place:

Place :math:`\\beta` [#n]_
---------------------------

.. option:: --help

   Help.

.. glossary::

   thing
      A thing.

"""


def inline_book() -> dict[str, str | bytes]:
    """A numbered chapter and one without numbers, with a heading for each of INLINE in both."""
    headings = "".join(f"{title}\n{'-' * 99}\n\nText.\n\n" for title, _ in INLINE)
    first = r"The :math:`\beta`-decay [#n]_ and |logo|"
    other = headings.replace(":option:`--help`", "``--help``")
    return {
        "conf.py": INLINE_CONF,
        "index.rst": INLINE_INDEX,
        "one.rst": f"{first}\n{'=' * 50}\n\n{headings}{INLINE_PLACES}{INLINE_BODY}",
        "two.rst": f"Second\n======\n\n{other}{INLINE_BODY}",
        "logo.png": bus(),
        "data.txt": "data",
    }


def test_whatever_may_stand_in_a_title_reads_the_same_everywhere(tmp_path: Path) -> None:
    shop = Shop.of(tmp_path, inline_book())
    result = shop.make()
    assert result.exit_code == 0
    assert {one.code for one in result.problems} == {"glyph-missing", "math-plain", "source-warning"}
    assert press.prove(shop.places, report=Told()).problems == ()
    assert press.prove(shop.places, report=Told(), closely=True).problems == ()
    titles = [title for _, title in INLINE]
    one = ["The β-decay and logo", *titles, "Place β"]
    numbered = [f"1 {one[0]}\n", *(f"  1.{number} {title}\n" for number, title in enumerate(one[1:], 1))]
    tree = "".join(["Tiny Book\n", *numbered, "Second\n", *(f"  {title}\n" for title in titles)])
    assert outline(shop.book) == f"Cover\nContents\n{tree}Index\n"
    assert nav(shop.epub) == f"{tree}Index\n"
    text = pages(shop.book)
    contents = " ".join(line for lines in text for line in lines).partition("Contents")[2]
    for said in ("The β-decay and logo", "A ratio a/b → 0", "Own macro ℝⁿ", "Links to Place β and Second"):
        assert said in contents
    # in a running head, in links on the root page, in the list of a section
    assert any(lines[-1:] == ["The β-decay and logo 3"] for lines in text)
    assert "• The β-decay and" in " ".join(line for lines in text for line in lines)
    assert [path.name for path in shop.handouts()] == ["01-the-β-decay-and-logo.pdf", "02-second.pdf"]


def test_a_heading_that_is_not_at_its_place_is_still_missed(tmp_path: Path) -> None:
    tree = new_document("one")
    tree += nodes.section("", nodes.title("", "A note", nodes.footnote_reference("", "1"), nodes.Text(" within")))
    tree[0]["ids"] = ["one:note"]
    heading = headings(tree)["one:note"]
    assert is_read("A note within", heading, "1.1 A note1\r\n within\nText")
    assert is_read("A note within", heading, "A note[1] within")
    assert not is_read("A note within", heading, "A note1 without")
    assert not is_read("Another", "A note", "A note")
    assert is_read("שלום / עולם", "שלום / עולם", "עולם / שלום")
    assert not is_read("שלום / עולם", "שלום / עולם", "עולם")
