"""Where the text of a section and its toctree disagree: what one names and the other does not, and the order.

Only a section whose own text has a list of chapters is looked at: a bullet or definition list of which at least half
the items begin with the name of a document, one of them in a toctree of the section.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

from sphinx.environment import BuildEnvironment

from casebound.manuscript.structure import pictures
from casebound.manuscript.structure.reach import reach
from casebound.manuscript.structure.rule import shown
from casebound.manuscript.structure.source_tree import SourceLink, SourceSection, Toctree
from casebound.model.diagnostics import Problem, problem

__all__ = ["disagreements"]


def disagreements(env: BuildEnvironment, part: SourceSection) -> Iterator[Problem]:
    """Those of a section and of all below it; its toctrees are where the rule wants them."""
    for section in part.walk():
        named = [name for toctree in section.toctrees for name in toctree.names]
        listed = _listed(section, set(named))
        if listed:
            yield from _missing(env, section, listed)
            for toctree in section.toctrees:
                yield from _silent(env, section, toctree)
            yield from _order(env, section, listed, named)


def _listed(section: SourceSection, named: set[str]) -> list[SourceLink]:
    lists = [links for links in section.lists if any(link.name in named for link in links)]
    heads = {link for links in lists for link in links}
    first: dict[str, SourceLink] = {}
    # A list in a list comes where it is, not after the one around it.
    for link in section.links:
        if link in heads:
            first.setdefault(link.name, link)
    return list(first.values())


def _missing(env: BuildEnvironment, section: SourceSection, listed: list[SourceLink]) -> Iterator[Problem]:
    beneath = reach(env, {name for part in section.walk() for toctree in part.toctrees for name in toctree.names})
    for link in listed:
        if link.name in env.all_docs and link.name not in beneath:
            yield problem("lead-missing-entry", link.docname, link.line, name=link.name)


def _silent(env: BuildEnvironment, section: SourceSection, toctree: Toctree) -> Iterator[Problem]:
    mentioned = {name for part in section.walk() for name in shown(env, part)}
    silent = [name for name in dict.fromkeys(toctree.names) if name not in mentioned]
    if silent:
        yield problem("lead-silent", toctree.docname, toctree.line, names=", ".join(silent))


def _order(
    env: BuildEnvironment, section: SourceSection, listed: list[SourceLink], named: list[str]
) -> Iterator[Problem]:
    toctree = section.toctrees[0]
    in_lead = [link.name for link in listed if link.name in named]
    in_toctree = [name for name in dict.fromkeys(named) if name in in_lead]
    if in_lead != in_toctree:
        found = problem("lead-order", toctree.docname, toctree.line)
        now, wanted = pictures.names(env, in_toctree), pictures.names(env, in_lead)
        yield dataclasses.replace(found, now=now, wanted=wanted)
