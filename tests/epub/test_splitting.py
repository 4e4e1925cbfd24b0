"""Chapters larger than old reading systems hold are divided at their headings."""

from __future__ import annotations

import re
from pathlib import Path

from casebound.epub.splitting import LARGEST
from casebound.press import press
from tests.epub.readers import TYPE, Epub, H
from tests.epub.samples import shelf
from tests.press.books import Shop, Told

WORDS = "Word after word of a paragraph that says the same again. " * 60


def section(title: str, under: str, text: str = "", blocks: int = 10) -> str:
    return f"{title}\n{under * len(title)}\n\n{text}\n\n" + "\n\n".join([WORDS] * blocks) + "\n\n"


def chapter(*sections: str) -> str:
    return "Large\n=====\n\nOpening.\n\n" + "".join(sections)


LARGE = chapter(
    section("One", "-", "See `Nine`_, [#n]_ and [#n]_.\n\n.. [#n] The note."),
    section("Two", "-", blocks=2),
    section("Three", "-", blocks=90),
    section("Four", "-", blocks=30),
    *(section(name, "~", blocks=28) for name in ("Five", "Six", "Seven")),
    section("Eight", "-", blocks=4),
    section("Nine", "-", "See `One`_, `Six`_ and `Large`_."),
)


def files(epub: Epub) -> dict[str, str]:
    """The headings of each file of a chapter."""
    named = [name for name in epub.spine if name.startswith("index")]
    return {
        name: " ".join("".join(one.itertext()) for one in epub.page(name).iter(*(f"{H}h{n}" for n in range(1, 7))))
        for name in named
    }


def test_a_large_chapter_is_divided_at_its_headings() -> None:
    edition = shelf(LARGE).pack()
    epub = Epub(edition.data)
    assert files(epub) == {
        "index.xhtml": "Large One Two",
        "index-2.xhtml": "Three",
        "index-3.xhtml": "Four Five",
        "index-4.xhtml": "Six Seven Eight Nine",
    }
    assert {len(epub.members[f"EPUB/{name}"]) <= LARGEST for name in files(epub) if name != "index-2.xhtml"} == {True}
    # one section alone is too large
    assert [(one.code, one.message.split()[2]) for one in edition.losses] == [("epub-file-large", "index-2.xhtml")]


def test_what_follows_a_divided_section_is_counted_with_its_end() -> None:
    parts = (section(name, "~", blocks=blocks) for name, blocks in (("A", 50), ("B", 40)))
    epub = Epub(shelf(chapter(section("One", "-", blocks=1), *parts, section("Two", "-", blocks=40))).pack().data)
    assert list(files(epub).values()) == ["Large", "One A", "B", "Two"]
    assert all(len(epub.members[f"EPUB/{name}"]) <= LARGEST for name in files(epub))


def test_nothing_of_a_divided_chapter_is_lost_and_all_its_links_lead_on() -> None:
    epub = Epub(shelf(LARGE).pack().data)
    said = " ".join("".join(epub.page(name).find(f"{H}body").itertext()) for name in files(epub))
    assert said.count("Word after word") == 60 * (10 + 2 + 90 + 30 + 28 * 3 + 4 + 10)
    assert (epub.dangling(), epub.doubled_ids()) == ([], [])
    links = {
        (name, one.text, one.get("href"))
        for name in files(epub)
        for one in epub.page(name).iter(f"{H}a")
        if not one.get("role")
    }
    assert links == {
        ("index.xhtml", "Nine", "index-4.xhtml#nine"),
        ("index-4.xhtml", "One", "index.xhtml#one"),
        ("index-4.xhtml", "Six", "#six"),
        ("index-4.xhtml", "Large", "index.xhtml"),
    }
    assert re.findall(r" -> (\S+)", epub.nav()) == [
        "index.xhtml", "index.xhtml#one", "index.xhtml#two", "index-2.xhtml#three", "index-3.xhtml#four",
        "index-3.xhtml#five", "index-4.xhtml#six", "index-4.xhtml#seven", "index-4.xhtml#eight", "index-4.xhtml#nine",
    ]  # fmt: skip


def test_a_note_and_its_calls_in_different_files_find_each_other() -> None:
    text = chapter(section("One", "-", "Called here [#n]_.", 70), section("Two", "-", ".. [#n] The note.", 70))
    epub = Epub(shelf(text).pack().data)
    assert list(files(epub)) == ["index.xhtml", "index-2.xhtml"]
    (call,) = (one for one in epub.page("index.xhtml").iter(f"{H}a") if one.get("role") == "doc-noteref")
    (back,) = (one for one in epub.page("index-2.xhtml").iter(f"{H}a") if one.get("role") == "doc-backlink")
    assert (call.get("href"), back.get("href")) == ("index-2.xhtml#n", f"index.xhtml#{call.get('id')}")


def test_a_large_chapter_without_headings_is_reported() -> None:
    edition = shelf({"index": "Book\n====", "index-2": "Two\n===", "large": chapter("\n\n".join([WORDS] * 90))}).pack()
    (told,) = edition.losses
    assert (told.code, told.docname) == ("epub-file-large", "large")
    assert re.fullmatch(
        r"The file large\.xhtml of the EPUB has 3\d\d kB; some readers hold no more than 260 kB\.", told.message
    )


def test_a_divided_book_is_proven(tmp_path: Path) -> None:
    rest = LARGE.replace("Large\n=====", "Calls\n=====")
    shop = Shop.of(
        tmp_path,
        {"conf.py": 'project = "Tiny Book"', "index.rst": INDEX, "index-2.rst": "Two\n===\n\nText.", "a.rst": rest},
    )
    shop.make()
    assert [name for name in Epub(shop.epub.read_bytes()).spine if name.startswith("a")] == [
        "a.xhtml", "a-2.xhtml", "a-3.xhtml", "a-4.xhtml", 
    ]  # fmt: skip
    assert [str(one) for one in press.prove(shop.places, report=Told(), closely=True).problems] == []


INDEX = "Tiny Book\n=========\n\nWords.\n\n.. toctree::\n\n   index-2\n   a\n"


def test_a_call_in_the_second_file_is_led_back_to_and_its_name_is_no_other_chapters() -> None:
    text = chapter(section("One", "-", ".. [#n] The note.", 70), section("Two", "-", "Called here [#n]_.", 70))
    epub = Epub(shelf({"index": text, "index-2": "Other\n=====\n\nText.\n"}).pack().data)
    assert list(files(epub)) == ["index.xhtml", "index-2-2.xhtml", "index-2.xhtml"]
    (back,) = (one for one in epub.page("index.xhtml").iter(f"{H}a") if one.get("role") == "doc-backlink")
    (call,) = (one for one in epub.page("index-2-2.xhtml").iter(f"{H}a") if one.get("role") == "doc-noteref")
    assert back.get("href") == f"index-2-2.xhtml#{call.get('id')}"
    kinds = {next(epub.page(name).iter(f"{H}body")).get(TYPE) for name in ("index.xhtml", "index-2-2.xhtml")}
    assert len(kinds) == 1 and kinds != {None}
