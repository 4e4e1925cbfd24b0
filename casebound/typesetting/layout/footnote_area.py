"""The footnote area of pages: the notes that their text calls for, under a short rule."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from reportlab.platypus.flowables import Flowable

from casebound.model.style import RGB
from casebound.typesetting.layout.block import Block
from casebound.typesetting.layout.canvas import RecordingCanvas
from casebound.typesetting.layout.columns import Columns
from casebound.typesetting.layout.figures import Figure
from casebound.typesetting.layout.keep_together import KeptTogether, ScaledDown
from casebound.typesetting.layout.listing import CodeBlock
from casebound.typesetting.layout.tables.tables import Table, TablePart
from casebound.typesetting.text.paragraph import Paragraph
from casebound.typesetting.text.runs import LineBreak

__all__ = ["FootnoteArea"]

_ABOVE, _BELOW = 12.0, 5.0  # points from the text to the rule, and from the rule to the notes
_RULE, _WEIGHT = 72.0, 0.5


class FootnoteArea:
    """Notes by the named destination that calls for them; each is set once, on the first page that does."""

    def __init__(self, notes: Mapping[str, KeptTogether], colour: RGB) -> None:
        self._waiting = dict(notes)
        self._names: dict[int, list[str]] = {}
        for name, note in notes.items():
            self._names.setdefault(id(note), []).append(name)
        self._colour = colour
        self._page: list[tuple[KeptTogether, float]] = []
        self._measure = 0.0
        self.height = 0.0
        """What the notes of this page take of it, in points."""

    def called(self, flowable: Flowable) -> list[KeptTogether]:
        """The notes that a flowable calls for and that are not set yet. It has been wrapped."""
        if not self._waiting:
            return []
        found: dict[int, KeptTogether] = {}
        targets = list(_targets(flowable))
        while targets:
            note = self._waiting.get(targets.pop(0))
            if note is not None and id(note) not in found:
                found[id(note)] = note
                targets += _targets(note)  # a note may call for another
        return list(found.values())

    def cost(self, canvas: RecordingCanvas, notes: Sequence[KeptTogether], measure: float) -> float:
        """What these notes would take of the page's room beside those that it has, in points."""
        if not notes:
            return 0.0
        rule = 0.0 if self._page else _ABOVE + _BELOW
        return rule + sum(float(note.wrapOn(canvas, measure, 0.0)[1]) + note.getSpaceAfter() for note in notes)

    def take(self, canvas: RecordingCanvas, notes: Sequence[KeptTogether], measure: float) -> None:
        """Set notes at the foot of this page."""
        self.height += self.cost(canvas, notes, measure)
        self._page += [(note, note.height) for note in notes]
        self._measure = measure
        self._forget(notes)

    def release(self, notes: Sequence[KeptTogether]) -> list[Flowable]:
        """Notes for which no page has room, to be set in the text."""
        self._forget(notes)
        return list(notes)

    def rest(self) -> list[Flowable]:
        """The notes that nothing has called for, to be set where the text ends."""
        return self.release(list({id(note): note for note in self._waiting.values()}.values()))

    def _forget(self, notes: Sequence[KeptTogether]) -> None:
        for name in (name for note in notes for name in self._names.get(id(note), ())):
            self._waiting.pop(name, None)

    def draw(self, canvas: RecordingCanvas) -> None:
        """Draw the notes of this page in the order of the source, and begin another page."""
        y = self.height
        if self._page:
            y -= _ABOVE
            canvas.saveState()
            canvas.setFillColorRGB(*self._colour)
            canvas.rect(self._measure - _RULE if canvas.mirrored else 0, y, _RULE, _WEIGHT, stroke=0, fill=1)
            canvas.restoreState()
            y -= _BELOW
        order = list(self._names)
        for note, height in sorted(self._page, key=lambda noted: order.index(id(noted[0]))):
            y -= height
            note.drawOn(canvas, 0, y)
            y -= note.getSpaceAfter()
        self._page, self.height = [], 0.0


def _targets(flowable: Flowable) -> Iterator[str]:
    """The named destinations that a flowable's text links to, in order."""
    if isinstance(flowable, Paragraph):
        for link in _links(flowable):
            yield link.removeprefix("#")
    elif isinstance(flowable, CodeBlock):
        yield from (run.link.removeprefix("#") for line in flowable.lines for run in line.runs if run.link)
    else:
        for each in _within(flowable):
            yield from _targets(each)


def _links(paragraph: Paragraph) -> Iterator[str]:
    """The links of a paragraph's lines, which may be a part of it; of its runs before it has lines."""
    if paragraph.lines:
        looks = [piece.look for line in paragraph.lines for piece in line.pieces]
    else:
        looks = [run.look for run in paragraph.runs if not isinstance(run, LineBreak)]
    yield from (look.link.target for look in looks if look.link is not None)


def _within(flowable: Flowable) -> Sequence[Flowable]:
    """The flowables that are in one, in order."""
    if isinstance(flowable, Block):
        return [*(label.flowable for label in flowable.surround.labels), flowable.child]
    if isinstance(flowable, ScaledDown):
        return [flowable.content]
    if isinstance(flowable, KeptTogether):
        return flowable.content
    if isinstance(flowable, Figure):
        return [*flowable.body, *flowable.caption, *flowable.legend]
    if isinstance(flowable, Columns):
        return flowable.columns
    return flowable.shown if isinstance(flowable, (Table, TablePart)) else ()
