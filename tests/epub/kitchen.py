"""A book with everything in it that a chapter's tree may hold, and much that it should not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx import addnodes

from casebound.model.book import IndexEntry, IndexGroup, Reference
from tests.epub.samples import Shelf, of_body, picture, shelf

REST = r"""
Everything
==========

*emphasis* **strong** ``literal`` :sub:`sub` :sup:`sup` `title` H\ :sub:`2`\ O
:math:`\frac{a}{b} \dfrac{a}{b} \vec x {\scriptstyle y} \sin x`
`web <https://example.org/a b?q=ü#f>`__ `mail <mailto:a@example.org>`__ `chat <irc://irc.oftc.net/#nova>`__
`bad <javascript:alert(1)>`__ `file <file:///etc/passwd>`__ `host <http://<host>:8774/>`__ `dead <dead.html>`__
[1]_ [#named]_ [*]_ [CIT2001]_ `inline target`_ _`inline target` |sub|

.. |sub| replace:: substituted

:Author: A field
:Long name of a field: Its body

- one

  - nested

    1. number
    2. second

- three

a. alpha
#. beta

III) three
IV) four

term
   Definition

   in two paragraphs
term two : classifier : another
   Definition

-a            Option a
-b FILE, --b=FILE  Option b

| Line
|   indented
|
| last

Quoted:

   A quotation

   -- Someone

>>> print("doctest")
doctest

.. code:: text

   plain

.. parsed-literal::

   *marked* `up <https://example.org>`__

.. note:: Note
.. warning::

   Warning with code::

       x = 1

.. admonition:: Own title

   Text

.. topic:: Topic

   Text

.. sidebar:: Sidebar
   :subtitle: Under it

   Text

.. rubric:: Rubric

.. container:: own

   In a container

.. compound::

   One

   Two

.. table:: Caption of *table*
   :widths: 20 40 40

   ===== ===== =====
   A     B     C
   ===== ===== =====
   1     2     3
   4           6
   ===== ===== =====

+-----+-----+
| a   | b   |
|     +-----+
|     | c   |
+-----+-----+
| d e       |
+-----+-----+

.. list-table::
   :header-rows: 1
   :stub-columns: 1

   * -
     - X
   * - y
     - - list
       - in cell

.. math::

   a &= b \\
   c &= d

.. math:: \boxed{\cancelto{0}{x}} = \ce{H2O} + \SI{5}{\metre\per\second}

.. math:: \unknown{x}

.. raw:: html

   <div onclick="x()"><p>raw <b>html</b><ul><li>x<p>y</ul><table><tr><td>cell</table>
   <script>alert(1)</script><iframe src="https://example.org"></iframe><img src="https://example.org/x.png" alt="w">
   <h2>Heading</h2><dl><dd>only</dl><a href="https://example.org"><div>block</div></a><br><hr></div>

.. raw:: latex

   \newpage

----

