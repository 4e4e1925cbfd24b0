"""The canvas of fragments: it draws marks only, and keeps links, names and folio boxes on record for the sidecar."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from reportlab.pdfgen.canvas import Canvas

from casebound.fragment import FolioBox, Link, Place

__all__ = ["RecordingCanvas"]


class RecordingCanvas(Canvas):
    """A canvas that writes no annotation, name or outline into its PDF.

    Nothing can dangle inside reportlab, and all page geometry is on record, in points from the lower left
    corner of the page, rounded to 0.01.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.destinations: dict[str, Place] = {}
        self.links: list[Link] = []
        self.folio_boxes: list[FolioBox] = []

    @property
    def page(self) -> int:
        """The 0-based page being drawn."""
        return int(self.getPageNumber()) - 1

    def place(self, name: str, x: float, y: float) -> None:
        """Record a destination at a point of the current coordinates; the first place of a name counts."""
        left, top = self.absolutePosition(x, y)
        self.destinations.setdefault(name, Place(self.page, round(left, 2), round(top, 2)))

    def bookmarkHorizontal(self, key: str, relativeX: float, relativeY: float, **_: Any) -> None:  # noqa: N802,N803
        self.place(key, relativeX, relativeY)

    def bookmarkPage(self, key: str, *_: Any, **__: Any) -> None:  # noqa: N802
        self.place(key, 0, self._pagesize[1])

    def linkRect(self, contents: str, destinationname: str, Rect: Any = None, *_: Any, **kw: Any) -> None:  # noqa: N802,N803
        rect = self._absRect(Rect, kw.get("relative", 1))
        self._record(rect, target=destinationname, url=None, text=contents)

    def linkURL(self, url: str, rect: Any, relative: int = 0, *_: Any, **__: Any) -> None:  # noqa: N802
        if url.startswith("#"):
            self._record(self._absRect(rect, relative), target=url[1:], url=None, text="")
        else:
            self._record(self._absRect(rect, relative), target=None, url=url, text="")

    def addOutlineEntry(self, *_: Any, **__: Any) -> None:  # noqa: N802
        """The binder makes the outline."""

    def folio(self, box: FolioBox) -> None:
        """Record a folio box given in the current coordinates."""
        x, y = self.absolutePosition(box.x, box.y)
        self.folio_boxes.append(
            FolioBox(
                self.page, round(x, 2), round(y, 2), box.width, box.target, box.face, box.size, box.text, box.align,
                box.colour,
            )
        )  # fmt: skip

    def _record(self, rect: Sequence[float], target: str | None, url: str | None, text: str) -> None:
        left, bottom, right, top = (round(float(side), 2) for side in rect)
        if right > left and top > bottom:
            self.links.append(Link(self.page, (left, bottom, right, top), target, url, text or ""))
