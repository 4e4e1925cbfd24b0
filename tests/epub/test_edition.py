"""The edition as a whole: links, files, metadata, cover, the same bytes on every run."""

from __future__ import annotations

import zipfile
from datetime import UTC, datetime
from io import BytesIO
from itertools import pairwise
from pathlib import Path

from docutils import nodes
from PIL import Image

from casebound.epub import pack
from casebound.model.book import Chapter
from tests.epub import kitchen
from tests.epub.readers import DC, OPF, Epub, H
from tests.epub.samples import MODIFIED, css, page, picture, shelf
from tests.epub.test_navigation import CHAPTERS


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
