"""Every node that a tree can hold has a handler, and what it says reaches the page."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
from docutils import nodes
from lxml import etree
from sphinx import addnodes

from casebound.epub import chapters, registry
from casebound.epub.settling import settle
from tests.epub.kitchen import parameters
from tests.epub.readers import Epub, H
from tests.epub.samples import of_body, picture, shelf, tree

assert chapters.HANDLER_MODULES

UNPRINTED = (
    nodes.comment,
    nodes.substitution_definition,
    nodes.meta,
    nodes.pending,
    nodes.system_message,
    nodes.colspec,
    nodes.raw,
    addnodes.toctree,
    addnodes.highlightlang,
    addnodes.tabular_col_spec,
    addnodes.index,
    nodes.image,
    nodes.transition,
)


MAKERS: dict[type[nodes.Element], Callable[[], nodes.Element]] = {
    nodes.document: lambda: tree(""),
    nodes.section: lambda: nodes.section("", nodes.title("", "Below"), ids=["index:below"]),
    nodes.pending: lambda: nodes.pending(None),
    addnodes.desc_inline: lambda: addnodes.desc_inline("py"),
}
LOSSES = {
    nodes.raw: ["raw-left-out"],
    nodes.footnote_reference: ["reference-dangling"],
    nodes.citation_reference: ["reference-dangling"],
}


def node_classes() -> list[type[nodes.Element]]:
    """Every class of nodes that a tree can hold; base classes that never stand in one are left out."""
    base = {"Element", "TextElement", "FixedTextElement", "PureTextElement", "_desc_classes_injector"}
    return [
        cls
        for module in (nodes, addnodes)
        for name, cls in vars(module).items()
        if inspect.isclass(cls)
        and issubclass(cls, nodes.Element)
        and cls.__module__ == module.__name__
        and name not in base
    ]


@pytest.mark.parametrize("cls", node_classes(), ids=lambda cls: cls.__name__)
def test_a_node_has_a_handler_and_keeps_its_words(cls: type[nodes.Element]) -> None:
    assert registry.handler_of(cls) is not None
    node = MAKERS.get(cls, cls)()
    node += nodes.Text("WORDS")
    edition = of_body(nodes.paragraph("", "before"), node, nodes.paragraph("", "after")).pack()
    assert [one.code for one in edition.losses] == LOSSES.get(cls, [])
    epub = Epub(edition.data)
    words = re.sub(r"\s", "", "".join(map(str, epub.page().itertext())))
    assert ("WORDS" in words) == (cls not in UNPRINTED)
    assert "before" in words and "after" in words
    assert epub.dangling() == []


def test_an_unknown_node_keeps_its_words_and_is_named_once() -> None:
    class Chart(nodes.General, nodes.Element):
        pass

    class Sparkle(nodes.Inline, nodes.TextElement):
        pass

    line = nodes.paragraph("", "a ", Sparkle("", "b"), nodes.Text(" c"))
    edition = of_body(Chart("", nodes.paragraph("", "one")), Chart("", nodes.paragraph("", "two")), line).pack()
    assert [one.code for one in edition.losses] == ["node-unknown", "node-unknown"]
    assert Epub(edition.data).body() == (
        '<div class="Chart"><p>one</p>\n</div>\n<div class="Chart"><p>two</p>\n</div>\n'
        '<p>a <span class="Sparkle">b</span> c</p>'
    )


def test_a_node_that_fails_is_set_plainly_and_leaves_nothing_half_done() -> None:
    broken = nodes.enumerated_list("", nodes.list_item("", nodes.paragraph("", "item")), start="x", ids=["index:l"])
    link = nodes.paragraph("", "", nodes.reference("", "there", refid="index:l"))
    edition = of_body(nodes.paragraph("", "one"), broken, link).pack()
    assert [one.code for one in edition.losses] == ["node-failed", "reference-dangling"]
    assert Epub(edition.data).body() == ('<p>one</p>\n<div class="plain">item</div>\n<p><span>there</span></p>')


def test_a_block_in_a_paragraph_ends_it() -> None:
    inner = nodes.literal_block("", "x = 1", language="none")
    assert Epub(of_body(nodes.paragraph("", "a", inner, nodes.Text("b"))).pack().data).body() == (
        '<p>a</p>\n<pre class="code"><code><span class="line">x = 1</span></code></pre>\n<p>b</p>'
    )


def test_a_block_in_a_heading_becomes_inline() -> None:
    made = of_body()
    title = next(made.trees["index"].findall(nodes.title))
    title += nodes.bullet_list("", nodes.list_item("", nodes.paragraph("", "x")))
    page = Epub(made.pack().data).page()
    heading = next(page.iter("{http://www.w3.org/1999/xhtml}h1"), None)
    assert heading is None or {e.tag.rpartition("}")[2] for e in heading.iter()} <= {"h1", "span"}


@pytest.mark.parametrize(
    ("required", "optional", "options", "written"),
    [
        (("a", "b"), (), {}, "f(a, b)"),
        (("a",), ("b",), {}, "f(a[, b])"),
        ((), ("a", "b"), {}, "f([a, b])"),
        (("a", "b"), ("c",), {"multi_line_parameter_list": True, "multi_line_trailing_comma": True}, "f(a,b,[c],)"),
    ],
)
def test_signatures(
    required: tuple[str, ...], optional: tuple[str, ...], options: dict[str, bool], written: str
) -> None:
    signature = addnodes.desc_signature(
        "", "", addnodes.desc_name("f", "f"), parameters(*required, optional=optional, **options)
    )
    page = Epub(of_body(addnodes.desc("", signature, addnodes.desc_content(), objtype="function")).pack().data).page()
    term = next(page.iter("{http://www.w3.org/1999/xhtml}dt"))
    assert "".join(map(str, term.itertext())) == written


def test_notes_lead_there_and_back() -> None:
    assert Epub(shelf("A\n=\n\nx [#n]_ y\n\n.. [#n] Note\n").pack().data).body() == (
        '<p>x <a class="noteref" epub:type="noteref" role="doc-noteref" id="footnote-reference-1" href="#n">[1]</a>'
        " y</p>\n"
        '<div class="footnotes" epub:type="footnotes">'
        '<aside class="footnote" epub:type="footnote" role="doc-footnote" id="n">'
        '<span class="label"><a role="doc-backlink" href="#footnote-reference-1">[1]</a></span>'
        '<div class="note-text"><p>Note</p>\n</div>\n</aside>\n</div>'
    )


def ways_back(page: etree._Element) -> list[tuple[str, str]]:
    """What each way back says and where it leads, and that a call of a note has the id it leads to."""
    calls = {f"#{one.get('id')}" for one in page.iter(f"{H}a") if "noteref" in one.get("class", "")}
    ways = [(one.text, one.get("href")) for one in page.iter(f"{H}a") if one.get("role") == "doc-backlink"]
    assert {href for _, href in ways} <= calls
    return ways


@pytest.mark.parametrize(
    ("note", "end"),
    [
        ("Note", "Note a b c"),
        ("Note\n\n   more", "more a b c"),
        ("Note\n\n   ::\n\n      code", "a b c"),
        ("Note [#n]_", "Note [1] a b c d"),
    ],
)
def test_a_note_that_is_called_more_than_once_has_as_many_ways_back(note: str, end: str) -> None:
    page = Epub(shelf(f"A\n=\n\nx [#n]_ y [#n]_ z [#n]_\n\n.. [#n] {note}\n").pack().data).page()
    last = list(page.iter(f"{H}p"))[-1]
    assert " ".join("".join(last.itertext()).split()) == end
    letters = end[end.index("a b") :].split()
    assert ways_back(page) == [(letter, f"#footnote-reference-{at}") for at, letter in enumerate(letters, 1)]


def test_the_ways_back_of_a_note_called_forty_times() -> None:
    page = Epub(shelf("A\n=\n\n" + "x [#n]_ " * 40 + "\n\n.. [#n] Note\n").pack().data).page()
    assert [letter for letter, _ in ways_back(page)][24:30] == ["y", "z", "aa", "ab", "ac", "ad"]


def test_a_citation_leads_back_to_the_chapter_that_calls_it() -> None:
    made = shelf({"index": "Book\n====", "a": "A\n=\n\nx [K]_\n\n.. [K] k", "b": "B\n=\n\nsee K and K"})
    for text in list(made.trees["b"].findall(nodes.Text)):
        if "see" in text:
            calls = [nodes.citation_reference("", "K", refid="a:k") for _ in range(2)]
            text.parent.replace(text, [nodes.Text("see "), *calls])
    made.trees["a"].children[0].remove(made.trees["a"].next_node(nodes.paragraph))
    page = Epub(made.pack().data).page("a.xhtml")
    links = [(one.text, one.get("href")) for one in page.iter(f"{H}a") if one.get("role") == "doc-backlink"]
    assert links == [("a", "b.xhtml#to-k"), ("b", "b.xhtml#to-k-2")]


def test_no_way_leads_back_to_a_call_that_is_not_on_the_page() -> None:
    """Its node could not be shown and is set as plain text; or its link led nowhere."""
    body = etree.fromstring(f'<body xmlns="{H[1:-1]}"><a href="#n" id="one"/><a id="two"/><p><span>1</span></p></body>')
    lost = etree.fromstring(f'<p xmlns="{H[1:-1]}"><a href="#n" id="three"/></p>')
    one, two, note = body
    page = SimpleNamespace(file="a.xhtml", links=[], calls=[("n", each) for each in (lost[0], one, two)])
    page.notes = [(["n"], note)]
    settle([page])  # type: ignore[list-item]
    assert [link.get("href") for link in note.iter(f"{H}a")] == ["#one"]


def test_notes_after_a_line_across_the_page_stand_in_a_group_of_their_own() -> None:
    note = nodes.footnote("", nodes.label("", "1"), nodes.paragraph("", "Note"), ids=["index:n"])
    section = Epub(of_body(nodes.transition(classes=["footnotes"]), note).pack().data).page().find(f".//{H}section")
    assert section is not None
    assert [(child.tag.removeprefix(H), len(child)) for child in section] == [("h1", 0), ("hr", 0), ("div", 1)]


def test_a_link_of_a_picture_without_words_is_called_by_where_it_leads(tmp_path: Path) -> None:
    def link(alt: str) -> str | None:
        shown = nodes.image(path=str(picture(tmp_path / "a.png")), uri="a.png", alt=alt)
        reference = nodes.reference("", "", shown, refuri="https://example.org/one")
        return next(Epub(of_body(reference).pack().data).page().iter(f"{H}a")).get("aria-label")

    assert (link(""), link("One")) == ("https://example.org/one", None)


def test_a_note_that_its_own_chapter_calls_leads_back_there_alone() -> None:
    texts = {"index": "A\n=\n\nx [One]_\n\n.. [One] Of both.\n\n.. [Two] Of the other.\n", "b": "B\n=\n\ny\n"}
    made = shelf(texts)
    names = [note["ids"][0] for note in made.trees["index"].findall(nodes.citation)]
    calls = [nodes.citation_reference("", "Note", refid=name) for name in names]
    next(iter(made.trees["b"].findall(nodes.paragraph))).extend(calls)
    page = Epub(made.pack().data).page()
    back = [one.get("href") for one in page.iter(f"{H}a") if one.get("role") == "doc-backlink"]
    assert [address.partition("#")[0] for address in back] == ["", "b.xhtml"]


def test_passages_say_their_language() -> None:
    french = nodes.paragraph("", "Bonjour.", classes=["language-fr"])
    within = nodes.paragraph("", "Say ", nodes.inline("", "guten Tag", classes=["language-de-AT"]))
    code = nodes.literal_block("", "x = 1", classes=["language-py"])
    said = Epub(of_body(french, within, code).pack().data).body()
    assert re.findall(r'lang="([^"]+)"[^>]*>([^<]+)<', said) == [("fr", "Bonjour."), ("de-AT", "guten Tag")]
