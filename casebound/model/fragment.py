"""Fragments: a chapter's typeset pages and their sidecar, the only thing that passes from typesetting to the bindery.

The pages are a PDF with stub fonts, each page one text block; they carry no links, names or outline. The
sidecar (JSON) carries those. Coordinates are points from the lower left corner of the text block; pages are
counted from 0; numbers are rounded to 0.01 pt.
"""

from __future__ import annotations

import dataclasses
import json
from bisect import bisect
from dataclasses import dataclass, field
from typing import Any

from casebound.model import structure
from casebound.model.structure import Kid
from casebound.model.style import RGB

__all__ = [
    "FOLIO_MARK",
    "PLACE",
    "STUB_FACE",
    "STUB_SUBSET",
    "DestinationPlace",
    "FolioBox",
    "Fragment",
    "LinkArea",
    "Loss",
    "UnmappedGlyph",
]

PLACE = "casebound_place"
"""The attribute that holds a node's place in the tree of its chapter where outputs have other trees."""

FOLIO_MARK = "CaseboundFolio"
"""The tag of the marked-content point at which a folio box is filled, before the place of the box in its fragment."""

STUB_FACE = "CaseboundFace"
"""Key of a stub font dictionary that names the face (a key of ``Fragment.used``)."""

STUB_SUBSET = "CaseboundSubset"
"""Key of a stub font dictionary that gives the subset number (see ``casebound.model.encoding``)."""


@dataclass(frozen=True, slots=True)
class DestinationPlace:
    """The place of a destination: the top left corner of what it names."""

    page: int
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class LinkArea:
    """A rectangle (left, bottom, right, top) that opens a named destination or a URL; one of both is given."""

    page: int
    rect: tuple[float, float, float, float]
    target: str | None = None
    url: str | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class FolioBox:
    """A box of fixed width in which the binder writes the folio of ``target``; ``y`` is the baseline.

    It counts from the coordinates that are in force in the content of its page at its mark (``FOLIO_MARK``). ``text``
    is what is printed, with ``{folio}`` in it. ``align`` is ``left`` or ``right``, or ``justified`` for a box in a line
    of text, which what is printed fills from edge to edge. ``colour`` is RGB from 0 to 1.
    """

    page: int
    x: float
    y: float
    width: float
    target: str
    face: str
    size: float
    text: str = "{folio}"
    align: str = "right"
    colour: RGB = (0.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Loss:
    """Something that was not set as written: a code of ``casebound.model.diagnostics``, its place, its values."""

    code: str
    docname: str
    line: int | None
    values: dict[str, str]


@dataclass(frozen=True, slots=True)
class UnmappedGlyph:
    """A glyph without a character of its own: what it reads as, and the glyphs that are drawn with it.

    ``parts`` are those glyphs' numbers with their offsets in font units: the dots of an Arabic letter.
    """

    text: str
    parts: tuple[tuple[int, int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Fragment:
    """A chapter's pages and sidecar.

    ``size`` is the text block's width and height in points; ``used`` gives, for each face (its PostScript name), the
    sorted code points that its stub fonts write; ``glyphs`` says what those from ``casebound.model.encoding.GLYPHS`` on
    are. ``starts`` gives, for each page, the node with whose text it begins: its place among the elements of the
    chapter tree in document order, from 0, or what its attribute ``PLACE`` says; -1 where no node is known.
    ``structure`` is the tree of elements that its marks belong to, empty where pages are not tagged.

    ``opening`` is "odd" or "even" if the first page must have such a folio. ``empty`` are empty pages that give the
    next page the right kind of folio, each with that kind; those that are not needed are ``dropped``, which counts
    pages of the PDF.
    """

    name: str
    pages: int
    size: tuple[float, float]
    destinations: dict[str, DestinationPlace] = field(default_factory=dict)
    links: tuple[LinkArea, ...] = ()
    folio_boxes: tuple[FolioBox, ...] = ()
    opening: str = ""
    empty: tuple[tuple[int, str], ...] = ()
    dropped: tuple[int, ...] = ()
    starts: tuple[int, ...] = ()
    structure: tuple[Kid, ...] = ()
    used: dict[str, tuple[int, ...]] = field(default_factory=dict)
    glyphs: dict[str, dict[int, UnmappedGlyph]] = field(default_factory=dict)
    losses: tuple[Loss, ...] = ()
    pdf: bytes = field(default=b"", repr=False)

    def sidecar(self) -> str:
        """The sidecar as JSON text, the same for the same fragment."""
        data = {f.name: getattr(self, f.name) for f in dataclasses.fields(self) if f.name != "pdf"}
        data["structure"] = [structure.plain(kid) for kid in self.structure]
        return json.dumps(data, default=_plain, ensure_ascii=False, separators=(",", ":"), sort_keys=True)

    def with_loss(self, loss: Loss) -> Fragment:
        """This fragment with one more loss on record."""
        return dataclasses.replace(self, losses=(*self.losses, loss))

    def on(self, folio: int) -> Fragment:
        """The fragment with this folio on its first page: without the empty pages that are needless then."""
        needless: list[int] = []
        for page, wanted in self.empty:
            own = "odd" if (folio + page - len(needless)) % 2 else "even"
            needless += [page] if own == wanted else []
        return self._without(needless) if needless else self

    def _without(self, pages: list[int]) -> Fragment:
        def moved(page: int) -> int:
            return page - bisect(pages, page)

        return dataclasses.replace(
            self,
            pages=self.pages - len(pages),
            destinations={
                name: dataclasses.replace(place, page=moved(place.page)) for name, place in self.destinations.items()
            },
            links=tuple(dataclasses.replace(link, page=moved(link.page)) for link in self.links),
            folio_boxes=tuple(dataclasses.replace(box, page=moved(box.page)) for box in self.folio_boxes),
            empty=tuple((moved(page), side) for page, side in self.empty if page not in pages),
            dropped=tuple(pages),
            starts=tuple(start for page, start in enumerate(self.starts) if page not in pages),
            structure=structure.moved(self.structure, moved),
        )

    @classmethod
    def load(cls, sidecar: str, pdf: bytes) -> Fragment:
        """The fragment that a sidecar and its PDF bytes were written from."""
        data: dict[str, Any] = json.loads(sidecar)
        return cls(
            name=data["name"],
            pages=data["pages"],
            size=(data["size"][0], data["size"][1]),
            destinations={name: DestinationPlace(**place) for name, place in data["destinations"].items()},
            links=tuple(LinkArea(**{**link, "rect": tuple(link["rect"])}) for link in data["links"]),
            folio_boxes=tuple(FolioBox(**{**box, "colour": tuple(box["colour"])}) for box in data["folio_boxes"]),
            opening=data["opening"],
            empty=tuple((page, side) for page, side in data["empty"]),
            dropped=tuple(data["dropped"]),
            starts=tuple(data["starts"]),
            structure=tuple(map(structure.read, data["structure"])),
            used={face: tuple(points) for face, points in data["used"].items()},
            glyphs={
                face: {int(k): UnmappedGlyph(g["text"], tuple(map(tuple, g["parts"]))) for k, g in glyphs.items()}
                for face, glyphs in data["glyphs"].items()
            },
            losses=tuple(Loss(**loss) for loss in data["losses"]),
            pdf=pdf,
        )


def _plain(value: object) -> object:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {f.name: getattr(value, f.name) for f in dataclasses.fields(value)}
    raise TypeError(f"{type(value).__name__} has no place in a sidecar")
