"""The canvas of fragments: it draws marks only, and keeps links, names and folio boxes on record for the sidecar."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus.flowables import Flowable

from casebound.model.fragment import FOLIO_MARK, DestinationPlace, FolioBox, LinkArea
from casebound.model.structure import Box
from casebound.typesetting.structure.marked_content import BESIDE, Claimed, MarkedContents
from casebound.typesetting.text.runs import Hyperlink, InlineElement

__all__ = ["RecordingCanvas"]


class RecordingCanvas(Canvas):
    """A canvas that writes no annotation, name or outline into its PDF.

    Nothing can dangle inside reportlab, and all page geometry is on record, in points from the lower left
    corner of the page, rounded to 0.01.
    """

    _preamble: str

    def __init__(
        self, *args: Any, scale: float = 1.0, mirrored: bool = False, tagged: bool = True, **kwargs: Any
    ) -> None:
        """``scale`` magnifies all that is drawn on a page; what is on record is as large as it comes out.

        A ``mirrored`` page is laid out from right to left: bullets, rules and first columns are at the right.
        On a ``tagged`` one all marks are content of an element, or artifacts.
        """
        self.scale_factor, self.mirrored = scale, mirrored
        super().__init__(*args, **kwargs)
        self.destinations: dict[str, DestinationPlace] = {}
        self.links: list[LinkArea] = []
        self.folio_boxes: list[FolioBox] = []
        self.starts: dict[int, int] = {}
        self.opening = ""
        self.empty: list[tuple[int, str]] = []
        self.marks = MarkedContents(self, tagged=tagged)
        self._apart = self._repeated = 0

    def init_graphics_state(self) -> None:
        super().init_graphics_state()
        self._currentMatrix = (self.scale_factor, 0.0, 0.0, self.scale_factor, 0.0, 0.0)

    def showPage(self) -> None:  # noqa: N802
        """End the page. Its first operator magnifies it; forms, which reportlab begins alike, are left alone."""
        self.marks.end_page()
        plain = self._preamble
        factor = f"{self.scale_factor:g}"
        self._preamble = plain.replace("1 0 0 1", f"{factor} 0 0 {factor}", 1)
        super().showPage()
        self._preamble = plain

    def beginning(self, flowable: Flowable, spare: float) -> float:
        """How far from the left of its room a flowable is that leaves so many points free.

        ``LEFT`` is where lines begin, ``RIGHT`` where they end.
        """
        share = {"CENTER": 0.5, "RIGHT": 1.0}.get(getattr(flowable, "hAlign", "LEFT"), 0.0)
        return spare * (1.0 - share if self.mirrored else share)

    @property
    def page(self) -> int:
        """The 0-based page being drawn."""
        return int(self.getPageNumber()) - 1

    def turn(self, side: str) -> None:
        """Have the page that begins here be an "odd" or "even" one: after an empty page, which the binder may drop."""
        if side and self.page:
            self.empty.append((self.page, side))
            self.showPage()
        elif side:
            self.opening = side

    def place(self, name: str, x: float, y: float) -> None:
        """Record a destination at a point of the current coordinates; the first place of a name counts."""
        left, top = self.absolutePosition(x, y)
        self.destinations.setdefault(name, DestinationPlace(self.page, round(left, 2), round(top, 2)))

    def begin(self, flowable: Flowable) -> None:
        """Record that a flowable is drawn: the first one that is the text of a node begins its page."""
        origin, part = getattr(flowable, "origin", None), getattr(flowable, "part", "")
        if origin is not None and part not in BESIDE and not self._apart:
            self.starts.setdefault(self.page, origin)
        owner = None if origin is None else (origin, part)
        self.marks.begin(owner, repeated=self._repeated > 0)

    @contextmanager
    def apart(self, *, repeated: bool) -> Iterator[None]:
        """While something is drawn that is not in the course of the text: a floating figure, a repeated head."""
        self._apart += 1
        self._repeated += repeated
        try:
            yield
        finally:
            self._apart -= 1
            self._repeated -= repeated

    def write(self, operators: str) -> None:
        """Write a text object whose marks have been claimed, or are nobody's."""
        self._code.append(Claimed(operators) if self.marks.claims else operators)

    def placed(self, box: Box) -> Box:
        """A box of the current coordinates in points from the lower left corner of the page."""
        left, bottom, right, top = (round(float(side), 2) for side in self._absRect(box, 1))
        return left, bottom, right, top

    def bookmarkHorizontal(self, key: str, relativeX: float, relativeY: float, **_: Any) -> None:  # noqa: N802,N803
        self.place(key, relativeX, relativeY)

    def bookmarkPage(self, key: str, *_: Any, **__: Any) -> None:  # noqa: N802
        self.place(key, 0, self._pagesize[1] / self.scale_factor)

    def link(self, link: Hyperlink, rect: Box, text: str) -> None:
        """Record a link over a rectangle of the current coordinates; ``text`` is what it says."""
        left, bottom, right, top = self.placed(rect)
        if right > left and top > bottom:
            inner = link.target.startswith("#")
            target, url = (link.target[1:], None) if inner else (None, link.target)
            self.marks.link(len(self.links), link)
            self.links.append(LinkArea(self.page, (left, bottom, right, top), target, url, text))

    def addOutlineEntry(self, *_: Any, **__: Any) -> None:  # noqa: N802
        """The binder makes the outline."""

    def folio(self, box: FolioBox, inside: InlineElement | None = None) -> None:
        """Record a folio box given in the current coordinates, in an element of its line."""
        with self.marks.drawn(inside):
            self._code.append(f"q /{FOLIO_MARK}{len(self.folio_boxes)} MP Q")
        x, y, width, size = (round(length, 2) for length in (box.x, box.y, box.width, box.size))
        self.folio_boxes.append(replace(box, page=self.page, x=x, y=y, width=width, size=size))
