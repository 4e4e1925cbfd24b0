"""Whatever a tree is made of, it is set, and every word of it can be read."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator

import pytest
from docutils import nodes
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree
from sphinx import addnodes

from casebound.typesetting import Typesetter
from tests.epub.readers import Epub
from tests.epub.samples import Shelf
from tests.typesetting.conftest import Set
from tests.typesetting.nodes.test_dispatch import classes
from tests.typesetting.samples import lost, of_nodes, printed, solid

DEEP = 4
UNPRINTED = (
    nodes.comment, nodes.substitution_definition, nodes.meta, nodes.pending, nodes.system_message, nodes.raw,
    addnodes.index, addnodes.toctree, addnodes.tabular_col_spec, addnodes.highlightlang,
)  # fmt: skip
SET_APART = {
    "document", "Text",
    "transition", "image", "colspec",  # hold nothing
    "math", "math_block",  # are drawn
    "bullet_list", "enumerated_list", "definition_list_item", "label", "tgroup", "classifier",  # made whole below
    "field_list",  # drops what is no field, see MISSHAPEN
}  # fmt: skip
KINDS = [
    one
    for name, one in sorted(classes().items())
    if issubclass(one, nodes.Element) and name not in SET_APART and name[0].islower() and not issubclass(one, UNPRINTED)
]

IN_A_LINE = {"p", "pre", "dt", "h1", "h2", "h3", "h4", "h5", "h6"}
BLOCKS = (IN_A_LINE - {"dt"}) | {"div", "ul", "ol", "dl", "table", "section", "blockquote", "figure"}

WORDS = st.sampled_from(
    ["plain", "<b>", "a&b;", "&amp;", "</para>", "%s", "Ωμέγα", "Ρ", "→", "│", "\t", "'\"", "\\n", "e\u0301", "ſt",
     "- ", "\u00a0", "x" * 60, "\n", "\u00ad", "http://a.b/c?d=e&f#g"]
)  # fmt: skip


class Numbers:
    """Names the words and the ids of one tree, so that each is looked for by itself."""

    def __init__(self) -> None:
        self.next = itertools.count(1).__next__

    def text(self, word: str) -> nodes.Text:
        return nodes.Text(f" {word} q{self.next()}z ")

    def named(self, node: nodes.Element) -> nodes.Element:
        node["ids"] = [f"chapter:id{self.next()}"]
        return node


def empty(kind: type[nodes.Element]) -> nodes.Element:
    return kind("py") if kind is addnodes.desc_inline else kind()  # type: ignore[call-arg,arg-type]


@st.composite
def content(draw: Callable[..., object], numbers: Numbers, depth: int) -> list[nodes.Node]:
    """What stands in an element: text, and elements while it is not too deep."""
    found: list[nodes.Node] = [numbers.text(str(draw(WORDS)))]
    if depth:
        found += [draw(element(numbers, depth - 1)) for _ in range(int(str(draw(st.integers(0, 2)))))]  # type: ignore[misc]
    return found


@st.composite
def element(draw: Callable[..., object], numbers: Numbers, depth: int) -> nodes.Element:
    """An element of any class; lists, definitions, notes and tables with the parts that they have."""
    make: Callable[..., nodes.Element] = draw(st.sampled_from([any_kind] * 4 + [items, definition, note, table]))  # type: ignore[assignment]
    return make(draw, numbers, depth)


def any_kind(draw: Callable[..., object], numbers: Numbers, depth: int) -> nodes.Element:
    kind: type[nodes.Element] = draw(st.sampled_from(KINDS))  # type: ignore[assignment]
    node = numbers.named(empty(kind))
    node += filled(draw, numbers, depth, kind)
    return node


def filled(draw: Callable[..., object], numbers: Numbers, depth: int, kind: type[nodes.Element]) -> list[nodes.Node]:
    inside: list[nodes.Node] = draw(content(numbers, depth))  # type: ignore[assignment]
    if issubclass(kind, nodes.TextElement):
        return inside
    return [nodes.paragraph("", "", one) if isinstance(one, nodes.Text) else one for one in inside]


def items(draw: Callable[..., object], numbers: Numbers, depth: int) -> nodes.Element:
    node = draw(st.sampled_from([nodes.bullet_list, nodes.enumerated_list]))()  # type: ignore[operator]
    for _ in range(int(str(draw(st.integers(1, 3))))):
        node += numbers.named(nodes.list_item("", *filled(draw, numbers, depth, nodes.list_item)))
    return numbers.named(node)


def definition(draw: Callable[..., object], numbers: Numbers, depth: int) -> nodes.Element:
    term = numbers.named(nodes.term("", "", numbers.text(str(draw(WORDS)))))
    classifier = nodes.classifier("", "", numbers.text("kind"))
    body = nodes.definition("", *filled(draw, numbers, depth, nodes.definition))
    return nodes.definition_list("", nodes.definition_list_item("", term, classifier, body))


def note(draw: Callable[..., object], numbers: Numbers, depth: int) -> nodes.Element:
    kind = draw(st.sampled_from([nodes.footnote, nodes.citation]))
    label = nodes.label("", "", numbers.text("7"))
    return numbers.named(kind("", label, *filled(draw, numbers, depth, nodes.footnote)))  # type: ignore[operator]


def table(draw: Callable[..., object], numbers: Numbers, depth: int) -> nodes.Element:
    columns = int(str(draw(st.integers(1, 5))))
    rows = [
        nodes.row("", *(nodes.entry("", *filled(draw, numbers, depth, nodes.entry)) for _ in range(columns)))
        for _ in range(int(str(draw(st.integers(1, 2)))))
    ]
    group = nodes.tgroup("", *(nodes.colspec("", colwidth=1) for _ in range(columns)), nodes.tbody("", *rows))
    return numbers.named(nodes.table("", group))


@st.composite
def trees(draw: Callable[..., object]) -> nodes.document:
    numbers = Numbers()
    count = int(str(draw(st.integers(1, 3))))
    return of_nodes(*(draw(element(numbers, DEEP)) for _ in range(count)))  # type: ignore[misc]


@settings(max_examples=40, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(tree=trees())
def test_no_word_of_any_tree_is_lost(typesetter: Typesetter, tree: nodes.document) -> None:
    book = printed(typesetter, tree)
    assert lost(tree, book.solid) == []
    assert [loss for loss in book.losses if "chapter-failed" in loss] == []


def in_epub(tree: nodes.document) -> tuple[str, list[str]]:
    """The letters and digits of a tree's page in an EPUB, which is well formed and nests as XHTML does; its losses."""
    epub = Epub((edition := Shelf({"chapter": tree}).pack()).data)
    page = epub.page("chapter.xhtml")
    assert epub.dangling() == []
    lines = [one for one in page.iter(etree.Element) if etree.QName(one).localname in IN_A_LINE]
    inside = {etree.QName(inner).localname for one in lines for inner in one.iterdescendants()}
    assert inside & BLOCKS == set()
    return solid("".join(map(str, page.itertext()))), [loss.code for loss in edition.losses]


