"""The imprint, on the back of the title page: edition, date, rights, and how the book was made (ISO 1086)."""

from __future__ import annotations

from collections.abc import Sequence

from reportlab.platypus.flowables import Flowable

from casebound.i18n.wording import edition
from casebound.model.book import Book
from casebound.typesetting.layout.block import Gap
from casebound.typesetting.matter.foot import Foot
from casebound.typesetting.nodes.compositor import Compositor, escape
from casebound.typesetting.text.paragraph import Paragraph

__all__ = ["imprint"]

_BETWEEN = 14.0  # points between groups: a line


def imprint(client: Compositor, book: Book, made: str) -> list[Flowable]:
    """Groups of short lines at the foot of the page; a line without anything to say is left out."""
    groups = [
        [f"<b>{escape(book.title)}</b>", escape(book.subtitle), escape(book.author)],
        [escape(", ".join(edition(book))), escape(book.publisher)],
        [escape(book.rights)],
        *([escape(paragraph)] for paragraph in book.imprint or ()),
        [escape(book.print_identifier), escape(made)],
    ]
    return [Foot([line for group in groups for line in _lines(client, group)])]


def _lines(client: Compositor, group: Sequence[str]) -> list[Flowable]:
    lines: list[Flowable] = [Paragraph(text, client.styles["imprint"]) for text in group if text]
    return [Gap(_BETWEEN), *lines] if lines else []
