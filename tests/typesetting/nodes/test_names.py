"""Names and links: every id of a tree is a place on the right page, every link has its rectangle and its target."""

from __future__ import annotations

from io import BytesIO

import pikepdf
import pypdfium2
import pytest
from docutils import nodes

from casebound.bindery import Bindery, BindingPlan, Gathering
from casebound.typesetting import Typesetter
from tests.bindery.readers import destinations as named_destinations
from tests.typesetting.conftest import Set
from tests.typesetting.samples import LOREM, Printed, of_nodes, tree, words

LONG = (LOREM * 12 + "\n\n") * 4

BOOK = f"""\
Chapter
=======

.. _first:

First
-----

{LONG}

.. _second:

Second
------

- An item

  .. _in-item:

  A paragraph in an item

- Another

{LONG}

.. _third:

Third
~~~~~

Term
   .. _in-definition:

   Meaning

.. note::

   .. _in-note:

   Noted
"""


def below(book: Printed, name: str) -> str:
    """The first line of text at or below a destination."""
    place = book.fragment.destinations[name]
    paper = book.style.paper  # type: ignore[attr-defined]
    _, y = paper.origin(place.page % 2 == 0)
    document = pypdfium2.PdfDocument(book.pdf)
    try:
        text = document[place.page].get_textpage().get_text_bounded(0, 0, paper.width, y + place.y + 1)
    finally:
        document.close()
    return str(text).strip().splitlines()[0].strip()


def ids(document: nodes.document) -> set[str]:
    return {name for node in document.findall(nodes.Element) for name in node["ids"]}


def test_every_id_is_a_place_at_its_text(typeset: Set) -> None:
    book = typeset(BOOK)
    assert ids(tree(BOOK)) - set(book.fragment.destinations) == set()
    named = ("", "first", "second", "in-item", "third", "in-definition", "in-note")
    picture = {name: below(book, f"chapter:{name}") for name in named}
    assert picture == {
        "": "Chapter",
        "first": "First",
        "second": "Second",
        "in-item": "A paragraph in an item",
        "third": "Third",
        "in-definition": "Meaning",
        "in-note": "Noted",
    }
    first, second, third = (book.fragment.destinations[f"chapter:{n}"].page for n in ("first", "second", "third"))
    assert first < second < third == book.fragment.pages - 1


def test_places_stand_within_the_text_block(typeset: Set) -> None:
    fragment = typeset(BOOK).fragment
    width, height = fragment.size
    wrong = [
        name
        for name, place in fragment.destinations.items()
        if not (0 <= place.page < fragment.pages and -1 <= place.x <= width and -1 <= place.y <= height + 1)
    ]
    assert wrong == []


INLINE = {
    "emphasis": nodes.emphasis,
    "strong": nodes.strong,
    "literal": nodes.literal,
    "inline": nodes.inline,
    "target": nodes.target,
}


@pytest.mark.parametrize("kind", INLINE)
def test_an_id_in_a_line(typeset: Set, kind: str) -> None:
    node = INLINE[kind]("", "named", ids=["chapter:x"])
    book = typeset(of_nodes(words("One."), nodes.paragraph("", "", nodes.Text("Then "), node, nodes.Text(" words."))))
    assert book.text == "Chapter One. Then named words."
    place = book.fragment.destinations["chapter:x"]
    assert place.x > 10
    assert below(book, "chapter:x").endswith("named words.")


def test_an_id_in_a_link_stands_before_it(typeset: Set) -> None:
    link = nodes.reference("", "", nodes.strong("", "there", ids=["chapter:x"]), refuri="https://example.org/")
    book = typeset(of_nodes(nodes.paragraph("", "", nodes.Text("Go "), link)))
    assert "chapter:x" in book.fragment.destinations
    assert [link.url for link in book.fragment.links] == ["https://example.org/"]


def table_of(*cells: nodes.Element) -> nodes.table:
    row = nodes.row("", *(nodes.entry("", cell) for cell in cells))
    specs = [nodes.colspec("", colwidth=1) for _ in cells]
    return nodes.table("", nodes.tgroup("", *specs, nodes.tbody("", row)))


def field_with(*body: nodes.Node) -> nodes.Element:
    return nodes.field_list("", nodes.field("", nodes.field_name("", "Name"), nodes.field_body("", *body)))


def named(text: str = "Named") -> nodes.paragraph:
    return nodes.paragraph("", text, ids=["chapter:x"])


def mark() -> nodes.target:
    return nodes.target(ids=["chapter:x"])


NESTED = {
    "paragraph in a list": lambda: nodes.bullet_list("", nodes.list_item("", named())),
    "target at the end": lambda: nodes.container("", words("Named"), mark()),
    "target in a cell": lambda: nodes.table("", *table_of(nodes.container("", mark(), words("Named"))).children),
    "paragraph in a cell": lambda: table_of(named()),
    "code": lambda: nodes.literal_block("", "Named", ids=["chapter:x"]),
    "line of a line block": lambda: nodes.line_block("", nodes.line("", "Named", ids=["chapter:x"])),
    "code in a note in a list": lambda: nodes.bullet_list(
        "", nodes.list_item("", nodes.note("", nodes.literal_block("", "Named", ids=["chapter:x"])))
    ),
    "table": lambda: table_of(words("Named")).deepcopy(),
}


