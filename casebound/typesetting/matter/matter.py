"""Front and back matter: title page, contents, index, and the opening page of a handout."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from reportlab.lib.colors import Color
from reportlab.platypus.flowables import Flowable, HRFlowable

from casebound.i18n.wording import around, edition
from casebound.model.book import Book, IndexEntry, IndexGroup
from casebound.model.folios import join_runs
from casebound.model.outline import OutlineEntry
from casebound.typesetting.layout.block import EmptyBlock
from casebound.typesetting.layout.canvas import RecordingCanvas
from casebound.typesetting.layout.pagination import TextColumns, fill
from casebound.typesetting.matter.contents import captions, contents, contents_lines
from casebound.typesetting.matter.cover import draw_cover
from casebound.typesetting.matter.foot import PageFoot
from casebound.typesetting.matter.imprint import imprint
from casebound.typesetting.matter.structure import heading, line, listed, structure_of
from casebound.typesetting.matter.titles import fitted
from casebound.typesetting.styles.compositor import Compositor
from casebound.typesetting.styles.values import rgb
from casebound.typesetting.text.paragraph import Paragraph
from casebound.typesetting.text.runs import Look, Run, TextRun

__all__ = [
    "captions",
    "contents",
    "draw_cover",
    "fill_index",
    "handout_opening",
    "imprint",
    "index",
    "structure_of",
    "title_page",
]

_NOTE_SIZE = 7.6
_TITLE_LINES = 8  # on a title page: a title that needs more gets smaller
_OPENING_LINES = 36  # of contents, two for a chapter and one for a heading, that a handout's first page has room for


def title_page(compositor: Compositor, book: Book, made: str) -> list[Flowable]:
    """The title page: author, title and subtitle in its upper half; at its foot the publisher, or the whole imprint."""
    styles = compositor.styles
    flowables: list[Flowable] = [EmptyBlock(84)]
    if book.author:
        flowables.append(Paragraph.plain(book.author, styles["title-author"]))
    flowables.append(_title(compositor, book.title))
    if book.subtitle:
        flowables.append(Paragraph.plain(book.subtitle, styles["title-subtitle"]))
    flowables.append(_touch(compositor))
    lines = [", ".join(edition(book)), book.publisher]
    if book.imprint is None:
        lines += [book.rights, book.print_identifier, made]
    foot = [Paragraph.plain(text, styles["imprint"]) for text in lines if text]
    for place, each in enumerate([*flowables, *foot]):
        line(each, place)
    return [*flowables, PageFoot(foot)]


def handout_opening(compositor: Compositor, book: Book, section: OutlineEntry, pages: str) -> list[Flowable]:
    """The first page of a handout: whose section it is, which pages of the book, and its contents.

    These name the headings of chapters too where they have room on the page: the list of chapters comes again, with
    what each is about, where the section begins.
    """
    styles = compositor.styles
    lines = sum(1 + len(chapter.children) for chapter in section.children)
    levels = (2, 1) if lines + len(section.children) <= _OPENING_LINES else (1, 2)
    facts = [", ".join(edition(book)), pages]
    head = [
        Paragraph.plain(book.title, styles["kicker"]),
        _title(compositor, section.title),
        _touch(compositor),
        *(Paragraph.plain(fact, styles["imprint"]) for fact in facts if fact),
        EmptyBlock(20),
    ]
    placed = (line(each, place - len(head)) for place, each in enumerate(head))
    return [*placed, *contents_lines(compositor, section.children, *levels)]


def _title(compositor: Compositor, text: str) -> Paragraph:
    """A title as wide as the text block at the most."""
    return fitted(text, compositor.styles["title-page"], compositor.house.block[0], _TITLE_LINES)


def _touch(compositor: Compositor) -> Flowable:
    """The short heavy rule below a title."""
    return HRFlowable(
        58, 3, color=Color(*rgb(compositor.house.choices["spot"])), spaceBefore=16, spaceAfter=14, hAlign="LEFT"
    )


def index(
    compositor: Compositor, title: str, groups: Sequence[IndexGroup], folios: Mapping[str, str]
) -> tuple[list[Flowable], list[Flowable]]:
    """The index: its heading, and its entries for the columns below."""
    entries: list[Flowable] = []
    for group in groups:
        entries.append(Paragraph.plain(group.letter, compositor.styles["index-letter"]))
        for each in group.entries:
            entries += _index_entry(compositor, each, folios, "index-entry")
    place = -1
    for each in entries:
        if each.style.name == "index-letter":
            line(each, place + 1)
        else:
            place += 1
            listed(each, place, "LI", 2 if each.style.name == "index-subentry" else 1)
    return [heading(Paragraph.plain(title, compositor.styles["index-title"]))], entries


def _index_entry(compositor: Compositor, entry: IndexEntry, folios: Mapping[str, str], style: str) -> list[Flowable]:
    look = Look.of(compositor.styles[style])
    parts: list[list[Run]] = [[TextRun(entry.term, look)], *_places(compositor, entry, folios, look)]
    for key, terms in (("entry-see", entry.see), ("entry-seealso", entry.seealso)):
        before, after = around(key, compositor.book_language)
        for term in terms:
            parts.append([TextRun(before, look.italic()), TextRun(term, look), TextRun(after, look.italic())])
    runs = [run for index, part in enumerate(parts) for run in ((TextRun(", ", look), *part) if index else part)]
    if entry.note:
        runs += [TextRun(" ", look), TextRun(entry.note, look.sized(_NOTE_SIZE))]
    flowables: list[Flowable] = [Paragraph(runs, compositor.styles[style])]
    flowables[0].keepWithNext = 1 if entry.subentries else 0
    for sub in entry.subentries:
        flowables += _index_entry(compositor, sub, folios, "index-subentry")
    if len(entry.subentries) > 1:  # the last is not alone at the head of a column
        flowables[-2].keepWithNext = 1
    return flowables


def _places(compositor: Compositor, entry: IndexEntry, folios: Mapping[str, str], look: Look) -> list[list[Run]]:
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
    places: list[list[Run]] = []
    for folio, text in sorted(runs + rest, key=_by_number):
        target, main = targets[folio]
        linked = look.linked(f"#{target}", compositor.link_colour)
        places.append([TextRun(text, linked.bold() if main else linked)])
    return places


def _by_number(place: tuple[str, str]) -> tuple[bool, int, str]:
    folio = place[0]
    return (folio.isdecimal(), int(folio) if folio.isdecimal() else 0, folio)


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
    fill(canvas, entries, TextColumns(width, height, count=2, gutter=20.0), first=room, balanced=True)
