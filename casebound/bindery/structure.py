"""The structure tree of a file, stitched from those of its fragments (ISO 32000-2 14.7).

Marked contents are counted on each page, so the content of pages stays as it is: elements, the parent tree and the
names of elements are made for each file.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from casebound.bindery.file import ObjectFile
from casebound.bindery.plan import Gathering
from casebound.bindery.syntax import destination_name, literal, number, text
from casebound.bindery.trees import name_tree, number_tree
from casebound.model.fragment import Fragment
from casebound.model.structure import Kid, LinkContent, MarkedContent, StructureElement, walk

__all__ = ["GatheringPlace", "PageTags", "StructureTree", "page_tags", "undescribed"]

_DESCRIBED = {"Figure", "Formula"}
_DEEPEST = 6  # levels of headings that PDF 1.7 has


@dataclass(slots=True)
class PageTags:
    """The marked contents that a page gets when it is bound: words of the notes at its foot.

    ``links`` gives, for a word of a note that is a link, its place among the links of the notes of its page.
    """

    next: int
    notes: list[int] = field(default_factory=list)
    links: dict[int, int] = field(default_factory=dict)

    def open(self, role: bytes) -> tuple[int, bytes]:
        """A new content: its number, and the operator that begins it."""
        mcid, self.next = self.next, self.next + 1
        return mcid, b"/%b<</MCID %d>>BDC\n" % (role, mcid)

    def note(self, written: bytes, link: int | None) -> bytes:
        """Words of a note, the text of a link of its page where ``link`` says which."""
        mcid, begun = self.open(b"P" if link is None else b"Link")
        self.notes.append(mcid)
        if link is not None:
            self.links[mcid] = link
        return begun + written + b"EMC\n"


def undescribed(gatherings: Iterable[Gathering]) -> int:
    """How many pictures and formulas have no alternative text."""
    return sum(
        isinstance(kid, StructureElement) and kid.role in _DESCRIBED and not kid.alt
        for gathering in gatherings
        for kid in walk(gathering.fragment.structure)
    )


def page_tags(fragment: Fragment) -> list[PageTags]:
    """The tags of a fragment's pages before anything is added to them."""
    counts = [0] * fragment.pages
    for kid in walk(fragment.structure):
        if isinstance(kid, MarkedContent):
            counts[kid.page] = max(counts[kid.page], kid.mcid + 1)
    return list(map(PageTags, counts))


@dataclass(frozen=True, slots=True)
class GatheringPlace:
    """Where a gathering is in its file, page by page: object numbers, origins of text blocks, what was added.

    ``first`` is the 0-based place of its first page. ``annotations`` are the object numbers of its links by their
    places in the fragment; those of notes come after them, page by page.
    """

    first: int
    pages: Sequence[int]
    origins: Sequence[tuple[float, float]]
    tags: Sequence[PageTags]
    annotations: Mapping[int, int]


@dataclass(slots=True)
class _Group:
    """An element that holds gatherings: a part or a chapter, with those below it."""

    level: int
    number: int
    parent: int
    role: str
    kids: list[int] = field(default_factory=list)


