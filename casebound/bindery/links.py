"""Links as annotations: within the file, to a name in another file, to a URL (ISO 32000-2 12.5.6.5, 12.6.4)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from urllib.parse import quote

from casebound.bindery.plan import OutsideDestination
from casebound.bindery.syntax import destination_name, literal, number, text
from casebound.model.fragment import LinkArea

__all__ = ["annotation"]

_URL_SAFE = "%/:?#[]@!$&'()*+,;=~"


def ascii_url(url: str) -> bytes:
    """A URL in ASCII: everything else percent-encoded, what is already encoded left alone."""
    return quote(url, safe=_URL_SAFE).encode()


def annotation(
    link: LinkArea, origin: tuple[float, float], known: Collection[str], elsewhere: Mapping[str, OutsideDestination],
    key: int | None = None,
) -> bytes | None:  # fmt: skip
    """The annotation of a link on a page whose text block is at ``origin``; None where it leads nowhere.

    ``key`` is its key in the parent tree of a tagged file.
    """
    leads = _leads(link, known, elsewhere)
    if not leads:
        return None
    left, bottom, right, top = link.rect
    dx, dy = origin
    corners = (min(left, right) + dx, min(bottom, top) + dy, max(left, right) + dx, max(bottom, top) + dy)
    contents = b"/Contents" + text(_described(link))
    contents += b"/StructParent %d" % key if key is not None else b""
    return b"<</Type/Annot/Subtype/Link/Rect[%b]/Border[0 0 0]/F 4%b%b>>" % (
        b" ".join(map(number, corners)), contents, leads,
    )  # fmt: skip


def _described(link: LinkArea) -> str:
    """What a link says and, where it leads out of the book and does not say so, its address (14.9.3)."""
    if link.url and link.url not in link.text:
        return f"{link.text} ({link.url})" if link.text else link.url
    return link.text or (link.target or "").rstrip(":")


def _leads(link: LinkArea, known: Collection[str], elsewhere: Mapping[str, OutsideDestination]) -> bytes:
    if link.target is None:
        return _web(link.url or "")
    if link.target in known:
        return b"/Dest" + literal(destination_name(link.target))
    place = elsewhere.get(link.target, OutsideDestination("", ""))
    return _remote(link.target, place.file) if place.file else _web(place.url)


def _web(url: str) -> bytes:
    return b"/A<</S/URI/URI%b>>" % literal(ascii_url(url)) if url else b""


def _remote(target: str, file: str) -> bytes:
    """Open the file at the named destination, in a window of its own so that the reader's place is kept."""
    spec = b"<</Type/Filespec/F%b/UF%b>>" % (literal(ascii_url(file)), text(file))
    return b"/A<</S/GoToR/F%b/D%b/NewWindow true>>" % (spec, literal(destination_name(target)))
