"""References: what a chapter's source links to must be what its pages link to, in the book and in handouts."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from docutils import nodes

from casebound.model.book import Chapter, Heading, is_address
from casebound.model.diagnostics import Problem, problem
from casebound.proof.pdf.reader import PdfFile
from casebound.proof.report import CheckResult, some
from casebound.proof.words import tidy

__all__ = ["pdf_references", "references"]

_LINKS = (nodes.reference, nodes.footnote_reference, nodes.citation_reference)
_SET_PLAINLY = {"chapter-failed", "worker-crashed", "node-failed"}  # what is set so has no links


def references(tree: nodes.document) -> frozenset[str]:
    """The named destinations that a chapter's links open. A link within another one opens nothing."""
    return frozenset(_opened(tree))


def _opened(node: nodes.Node) -> Iterator[str]:
    if isinstance(node, _LINKS):
        seen = tidy(node.astext()).strip() or any(True for _ in node.findall(nodes.image))
        if seen and node.get("refid"):
            yield str(node["refid"])
        return
    for child in node.children:
        yield from _opened(child)


def pdf_references(
    file: PdfFile,
    chapters: Sequence[Chapter],
    pages: Mapping[str, range],
    wanted: Mapping[str, Collection[str]],
    reported: Sequence[Problem],
    *,
    outward: bool,
) -> CheckResult:
    """The links on each chapter's 0-based ``pages`` against those that its source has, ``wanted``, by chapter name.

    A chapter may open with the list of its own headings. ``outward`` says whether links to places outside the file
    are to open other files.
    """
    if not wanted or not pages:
        return CheckResult("references", skipped="the links of the source, or the pages of the chapters, are not known")
    plain = {one.docname for one in reported if one.code in _SET_PLAINLY}
    found: dict[int, set[str]] = {}
    for link in file.links:
        if link.kind in {"name", "sibling"} and not link.target.startswith(":") and not is_address(link.target):
            found.setdefault(link.page, set()).add(link.target)
    wrong: list[str] = []
    compared = 0
    for chapter in chapters:
        name = chapter.name
        if name not in wanted or chapter.docname in plain:
            continue
        here = {target for number in pages[name] for target in found.get(number, ())}
        own = {target for target in wanted[name] if outward or target in file.destinations}
        known = {*wanted[name], *_headings(chapter.heading)}
        compared += len(own)
        wrong += [f"{name} has no link to {target}" for target in sorted(own - here) if not target.startswith(":")]
        wrong += [f"{name} has a link to {target}, its source has none" for target in sorted(here - known)]
    figures = {"compared": compared, "differing": len(wrong)}
    problems = (problem("link-wrong", name=file.name, detail=some(wrong, 5)),) if wrong else ()
    return CheckResult("references", figures, problems)


def _headings(heading: Heading) -> Iterator[str]:
    yield heading.target
    for beneath in heading.children:
        yield from _headings(beneath)
