"""The edition as a whole: spine, navigation, links, metadata, the same bytes on every run."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from itertools import pairwise
from pathlib import Path

from docutils import nodes
from lxml import etree
from PIL import Image

from casebound.epub import pack
from casebound.epub.package.navigation import NavEntry, nav_document
from casebound.model.book import Chapter
from casebound.model.folios import PageStart
from casebound.model.outline import book_outline, walk
from tests.epub import kitchen
from tests.epub.readers import DC, OPF, TYPE, Epub, H
from tests.epub.samples import MODIFIED, css, of_body, page, picture, shelf

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


def test_chapters_whose_names_are_alike_have_files_of_their_own() -> None:
    edition = shelf({"index": "A\n=", "index#x": "B\n=", "index-x": "C\n=", "cover": "D\n=", "Über": "E\n="}).pack()
    assert dict(edition.files) == {
        "index": "EPUB/index.xhtml",
        "index#x": "EPUB/index-x.xhtml",
        "index-x": "EPUB/index-x-2.xhtml",
        "cover": "EPUB/cover-2.xhtml",
        "Über": "EPUB/Uber.xhtml",
    }


def test_everything_has_links_that_resolve_and_ids_that_are_unique(tmp_path: Path) -> None:
    epub = Epub(kitchen.book(tmp_path).pack().data)
    assert epub.dangling() == []
    assert epub.doubled_ids() == []
    listed = {f"EPUB/{item.get('href')}" for item in epub.package.iter(f"{OPF}item")}
    assert set(epub.members) == listed | {"mimetype", "META-INF/container.xml", "EPUB/content.opf"}


def test_two_packs_are_the_same_bytes(tmp_path: Path) -> None:
    made = kitchen.book(tmp_path)
    assert made.pack().data == made.pack().data


def test_the_tree_is_not_changed(tmp_path: Path) -> None:
    made = kitchen.book(tmp_path)
    before = {name: tree.pformat() for name, tree in made.trees.items()}
    made.pack()
    assert {name: tree.pformat() for name, tree in made.trees.items()} == before


def test_the_container_has_no_clock_and_begins_with_the_mimetype() -> None:
    epub = Epub(shelf("A\n=\n").pack().data)
    first = epub.infos[0]
    assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
    assert epub.members["mimetype"] == b"application/epub+zip"
    assert {info.date_time for info in epub.infos} == {(1980, 1, 1, 0, 0, 0)}


def test_metadata_say_what_the_book_says_and_nothing_empty(tmp_path: Path) -> None:
    epub = Epub(kitchen.book(tmp_path).pack().data)
    said = [(element.tag.removeprefix(DC), element.text) for element in epub.package[0] if element.tag.startswith(DC)]
    assert said[1:] == [
        ("title", "The Book"),
        ("title", "With <all> & more"),
        ("language", "en"),
        ("creator", "A. Author"),
        ("publisher", "P"),
        ("rights", "CC BY"),
        ("description", "S"),
        ("subject", "a"),
        ("subject", "b"),
        ("date", "2026-01-01"),
    ]
    assert said[0][1] is not None and said[0][1].startswith("urn:uuid:")
    assert epub.meta("dcterms:modified") == ["2026-01-01T00:00:00Z"]
    assert epub.meta("schema:accessibilityHazard") == ["none"]
    assert "alternativeText" in epub.meta("schema:accessibilityFeature")
    assert epub.meta("dcterms:conformsTo") == []


def test_the_title_page_says_which_edition_it_is(tmp_path: Path) -> None:
    made = kitchen.book(tmp_path)
    for language, line in (("en", "Edition 1.0, 2026-01-01"), ("de", "Ausgabe 1.0, 2026-01-01")):
        made.facts = {**made.facts, "language": language}
        page = Epub(made.pack().data).page("titlepage.xhtml")
        assert [each.text for each in page.iter(f"{H}p") if each.get("class") == "release"] == [line]


def test_the_identifier_stays_and_differs_by_release() -> None:
    def identifier(**facts: object) -> str | None:
        return Epub(shelf("A\n=", **facts).pack().data).package[0].findtext(f"{DC}identifier")

    assert identifier(release="1") == identifier(release="1") != identifier(release="2")
    assert identifier(identifier="urn:isbn:9780000000000") == "urn:isbn:9780000000000"


def test_every_page_has_its_language_and_one_first_heading(tmp_path: Path) -> None:
    made = kitchen.book(tmp_path)
    made.facts = {**made.facts, "language": "pt_BR"}
    epub = Epub(made.pack().data)
    for name in epub.spine:
        page = epub.page(name)
        assert page.get("lang") == page.get("{http://www.w3.org/XML/1998/namespace}lang") == "pt-BR"
        levels = [int(e.tag[-1]) for e in page.iter(*(f"{H}h{level}" for level in range(1, 7)))]
        assert levels[:1] == ([] if name == "cover.xhtml" else [1])
        assert all(after <= before + 1 for before, after in pairwise(levels))


def test_a_chapter_that_cannot_be_read_leaves_the_others_whole() -> None:
    made = shelf(CHAPTERS)

    def tree(chapter: Chapter) -> nodes.document:
        if chapter.name == "internals/rpc":
            raise OSError("gone")
        return made.tree(chapter)

    edition = pack(made.book, tree, css=css(), modified=MODIFIED, cover=page)
    assert [(one.code, one.docname) for one in edition.losses] == [("chapter-failed", "internals/rpc")]
    epub = Epub(edition.data)
    assert epub.dangling() == []
    assert epub.page("internals-rpc.xhtml").findtext(f".//{H}h1") == "RPC"


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


def test_facts_of_the_package_come_from_the_book() -> None:
    facts = {"contributor": "C. Editor", "date": "2026-11", "is_vertical": True}
    epub = Epub(shelf("A\n=\n\nWords.\n", **facts).pack().data)
    metadata, _, spine = epub.package
    assert metadata.findtext(f"{DC}contributor") == "C. Editor"
    assert metadata.findtext(f"{DC}date") == "2026-11"
    assert spine.get("page-progression-direction") == "rtl"
    assert "writing-mode: vertical-rl" in epub.members["EPUB/styles/epub.css"].decode()
    undated = Epub(shelf("A\n=", date="In November").pack().data).package[0]
    assert undated.findtext(f"{DC}date") == "2026-01-01"  # the day of the last change


def test_the_cover_is_the_books_own_picture(tmp_path: Path) -> None:
    Image.new("RGB", (60, 80), "red").save(tmp_path / "front.jpg")
    (tmp_path / "broken.png").write_bytes(b"no picture")
    epub = Epub(shelf("A\n=", cover=str(tmp_path / "front.jpg")).pack().data)
    (item,) = [one for one in epub.package[1] if one.get("properties") == "cover-image"]
    assert (item.get("href"), item.get("media-type")) == ("images/cover.jpg", "image/jpeg")
    assert epub.members["EPUB/images/cover.jpg"] == (tmp_path / "front.jpg").read_bytes()
    assert next(epub.page("cover.xhtml").iter(f"{H}img")).get("src") == "images/cover.jpg"
    edition = shelf("A\n=", cover=str(tmp_path / "broken.png")).pack()
    assert [one.message for one in edition.losses] == [
        "The cover picture broken.png cannot be shown, and a cover is drawn instead: it is not a readable image."
    ]
    assert Epub(edition.data).members["EPUB/images/cover.png"].startswith(b"\x89PNG")


def test_a_page_that_begins_with_a_listing_is_marked_in_its_caption() -> None:
    listing = nodes.container("", nodes.caption("", "Above"), nodes.literal_block("", "x"), literal_block=True)
    listing["ids"] = ["index:listing"]
    epub = Epub(of_body(listing).pack(starts=[PageStart("3", "index", 0), PageStart("4", "index", 3)]).data)
    figure = next(epub.page().iter(f"{H}figure"))
    assert (figure[0].tag, [mark.get("id") for mark in figure[0]]) == (f"{H}figcaption", ["page-4"])


def test_the_index_leads_to_its_places_by_the_headings_they_stand_under(tmp_path: Path) -> None:
    epub = Epub(kitchen.book(tmp_path).pack().data)
    lines = [" ".join("".join(p.itertext()).split()) for p in epub.page("general-index.xhtml").iter(f"{H}p")]
    assert lines == ["RPC: Everything, Same, Ünï, see terms, see also RPC; cast; nothing", "cast", "terms"]
    assert epub.nav().endswith("Index -> general-index.xhtml\n")


def test_the_time_of_change_is_the_one_given() -> None:
    epub = Epub(shelf("A\n=").pack(modified=datetime(2020, 5, 17, 8, 30, tzinfo=UTC)).data)
    assert epub.meta("dcterms:modified") == ["2020-05-17T08:30:00Z"]


def test_a_cover_without_a_picture_is_that_of_a_page() -> None:
    epub = Epub(shelf("A\n=").pack(cover=page).data)
    with Image.open(BytesIO(epub.members["EPUB/images/cover.png"])) as image:
        assert (image.size, image.convert("RGB").getcolors()) == ((1600, 2560), [(1600 * 2560, (255, 0, 0))])


def test_no_page_is_asked_for_where_the_book_has_a_picture(tmp_path: Path) -> None:
    def never() -> bytes:
        raise AssertionError("the cover is drawn")

    own = picture(tmp_path / "front.png")
    epub = Epub(shelf("A\n=", cover=str(own)).pack(cover=never).data)
    assert epub.members["EPUB/images/cover.png"] == own.read_bytes()


def test_a_line_that_the_contents_page_does_not_print_is_hidden_by_itself() -> None:
    lines = [NavEntry("A", "a.xhtml"), NavEntry("B", "b.xhtml", printed=False)]
    nav = nav_document("en", [NavEntry("Book", "book.xhtml", tuple(lines))], [], [])
    assert [(one.text, bool(one.xpath("ancestor::*/@hidden"))) for one in nav.iter(f"{H}a")] == [
        ("Book", False), ("A", False), ("B", True),
    ]  # fmt: skip
    # in a list, which has a look of its own, readers do not hide it unless they are told
    assert re.search(r"nav \[hidden\] \{ display: none; \}", css())
