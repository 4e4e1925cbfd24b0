"""Gives every link its address when all pages are written, and every note its ways back (DPUB-ARIA 1.1 5.3)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lxml import etree

from casebound.epub.links import ResolvedDestination
from casebound.epub.markup import Element, add, inside, local, tag, text
from casebound.epub.page import ChapterPage

__all__ = ["settle"]

_LETTERS = "abcdefghijklmnopqrstuvwxyz"


def settle(pages: Sequence[ChapterPage]) -> None:
    """Let links lead to their destinations and notes to where they are called; what leads nowhere is reported."""
    for page in pages:
        for element, target, node in page.links:
            anchor = page.anchors.find(target)
            if anchor is None:
                page.unlink(element, target, node)
            else:
                element.set("href", anchor.href_from(page.file))
    calls = _calls(pages)
    for page in pages:
        for targets, note in page.notes:
            found = [call for target in targets for call in calls.get(target, ())]
            # a note that is called in its own chapter leads back to there alone
            near = [call for call in found if call.file == page.file]
            _lead_back(note, [call.href_from(page.file) for call in near or found])


def _calls(pages: Sequence[ChapterPage]) -> dict[str, list[ResolvedDestination]]:
    """Where each note is called, in reading order."""
    calls: dict[str, list[ResolvedDestination]] = {}
    for page in pages:
        for target, call in page.calls:
            if call.get("href") and inside(call, "body"):
                calls.setdefault(target, []).append(ResolvedDestination(page.file, call))
    return calls


def _lead_back(note: Element, hrefs: Sequence[str]) -> None:
    """One way back is the note's label; of several, each has a letter at the note's end."""
    label = note[0]
    if len(hrefs) == 1:
        link = _backlink(hrefs[0])
        link.text, label.text = label.text, None
        link.extend(list(label))
        label.append(link)
    elif hrefs:
        said = note[-1]
        last = said[-1] if len(said) and local(said[-1]) == "p" else add(said, "p")
        ways = add(last, "span", ["ways-back"])
        for letter, href in zip(_letters(), hrefs, strict=False):
            text(ways, " ")
            link = _backlink(href)
            link.text = letter
            ways.append(link)


def _backlink(href: str) -> Element:
    link = etree.Element(tag("a"))
    link.set("role", "doc-backlink")
    link.set("href", href)
    return link


def _letters() -> Iterator[str]:
    """a to z, then aa to zz, and so on."""
    before = [""]
    while True:
        before = [one + letter for one in before for letter in _LETTERS]
        yield from before
