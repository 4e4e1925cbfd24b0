"""Links, raw HTML, tables: what stands in the page."""

from __future__ import annotations

import re

import pytest
from docutils import nodes
from lxml import etree

from casebound.epub.links import web_address
from casebound.epub.math.formulas import converted
from tests.epub.readers import Epub, H
from tests.epub.samples import of_body, shelf


def body(*found: nodes.Node) -> str:
    return Epub(of_body(*found).pack().data).body()


@pytest.mark.parametrize(
    ("address", "written"),
    [
        ("https://example.org/a b?q=ü&x=%20#ä", "https://example.org/a%20b?q=%C3%BC&x=%20#%C3%A4"),
        ("http://example.org/100%", "http://example.org/100%25"),
        ("https://[::1]:8080/x", "https://[::1]:8080/x"),
        ("https://bücher.example/", "https://xn--bcher-kva.example/"),
        ("HTTPS://Example.org", "https://example.org"),
        ("mailto:a@example.org", "mailto:a@example.org"),
        ("https://example.org/[x]{y}|z", "https://example.org/%5Bx%5D%7By%7D%7Cz"),
        ("http://<host>:8774/", ""),
        ("http://host:port/", ""),
        ("http://user:secret@example.org/", ""),
        ("http://[broken/", ""),
        ("https://", ""),
        ("javascript:alert(1)", ""),
        ("JaVaScRiPt:alert(1)", ""),
        ("data:text/html,x", ""),
        ("file:///etc/passwd", ""),
        ("other.html", ""),
        ("", ""),
    ],
)
def test_addresses(address: str, written: str) -> None:
    assert web_address(address) == written


def test_links_go_from_chapter_to_chapter_and_nowhere_else() -> None:
    made = shelf({"index": "A\n=\n", "index#s": "S\n=\n\nx\n\nHere\n----\n\ny\n", "b/c": "C\n=\n"})
    section = next(made.trees["index"].findall(nodes.section))
    for target in ("index:here", "index:s", "b/c:", "b/c:c", "index:a", "b/c:gone", "nowhere:"):
        section += nodes.paragraph("", "", nodes.reference("", target, refid=target))
    edition = made.pack()
    links = [(e.text, e.get("href")) for e in Epub(edition.data).page().iter(f"{H}a")]
    assert links == [
        ("index:here", "index-s.xhtml#here"),
        ("index:s", "index-s.xhtml"),
        ("b/c:", "b-c.xhtml"),
        ("b/c:c", "b-c.xhtml"),
        ("index:a", "index.xhtml"),
    ]
    assert [one.message.split()[4] for one in edition.losses] == ["b/c:gone,", "nowhere:,"]


def test_of_raw_text_only_a_break_and_a_rule_are_written_and_the_rest_is_said() -> None:
    line = nodes.paragraph("", "a", nodes.raw("", "<br/>", format="html"), nodes.Text("b"))
    assert body(line) == "<p>a<br/>b</p>"
    assert body(nodes.raw("", "<hr>", format="html")) == "<hr/>"
    made = of_body(nodes.raw("", "<script>x</script>", format="html")).pack()
    assert "script" not in Epub(made.data).body()
    assert [one.message for one in made.losses] == ["Raw html cannot be printed and is left out."]


TABLE = """
Chapter
=======

.. list-table:: Caption
   :header-rows: 1
   :stub-columns: 1
   :widths: 1 1 2

   * - Name
     - Configuration option
     - Counterrevolutionaries
   * - incomprehensibilities
     - three times three
     -
"""


