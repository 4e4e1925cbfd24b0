"""Landings: where a link lands its reader must find what it names, read as the first words there."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

from docutils import nodes

from casebound.model.diagnostics import Problem, problem
from casebound.proof.headings import leftward, squeezed
from casebound.proof.pdf.reader import PdfFile, PlaceInFile
from casebound.proof.report import CheckResult, some
from casebound.proof.words import SKIPPED, heads_notes, tidy

__all__ = ["landings", "places"]

_LONG = 18  # letters of a target's text that are looked for; whole words, at least the first
_BEGUN = 3  # letters that are at the foot of a page where the rest is on the next one
_AHEAD = 300  # characters that are looked at for them
_UNREAD = "\0"  # stands for a picture, a formula, the end of a block: there reading ends
_LABEL = "\1"  # stands for the number of an item: what begins before it ends there
_PLAIN = {"chapter-failed", "worker-crashed"}  # such a chapter is set as plain text, its names at its head


def landings(tree: nodes.document) -> dict[str, str]:
    """For each named destination of a chapter the first letters at its place.

    A destination before a picture or a formula, or at the end of its block, has none and is left out.
    """
    marks: dict[str, int] = {}
    text = "".join(_walked(tree, marks, [0]))
    found = {target: _first(text[at : at + _AHEAD]) for target, at in marks.items()}
    return {target: letters for target, letters in found.items() if letters}


def _walked(node: nodes.Node, marks: dict[str, int], length: list[int]) -> Iterator[str]:
    """The text a reader sees, while ``marks`` takes down how much of it is before each id."""
    if isinstance(node, nodes.footnote):  # it may be at the foot of a page, far from what is named before it
        length[0] += len(_UNREAD)
        yield _UNREAD
    if isinstance(node, nodes.list_item) and isinstance(node.parent, nodes.enumerated_list):
        length[0] += len(_LABEL)
        yield _LABEL
    if isinstance(node, nodes.Element):
        for ident in node["ids"]:
            marks.setdefault(ident, length[0])
    if isinstance(node, nodes.rubric) and heads_notes(node):
        return
    if isinstance(node, nodes.Text):
        piece = node.astext()
    elif isinstance(node, SKIPPED) and not isinstance(node, nodes.target):
        piece = "" if isinstance(node, nodes.Invisible) else _UNREAD
    else:
        piece = "" if isinstance(node, nodes.Inline) else "\n"
    length[0] += len(piece)
    yield piece
    if not isinstance(node, SKIPPED) or isinstance(node, nodes.target):
        for child in node.children:
            yield from _walked(child, marks, length)
    if _ends(node):
        length[0] += len(_UNREAD)
        yield _UNREAD


def _ends(node: nodes.Node) -> bool:
    """Whether a block of text ends with a node: what is named at its end names nothing of the next one.

    Where an abbreviation ends, its explanation may follow; where a link ends, its address or its page.
    """
    ended = isinstance(node, nodes.Element) and len(node) > 0
    explained = isinstance(node, nodes.abbreviation) and bool(node.get("explanation"))
    addressed = isinstance(node, nodes.reference) and bool(node.get("refuri") or node.get("refid"))
    return explained or addressed or (ended and not isinstance(node, (*SKIPPED, nodes.Inline, nodes.label)))


def _first(text: str) -> str:
    letters = ""
    for word in re.findall(rf"[^\W_]+|{_UNREAD}|{_LABEL}", tidy(text)):
        if word == _UNREAD or (letters and (word == _LABEL or len(letters) + len(word) > _LONG)):
            break
        letters += word.strip(_LABEL)
    return letters[: 3 * _LONG]


def places(
    file: PdfFile,
    wanted: Mapping[str, str],
    read: Callable[[int, float | None], str],
    pages: Sequence[str],
    reported: Collection[Problem],
) -> CheckResult:
    """The named destinations of a PDF against what is there.

    ``wanted`` comes from ``landings``, ``read`` gives the text at a 0-based page and height, ``pages`` that of each
    page: what begins at the foot of one goes on upon the next. What the build said it set otherwise is not read.
    """
    if not wanted:
        return CheckResult("places", skipped="their content was not given")
    plain = {one.docname for one in reported if one.code in _PLAIN}
    unseen = {one.docname for one in reported if one.code == "glyph-missing"}
    checked = 0
    astray: list[str] = []
    for target, spot in sorted(file.destinations.items()):
        docname, letters = target.rpartition(":")[0], wanted.get(target, "")
        known = docname not in plain and (letters.isascii() or docname not in unseen)
        if not letters or spot is None or not known or leftward(letters):
            continue
        checked += 1
        if not _reads(letters, spot, read, pages):
            astray.append(f"{target} opens page {spot.page + 1}, where “{letters}” cannot be read")
    figures = {"read": checked, "astray": len(astray)}
    problems = (problem("link-astray", name=file.name, detail=some(astray, 5)),) if astray else ()
    return CheckResult("places", figures, problems)


def _reads(letters: str, spot: PlaceInFile, read: Callable[[int, float | None], str], pages: Sequence[str]) -> bool:
    here = squeezed(tidy(read(spot.page, spot.top)))
    if letters in here:
        return True
    following = squeezed(tidy("".join(pages[spot.page + 1 : spot.page + 2])))
    return any(letters[:cut] in here and letters[cut:] in following for cut in range(_BEGUN, len(letters)))
