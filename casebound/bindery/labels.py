"""Folios of pages and destinations, and the page labels that show the same in a viewer (ISO 32000-2 12.4.2)."""

from __future__ import annotations

from collections.abc import Iterable

from casebound.bindery.plan import Gathering
from casebound.bindery.syntax import text
from casebound.model.folios import FolioRange, FolioStyle, folios

__all__ = ["page_folios", "page_labels", "paginate"]


def _ranges(gatherings: Iterable[Gathering]) -> tuple[list[FolioRange], int]:
    """Where each run of folios begins (one that continues the last begins none), and the number of pages."""
    ranges: list[FolioRange] = []
    page, following = 0, None
    for gathering in gatherings:
        if not gathering.fragment.pages:
            continue
        if following != (gathering.folio_style, gathering.first_folio):
            ranges.append(FolioRange(page, gathering.folio_style, gathering.first_folio))
        page += gathering.fragment.pages
        following = gathering.folio_style, gathering.first_folio + gathering.fragment.pages
    return ranges, page


def page_folios(gatherings: Iterable[Gathering]) -> tuple[str, ...]:
    """The folio of each page of a file."""
    return folios(*_ranges(gatherings))


def paginate(gatherings: Iterable[Gathering]) -> dict[str, str]:
    """The folio of each named destination, known before anything is bound; of equal names the first counts."""
    gatherings = tuple(gatherings)
    printed = page_folios(gatherings)
    result: dict[str, str] = {}
    begin = 0
    for gathering in gatherings:
        for name, place in gathering.fragment.destinations.items():
            result.setdefault(name, printed[begin + place.page])
        begin += gathering.fragment.pages
    return result


def page_labels(gatherings: Iterable[Gathering]) -> bytes:
    """The number tree of page labels."""
    entries = [b"%d %b" % (span.page, _label(span)) for span in _ranges(gatherings)[0]]
    return b"<</Nums[%b]>>" % b" ".join(entries)


def _label(span: FolioRange) -> bytes:
    style = b"" if span.style is FolioStyle.NONE else b"/S/%b" % span.style.value.encode()
    prefix = b"/P" + text(span.prefix) if span.prefix else b""
    start = b"/St %d" % span.first if style and span.first != 1 else b""
    return b"<<%b>>" % (style + prefix + start)
