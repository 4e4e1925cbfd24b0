"""Binding: one file from a plan, in the order pages, names, outline, labels, facts, fonts (ISO 32000-2 7.7.2)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

from casebound.bindery.colour import output_intent
from casebound.bindery.destinations import ExplicitDestination, named_destinations
from casebound.bindery.file import ObjectFile
from casebound.bindery.fonts.embedding import Foundry
from casebound.bindery.fonts.faces import StyleFaces
from casebound.bindery.fonts.lettering import Letterer
from casebound.bindery.fragment_objects import FragmentObjects
from casebound.bindery.labels import page_folios, page_labels, paginate
from casebound.bindery.links import annotation
from casebound.bindery.metadata import information, xmp
from casebound.bindery.notes import NotePiece
from casebound.bindery.outline import Outline
from casebound.bindery.pages import BoundPage, Imposition, page_tree
from casebound.bindery.plan import BindingPlan, BoundFile, DanglingTarget, Gathering
from casebound.bindery.structure import GatheringPlace, StructureTree, page_tags, undescribed
from casebound.bindery.syntax import text
from casebound.i18n.directions import is_right_to_left
from casebound.model.conformance import needs_structure
from casebound.model.fragment import FolioBox, LinkArea, UnmappedGlyph
from casebound.model.style import Style

__all__ = ["Bindery"]

_AIR = 12.0  # points that stay visible above what a destination names
_PRINTABLE = range(0x20, 0x7F)

_Mark = TypeVar("_Mark", LinkArea, FolioBox)


class Bindery:
    """Binds the files of one build from the same fragments, each of which is read once.

    ``used`` gives the code points that all fragments write, by face. ``cache`` is a folder for font subsets;
    ``misfits`` names those that were found damaged in it.
    """

    def __init__(self, style: Style, used: Mapping[str, Iterable[int]], cache: Path | None = None) -> None:
        self._style = style
        self._objects = FragmentObjects()
        faces = StyleFaces(style.faces)
        self._letterer = Letterer(faces)
        self._foundry = Foundry(faces, used, cache)
        self.misfits = self._foundry.misfits
        for face in sorted({style.head.face, style.folio.face, style.note.face}):
            self._foundry.keep(face, _PRINTABLE)

    def bind(self, plan: BindingPlan) -> BoundFile:
        """The file of a plan. Raises ValueError for a fragment whose pages are not what its sidecar says."""
        return _Binding(plan, self._style, self._objects, self._letterer, self._foundry).bound()


class _Binding:
    """One file while it is being bound."""

    def __init__(
        self, plan: BindingPlan, style: Style, objects: FragmentObjects, letterer: Letterer, foundry: Foundry
    ) -> None:
        self._plan = plan
        self._style = style
        self._objects = objects
        self._foundry = foundry
        self._file = ObjectFile()
        self._imposition = Imposition(self._file, objects, style, letterer, plan.notes)
        self._folios = paginate(plan.gatherings)
        self._structure: StructureTree | None = None
        self._claims = _claims(plan)
        self._dangling: dict[DanglingTarget, None] = {}

    def bound(self) -> BoundFile:
        pages = list(self._pages())
        numbers = [self._file.reserve() for _ in pages]
        spots = self._spots(pages, numbers)
        if self._plan.tagged:
            self._structure = StructureTree(self._file, self._plan.gatherings, len(pages))
        tree = page_tree(self._file, list(zip(numbers, self._written(pages, numbers), strict=True)))
        catalog = self._catalog(tree, spots)
        info = self._file.add(information(self._plan))
        self._imposition.finish(self._foundry, self._glyphs())
        written = self._file.finish(catalog, info)
        return BoundFile(written, len(pages), self._folios, tuple(self._dangling), self._claims)

    def _glyphs(self) -> dict[str, dict[int, UnmappedGlyph]]:
        """The glyphs without a character, by face; of those that differ in their parts one is taken for all."""
        glyphs: dict[str, dict[int, UnmappedGlyph]] = {}
        for gathering in self._plan.gatherings:
            for face, own in gathering.fragment.glyphs.items():
                known = glyphs.setdefault(face, {})
                for point, glyph in own.items():
                    known[point] = min(glyph, known.get(point, glyph), key=lambda glyph: glyph.parts)
        return glyphs

    def _pages(self) -> Iterator[BoundPage]:
        folios, mirrored = page_folios(self._plan.gatherings), is_right_to_left(self._plan.language)
        position = 0
        for gathering in self._plan.gatherings:
            for place in range(gathering.fragment.pages):
                yield BoundPage(gathering, place, position, folios[position], mirrored)
                position += 1

    def _spots(self, pages: list[BoundPage], numbers: list[int]) -> dict[str, ExplicitDestination]:
        """Every named destination of this file; of equal names the first counts."""
        spots: dict[str, ExplicitDestination] = {}
        top = self._style.paper.height
        for page, number in zip(pages, numbers, strict=True):
            if page.place:
                continue
            for target, place in page.gathering.fragment.destinations.items():
                index = page.position + place.page
                dx, dy = pages[index].origin(self._style)
                spot = ExplicitDestination(number + place.page, place.x + dx, min(place.y + dy + _AIR, top))
                spots.setdefault(target, spot)
        return spots

    def _written(self, pages: Sequence[BoundPage], numbers: Sequence[int]) -> Iterator[bytes]:
        """The entries of each page, its annotations among them."""
        begin = 0
        for gathering in self._plan.gatherings:
            end = begin + gathering.fragment.pages
            yield from self._gathering(gathering, pages[begin:end], numbers[begin:end])
            begin = end

    def _gathering(self, gathering: Gathering, pages: Sequence[BoundPage], numbers: Sequence[int]) -> Iterator[bytes]:
        """The entries of the pages of a gathering, whose elements are added to the structure."""
        fragment, structure = gathering.fragment, self._structure
        links, boxes = _by_page(fragment.links), _by_page(fragment.folio_boxes)
        tags = page_tags(fragment) if structure is not None else []
        annotations: dict[int, int] = {}
        more = len(fragment.links)
        for page, sheet in zip(pages, self._objects.sheets(fragment), strict=True):
            own = boxes.get(page.place, ())
            stamps = {index: (box, self._stamp(fragment.name, box)) for index, box in own}
            notes = self._notes(box for _, box in own) if gathering.noted else ()
            tag = tags[page.place] if tags else None
            entries, noted = self._imposition.page(page, sheet, stamps, notes, tag)
            origin = page.origin(self._style)
            placed = [(index, link, origin) for index, link in links.get(page.place, ())]
            placed += [(index, link, (0.0, 0.0)) for index, link in enumerate(noted, start=more)]
            more += len(noted)
            written = dict(self._annotations(page, placed))
            annotations |= written
            yield entries + _page_entries(page, written.values(), tagged=structure is not None)
        if structure is not None and pages:
            origins = [page.origin(self._style) for page in pages]
            structure.add(gathering, GatheringPlace(pages[0].position, numbers, origins, tags, annotations))

    def _annotations(
        self, page: BoundPage, links: Iterable[tuple[int, LinkArea, tuple[float, float]]]
    ) -> Iterator[tuple[int, int]]:
        """Write the annotations of links, each after its place and with that on the paper which it counts from."""
        for index, link, origin in links:
            key = self._structure.key() if self._structure is not None else None
            body = annotation(link, origin, self._folios, self._plan.elsewhere, key)
            if body is not None:
                number = self._file.add(body)
                if self._structure is not None and key is not None:
                    self._structure.annotated(number, key)
                yield index, number
            elif link.target is not None and link.target not in self._plan.elsewhere:
                self._report(page.gathering.fragment.name, link.target)

    def _stamp(self, name: str, box: FolioBox) -> str:
        """What is printed in a folio box; a target that is nowhere is printed as a question mark."""
        folio = self._folios.get(box.target, self._plan.folios.get(box.target))
        if folio is None and box.target in self._plan.elsewhere:
            folio = self._plan.elsewhere[box.target].folio
        if folio is None:
            self._report(name, box.target)
        return box.text.replace("{folio}", "?" if folio is None else folio)

    def _notes(self, boxes: Iterable[FolioBox]) -> Sequence[NotePiece]:
        """What is to be said at the foot of a page: each place outside the file that it refers to, once."""
        notes: dict[str, str] = {}
        for box in boxes:
            place = None if box.target in self._folios else self._plan.elsewhere.get(box.target)
            if place and place.note:
                notes.setdefault(place.note, box.target)
        return [NotePiece(text, target) for text, target in notes.items()]

    def _report(self, name: str, target: str) -> None:
        self._dangling[DanglingTarget(name, target)] = None

    def _catalog(self, tree: int, spots: dict[str, ExplicitDestination]) -> int:
        plan = self._plan
        names = named_destinations(self._file, spots)
        packet = xmp(plan, self._claims)
        metadata = self._file.add_stream(b"/Type/Metadata/Subtype/XML", packet, compress=False)
        entries = b"/Pages %d 0 R/Names<</Dests %d 0 R>>/Metadata %d 0 R" % (tree, names, metadata)
        if plan.outline:
            outline = Outline(self._file, spots, plan.open_depth, plan.closed)
            entries += b"/Outlines %d 0 R/PageMode/UseOutlines" % outline.write(plan.outline)
            for target in outline.dangling:
                self._report("", target)
        if plan.language:
            entries += b"/Lang" + text(plan.language)
        entries += output_intent(self._file)
        if self._structure is not None:
            entries += b"/StructTreeRoot %d 0 R/MarkInfo<</Marked true>>" % self._structure.finish()
        labels = page_labels(plan.gatherings)
        order = b"/Direction/R2L" if is_right_to_left(plan.language) else b""
        entries += b"/PageLabels%b/ViewerPreferences<</DisplayDocTitle true%b>>" % (labels, order)
        body = b"<</Type/Catalog%b>>" % entries
        return self._file.add(body)


def _claims(plan: BindingPlan) -> tuple[str, ...]:
    """The standards that the file conforms to, of those that it is to: a reader must be told what pictures show."""
    readable = plan.tagged and bool(plan.language) and not undescribed(plan.gatherings)
    return tuple(standard for standard in plan.conformance if readable or not needs_structure(standard))


def _by_page(marks: Iterable[_Mark]) -> dict[int, list[tuple[int, _Mark]]]:
    """Marks with their places among all, by their pages."""
    pages: dict[int, list[tuple[int, _Mark]]] = defaultdict(list)
    for index, mark in enumerate(marks):
        pages[mark.page].append((index, mark))
    return pages


def _page_entries(page: BoundPage, annotations: Collection[int], *, tagged: bool) -> bytes:
    """A page's annotations, in the order of its structure (14.7.5.4, 12.5.1)."""
    entries = b"/Annots[%b]" % b" ".join(b"%d 0 R" % number for number in annotations) if annotations else b""
    return entries + (b"/StructParents %d/Tabs/S" % page.position if tagged else b"")
