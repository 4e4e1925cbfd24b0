"""Links: every one must open a place that exists, in this file, in a sibling file, or in the EPUB's zip."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote, urldefrag, urlsplit

from casebound.model.diagnostics import problem
from casebound.proof.epub.package import Package
from casebound.proof.pdf.reader import PdfFile, PdfLink, UnreadableOutput
from casebound.proof.report import CheckResult, some

__all__ = ["Siblings", "epub_links", "pdf_links"]

Siblings = Callable[[Path], PdfFile]
"""Opens the file a GoToR names; raises UnreadableOutput."""


def pdf_links(file: PdfFile, open_sibling: Siblings, unmade: Collection[Path] = ()) -> CheckResult:
    """The links of a PDF: names, explicit places, names in sibling files (ISO 32000-2 12.6.4.2, 12.6.4.3).

    Links into files that are still ``unmade`` are counted only.
    """
    kinds = Counter(link.kind for link in file.links)
    waiting = [link for link in file.links if _waits(file, link, unmade)]
    checked = [link for link in file.links if link not in waiting] if waiting else file.links
    dangling = [f"page {link.page + 1}: {fault}" for link in checked if (fault := _fault(file, link, open_sibling))]
    dangling += [f"destination {name} has no page" for name, spot in sorted(file.destinations.items()) if spot is None]
    dangling += _disorder(file)
    figures = {
        "links": len(file.links),
        "inside": kinds["name"] + kinds["place"],
        "to siblings": kinds["sibling"],
        "to the web": kinds["web"],
        "other": kinds["other"],
        "destinations": len(file.destinations),
        **({"to what is not made": len(waiting)} if waiting else {}),
        "dangling": len(dangling),
    }
    problems = (problem("link-dangling", name=file.name, detail=some(dangling)),) if dangling else ()
    return CheckResult("links", figures, problems)


def _waits(file: PdfFile, link: PdfLink, unmade: Collection[Path]) -> bool:
    """Whether a link opens a file that is still to be made."""
    path = (file.path.parent / link.file).resolve()
    return link.kind == "sibling" and not path.exists() and path in {one.resolve() for one in unmade}


def _fault(file: PdfFile, link: PdfLink, open_sibling: Siblings) -> str:
    """Why a link leads nowhere; empty where it leads somewhere."""
    if link.kind == "name" and link.target not in file.destinations:
        return f"no destination {link.target}"
    if link.kind == "place" and link.spot is None:
        return "no such page"
    if link.kind == "web" and not link.target.strip():
        return "an empty address"
    return _sibling_fault(file, link, open_sibling) if link.kind == "sibling" else ""


def _sibling_fault(file: PdfFile, link: PdfLink, open_sibling: Siblings) -> str:
    path = file.path.parent / link.file
    if not link.file or not path.is_file():
        return f"no file {link.file}"
    try:
        sibling = open_sibling(path)
    except UnreadableOutput as error:
        return f"{link.file} cannot be read: {error}"
    if sibling.destinations.get(link.target) is None:
        return f"no destination {link.target} in {link.file}"
    return ""


def _disorder(file: PdfFile) -> list[str]:
    """Names out of order: a viewer that halves its way through the name tree does not find them (7.9.6)."""
    names = [name for name, _ in file.name_pairs]
    return [
        f"destination {later.decode('latin-1')} comes after {former.decode('latin-1')} in the name tree"
        for former, later in pairwise(names)
        if later <= former
    ]


def epub_links(name: str, package: Package) -> CheckResult:
    """Every address in an EPUB's pages, navigation and style sheets, resolved in the zip."""
    inside = web = 0
    dangling: list[str] = []
    for source, address in package.addresses():
        if urlsplit(address).scheme or address.startswith("//"):
            web += 1
            continue
        inside += 1
        path, fragment = urldefrag(address)
        target = package.resolve(source, path)
        page = package.pages.get(target)
        if target not in package.names:
            dangling.append(f"{source}: no file {address}")
        elif fragment and page is not None and unquote(fragment) not in page.ids:
            dangling.append(f"{source}: no place {address}")
    figures = {"links": inside + web, "inside": inside, "to the web": web, "dangling": len(dangling)}
    problems = (problem("link-dangling", name=name, detail=some(dangling)),) if dangling else ()
    return CheckResult("links", figures, problems)