class StructureTree:
    """The structure tree of one file, to which gatherings are added in reading order."""

    def __init__(self, file: ObjectFile, gatherings: Iterable[Gathering], pages: int) -> None:
        self._file = file
        self._root = file.reserve()
        document = _Group(0, file.reserve(), self._root, "Document")
        self._groups, self._open = [document], [document]
        self._contents: list[dict[int, int]] = [{} for _ in range(pages)]
        self._keys: dict[int, int] = {}
        self._owners: dict[int, int] = {}
        elements = [
            kid for one in gatherings for kid in walk(one.fragment.structure) if isinstance(kid, StructureElement)
        ]
        # elements of one role are numbered in a row: beside each other they compress to four fifths
        counts = Counter(element.role for element in elements)
        self._numbers = {role: iter([file.reserve() for _ in range(count)]) for role, count in sorted(counts.items())}
        self._notes: dict[str, int] = {}
        for element in elements:
            if element.name and element.name not in self._notes:
                self._notes[element.name] = next(self._numbers[element.role])
        self._named: set[str] = set()

    def key(self) -> int:
        """A key of the parent tree for an annotation that is about to be written (14.7.5.4)."""
        key = len(self._contents) + len(self._keys)
        self._keys[key] = 0
        return key

    def annotated(self, annotation: int, key: int) -> None:
        """Note which annotation has a key."""
        self._keys[key] = annotation

    def add(self, gathering: Gathering, place: GatheringPlace) -> None:
        """Add the elements of a gathering, and of the notes at the foot of its pages."""
        elements = [kid for kid in gathering.fragment.structure if isinstance(kid, StructureElement)]
        if not elements:
            return
        group = self._group(gathering)
        writer = _ElementWriter(self, place, gathering.level)
        group.kids += [writer.element(kid, group.number) for kid in elements]
        links = len(gathering.fragment.links)
        for page, tags in enumerate(place.tags):
            if tags.notes:
                group.kids.append(writer.element(_note(page, tags, links), group.number))
                links += len(tags.links)

    def _group(self, gathering: Gathering) -> _Group:
        """The group of a gathering, in those that it belongs to."""
        matter = gathering.fragment.name.startswith(":")
        while self._open[-1].level and (matter or self._open[-1].level >= gathering.level):
            self._open.pop()
        parent = self._open[-1]
        role = "Part" if gathering.level == 1 and not matter else "Sect"
        group = _Group(gathering.level, self._file.reserve(), parent.number, role)
        parent.kids.append(group.number)
        self._groups.append(group)
        self._open.append(group)
        return group

    def finish(self) -> int:
        """Write the tree and return the number of its root (14.7.2)."""
        for group in self._groups:
            kids = b" ".join(b"%d 0 R" % kid for kid in group.kids)
            self._file.put(group.number, b"<</S/%b/P %d 0 R/K[%b]>>" % (group.role.encode(), group.parent, kids))
        parents = number_tree(self._file, self._parents())
        names = [(destination_name(name), b"%d 0 R" % number) for name, number in self._notes.items()]
        ids = b"/IDTree %d 0 R" % name_tree(self._file, names) if names else b""
        body = b"<</Type/StructTreeRoot/K %d 0 R/ParentTree %d 0 R/ParentTreeNextKey %d%b>>" % (
            self._groups[0].number, parents, len(self._contents) + len(self._keys), ids,
        )  # fmt: skip
        self._file.put(self._root, body)
        return self._root

    def _parents(self) -> Iterator[tuple[int, bytes]]:
        """The elements that the contents of each page, and each annotation, are in."""
        for page, owners in enumerate(self._contents):
            listed = (owners.get(mcid) for mcid in range(max(owners, default=-1) + 1))
            yield page, b"[%b]" % b" ".join(b"null" if owner is None else b"%d 0 R" % owner for owner in listed)
        for key, annotation in self._keys.items():
            if annotation in self._owners:
                yield key, b"%d 0 R" % self._owners[annotation]

    # what a writer of elements needs

    def number_of(self, element: StructureElement) -> int:
        """The number under which an element is written: that of a note is known before."""
        if element.name in self._notes and element.name not in self._named:
            self._named.add(element.name)
            return self._notes[element.name]
        return next(self._numbers.get(element.role, iter(())), 0) or self._file.reserve()

    def note(self, name: str) -> int:
        """The number of a note; 0 where it is in another file."""
        return self._notes.get(name, 0)

    def put(self, number: int, body: bytes) -> None:
        self._file.put(number, body)

    def claim(self, page: int, mcid: int, element: int) -> None:
        """Note which element a content of a page is in."""
        self._contents[page][mcid] = element

    def own(self, annotation: int, element: int) -> None:
        """Note which element an annotation is in."""
        self._owners[annotation] = element


