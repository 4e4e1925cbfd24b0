"""Marked content: what is drawn on a canvas, filed under the node that it comes from (ISO 32000-2 14.6, 14.7.5).

Whatever nobody claims is an artifact: rules, backgrounds, numbers of lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from casebound.model.structure import Box, LinkContent, MarkedContent
from casebound.typesetting.fonts.glyph_runs import actual_text
from casebound.typesetting.text.runs import InlineElement

__all__ = ["ARTIFACT", "BESIDE", "Claimed", "Filed", "MarkedContents", "Owner", "TextContents"]

ARTIFACT = "artifact"
"""The part of a node that is no content: what repeats elsewhere, or decorates."""

BESIDE = frozenset({ARTIFACT, "label", "folio"})
"""The parts of a node that are beside its text, or above it."""

_END = "EMC"

Owner = tuple[int, str]
"""Whose content something is: a node, by its place in its tree, and a part of it, empty for the node's own text."""

_PAINTS = re.compile(r"(?:^|[\s\])>])(?:S|s|f\*?|F|B\*?|b\*?|sh|Do|ET|MP)(?:\s|$)")


class Claimed(str):
    """Operators all of whose marks are claimed."""

    __slots__ = ()


class _Edge(str):
    """The operator that begins or ends a claim round others."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Filed:
    """A content with the innermost element of its line that it is in; ``box`` where it is drawn and not written."""

    content: MarkedContent | LinkContent
    inside: InlineElement | None = None
    box: Box | None = None


class MarkedContents:
    """The claims on the pages of one canvas. What is drawn belongs to the owner named last.

    What is drawn again, as the head of a table on its next page, belongs to the same element and reads as a space.
    """

    def __init__(self, canvas: Any, *, tagged: bool) -> None:
        self._canvas, self._tagged = canvas, tagged
        self.filed: dict[Owner, list[Filed]] = {}
        self._owner: Owner | None = None
        self._repeated = False
        self._next = 0

    def begin(self, owner: Owner | None, *, repeated: bool) -> None:
        """What is drawn from now on is this owner's; what is ``repeated`` is read where it was drawn first."""
        self._owner = owner if self._tagged and owner is not None and owner[1] != ARTIFACT else None
        self._repeated = repeated

    @property
    def claims(self) -> bool:
        """Whether what is drawn is content."""
        return self._owner is not None

    def text(self, code: list[str]) -> TextContents:
        """The contents of the owner in a text object whose operators are ``code``."""
        return TextContents(self, code)

    def open(
        self, inside: InlineElement | None = None, box: Box | None = None, *, reading: str = "", kind: str = ""
    ) -> str:
        """The operator that begins a content of the owner, which may read as another text than its letters.

        It holds no other marked content: poppler takes the end of an inner one for its own. ``kind`` is its tag, if not
        that of its element.
        """
        number, self._next = self._next, self._next + 1
        self._file(Filed(MarkedContent(self._canvas.page, number), inside, box))
        if self._repeated or reading:
            return actual_text(" " if self._repeated else reading, f"/MCID {number}")
        return f"/{kind or (inside.role if inside else 'P')}<</MCID {number}>>BDC"

    @contextmanager
    def drawn(self, inside: InlineElement | None, box: Box | None = None) -> Iterator[None]:
        """Claim what is drawn meanwhile outside of text objects; a picture is in a box of the current coordinates."""
        code = self._canvas._code
        begun = len(code)
        yield
        if self.claims and len(code) > begun:
            code.insert(begun, _Edge(self.open(inside, self._canvas.placed(box) if box is not None else None)))
            code.append(_Edge(_END))

    def link(self, index: int, inside: InlineElement | None) -> None:
        """File a link area of the owner."""
        self._file(Filed(LinkContent(index), inside))

    def _file(self, filed: Filed) -> None:
        if self._owner is not None:
            self.filed.setdefault(self._owner, []).append(filed)

    def end_page(self) -> None:
        """Have all that paints on the page and that nobody has claimed be artifacts; begin to count anew."""
        self._next = 0
        if self._tagged:
            self._canvas._code[:] = _with_artifacts(self._canvas._code)


class TextContents:
    """The contents in one text object, one after the other: what is written is in the one that is open.

    Where nothing is claimed, only what reads as another text is marked.
    """

    def __init__(self, marks: MarkedContents, code: list[str]) -> None:
        self._marks, self._code = marks, code
        self._open: tuple[InlineElement | None, str] | None = None
        self._is_open = False

    def go_on(self, inside: InlineElement | None = None, kind: str = "") -> None:
        """What is written next is in an element of the line, or in the paragraph itself."""
        if self._open != (inside, kind):
            self._begin(inside, "", kind)
            self._open = inside, kind

    def read(self, inside: InlineElement | None, reading: str) -> None:
        """What is written next, until the next call, reads as a text."""
        self._begin(inside, reading, "")

    def end(self) -> None:
        """End the content that is open."""
        if self._is_open:
            self._code.append(_END)
        self._open, self._is_open = None, False

    def _begin(self, inside: InlineElement | None, reading: str, kind: str) -> None:
        self.end()
        self._is_open = self._marks.claims or bool(reading)
        if self._marks.claims:
            self._code.append(self._marks.open(inside, reading=reading, kind=kind))
        elif reading:
            self._code.append(actual_text(reading))


def _with_artifacts(code: list[str]) -> Iterator[str]:
    claimed = open_ = False
    for each in code:
        if isinstance(each, _Edge):
            claimed = each != _END
        unclaimed = not (claimed or isinstance(each, (Claimed, _Edge))) and _PAINTS.search(each) is not None
        if unclaimed is not open_:
            yield _END if open_ else "/Artifact BMC"
            open_ = unclaimed
        yield each
    if open_:
        yield _END
