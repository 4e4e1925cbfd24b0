"""Front and back matter: cover, title page, contents, index, and the opening page of a handout."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus.flowables import Flowable

from casebound.book import Book, IndexEntry, IndexGroup
from casebound.folios import join_runs
from casebound.fragment import FolioBox
from casebound.outline import Entry
from casebound.typesetting.block import Gap
from casebound.typesetting.canvas import RecordingCanvas
from casebound.typesetting.compositor import Compositor, escape
from casebound.typesetting.pages import Columns, fill
from casebound.typesetting.paragraph import Paragraph

__all__ = ["contents", "draw_cover", "fill_index", "handout_opening", "index", "title_page"]

_FOLIO_WIDTH = 30.0
_LEADER = 5.2  # points from dot to dot


class ContentsLine(Flowable):
    """One line of the contents: title, leader dots, the box for its folio; all of it a link."""

    def __init__(self, title: str, target: str, style: ParagraphStyle, *, leader: bool) -> None:
        super().__init__()
        self.style, self.target, self.leader = style, target, leader
        self.title = Paragraph(escape(title), style)
        self.spaceBefore, self.spaceAfter = style.spaceBefore, style.spaceAfter
        self.keepWithNext = getattr(style, "keepWithNext", 0)

    def wrap(self, availWidth: float, availHeight: float) -> tuple[float, float]:  # noqa: N803
        self.width = availWidth
        _, self.height = self.title.wrapOn(self.canv, availWidth - _FOLIO_WIDTH - 8, availHeight)
        return availWidth, self.height

    def draw(self) -> None:
        style, canvas = self.style, self.canv
        self.title.drawOn(canvas, 0, 0)
        baseline = style.leading - style.fontSize
        if self.leader:
            self._draw_leader(baseline)
        colour = tuple(style.textColor.rgb())
        box = FolioBox(
            0, self.width - _FOLIO_WIDTH, baseline, _FOLIO_WIDTH, self.target, style.fontName, style.fontSize,
            colour=colour,
        )  # fmt: skip
        canvas.folio(box)
        canvas.linkURL(f"#{self.target}", (style.leftIndent, -1, self.width, self.height), relative=1)

    def _draw_leader(self, baseline: float) -> None:
        start = self.title.last_width + 6
        end = self.width - _FOLIO_WIDTH - 2
        canvas = self.canv
        canvas.saveState()
        canvas.setFillColorRGB(0.62, 0.66, 0.7)
        first = int(start / _LEADER) + 1
        for index in range(first, int(end / _LEADER)):
            canvas.circle(index * _LEADER, baseline + 0.9, 0.42, stroke=0, fill=1)
        canvas.restoreState()


def _lines(client: Compositor, entries: Iterable[Entry], depth: int, level: int = 1) -> Iterable[Flowable]:
    for entry in entries:
        style = client.styles[f"contents{min(level, 4)}"]
        yield ContentsLine(entry.title, entry.target, style, leader=level > 1)
        if level < depth:
            yield from _lines(client, entry.children, depth, level + 1)


def contents(client: Compositor, title: str, entries: Sequence[Entry], depth: int) -> list[Flowable]:
    """The contents: sections bold, chapters with leaders, folios at the right."""
    return [Paragraph(escape(title), client.styles["contents-title"]), *_lines(client, entries, depth)]


def title_page(client: Compositor, book: Book, made: str) -> list[Flowable]:
    """The title page with its imprint at the foot."""
    styles = client.styles
    flowables: list[Flowable] = [Gap(120), Paragraph(escape(book.title), styles["title-page"])]
    if book.subtitle:
        flowables.append(Paragraph(escape(book.subtitle), styles["cover-author"]))
    flowables.append(Gap(24))
    if book.author:
        flowables.append(Paragraph(escape(book.author), styles["cover-author"]))
    flowables.append(Gap(190))
    edition = ", ".join(part for part in (book.release and f"Edition {book.release}", book.date) if part)
    lines = [edition, book.publisher, book.rights, book.identifier, made]
    flowables += [Paragraph(escape(line), styles["imprint"]) for line in lines if line]
    return flowables


def handout_opening(client: Compositor, book: Book, section: Entry, pages: str) -> list[Flowable]:
    """The first page of a handout: whose section it is, which pages of the book, and its short contents."""
    styles = client.styles
    edition = ", ".join(part for part in (book.release and f"Edition {book.release}", book.date, pages) if part)
    return [
        Paragraph(escape(book.title), styles["kicker"]),
        Paragraph(escape(section.title), styles["title-page"]),
        Paragraph(escape(edition), styles["imprint"]),
        Gap(20),
        *_lines(client, section.children, 1, 2),
    ]


def index(
    client: Compositor, title: str, groups: Sequence[IndexGroup], folios: Mapping[str, str]
) -> tuple[list[Flowable], list[Flowable]]:
    """The index: its heading, and its entries for the columns below."""
    entries: list[Flowable] = []
    for group in groups:
        entries.append(Paragraph(escape(group.letter), client.styles["index-letter"]))
        for entry in group.entries:
            entries += _index_entry(client, entry, folios, "index-entry")
    return [Paragraph(escape(title), client.styles["index-title"])], entries


def _index_entry(client: Compositor, entry: IndexEntry, folios: Mapping[str, str], style: str) -> list[Flowable]:
    parts = [escape(entry.term), *_places(client, entry, folios)]
    for word, terms in (("see", entry.see), ("see also", entry.seealso)):
        parts += [f"<i>{word}</i> {escape(term)}" for term in terms]
    flowables: list[Flowable] = [Paragraph(", ".join(parts), client.styles[style])]
    for sub in entry.subentries:
        flowables += _index_entry(client, sub, folios, "index-subentry")
    return flowables


def _places(client: Compositor, entry: IndexEntry, folios: Mapping[str, str]) -> list[str]:
    """The folios of an entry, neighbours joined, principal ones bold, each a link."""
    targets: dict[str, tuple[str, bool]] = {}
    for reference in entry.references:
        folio = folios.get(reference.target)
        if folio is not None:
            target, main = targets.get(folio, (reference.target, False))
            targets[folio] = (target, main or reference.main)
    numbers = [int(folio) for folio, (_, main) in targets.items() if folio.isdecimal() and not main]
    runs = [(str(a), str(a) if a == b else f"{a}\u2013{b}") for a, b in join_runs(numbers)]
    rest = [(folio, folio) for folio in targets if folio not in {str(n) for n in numbers}]
    places = []
    for folio, text in sorted(runs + rest, key=_by_number):
        target, main = targets[folio]
        text = f"<b>{text}</b>" if main else text
        places.append(f'<a href="#{escape(target)}" color="{client.link_colour}">{text}</a>')
    return places


def _by_number(place: tuple[str, str]) -> tuple[bool, int, str]:
    folio = place[0]
    return (folio.isdecimal(), int(folio) if folio.isdecimal() else 0, folio)


def draw_cover(client: Compositor, canvas: RecordingCanvas, book: Book) -> None:
    """The cover, as large as the paper: the title on the house colour, the book's sections as bands below it."""
    paper = client.house.style.paper
    width, height = paper.width, paper.height
    horizon = height * 0.38
    canvas.setFillColorRGB(*client.house.accent)
    canvas.rect(0, horizon, width, height - horizon, stroke=0, fill=1)
    _draw_bands(client, canvas, book, horizon)
    canvas.saveState()
    canvas.translate(64, horizon + 46)
    head = [Paragraph(escape(book.title), client.styles["cover-title"])]
    if book.subtitle:
        head.append(Paragraph(escape(book.subtitle), client.styles["cover-subtitle"]))
    _stack(canvas, head, width - 128, height - horizon - 130, bottom=False)
    canvas.restoreState()
    foot = [
        line for line in (book.author, book.publisher, book.release and f"Edition {book.release}", book.date) if line
    ]
    canvas.saveState()
    canvas.translate(64, 54)
    _stack(
        canvas, [Paragraph(escape(line), client.styles["cover-author"]) for line in foot], width - 128, 120, bottom=True
    )
    canvas.restoreState()


