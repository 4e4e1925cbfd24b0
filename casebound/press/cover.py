"""The cover of the EPUB: the design of the PDF's, in the shape that screens have for covers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from math import sqrt

from casebound.bindery import Bindery, BindingPlan, Gathering
from casebound.model.book import Book
from casebound.model.folios import FolioStyle
from casebound.model.fragment import Loss
from casebound.model.settings import ProjectFolders
from casebound.typesetting import Typesetter

__all__ = ["Cover", "make_cover"]

_SHAPE = 1.6  # times as high as wide: 1600 by 2560 pixels, as shops ask for
_SHARE = 0.64  # of the paper's area: covers on shelves are small, and their lettering is larger for it


@dataclass(frozen=True, slots=True)
class Cover:
    """A cover as a PDF file of one page, what it could not show, and the files of faces that were found damaged."""

    pdf: bytes = field(repr=False)
    losses: Sequence[Loss] = ()
    misfits: Sequence[str] = ()


def make_cover(book: Book, typesetter: Typesetter, places: ProjectFolders) -> Cover:
    """The cover, typeset and bound."""
    paper = typesetter.style.paper
    width = round(sqrt(paper.width * paper.height * _SHARE / _SHAPE))
    page = typesetter.cover(book, (width, width * _SHAPE))
    style = replace(typesetter.style, paper=replace(paper, width=page.size[0], height=page.size[1]))
    bindery = Bindery(style, page.used, places.work / "faces")
    bound = bindery.bind(BindingPlan(book.title, (Gathering(page, FolioStyle.NONE, bare=True, full_page=True),)))
    return Cover(bound.pdf, [loss for loss in page.losses if loss.code == "glyph-missing"], bindery.misfits)
