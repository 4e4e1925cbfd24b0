"""The indices of domains, such as that of Python's modules, with the places that are in the book."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from operator import attrgetter

from sphinx.application import Sphinx
from sphinx.domains import Index
from sphinx.domains import IndexEntry as DomainEntry

from casebound.manuscript.reading.folders import without_folders
from casebound.model.book import DomainIndex, IndexEntry, IndexGroup, Reference, document_target
from casebound.model.diagnostics import Problem, problem, stop

__all__ = ["domain_indices"]


def domain_indices(
    app: Sphinx, wanted: bool | Sequence[str], docnames: Sequence[str], known: Collection[str],
    report: Callable[[Problem], None],
) -> tuple[DomainIndex, ...]:  # fmt: skip
    """The indices of these names, or all, as far as they speak of these documents; empty ones are left out.

    ``known`` holds every named destination of the book. Raises BuildStop for a name that no index has.
    """
    if not wanted:
        return ()
    indices = {
        f"{one.name}-{index.name}": index(one)
        for one in sorted(app.env.domains.values(), key=attrgetter("name"))
        for index in one.indices
    }
    names = list(indices) if isinstance(wanted, bool) else [name for name in indices if name in wanted]
    for name in () if isinstance(wanted, bool) else wanted:
        if name not in indices:
            detail = f"the indices are {', '.join(sorted(indices))}."
            raise stop("setting-invalid", name="casebound_domain_indices", value=name, detail=detail)
    found = []
    for name in names:
        try:
            groups = _groups(indices[name], docnames, known)
        except Exception as error:
            # an index is the code of an extension, which may raise anything
            detail = without_folders(app, f"{type(error).__name__}: {' '.join(str(error).split())}.")
            report(problem("index-failed", name=name, detail=detail))
            continue
        if groups:
            found.append(DomainIndex(name, str(indices[name].localname), groups))
    return tuple(found)


def _groups(index: Index, docnames: Sequence[str], known: Collection[str]) -> tuple[IndexGroup, ...]:
    content, _collapse = index.generate(docnames)
    groups = ((_letter(str(letter)), _entries(entries, set(docnames), known)) for letter, entries in content)
    return tuple(IndexGroup(letter, entries) for letter, entries in groups if entries)


def _letter(text: str) -> str:
    """A single letter as the general index shows it."""
    return text.upper() if len(text) == 1 else text


def _entries(entries: Sequence[DomainEntry], docnames: set[str], known: Collection[str]) -> tuple[IndexEntry, ...]:
    """Entries with their sub-entries, which follow them; one that leads nowhere and holds nothing is left out."""
    made: list[IndexEntry] = []
    for row in entries:
        name, subtype, docname, anchor, extra, qualifier, descr = row
        if docname and docname not in docnames:
            continue
        target = document_target(docname) + anchor
        place = (Reference(target if target in known else document_target(docname)),) if docname else ()
        note = " ".join(
            part for part in (f"({extra})" if extra else "", f"{qualifier}:" if qualifier else "", descr) if part
        )
        entry = IndexEntry(str(name), place, note=" ".join(note.split()).removesuffix(":"))
        if subtype == 2 and made:
            made[-1] = replace(made[-1], subentries=(*made[-1].subentries, entry))
        else:
            made.append(entry)
    return tuple(entry for entry in made if entry.references or entry.subentries)