class _ElementWriter:
    """Writes the elements of one gathering."""

    def __init__(self, tree: StructureTree, place: GatheringPlace, level: int) -> None:
        self._tree, self._place, self._level = tree, place, level

    def element(self, element: StructureElement, parent: int) -> int:
        """Write an element and all that is in it; gives its number."""
        number_ = self._tree.number_of(element)
        page = self._page(element)
        kids = [kid for each in element.kids if (kid := self._kid(each, number_, page)) is not None]
        role = self._role(element)
        body = b"<</S/%b/P %d 0 R" % (role, parent)
        if page is not None:
            body += b"/Pg %d 0 R" % self._place.pages[page]
        if kids:
            body += b"/K %b" % kids[0] if len(kids) == 1 else b"/K[%b]" % b" ".join(kids)
        if element.name and number_ == self._tree.note(element.name):
            body += b"/ID" + literal(destination_name(element.name))
        self._tree.put(number_, body + self._attributes(element) + b">>")
        return number_

    def _page(self, element: StructureElement) -> int | None:
        """The page of its first content, which the others are counted from."""
        return next((kid.page for kid in element.kids if isinstance(kid, MarkedContent)), None)

    def _kid(self, kid: Kid, element: int, page: int | None) -> bytes | None:
        if isinstance(kid, StructureElement):
            return b"%d 0 R" % self.element(kid, element)
        if isinstance(kid, LinkContent):
            annotation = self._place.annotations.get(kid.index)
            if annotation is None:
                return None
            self._tree.own(annotation, element)
            return b"<</Type/OBJR/Obj %d 0 R>>" % annotation
        self._tree.claim(self._place.first + kid.page, kid.mcid, element)
        if kid.page == page:
            return b"%d" % kid.mcid
        return b"<</Type/MCR/Pg %d 0 R/MCID %d>>" % (self._place.pages[kid.page], kid.mcid)

    def _role(self, element: StructureElement) -> bytes:
        """Its type: a heading of the file's level; a link that this file has nothing to open for is none."""
        if element.role == "H":
            return b"H%d" % min(self._level + element.level - 1, _DEEPEST)
        links = [kid for kid in element.kids if isinstance(kid, LinkContent)]
        if element.role == "Link" and not any(kid.index in self._place.annotations for kid in links):
            return b"Span"
        return element.role.encode()

    def _attributes(self, element: StructureElement) -> bytes:
        """What is said of an element (14.7.6, 14.8.5, 14.9)."""
        body = b""
        if element.alt:
            body += b"/Alt" + text(element.alt)
        if element.language:
            body += b"/Lang" + text(element.language)
        if element.refers and (note := self._tree.note(element.refers)):
            body += b"/Ref[%d 0 R]" % note
        own = [*self._list(element), *self._table(element), *self._layout(element)]
        return body + (b"/A<<%b>>" % b"".join(own) if own else b"")

    def _list(self, element: StructureElement) -> Iterator[bytes]:
        if element.numbering:
            yield b"/O/List/ListNumbering/%b" % element.numbering.encode()

    def _table(self, element: StructureElement) -> Iterator[bytes]:
        said = b"/Scope/%b" % element.scope.encode() if element.scope else b""
        said += b"/ColSpan %d" % element.columns if element.columns > 1 else b""
        said += b"/RowSpan %d" % element.rows if element.rows > 1 else b""
        if element.heads:
            said += b"/Headers[%b]" % b"".join(literal(destination_name(name)) for name in element.heads)
        if said:
            yield b"/O/Table" + said

    def _layout(self, element: StructureElement) -> Iterator[bytes]:
        page = self._page(element)
        if element.box is not None and page is not None:
            dx, dy = self._place.origins[page]
            left, bottom, right, top = element.box
            sides = (left + dx, bottom + dy, right + dx, top + dy)
            yield b"/O/Layout/BBox[%b]" % b" ".join(map(number, sides))


def _note(page: int, tags: PageTags, links: int) -> StructureElement:
    """The paragraph of the notes at the foot of a page, whose links come after so many others of the gathering."""
    kids = (
        StructureElement("Link", (MarkedContent(page, mcid), LinkContent(links + tags.links[mcid])))
        if mcid in tags.links
        else MarkedContent(page, mcid)
        for mcid in tags.notes
    )
    return StructureElement("P", tuple(kids))
