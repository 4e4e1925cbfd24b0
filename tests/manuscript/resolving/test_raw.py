"""Raw HTML: what a reader of the web pages sees of it stands in the tree, as nodes."""

from __future__ import annotations

import sys
from base64 import b64decode
from pathlib import Path

import pytest
from docutils import nodes
from docutils.frontend import get_default_settings
from docutils.utils import new_document
from lxml import etree

from casebound.manuscript.resolving.formulas.formulas import read_formulas
from casebound.manuscript.resolving.raw import read_raw
from tests.limits import limited


def read(*body: nodes.Node) -> tuple[nodes.document, list[str]]:
    tree = new_document("x", get_default_settings())
    tree += list(body)
    said: list[str] = []
    find = {"picture.png": "folder/picture.png"}
    read_raw(tree, lambda address: find.get(address, ""), lambda node: ("x", 1), lambda one: said.append(one.message))
    return tree, said


def shown(source: str) -> list[str]:
    tree, said = read(nodes.raw("", source, format="html"))
    return [*tree.pformat().splitlines()[1:], *said]


@pytest.mark.parametrize(
    ("source", "wanted"),
    [
        ("<p>One <b>bold</b>\n  <i>word</i>.<p>Two", "paragraph(One ,strong(bold), ,emphasis(word),.) paragraph(Two)"),
        ("loose <code>x</code><div>block</div>", "paragraph(loose ,literal(x)) paragraph(block)"),
        ("<pre>\n<span class='k'>def</span> f():\n    pass\n</pre>", "literal_block(def f():|    pass)"),
        ("<pre><style>span { }</style>a<br>b\n</pre>", "literal_block(a|b)"),
        ("<ul><li>a<li><p>b<p>c</ul>", "bullet_list(list_item(paragraph(a)),list_item(paragraph(b),paragraph(c)))"),
        ("<h2>Title</h2><blockquote>said</blockquote>", "rubric(Title) block_quote(paragraph(said))"),
        (
            "<dl><dt>t<dd>d</dl>",
            "definition_list(definition_list_item(term(t),definition(paragraph(d))))",
        ),
        (
            "<div class='admonition note'><p class='admonition-title'>Mind</p><p>it</p></div>",
            "admonition(title(Mind),paragraph(it))",
        ),
        ("<details><summary>More</summary>Text</details>", "rubric(More) paragraph(Text)"),
        ("<a href='https://x.org'>x</a> <a href='y.html'>y</a>", "paragraph(reference(x), ,y)"),
        ("<p>a<br>b<br></p>", "paragraph(a,raw(<br/>),b)"),
        ("<img src='picture.png' alt='A'> <img src='none.png' alt='B'>", "paragraph(image(), ,[B]) img"),
        ("<iframe src='https://x.org/film'></iframe>", "paragraph(reference(https://x.org/film))"),
        ("<p>t<script>x()</script><input></p>", "paragraph(t) input"),
        ("<p style='display: none'>t</p>", ""),
        ("a</body></html>b<body>c", "paragraph(abc)"),
        ("<!doctype html><frameset><frame></frameset>x", "paragraph(x) frameset"),
        ("a\x01b", "paragraph(a[U+0001]b)"),
        (
            "<ul>x<li>a<ul><li>b</ul><b>c</b><li hidden>d</ul>",
            "paragraph(x) "
            "bullet_list(list_item(paragraph(a),bullet_list(list_item(paragraph(b))),paragraph(strong(c))))",
        ),
        (
            "<ol><li>a</li><ol><li>b</ol></ol>",
            "enumerated_list(list_item(paragraph(a),enumerated_list(list_item(paragraph(b)))))",
        ),
        ("<h2>Title<ul><li>a</ul></h2>", "rubric(Title) bullet_list(list_item(paragraph(a)))"),
        (
            "<dl>x<dd>y</dd><div><dt>t<dd>d</div><dt><pre>c</pre></dl>",
            "paragraph(x) paragraph(y) definition_list(definition_list_item(term(t),definition(paragraph(d))),"
            "definition_list_item(term(),definition(literal_block(c))))",
        ),
        ("<tr><td>a<td>b", "paragraph(a) paragraph(b)"),
        ("<table>x<caption>c</table>", "paragraph(c) paragraph(x)"),
        (f"{'<div>' * 300}<style>p</style>a<b>b</b>{'</div>' * 300}c", "paragraph(ab) paragraph(c) is"),
        ("<input><input>x", "paragraph(x) input"),
        ("<style>p { }</style>", ""),
        ("<div>", ""),
        ("<hr>", "raw(<hr>)"),
        ("<canvas></canvas>", "raw(<canvas></canvas>)"),
    ],
)
def test_elements(source: str, wanted: str) -> None:
    tree, said = read(nodes.raw("", source, format="html"))
    lost = [message.split()[3] for message in said]
    assert " ".join([*map(_brief, tree.children), *lost]) == wanted


