"""Books and trees as indented text, and texts of documents in one line each."""

from __future__ import annotations

from casebound.manuscript import Manuscript
from casebound.model.book import Chapter, Heading


def outline(manuscript: Manuscript) -> str:
    """The tree of chapters, each with its name, and their headings behind a dash."""
    return "".join(f"{line}\n" for line in _chapter(manuscript.book.root))


def _chapter(chapter: Chapter) -> list[str]:
    own = "  " * chapter.depth
    lines = [f"{own}{chapter.name}: {chapter.heading.numbered_title}"]
    lines += _headings(chapter.heading.children, own + "  ")
    for child in chapter.children:
        lines += _chapter(child)
    return lines


def _headings(headings: tuple[Heading, ...], indent: str) -> list[str]:
    lines = []
    for heading in headings:
        lines.append(f"{indent}- {heading.numbered_title}")
        lines += _headings(heading.children, indent + "  ")
    return lines


def faults(manuscript: Manuscript) -> str:
    """All problems of the book, a line each: place and code, sorted."""
    return "".join(sorted(f"{one.place} {one.code}\n" for one in manuscript.check()))


def page(title: str, text: str = "", *toctree: str, hidden: bool = True) -> str:
    """A document with a title, a text and a toctree at its end; one that has neither says "Text."."""
    lines = [title, "=" * len(title), "", text or ("" if toctree else "Text."), ""]
    if toctree:
        lines += [".. toctree::", *(["   :hidden:"] if hidden else []), "", *(f"   {name}" for name in toctree)]
    return "\n".join(lines) + "\n"
