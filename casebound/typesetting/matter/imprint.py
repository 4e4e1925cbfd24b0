"""The imprint, on the back of the title page: edition, date, rights, and how the book was made (ISO 1086)."""

from __future__ import annotations

from collections.abc import Sequence

from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus.flowables import Flowable

from casebound.i18n.wording import edition
from casebound.model.book import Book
from casebound.typesetting.layout.block import EmptyBlock
from casebound.typesetting.matter.foot import PageFoot
from casebound.typesetting.matter.structure import line
from casebound.typesetting.styles.compositor import Compositor
from casebound.typesetting.text.paragraph import Paragraph
from casebound.typesetting.text.runs import Look, TextRun

__all__ = ["imprint"]

_BETWEEN = 14.0  # points between groups: a line


def imprint(compositor: Compositor, book: Book, made: str) -> list[Flowable]:
    """Groups of short lines at the foot of the page; a line without anything to say is left out."""
    style = compositor.styles["imprint"]
    look = Look.of(style)
    groups = [
        [TextRun(book.title, look.bold()), TextRun(book.subtitle, look), TextRun(book.author, look)],
        *(
            [TextRun(text, look) for text in group]
            for group in (
                [", ".join(edition(book)), book.publisher],
                [book.rights],
                *([paragraph] for paragraph in book.imprint or ()),
                [book.print_identifier, made],
            )
        ),
    ]
    lines = [each for group in groups for each in _lines(group, style)]
    return [PageFoot([line(each, place) for place, each in enumerate(lines)])]


def _lines(group: Sequence[TextRun], style: ParagraphStyle) -> list[Flowable]:
    lines: list[Flowable] = [Paragraph([run], style) for run in group if run.text]
    return [EmptyBlock(_BETWEEN), *lines] if lines else []