def _brief(node: nodes.Node) -> str:
    if isinstance(node, nodes.Text):
        return str(node).replace("\n", "|")
    assert isinstance(node, nodes.Element)
    return f"{node.tagname}({','.join(map(_brief, node.children))})"


TABLE = """
<table><caption>The table</caption>
<thead><tr><th></th><th colspan=2>both</th></tr></thead>
<tbody><tr><th>0</th><td rowspan=2>x</td><td>1</td></tr><tr><th>1</th></tr></tbody></table>
"""


def test_a_table_has_its_heads_spans_and_as_many_cells_in_each_row() -> None:
    tree, _ = read(nodes.raw("", TABLE, format="html"))
    (made,) = tree.findall(nodes.table)
    rows = [
        [(entry.astext(), entry.get("morecols", 0), entry.get("morerows", 0)) for entry in row.findall(nodes.entry)]
        for row in made.findall(nodes.row)
    ]
    assert made[0].astext() == "The table"
    assert rows == [
        [("", 0, 0), ("both", 1, 0)],
        [("0", 0, 0), ("x", 0, 1), ("1", 0, 0)],
        [("1", 0, 0), ("", 0, 0)],
    ]
    assert [bool(spec.get("stub")) for spec in made.findall(nodes.colspec)] == [True, False, False]


def test_what_stands_in_a_table_but_in_no_cell_stands_before_it() -> None:
    source = "<table>x<form><tr>y<td>1<tr><td>2</td></tr></form><caption>The <b>table</b></caption></table>"
    tree, _ = read(nodes.raw("", source, format="html"))
    assert [node.astext().split() for node in tree.children] == [["x"], ["y"], ["The", "table", "1", "2"]]


HOSTILE = {
    "rows and columns without end": f"<table><tr><td rowspan=1000000>w<td colspan={'9' * 5000}>w</table>",
    "a row of cells that span": "<table><tr>" + "<td colspan=200>x" * 20_000 + "w</table>",
    "a table that is nearly all emptiness": "<table><tr>" + "<td>x" * 5000 + "w" + "<tr><td>y" * 5000 + "</table>",
    "drawings without end": "<svg " * 200_000 + "<svg>" * 200_000 + "w",
    "breaks": "<p>w" + "<br>" * 100_000,
    "elements 100000 deep": "<div>" * 100_000 + "w" + "</div>" * 100_000,
    "words 100000 deep": "<p>" + "<b>x" * 100_000 + "w",
    "tables 1000 deep": "<table><tr><td>" * 1000 + "w",
    "an attribute of 4 million letters": f"<p title='{'x' * 4_000_000}'>w",
}


@pytest.mark.skipif(sys.platform != "linux", reason="limits are set through /proc and fork")
@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_html_is_read_with_all_its_words_in_bounded_time(kind: str, tmp_path: Path) -> None:
    cost = limited(lambda: read(nodes.raw("", HOSTILE[kind], format="html"))[0].astext(), tmp_path, megabytes=900)
    assert "w" in cost.result


def test_html_of_more_than_five_million_letters_is_left_out_and_said() -> None:
    tree, said = read(nodes.raw("", "<p>x" * 2_000_000, format="html", ids=["here"]))
    assert _brief(tree[0]) == "target()"
    assert said == ["The raw HTML cannot be read and is left out: it has more than 5 million characters."]


