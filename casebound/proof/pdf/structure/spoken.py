"""What a reader of the tags is told: the words of elements in their order, with the pages that they are on.

What is in a Reference itself, and in no link there, is the folio of the page that this leads to: no source has it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from casebound.proof.pdf.content.marked import PageContent, TaggedContent
from casebound.proof.pdf.structure.tree import AnnotationKid, ContentKid, TaggedElement, references_of
from casebound.proof.source.marks import BULLET
from casebound.proof.spoken import BlockStarts, SpokenBlock, SpokenText
from casebound.proof.words import spoken_words

__all__ = ["INLINE", "spoken", "text_of"]

INLINE = {"Span", "Quote", "Link", "Reference", "Code", "Annot", "Formula", "Figure", "BibEntry", "Form", "Ruby"}
"""Types that are in a line of text (ISO 32000-1 14.8.4.4)."""

_KINDS = {"Caption": "caption", "TH": "head cell", "TD": "cell", "Code": "code"}
_HEADING = re.compile("H[1-6]?|Title")
_NOTHING: Mapping[int, str] = MappingProxyType({})
_SHOWN = {"Figure", "Formula"}  # what is read by its description


@dataclass(frozen=True, slots=True)
class _Piece:
    """A stretch of text: whether it goes on in the line before it, its page."""

    text: str
    joins: bool
    page: int
    block: SpokenBlock | None
    link: str


def spoken(
    elements: Sequence[TaggedElement],
    pages: Sequence[PageContent],
    unsaid: Collection[int] = (),
    opens: Mapping[int, str] = _NOTHING,
) -> Iterator[tuple[int, SpokenText]]:
    """The text of elements, page by page as it comes: a page may come more than once.

    ``unsaid`` are the numbers of notes that are passed over, with what calls for them; ``opens`` says what annotations
    open, by their numbers.
    """
    text, page = SpokenText(), -1
    for run in _runs(_Speaker(pages, unsaid, opens).of(elements)):
        if run[0].page != page and text.words:
            yield page, text
            text = SpokenText()
        page = run[0].page
        _take(text, run)
    if text.words:
        yield page, text


def text_of(element: TaggedElement, pages: Sequence[PageContent]) -> str:
    """The text of one element, lines apart."""
    pieces = _Speaker(pages).of([element])
    return "".join(piece.text if piece.joins else f"\n{piece.text}" for piece in pieces).strip()


def _runs(pieces: Iterator[_Piece]) -> Iterator[list[_Piece]]:
    """Pieces that may share words."""
    run: list[_Piece] = []
    for piece in pieces:
        if run and not piece.joins:
            yield run
            run = []
        run.append(piece)
    if run:
        yield run


def _is_bullet(element: TaggedElement, text: str) -> bool:
    """Whether a text is the bullet of an item."""
    labels = element.role == "Lbl" and element.parent is not None and element.parent.role in {"LI", "TOCI"}
    return labels and len(element.kids) == 1 and len(text.strip()) == 1 and not text.strip().isalnum()


def _take(text: SpokenText, run: Sequence[_Piece]) -> None:
    if run[0].block is not None:
        text.blocks[len(text.words)] = run[0].block
    text.take([(piece.text, piece.link) for piece in run], run[0].page)


def _kind(element: TaggedElement) -> str:
    """What kind of block an element is, see ``casebound.proof.spoken.SpokenBlock``."""
    if element.role == "Lbl":
        return "text" if element.parent is not None and element.parent.role == "Note" else "label"
    return "heading" if _HEADING.fullmatch(element.role) else _KINDS.get(element.role, "text")


def _is_item(element: TaggedElement) -> bool:
    """Whether an element is an item of a list that has bullets or numbers."""
    above = element.parent
    marked = above is not None and above.attributes.get("ListNumbering") not in (None, "/None")
    return element.role == "TOCI" or (element.role == "LI" and marked)


class _Speaker:
    """Reads elements aloud: content after content, each with whether it goes on in the line of the one before."""

    def __init__(
        self, pages: Sequence[PageContent], unsaid: Collection[int] = (), opens: Mapping[int, str] = _NOTHING
    ) -> None:
        self._pages, self._unsaid = pages, unsaid
        self._last: tuple[int, TaggedContent] | None = None
        self._apart = True
        self._said = 0
        self._items = 0
        self._starts = BlockStarts()
        self._opens, self._link = opens, ""

    def of(self, elements: Sequence[TaggedElement]) -> Iterator[_Piece]:
        for element in elements:
            yield from self._element(element)

    def _element(self, element: TaggedElement) -> Iterator[_Piece]:
        if element.role in INLINE and element.role not in _SHOWN and element.role != "Code":
            yield from self._inside(element)
        else:
            yield from self._block(element)

    def _block(self, element: TaggedElement) -> Iterator[_Piece]:
        self._apart = True
        begun, item = self._said, _is_item(element)
        self._items += item
        before = self._starts.begin(begun, _kind(element), self._items)
        if element.role not in _SHOWN:
            yield from self._inside(element)
        self._items -= item
        self._starts.end(begun, self._said, before)
        if element.role == "Lbl":  # what a label stands before begins behind it, in an element of its own or in none
            self._starts.begin(self._said, "text", self._items)
        self._apart = True

    def _inside(self, element: TaggedElement) -> Iterator[_Piece]:
        noted = element.role == "Reference" and "/Ref" in element.entries
        self._apart |= noted
        outside, self._link = self._link, self._link or self._opened(element)
        actual = element.text("/ActualText")
        if self._is_unsaid(element):
            pass
        elif actual is not None and element.page is not None:
            yield from self._piece(actual, element.page, None)
        else:
            for kid in element.kids:
                if isinstance(kid, TaggedElement):
                    yield from self._element(kid)
                elif isinstance(kid, ContentKid) and not (element.role == "Reference" and not noted):
                    yield from self._content(element, kid)
        self._link = outside
        self._apart |= noted

    def _opened(self, element: TaggedElement) -> str:
        """What the annotations in an element open, where they all open the same."""
        opened = {self._opens.get(kid.number, "") for kid in element.kids if isinstance(kid, AnnotationKid)}
        return "" if not opened else opened.pop() if len(opened) == 1 else "several places"

    def _is_unsaid(self, element: TaggedElement) -> bool:
        """Whether an element is a note that is passed over, or calls for one."""
        return bool(self._unsaid) and (
            element.number in self._unsaid
            or (element.role == "Reference" and any(number in self._unsaid for number in references_of(element)))
        )

    def _content(self, element: TaggedElement, kid: ContentKid) -> Iterator[_Piece]:
        content = self._pages[kid.page].tagged.get(kid.mcid) if kid.page < len(self._pages) else None
        if content is not None and content.pieces:
            text = BULLET if _is_bullet(element, content.text) else content.text
            yield from self._piece(text, kid.page, content)

    def _piece(self, text: str, page: int, content: TaggedContent | None) -> Iterator[_Piece]:
        joins = not self._apart and self._goes_on(page, content)
        yield _Piece(text, joins, page, self._starts.at.get(self._said), self._link)
        self._last = (page, content) if content is not None else None
        self._apart = False
        self._said += bool(spoken_words(text))

    def _goes_on(self, page: int, content: TaggedContent | None) -> bool:
        if self._last is None or content is None:
            return True
        before, last = self._last
        line, after = last.last, content.first
        return before == page and (line is None or after is None or after.is_line_of(line))
