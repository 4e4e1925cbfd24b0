"""Tiny books: chapters written as reST, their trees made as the contract in ARCHITECTURE.md says."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pikepdf
from docutils import nodes
from docutils.core import publish_doctree
from PIL import Image

from casebound.epub import Edition, pack
from casebound.model.book import Book, Certification, Chapter, Heading
from casebound.system import stylesheets

MODIFIED = datetime(2026, 1, 1, tzinfo=UTC)
CERTIFIED = Certification(
    "Ada Access", "EPUB Accessibility 1.1 - WCAG 2.1 Level AA", "Access Aware", "https://example.org/report"
)


def css() -> str:
    """The house style sheet."""
    return (stylesheets.folder() / "epub.css").read_text(encoding="utf-8")


def page(colour: str = "1 0 0") -> bytes:
    """A PDF file of one page in one colour, 200 by 320 points."""
    with pikepdf.new() as made:
        made.add_blank_page(page_size=(200, 320))
        made.pages[0].Contents = made.make_stream(f"{colour} rg 0 0 200 320 re f".encode())
        data = BytesIO()
        made.save(data)
    return data.getvalue()


def qualified(document: nodes.document, docname: str) -> nodes.document:
    """The tree with its ids and links made named destinations, comments and messages taken out."""
    for element in document.findall(nodes.Element):
        element["ids"] = [f"{docname}:{name}" for name in element["ids"]]
        element["backrefs"] = []
        if "refid" in element and not isinstance(element, nodes.target):
            element["refid"] = f"{docname}:{element['refid']}"
    for section in document.findall(nodes.section):
        section["ids"].append(f"{docname}:")
        break
    for cls in (nodes.comment, nodes.substitution_definition, nodes.system_message, nodes.pending):
        for node in list(document.findall(cls)):
            node.parent.remove(node)
    for image in document.findall(nodes.image):
        path = Path(image["uri"])
        if path.is_file():
            image["path"] = str(path)
            image["digest"] = hashlib.sha256(path.read_bytes()).hexdigest()
    return document


def tree(rest: str, docname: str = "index") -> nodes.document:
    """The chapter tree of some reST."""
    settings = {"report_level": 5, "doctitle_xform": False, "raw_enabled": True, "_disable_config": True}
    return qualified(publish_doctree(rest, settings_overrides=settings), docname)


def heading(section: nodes.section) -> Heading:
    """The headings of a section as the book has them."""
    below = tuple(heading(child) for child in section.children if isinstance(child, nodes.section))
    return Heading(section.next_node(nodes.title).astext(), section["ids"][0], (), below)


@dataclass
class Shelf:
    """A book with its trees: chapters by name, in reading order; a name's depth says where it stands."""

    trees: Mapping[str, nodes.document]
    facts: Mapping[str, object] = field(default_factory=dict)

    def tree(self, chapter: Chapter) -> nodes.document:
        return self.trees[chapter.name]

    @property
    def book(self) -> Book:
        names = list(self.trees)
        root = _chapter(names[0], self.trees[names[0]], 0)
        sections: list[list[Chapter]] = []
        for name in names[1:]:
            if "#" in name or not sections:
                sections.append([_chapter(name, self.trees[name], 1)])
            else:
                sections[-1].append(_chapter(name, self.trees[name], 2))
        made = tuple(replace(section, children=tuple(rest)) for section, *rest in sections)
        facts = {"title": "The Book", "basename": "book", **self.facts}
        return Book(root=replace(root, children=made), **facts)  # type: ignore[arg-type]

    def pack(self, **options: object) -> Edition:
        return pack(self.book, self.tree, **{"css": css(), "modified": MODIFIED, "cover": page, **options})  # type: ignore[arg-type]


def _chapter(name: str, document: nodes.document, depth: int) -> Chapter:
    section = next(document.findall(nodes.section))
    return Chapter(name, name.partition("#")[0], depth, heading(section))


def shelf(chapters: Mapping[str, str] | Sequence[str] | str, **facts: object) -> Shelf:
    """A book of chapters by name; one chapter alone is the root ``index``."""
    if isinstance(chapters, str):
        chapters = {"index": chapters}
    assert isinstance(chapters, Mapping)
    return Shelf({name: tree(rest, name.partition("#")[0]) for name, rest in chapters.items()}, facts)


def of_body(*body: nodes.Node) -> Shelf:
    """A book of one chapter with these nodes under its heading."""
    section = nodes.section("", nodes.title("", "Chapter"), *body, ids=["index:chapter", "index:"])
    document = tree("")
    document += section
    return Shelf({"index": document})


def picture(path: Path, kind: str = "PNG", colour: str = "navy", size: tuple[int, int] = (40, 20)) -> Path:
    """A picture file of one colour."""
    data = BytesIO()
    Image.new("RGB", size, colour).save(data, kind)
    path.write_bytes(data.getvalue())
    return path


Maker = Callable[..., Shelf]