def test_a_table_has_headers_with_scope_and_names_its_cells() -> None:
    assert Epub(shelf(TABLE).pack().data).body() == (
        '<div class="room medium"><table class="records colwidths-given"><caption>Caption</caption>\n'
        '<colgroup><col style="width: 25%"/>\n<col style="width: 25%"/>\n<col style="width: 50%"/>\n</colgroup>\n'
        '<thead><tr><th scope="col"><p>Name</p></th>\n<th scope="col"><p>Configuration option</p></th>\n'
        '<th class="long-words" scope="col"><p>Counterrevolutionaries</p></th>\n</tr>\n</thead>\n'
        '<tbody><tr><th class="long-words" scope="row"><p>incomprehensibilities</p></th>\n'
        '<td data-label="Configuration option"><p>three times three</p></td>\n'
        '<td data-label="Counterrevolutionaries"/>\n</tr>\n'
        "</tbody>\n</table>\n</div>"
    )


@pytest.mark.parametrize(
    ("columns", "word", "room", "kind"),
    [
        (3, "no", "room", None),
        (8, "no", "room", None),
        (6, "nothing", "room medium", "records"),
        (3, "configuration", "room medium", "records"),
        (8, "nothing", "room wide", "records"),
        (40, "no", None, "records"),
    ],
)
def test_a_table_is_read_as_records_where_its_columns_have_no_room(
    columns: int, word: str, room: str | None, kind: str | None
) -> None:
    made = next(Epub(of_body(_table(columns, word)).pack().data).page().iter(f"{H}table"))
    assert made.get("class") == kind
    assert made.getparent().get("class") == (room or "introduction")
    assert (next(made.iter(f"{H}td")).get("data-label") is not None) == (kind is not None)


def _table(columns: int, word: str, head: bool = True) -> nodes.table:
    def row() -> nodes.row:
        return nodes.row("", *(nodes.entry("", nodes.paragraph("", word)) for _ in range(columns)))

    specs = [nodes.colspec("", colwidth=1) for _ in range(columns)]
    groups = [nodes.thead("", row())] if head else []
    return nodes.table("", nodes.tgroup("", *specs, *groups, nodes.tbody("", row()), cols=columns))


def test_a_wide_table_without_names_of_columns_breaks_its_words() -> None:
    made = next(Epub(of_body(_table(8, "nothing", head=False)).pack().data).page().iter(f"{H}table"))
    assert (made.get("class"), made.getparent().get("class")) == ("tight", "room medium")


def test_a_table_in_a_cell_has_no_room_of_its_own() -> None:
    outer = _table(1, "no")
    next(outer.findall(nodes.tbody)).next_node(nodes.entry).append(_table(8, "nothing"))
    first, second = Epub(of_body(outer).pack().data).page().iter(f"{H}table")
    assert (first.getparent().get("class"), second.getparent().tag) == ("room", f"{H}td")


@pytest.mark.parametrize(
    ("options", "start"),
    [
        ({"align": "center", "width": "50%"}, '<div class="room"><table class="align-center" style="width: 50%">'),
        ({"width": "300"}, '<div class="room"><table style="width: 300px">'),
        ({"width": "wide"}, '<div class="room"><table>'),
    ],
)
def test_a_table_stands_where_and_as_wide_as_the_source_says(options: dict[str, str], start: str) -> None:
    row = nodes.row("", nodes.entry("", nodes.paragraph("", "one")))
    table = nodes.table("", nodes.tgroup("", nodes.colspec("", colwidth=1), nodes.tbody("", row), cols=1), **options)
    assert body(table).startswith(start)


SPANS = """
Chapter
=======

+---+---+---+
| a | b | c |
|   +---+---+
|   | d     |
+---+---+---+
| e     | f |
+-------+---+
"""


def test_joined_cells() -> None:
    page = Epub(shelf(SPANS).pack().data).page()
    cells = [("".join(e.itertext()), e.get("rowspan"), e.get("colspan")) for e in page.iter(f"{H}td")]
    assert cells == [
        ("a", "2", None),
        ("b", None, None),
        ("c", None, None),
        ("d", None, "2"),
        ("e", None, "2"),
        ("f", None, None),
    ]