@pytest.mark.parametrize("name", [name for name in NESTED if name != "table"])
def test_an_id_in_nested_blocks(typeset: Set, name: str) -> None:
    book = typeset(of_nodes(words("First."), NESTED[name]()))
    assert "chapter:x" in book.fragment.destinations
    assert "Named" in book.text


FIELDS = {
    "paragraph of a field": lambda: field_with(named()),
    "target in a field": lambda: field_with(mark(), words("Named")),
    "body of a field": lambda: nodes.field_list(
        "", nodes.field("", nodes.field_name("", "N"), nodes.field_body("", words("Named"), ids=["chapter:x"]))
    ),
}


@pytest.mark.parametrize("name", FIELDS)
def test_an_id_in_a_field(typeset: Set, name: str) -> None:
    book = typeset(of_nodes(FIELDS[name]()))
    assert "Named" in book.text
    assert "chapter:x" in book.fragment.destinations


LINKS = """\
Chapter
=======

To the `second`_ section, to `a page <https://example.org/?a=1&b="2">`__, to a note [1]_ and a book [CIT]_.

.. [1] The note.
.. [CIT] The book.

``code`` before.

Second
------

.. parsed-literal::

   call(`second`_)
"""


def table(book: Printed) -> list[str]:
    """Links as lines: page, where they lead."""
    return [f"{link.page} {link.target or link.url}" for link in book.fragment.links]


def test_links_have_their_targets(typeset: Set) -> None:
    book = typeset(LINKS)
    notes = [node["ids"][0] for node in tree(LINKS).findall(lambda n: isinstance(n, nodes.footnote | nodes.citation))]
    assert table(book) == [
        "0 chapter:second",
        '0 https://example.org/?a=1&b="2"',
        *(f"0 {note}" for note in notes),
        "0 chapter:second",
    ]
    assert {link.target for link in book.fragment.links if link.target} <= set(book.fragment.destinations)


def test_a_link_lies_on_its_words(typeset: Set) -> None:
    book = typeset(LINKS)
    paper = book.style.paper  # type: ignore[attr-defined]
    x, y = paper.origin(True)
    document = pypdfium2.PdfDocument(book.pdf)
    page = document[0].get_textpage()
    covered = []
    for link in book.fragment.links[:2]:
        left, bottom, right, top = link.rect
        covered.append(page.get_text_bounded(x + left, y + bottom, x + right, y + top).strip())
    page.close()
    document.close()
    assert covered == ["second", "a page"]


def test_a_link_over_two_lines_has_two_rectangles(typeset: Set) -> None:
    link = nodes.reference("", "word " * 40, refuri="https://example.org/")
    book = typeset(of_nodes(nodes.paragraph("", "", link)))
    heights = {round(link.rect[1]) for link in book.fragment.links}
    assert len(heights) > 1
    assert {link.url for link in book.fragment.links} == {"https://example.org/"}


def test_the_same_id_in_two_documents(typesetter: Typesetter) -> None:
    one, two = (tree("Title\n=====\n\nGo to `setup`_.\n\nSetup\n-----\n\nText.\n", name) for name in ("a", "b/c"))
    fragments = [typesetter.chapter("a", one), typesetter.chapter("b/c", two)]
    used = {face: set(fragments[0].used[face]) | set(fragments[1].used.get(face, ())) for face in fragments[0].used}
    gatherings = tuple(Gathering(fragment, first_folio=number) for number, fragment in enumerate(fragments, 1))
    bound = Bindery(typesetter.style, used).bind(BindingPlan("Two", gatherings))
    assert bound.dangling == ()
    with pikepdf.open(BytesIO(bound.pdf)) as pdf:
        pages = {name.decode(): place[0] for name, place in named_destinations(pdf).items()}
        links = [bytes(link.Dest).decode() for page in pdf.pages for link in page.obj.Annots]
    assert pages == {"a:": 1, "a:title": 1, "a:setup": 1, "b/c:": 2, "b/c:title": 2, "b/c:setup": 2}
    assert links == ["a:setup", "b/c:setup"]


def _parameters(*items: nodes.list_item) -> nodes.field_list:
    body = nodes.field_body("", nodes.bullet_list("", *items))
    return nodes.field_list("", nodes.field("", nodes.field_name("", "Parameters"), body))


def _parameter(name: str, *said: nodes.Node) -> nodes.list_item:
    target = nodes.target(ids=[f"chapter:{name}"])
    return nodes.list_item("", nodes.paragraph("", "", target, nodes.strong("", name), nodes.Text(" \u2013 "), *said))


def _lonely() -> nodes.list_item:
    return _parameter("lonely", nodes.note("", words("Noted.")))


def test_a_target_before_a_parameter_stands_at_its_name(typeset: Set) -> None:
    items = [_parameter(name, nodes.Text(LOREM)) for name in ("one", "two")]
    book = typeset(of_nodes(_parameters(*items, _lonely())))
    for name in ("one", "two", "lonely"):
        assert f"{name} \u2013" in below(book, f"chapter:{name}")


def test_a_parameter_s_name_stays_with_the_note_about_it(typeset: Set) -> None:
    blocks = [block for _ in range(60) for block in (words("Line."), _parameters(_lonely()))]
    book = typeset(of_nodes(*blocks))
    assert len(book.pages) > 3
    assert [page.count("lonely") for page in book.pages] == [page.count("Noted") for page in book.pages]