@settings(max_examples=30, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(tree=trees())
def test_no_word_of_any_tree_is_lost_in_an_epub(tree: nodes.document) -> None:
    text, said = in_epub(tree)
    assert lost(tree, text) == []
    assert {"chapter-failed", "node-failed"} & set(said) == set()


def pairs(outer: type[nodes.Element]) -> Iterator[nodes.Element]:
    """An element of one class round one of each other class."""
    numbers = Numbers()
    for inner in KINDS:
        node = numbers.named(empty(inner))
        text = numbers.text("word")
        node += text if isinstance(node, nodes.TextElement) else nodes.paragraph("", "", text)
        around = empty(outer)
        around += node
        yield around


@pytest.mark.slow
def test_no_word_of_any_pair_of_nested_nodes_is_lost(typesetter: Typesetter) -> None:
    wrong = []
    for outer in KINDS:
        tree = of_nodes(*pairs(outer))
        missing = lost(tree, printed(typesetter, tree).solid)
        wrong += [f"{outer.__name__}: {' '.join(missing)}"] if missing else []
    assert wrong == []


def stray(kind: type[nodes.Element]) -> nodes.Element:
    return kind("", nodes.paragraph("", "Stray words"))


MISSHAPEN = {
    "paragraph in a bullet list": lambda: stray(nodes.bullet_list),
    "paragraph in an enumerated list": lambda: stray(nodes.enumerated_list),
    "paragraph in a field list": lambda: stray(nodes.field_list),
    "paragraph in a table group": lambda: nodes.table("", stray(nodes.tgroup)),
    "label outside a note": lambda: nodes.container("", nodes.label("", "Stray words")),
    "classifier without a term": lambda: nodes.definition_list(
        "", nodes.definition_list_item("", nodes.classifier("", "Stray words"))
    ),
}


@pytest.mark.parametrize("name", MISSHAPEN)
def test_no_word_of_a_misshapen_tree_is_lost(typeset: Set, name: str) -> None:
    assert typeset(of_nodes(MISSHAPEN[name]())).text.endswith("Stray words")
