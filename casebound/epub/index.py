"""The index: terms under their letters, each with links that say where they lead (EPUB 3.3 D.1, index)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from casebound.epub.links import DestinationIndex, ResolvedDestination
from casebound.epub.losses import Losses
from casebound.epub.markup import EPUB_TYPE, Element, add, local, page_skeleton, text
from casebound.epub.names import file_stem, safe_id
from casebound.epub.page import STYLE_SHEET
from casebound.i18n.wording import around
from casebound.model.book import DomainIndex, IndexEntry, IndexGroup, Reference
from casebound.model.naming import unique

__all__ = ["index_file", "index_page"]


class _Index:
    """The index in the making."""

    def __init__(self, language: str, anchors: DestinationIndex, titles: Mapping[str, str], losses: Losses) -> None:
        self.language = language
        self.anchors = anchors
        self.titles = titles
        self.losses = losses
        self.ids: set[str] = set()
        self.terms: dict[str, Element] = {}
        self.crossings: list[tuple[Element, str]] = []

    def entry(self, entry: IndexEntry, parent: Element, path: str = "") -> None:
        item = add(parent, "li")
        line = add(item, "p")
        name = f"{path}; {entry.term}" if path else entry.term
        self.terms.setdefault(name, line)
        places = self._places(entry)
        if len(places) == 1:
            _link(line, places[0][1], entry.term)
        else:
            text(line, entry.term)
            self._several(line, places)
        self._crossings(line, entry)
        if entry.note:
            text(line, " ")
            text(add(line, "small"), entry.note)
        if entry.subentries:
            below = add(item, "ul")
            for child in entry.subentries:
                self.entry(child, below, name)

    def _places(self, entry: IndexEntry) -> list[tuple[Reference, ResolvedDestination]]:
        found: dict[str, tuple[Reference, ResolvedDestination]] = {}
        for reference in entry.references:
            anchor = self.anchors.find(reference.target)
            if anchor is None:
                self.losses.report("reference-dangling", reference.target.partition(":")[0], name=reference.target)
            elif anchor.href not in found or reference.main:
                found[anchor.href] = (reference, anchor)
        return list(found.values())

    def _several(self, line: Element, places: list[tuple[Reference, ResolvedDestination]]) -> None:
        """Links by the heading a place is under; the second under the same heading is numbered."""
        met: dict[str, int] = {}
        for reference, anchor in places:
            title = self._heading(anchor)
            met[title] = met.get(title, 0) + 1
            text(line, ", " if line.findall("*") else ": ")
            holder = add(line, "strong") if reference.main else line
            _link(holder, anchor, f"{title} ({met[title]})" if met[title] > 1 else title)

    def _heading(self, anchor: ResolvedDestination) -> str:
        element = anchor.element
        while element is not None:
            if local(element) == "section":
                for child in element:
                    if local(child) in ("h1", "h2", "h3", "h4", "h5", "h6"):
                        words = [*child.itertext()]
                        if len(child) and child[0].get("class") == "section-number":
                            words = words[1:]
                        return " ".join("".join(map(str, words)).split())
            element = element.getparent()
        return self.titles.get(anchor.file, anchor.file)

    def _crossings(self, line: Element, entry: IndexEntry) -> None:
        for key, terms in (("entry-see", entry.see), ("entry-seealso", entry.seealso)):
            before, after = around(key, self.language)
            for number, term in enumerate(terms):
                text(line, "; " if number else ", ")
                if before and not number:
                    add(line, "i").text = before.rstrip()
                    text(line, before[len(before.rstrip()) :])
                self.crossings.append((add(line, "span", ["see"]), term))
            if after and terms:
                text(line, after[: -len(after.lstrip()) or None])
                add(line, "i").text = after.lstrip()

    def settle(self) -> None:
        """Let see and see also lead to the entries they name."""
        for holder, term in self.crossings:
            line = self.terms.get(term)
            if line is None:
                holder.text = term
                continue
            if line.get("id") is None:
                line.set("id", unique(safe_id(f"term-{term}"), self.ids))
            add(holder, "a", attributes={"href": f"#{line.get('id')}"}).text = term


def _link(holder: Element, anchor: ResolvedDestination, words: str) -> None:
    text(add(holder, "a", attributes={"href": anchor.href}), words)


def index_file(index: DomainIndex) -> str:
    """The file of a domain's index, without ending."""
    return f"index-{file_stem(index.name)}"


def index_page(
    title: str,
    groups: Iterable[IndexGroup],
    language: str,
    anchors: DestinationIndex,
    titles: Mapping[str, str],
    losses: Losses,
) -> Element:
    """An index as a page. ``titles`` names each chapter's file by the chapter's title."""
    root, body = page_skeleton(title, language, STYLE_SHEET)
    section = add(body, "section", ["index"], {EPUB_TYPE: "index", "role": "doc-index"})
    add(section, "h1").text = title
    made = _Index(language, anchors, titles, losses)
    for group in groups:
        part = add(section, "section", ["index-group"])
        add(part, "h2").text = group.letter
        entries = add(part, "ul")
        for entry in group.entries:
            made.entry(entry, entries)
    made.settle()
    return root