def _draw_bands(client: Compositor, canvas: RecordingCanvas, book: Book, horizon: float) -> None:
    """A band for each section, as wide as the section has chapters."""
    sizes = [max(sum(1 for _ in section.walk()) - 1, 1) for section in book.sections] or [1]
    widest, top = max(sizes), horizon - 10.0
    step = min(14.0, 130.0 / len(sizes))
    red, green, blue = client.house.accent
    for index, size in enumerate(sizes):
        fade = 0.25 + 0.5 * index / max(len(sizes), 2)
        canvas.setFillColorRGB(*(channel + (1 - channel) * fade for channel in (red, green, blue)))
        length = client.house.style.paper.width * (0.18 + 0.82 * (size / widest) ** 0.5)
        canvas.rect(0, top - step * 0.62, length, step * 0.62, stroke=0, fill=1)
        top -= step


def _stack(
    canvas: RecordingCanvas, paragraphs: Sequence[Paragraph], width: float, room: float, *, bottom: bool
) -> None:
    """Paragraphs one below the other, hung from ``room`` points up, or standing on the origin."""
    sizes = [paragraph.wrapOn(canvas, width, room)[1] + paragraph.getSpaceBefore() for paragraph in paragraphs]
    top = sum(sizes) if bottom else room
    for paragraph, size in zip(paragraphs, sizes, strict=True):
        top -= size
        paragraph.drawOn(canvas, 0, top)


def fill_index(
    canvas: RecordingCanvas, head: list[Flowable], entries: list[Flowable], size: tuple[float, float]
) -> None:
    """The index on its pages: the heading over the first two columns."""
    width, height = size
    room = height
    for flowable in head:
        _, tall = flowable.wrapOn(canvas, width, room)
        room -= tall
        flowable.drawOn(canvas, 0, room)
        room -= flowable.getSpaceAfter()
    fill(canvas, entries, Columns(width, height, count=2, gutter=20.0), first=room)
