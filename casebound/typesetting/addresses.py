"""Addresses on paper: where a link leads outside the book, said in a note at the foot of the page or in brackets."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from string import ascii_lowercase

from docutils import nodes
from sphinx import addnodes

from casebound.model.book import address_target

__all__ = ["show_addresses"]

_SCHEMES = ("http://", "https://", "ftp://", "mailto:")
_BARE = (nodes.title, nodes.subtitle, nodes.rubric, nodes.FixedTextElement, addnodes.desc_signature)
"""Where no address is said: headings, code, signatures. The title of a table is a caption, and no heading."""

_NOTES = (nodes.footnote, nodes.citation)
_LONGEST = 700  # characters of an address that has room in a note
_SHOWN = "addresses"  # an attribute of a tree that says them already


def show_addresses(tree: nodes.document, name: str, how: str) -> None:
    """Change a chapter's tree in place: each outside link says its address, once; ``how`` is no, footnote or inline.

    A link whose text is its address says no more. In notes, and where it is very long, an address is in brackets.
    Where the chapter has notes of its own, those of addresses are lettered.
    """
    if how == "no" or tree.get(_SHOWN):
        return
    tree[_SHOWN] = how
    labels = _labels(lettered=any(True for _ in tree.findall(nodes.footnote)))
    notes: dict[str, nodes.footnote] = {}
    for link in list(tree.findall(nodes.reference)):
        address = str(link.get("refuri", ""))
        parent = link.parent
        if not address.lower().startswith(_SCHEMES) or not isinstance(parent, nodes.TextElement) or _is_said(link):
            continue
        place = parent.index(link) + 1
        if how == "inline" or len(address) > _LONGEST or _stands_in(link, _NOTES):
            parent.insert(place, nodes.inline("", f" ({_plain(address)})"))
            continue
        if address not in notes:
            notes[address] = _note(address, next(labels), address_target(name, len(notes) + 1))
        note = notes[address]
        parent.insert(place, nodes.footnote_reference("", note[0].astext(), refid=note["ids"][0]))
    if notes:
        section = next((child for child in tree.children if isinstance(child, nodes.section)), tree)
        section.extend(nodes.container("", note) for note in notes.values())


def _labels(*, lettered: bool) -> Iterator[str]:
    """1, 2, 3 ... or a, b ... z, aa, ab ..."""
    length = 1
    while lettered:
        yield from map("".join, product(ascii_lowercase, repeat=length))
        length += 1
    number = 0
    while True:
        number += 1
        yield str(number)


def _plain(address: str) -> str:
    return address[len("mailto:") :] if address.lower().startswith("mailto:") else address


def _is_said(link: nodes.reference) -> bool:
    """Whether a link needs no address: its text has it, or it is where none is said."""
    text = "".join(link.astext().split())
    return not text or _core(str(link["refuri"])) in text or _stands_in(link, _BARE)


def _stands_in(node: nodes.Node, kinds: tuple[type, ...]) -> bool:
    parent: nodes.Node | None = node.parent
    while parent is not None and (not isinstance(parent, kinds) or _is_caption(parent)):
        parent = parent.parent
    return parent is not None


def _is_caption(node: nodes.Node) -> bool:
    return isinstance(node, nodes.title) and isinstance(node.parent, nodes.table)


def _core(address: str) -> str:
    """An address without its scheme and the slash at its end."""
    return _plain(address).partition("://")[2].rstrip("/") or _plain(address)


def _note(address: str, label: str, target: str) -> nodes.footnote:
    link = nodes.reference("", _plain(address), refuri=address)
    return nodes.footnote("", nodes.label("", label), nodes.paragraph("", "", link), ids=[target])
