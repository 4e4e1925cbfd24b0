"""Navigation: contents, landmarks, the spine, and the pages of the printed edition."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from docutils import nodes
from lxml import etree

from casebound.epub import pack
from casebound.epub.package.navigation import NavEntry, nav_document
from casebound.model.folios import PageStart
from casebound.model.outline import book_outline, walk
from tests.epub import kitchen
from tests.epub.readers import TYPE, Epub, H
from tests.epub.samples import MODIFIED, css, of_body, page, shelf

CHAPTERS = {
    "index": "The Book\n========\n\nWords.\n",
    "index#internals": "Internals\n=========\n\nLead, see `rpc`_.\n\n.. _rpc: https://example.org\n",
    "internals/rpc": "RPC\n===\n\nText\n\nCasts\n-----\n\nText\n\nFanout\n~~~~~~\n\nText\n",
    "internals/scheduling": "Scheduling\n==========\n\nText\n",
    "index#debugging": "Debugging\n=========\n\nLead\n",
    "debugging/gmr": "Guru\n====\n\nText\n",
}


def shown(epub: Epub) -> str:
    """The contents page as it is read: what is not hidden, as indented lines."""

    def lines(holder: etree._Element | None, depth: int) -> Iterator[str]:
        for item in holder if holder is not None and not holder.get("hidden") else ():
            if not item.get("hidden"):
                yield f"{'  ' * depth}{item.find(f'{H}a').text}\n"
                yield from lines(item.find(f"{H}ol"), depth + 1)

    return "".join(lines(epub.page("nav.xhtml").find(f".//{H}nav/{H}ol"), 0))


DEEP = {
    "index": "Book\n====",
    "index#s": "Section\n=======",
    "s/one": "One\n===\n\nOne one\n-------\n\nOne two\n-------\n\nDeeper\n~~~~~~",
    "s/two": "Two\n===\n\nTwo one\n-------",
}


def test_the_contents_page_is_as_deep_as_the_printed_contents_and_the_navigation_is_complete() -> None:
    whole = "Book\nSection\n  One\n    One one\n    One two\n      Deeper\n  Two\n    Two one\n"
    two = Epub(shelf(DEEP).pack(contents_depth=2).data)
    assert shown(two) == "Book\nSection\n  One\n  Two\n"
    assert shown(Epub(shelf(DEEP).pack(contents_depth=1).data)) == "Book\nSection\n"
    assert shown(Epub(shelf(DEEP).pack().data)) == whole
    assert re.sub(" -> .*", "", two.nav()) == whole
    hidden = [one.tag.removeprefix(H) for one in two.page("nav.xhtml").iter() if one.get("hidden")]
    assert hidden == ["ol", "ol", "ol", "nav"]


def test_a_chapter_whose_headings_are_not_to_be_printed() -> None:
    made = shelf(DEEP)
    root = made.book.root
    section = root.children[0]
    one = replace(section.children[0], toc_depth=1)
    book = replace(made.book, root=replace(root, children=(replace(section, children=(one, section.children[1])),)))
    epub = Epub(pack(book, made.tree, css=css(), modified=MODIFIED, cover=page, contents_depth=3).data)
    assert shown(epub) == "Book\nSection\n  One\n  Two\n    Two one\n"


def test_the_navigation_is_the_outline_of_the_book_in_the_order_of_the_spine() -> None:
    made = shelf(CHAPTERS)
    epub = Epub(made.pack().data)
    assert epub.nav() == (
        "The Book -> index.xhtml\n"
        "Internals -> index-internals.xhtml\n"
        "  RPC -> internals-rpc.xhtml\n"
        "    Casts -> internals-rpc.xhtml#casts\n"
        "      Fanout -> internals-rpc.xhtml#fanout\n"
        "  Scheduling -> internals-scheduling.xhtml\n"
        "Debugging -> index-debugging.xhtml\n"
        "  Guru -> debugging-gmr.xhtml\n"
    )
    assert epub.spine == [
        "cover.xhtml",
        "titlepage.xhtml",
        "imprint.xhtml",
        "nav.xhtml",
        "index.xhtml",
        "index-internals.xhtml",
        "internals-rpc.xhtml",
        "internals-scheduling.xhtml",
        "index-debugging.xhtml",
        "debugging-gmr.xhtml",
    ]
    assert [line.strip().partition(" -> ")[0] for line in epub.nav().splitlines()] == [
        entry.title for _, entry in walk(book_outline(made.book))
    ]


def test_landmarks_lead_to_the_parts_of_the_book() -> None:
    assert Epub(shelf(CHAPTERS).pack().data).nav("landmarks") == (
        "Cover -> cover.xhtml\nTitle page -> titlepage.xhtml\nContents -> nav.xhtml#toc\nStart of text -> index.xhtml\n"
    )


def _origin(tree: nodes.document, words: str) -> int:
    """The place of a block among the elements of its tree."""
    blocks = enumerate(tree.findall(nodes.Element))
    return next(place for place, one in blocks if isinstance(one, nodes.TextElement) and one.astext() == words)


def test_pages_of_the_printed_edition_are_marked_where_they_begin() -> None:
    made = shelf(
        {
            "index": "Book\n====\n\nWords.\n",
            "rpc": "RPC\n===\n\nOne.\n\n* Two.\n\n  three::\n\n     code\n\n+---+---+\n| a | b |\n+---+---+\n\nLast.\n",
        },
        print_identifier="urn:uuid:pdf",
    )
    at = {words: _origin(made.trees["rpc"], words) for words in ("Two.", "code", "b")}
    epub = Epub(
        made.pack(
            starts=[
                PageStart("i", ":cover"), PageStart("ii", ":blank"), PageStart("iii", ":title"),
                PageStart("1", "index", 0), PageStart("2", ":blank"), PageStart("3", "rpc", 0),
                PageStart("4", "rpc", at["Two."]),
                PageStart("5", "rpc", at["code"]), PageStart("6", "rpc", at["code"]), PageStart("7", "rpc"),
                PageStart("8", "rpc", at["b"]), PageStart("9", ":blank"),
            ]
        ).data
    )  # fmt: skip
    assert epub.nav("page-list") == (
        "i -> cover.xhtml\n"
        "ii -> titlepage.xhtml\n"
        "iii -> titlepage.xhtml\n"
        "1 -> index.xhtml#page-1\n"
        "2 -> rpc.xhtml#page-2\n"
        "3 -> rpc.xhtml#page-3\n"
        "4 -> rpc.xhtml#page-4\n"
        "5 -> rpc.xhtml#page-5\n"
        "6 -> rpc.xhtml#page-6\n"
        "7 -> rpc.xhtml#page-7\n"
        "8 -> rpc.xhtml#page-8\n"
        "9 -> rpc.xhtml#page-8\n"
    )
    assert epub.meta("pageBreakSource") == ["urn:uuid:pdf"]
    marks = [e for e in epub.page("rpc.xhtml").iter() if e.get(TYPE) == "pagebreak"]
    read = [(mark.get("aria-label"), "".join(mark.getparent().itertext()).split()[0]) for mark in marks]
    assert read == [
        (" 2. ", "RPC"), (" 3. ", "RPC"), (" 4. ", "Two."), (" 5. ", "code"), (" 6. ", "code"), (" 7. ", "code"),
        (" 8. ", "b"),
    ]  # fmt: skip
    assert "pageNavigation" in epub.meta("schema:accessibilityFeature")


def test_the_pages_of_the_index_are_marked_at_the_terms_they_begin_with(tmp_path: Path) -> None:
    starts = [PageStart("1", ":index"), PageStart("8", ":index", 0), PageStart("9", ":index", 2)]
    epub = Epub(kitchen.book(tmp_path).pack(starts=starts).data)
    marks = [e for e in epub.page("general-index.xhtml").iter() if e.get(TYPE) == "pagebreak"]
    read = [(mark.get("id"), " ".join("".join(mark.getparent().itertext()).split())) for mark in marks]
    assert [(name, words[:10]) for name, words in read] == [
        ("page-1", "Index R RP"),
        ("page-8", "RPC: Every"),
        ("page-9", "terms"),
    ]


def test_a_page_that_begins_with_a_listing_is_marked_in_its_caption() -> None:
    listing = nodes.container("", nodes.caption("", "Above"), nodes.literal_block("", "x"), literal_block=True)
    listing["ids"] = ["index:listing"]
    epub = Epub(of_body(listing).pack(starts=[PageStart("3", "index", 0), PageStart("4", "index", 3)]).data)
    figure = next(epub.page().iter(f"{H}figure"))
    assert (figure[0].tag, [mark.get("id") for mark in figure[0]]) == (f"{H}figcaption", ["page-4"])


def test_a_line_that_the_contents_page_does_not_print_is_hidden_by_itself() -> None:
    lines = [NavEntry("A", "a.xhtml"), NavEntry("B", "b.xhtml", printed=False)]
    nav = nav_document("en", [NavEntry("Book", "book.xhtml", tuple(lines))], [], [])
    assert [(one.text, bool(one.xpath("ancestor::*/@hidden"))) for one in nav.iter(f"{H}a")] == [
        ("Book", False), ("A", False), ("B", True),
    ]  # fmt: skip
    # in a list, which has a look of its own, readers do not hide it unless they are told
    assert re.search(r"nav \[hidden\] \{ display: none; \}", css())
