"""Footnotes: which of them stand at the foot of the page that calls for them, which where the source has them."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from docutils import nodes
from sphinx import addnodes

from casebound.wording import word

__all__ = ["at_the_foot", "is_first", "stands_over_nothing"]

_LONGEST = 700  # characters of a note that has room at a foot
_PARTED = (
    nodes.figure, nodes.title, nodes.footnote, nodes.citation, nodes.field_name, nodes.option_group,
    nodes.literal_block, addnodes.hlist, addnodes.desc_signature,
)  # fmt: skip
"""What is not set line by line: a note called for in there stays where it is."""

_UNSEEN = (nodes.Invisible, nodes.target)


def at_the_foot(tree: nodes.document, language: str) -> list[nodes.footnote]:
    """The footnotes that stand at the foot of pages: short ones, called for in text.

    Those that the source gathers under a heading of its own stay there, unless it says no more than that they are
    footnotes: such a rubric is how sources name them where there are no pages.
    """
    called: dict[str, nodes.Node] = {}
    for reference in tree.findall(nodes.footnote_reference):
        called.setdefault(str(reference.get("refid", "")), reference)
    endnotes = _endnotes(tree, language)
    return [
        note
        for note in tree.findall(nodes.footnote)
        if _is_short(note)
        and id(note) not in endnotes
        and any(name in called and _stands_in_text(called[name]) for name in note["ids"])
    ]


def _is_short(note: nodes.footnote) -> bool:
    plain = all(isinstance(child, (nodes.label, nodes.paragraph)) for child in note.children)
    return plain and len(note.astext()) <= _LONGEST and not any(note.findall(nodes.footnote_reference))


def _endnotes(tree: nodes.document, language: str) -> set[int]:
    """The ids of the notes that stand under a heading of their own."""
    found: set[int] = set()
    for parent in {id(note.parent): note.parent for note in tree.findall(nodes.footnote)}.values():
        headed = False
        for node in parent.children if parent is not None else ():
            if isinstance(node, (nodes.footnote, nodes.citation)):
                found |= {id(node)} if headed else set()
            elif not isinstance(node, _UNSEEN):
                rubric = isinstance(node, nodes.rubric) and not _names_notes(node, language)
                headed = rubric or isinstance(node, nodes.title)
    return found


def _names_notes(rubric: nodes.rubric, language: str) -> bool:
    return rubric.astext().strip() in {"Footnotes", word("notes", language)}


def _before(node: nodes.Element) -> Iterator[nodes.Node]:
    """What is seen before a node among its siblings, the nearest first."""
    parent = node.parent
    before = parent.children[: parent.index(node)] if parent is not None else []
    return (sibling for sibling in reversed(before) if not isinstance(sibling, _UNSEEN))


def _stands_in_text(reference: nodes.Node) -> bool:
    parent = reference.parent
    while parent is not None:
        if isinstance(parent, _PARTED):
            return False
        parent = parent.parent
    return True


def is_first(note: nodes.Element, elsewhere: Collection[str]) -> bool:
    """Whether a note is the first after text, without those ``elsewhere``: not after a note nor under a heading."""
    if _is_among(note, elsewhere):
        return False
    for above in _before(note):
        if isinstance(above, nodes.footnote) and _is_among(above, elsewhere):
            continue
        return not isinstance(above, (nodes.footnote, nodes.citation, nodes.rubric, nodes.title))
    return False


def stands_over_nothing(node: nodes.Element, elsewhere: Collection[str], language: str) -> bool:
    """Whether a rule or a rubric parts nothing but notes from the text.

    Notes have a rule of their own. A rubric goes only if it names the notes and all of them stand ``elsewhere``, which
    holds their names.
    """
    parent = node.parent
    after = parent.children[parent.index(node) + 1 :] if parent is not None else []
    notes = [sibling for sibling in after if not isinstance(sibling, _UNSEEN)]
    if not notes or not all(isinstance(note, (nodes.footnote, nodes.citation)) for note in notes):
        return False
    if isinstance(node, nodes.rubric):
        gone = all(isinstance(note, nodes.footnote) and _is_among(note, elsewhere) for note in notes)
        return gone and _names_notes(node, language)
    return True


def _is_among(note: nodes.Element, names: Collection[str]) -> bool:
    return any(name in names for name in note["ids"])