def test_the_style_of_a_part_of_a_formula_stands_round_it() -> None:
    page = Epub(of_body(nodes.paragraph("", "", nodes.math("", r"\dfrac{a}{b} c"))).pack().data).page()
    styles = [element for element in page.iter() if str(element.tag).endswith("}mstyle")]
    assert [dict(element.attrib) for element in styles] == [{"displaystyle": "true", "scriptlevel": "0"}]
    assert [str(child.tag).rpartition("}")[2] for child in styles[0]] == ["mfrac"]


def test_a_formula_says_its_sides_and_its_strokes_in_classes_too() -> None:
    source = r"\begin{align} a &= \cancel{b} \\ c &= \cancelto{0}{d} \end{align} \begin{array}{lr} e & f \end{array}"
    page = Epub(of_body(nodes.math_block("", source, nowrap=True)).pack().data).page()
    found = [(element, str(element.tag).rpartition("}")[2]) for element in page.iter(etree.Element)]
    assert [element.get("class") for element, name in found if name == "mtd"] == [
        *["right", "left"] * 2,
        "left",
        "right",
    ]
    assert [(element.get("class"), element.get("notation")) for element, name in found if name == "menclose"] == [
        ("cancel", "updiagonalstrike"),
        ("cancel", "updiagonalarrow"),
    ]
    assert "\N{INVISIBLE SEPARATOR}" not in "".join(map(str, page.itertext()))


SCRIPTS = r"""
\bar{x}_i         msub(mover(x ˉ) i)
\hat x^2          msup(mover(x ˆ) 2)
\vec{v}_{ij}      msub(mover(v mstyle(→)) mrow(i j))
\underline{x}^2   msup(munder(x _) 2)
\overbrace{a}^n   mover(mover(a ⏞) n)
\sum_i^n          munderover(∑ i n)
\max_i x          munder(max i) x
x'^2              msup(x mrow(′ 2))
""".strip().splitlines()


@pytest.mark.parametrize("line", SCRIPTS)
def test_an_index_belongs_to_the_whole_accented_letter(line: str) -> None:
    tex, shape = re.split(r" {2,}", line, maxsplit=1)

    def shown(element: etree._Element) -> str:
        parts = " ".join(shown(child) for child in element)
        return f"{etree.QName(element).localname}({parts})" if len(element) else str(element.text)

    assert " ".join(shown(child) for child in converted(tex, block=True)) == shape


def test_the_lines_of_an_array_are_classes_of_its_cells() -> None:
    tex = r"\begin{array}{|c:r@{}l} \hline a & b & c \\ \cline{2-3} d & e & f \\ \hline\hline \end{array}"
    table = next(converted(tex, block=True).iter("{*}mtable"))
    assert [[cell.get("class") for cell in row] for row in table] == [
        ["rule-left rule-top", "right rule-left-dashed rule-top", "left rule-top tight"],
        [
            "rule-left rule-bottom-double",
            "right rule-left-dashed rule-bottom-double rule-top",
            "left rule-bottom-double rule-top tight",
        ],
    ]


@pytest.mark.parametrize("source", [r"\frac{1", r"\stackrel{a}"])
def test_a_formula_that_lacks_a_part_is_shown_by_its_source(source: str) -> None:
    made = of_body(nodes.math_block("", source)).pack()
    assert f'<code class="tex">{source}</code>' in Epub(made.data).body()
    assert [one.code for one in made.losses] == ["math-plain"]


def test_formulas_are_mathml_with_their_source() -> None:
    epub = Epub(of_body(nodes.paragraph("", "", nodes.math("", r"\sin x")), nodes.math_block("", r"\oops")).pack().data)
    formula = epub.page().find(".//{http://www.w3.org/1998/Math/MathML}math")
    assert formula is not None and formula.get("alttext") == r"\sin x"
    assert "".join(map(str, formula.itertext())) == "sin\u2061x"
    assert epub.manifest["chapter-1"].get("properties") == "mathml"
    assert r"\oops" in etree.tostring(epub.page(), encoding="unicode")