.. [1] Numbered
.. [#named] Named
.. [*] Symbol
.. [CIT2001] Citation

Deeper
------

Deeper still
~~~~~~~~~~~~

Text

.. |u| unicode:: U+20AC

Same
----

Same
----
"""


def _sig(text: str, *more: nodes.Node, name: str = "f") -> addnodes.desc:
    signature = addnodes.desc_signature("", "", ids=[f"index:{name}"])
    signature += addnodes.desc_annotation("class ", "class ")
    signature += addnodes.desc_addname("mod.", "mod.")
    signature += addnodes.desc_name(text, text)
    signature += more
    content = addnodes.desc_content("", nodes.paragraph("", "What it does"))
    return addnodes.desc("", signature, content, objtype="function", domain="py")


def parameters(*names: str, optional: tuple[str, ...] = (), **options: Any) -> addnodes.desc_parameterlist:
    """A parameter list; the optional ones stand in brackets at its end."""
    made = addnodes.desc_parameterlist("", "", **options)
    made += [addnodes.desc_parameter("", "", addnodes.desc_sig_name(name, name)) for name in names]
    if optional:
        brackets = addnodes.desc_optional()
        brackets += [addnodes.desc_parameter("", "", nodes.Text(name)) for name in optional]
        made += brackets
    return made


def by_hand(folder: Path) -> list[nodes.Node]:
    """Nodes that reST alone does not make."""
    png = str(picture(folder / "a.png"))
    code = nodes.literal_block("", "def f():\n\n    return 'x'  # c\n", language="python", linenos=True)
    code["highlight_args"] = {"hl_lines": [1], "linenostart": 9}
    listing = nodes.container(
        "", nodes.caption("", "Listing"), code, literal_block=True, classes=["literal-block-wrapper"]
    )
    link = nodes.reference("", "", nodes.image(path=png, uri="a.png", alt="linked"), refuri="https://example.org")
    figure = nodes.figure(
        "", nodes.image(path=png, uri="a.png", alt="A", width="50%"), ids=["index:fig"], align="right"
    )
    figure += [
        nodes.caption("", "", nodes.generated("", "Fig. 1\u2002"), nodes.Text("Caption")),
        nodes.legend("", nodes.paragraph("", "Legend")),
    ]
    broken = folder / "broken.png"
    broken.write_bytes(b"\x89PNG\r\n\x1a\n broken")
    production = addnodes.productionlist("", addnodes.production("", "", nodes.strong("", "a"), nodes.Text(" ::= b")))
    return [
        listing,
        link,
        figure,
        nodes.image(path=str(picture(folder / "b.webp", "WEBP")), uri="b.webp", alt="W", scale=50),
        nodes.image(path=str(broken), uri="broken.png", alt="Broken"),
        nodes.image(uri="https://example.org/remote.png"),
        nodes.paragraph("", "before ", nodes.literal_block("", "block in paragraph"), nodes.Text(" after")),
        nodes.paragraph(
            "", "", nodes.strong("", "", nodes.bullet_list("", nodes.list_item("", nodes.paragraph("", "x"))))
        ),
        nodes.paragraph(
            "", "", nodes.abbreviation("", "RPC", explanation="Remote call"), addnodes.manpage("", "ls(1)")
        ),
        nodes.paragraph("", "", addnodes.download_reference("", "", nodes.literal("", "file.py"), reftarget="file.py")),
        nodes.paragraph(
            "", "", addnodes.number_reference("", "Fig. 1", refid="index:fig"), nodes.literal("", "k", classes=["kbd"])
        ),
        nodes.paragraph("", "", nodes.reference("", "gone", refid="index:gone")),
        nodes.paragraph("", "control \x00\x0b\ufffe characters"),
        _sig("f", parameters("a", "b", optional=("c",)), addnodes.desc_returns("", "int")),
        _sig("g", parameters("a", "b", multi_line_parameter_list=True, multi_line_trailing_comma=True), name="g"),
        addnodes.versionmodified("", "", nodes.paragraph("", "New in version 1"), type="versionadded", version="1"),
        addnodes.seealso("", nodes.paragraph("", "Another place")),
        addnodes.centered("", "Centred"),
        addnodes.hlist("", addnodes.hlistcol("", nodes.bullet_list("", nodes.list_item("", nodes.paragraph("", "h"))))),
        addnodes.glossary(
            "",
            nodes.definition_list(
                "",
                nodes.definition_list_item(
                    "",
                    nodes.term("", "one", ids=["index:term-one"]),
                    nodes.term("", "two"),
                    nodes.definition("", nodes.paragraph("", "Explained")),
                ),
            ),
        ),
        production,
        nodes.math_block("", "a = b\n\nc = d", number=1, ids=["index:eq"]),
        nodes.paragraph("", "", nodes.target("", "", ids=["index:here", "index:there"]), addnodes.index(entries=[])),
    ]


def book(folder: Path) -> Shelf:
    """Everything, in several chapters, with an index."""
    made = shelf(
        {"index": REST, "index#sec": "Section\n=======\n\nLead\n", "a/B c": "Ünï\n===\n\nText\n", "a-b-c": "B\n="}
    )
    hand = of_body(*by_hand(folder)).trees["index"]
    section = next(made.trees["index"].findall(nodes.section))
    section += next(hand.findall(nodes.section)).children[1:]
    index = (
        IndexGroup(
            "R",
            (
                IndexEntry(
                    "RPC",
                    (Reference("index:everything", True), Reference("index:same"), Reference("a/B c:")),
                    (IndexEntry("cast", (Reference("a-b-c:"),)),),
                    ("terms",),
                    ("RPC; cast", "nothing"),
                ),
                IndexEntry("terms", (Reference("index:term-one"), Reference("index:nowhere"))),
            ),
        ),
    )
    facts = {"subtitle": "With <all> & more", "author": "A. Author", "release": "1.0", "date": "2026-01-01"}
    made.facts = {**facts, "publisher": "P", "rights": "CC BY", "subject": "S", "keywords": ("a", "b"), "index": index}
    return made