@pytest.mark.parametrize("head", ["<SVG viewBox='0 0 9 9'>", "<svg xmlns:xlink='x' viewBox='0 0 9 9'>"])
def test_a_drawing_is_closed_and_named_as_xml_wants_it(head: str) -> None:
    tree, _ = read(nodes.raw("", f"{head}<svg><path d='M0 0'/></svg><g/></SVG><svg hidden><g/></svg>", format="html"))
    (image,) = tree.findall(nodes.image)
    drawing = etree.fromstring(b64decode(image["uri"].partition(",")[2]))
    assert [etree.QName(element).localname for element in drawing.iter()] == ["svg", "svg", "path", "g"]
    assert etree.QName(drawing).namespace == "http://www.w3.org/2000/svg"


def test_a_drawing_is_a_picture_and_one_that_adorns_is_none() -> None:
    drawing = "<svg viewBox='0 0 9 9'><path d='M0 0'/></svg>"
    tree, _ = read(nodes.raw("", f"<p>{drawing}</p><p><svg aria-hidden='true'></svg></p>", format="html"))
    (image,) = tree.findall(nodes.image)
    assert image["uri"].startswith("data:image/svg+xml;base64,")


def test_the_twin_for_another_format_goes() -> None:
    html, latex = (nodes.raw("", text, format=name) for text, name in (("<p>x</p>", "html"), (r"\x", "latex")))
    tree, _ = read(html, latex, nodes.paragraph("", "y"))
    assert [node.tagname for node in tree.children] == ["paragraph", "paragraph"]


def formula(text: str) -> nodes.raw:
    return nodes.raw("", text, format="latex html", classes=["math"])


def test_formulas_that_are_left_to_the_browser() -> None:
    shown = formula(r"\begin{equation} a < b \label{x} \end{equation}")
    tree = new_document("x", get_default_settings())
    tree += [
        nodes.paragraph("", "As ", formula("a<b"), nodes.Text(" and "), shown, nodes.Text(" say."), ids=["here"]),
        formula(r"\begin{align}a\\b\end{align}"),
        nodes.paragraph("", "See ", formula(r"\eqref{x}")),
    ]
    read_formulas(tree)
    assert list(map(_brief, tree.children)) == [
        "target()", "paragraph(As ,math(a<b), and )", r"math_block(a < b \label{x})", "paragraph( say.)",
        r"math_block(\begin{align}a\\b\end{align})", r"paragraph(See ,math(\eqref{x}))",
    ]  # fmt: skip


@pytest.mark.parametrize("text", ["$a$", "$$a$$", r"\[a\]", r"\(a\)", "a"])
def test_formulas_that_bring_their_dollars(text: str) -> None:
    tree = new_document("x", get_default_settings())
    tree += nodes.math_block("", text, nowrap=True)
    read_formulas(tree)
    assert tree.astext() == "a"


def test_tags_in_a_line_that_belong_together() -> None:
    def raw(text: str) -> nodes.raw:
        return nodes.raw("", text, format="html")

    line = nodes.paragraph(
        "", "H", raw("<sub class='x'>"), nodes.Text("2"), raw("</sub>"), nodes.Text("O"), raw("</b>")
    )
    line += [raw("<span>"), raw("<kbd>"), nodes.emphasis("", "C"), raw("</kbd>"), raw("</span>")]
    tree, _ = read(line)
    wanted = "paragraph(H,subscript(2),O,literal(emphasis(C)))"
    assert _brief(tree[0]) == wanted


def test_in_a_line_the_text_stays_in_it() -> None:
    line = nodes.paragraph("", "a ", nodes.raw("", "<kbd>x</kbd><p>y</p>", format="html"), nodes.Text(" b"))
    tree, _ = read(line)
    assert _brief(tree[0]) == "paragraph(a ,literal(x), ,y, b)"


@pytest.mark.parametrize(
    ("source", "wanted"),
    [
        (", ", "A, B"),
        ("&nbsp;", "A\xa0B"),
        (" ", "A B"),
        (" <i>i</i>", "A iB"),
        ("<i>i</i>&nbsp;<b>b</b> ", "Ai\xa0b B"),
        ("<p>p</p><p>q</p>", "Ap qB"),
    ],
)
def test_a_fragment_among_words_keeps_the_spaces_round_it(source: str, wanted: str) -> None:
    raw = nodes.raw("", source, format="html")
    tree, said = read(nodes.paragraph("", "", nodes.strong("", "A"), raw, nodes.strong("", "B")))
    assert (tree.astext(), said) == (wanted, [])
