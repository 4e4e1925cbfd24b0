"""Footnotes: which of them go to the foot of the page that calls for them, and which stay where the source has them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from docutils import nodes

from casebound.i18n.wording import word

__all__ = ["at_the_foot", "is_first", "stands_over_nothing"]

_LONGEST = 1500  # characters of a note that has room at a foot
_TALL = (nodes.image, nodes.figure, nodes.table, nodes.Admonition, nodes.section)  # which has no room there
_PARTED = (nodes.citation,)  # a note called for in there stays where it is
_UNSEEN = (nodes.Invisible, nodes.target)


def at_the_foot(tree: nodes.document, language: str) -> list[nodes.footnote]:
    """The footnotes that are at the foot of pages: short ones, called for in text.

    Notes that follow one another are of one place: where one of them cannot be at a foot, none of them does. Those
    that the source gathers under a heading of its own stay there, unless it says no more than that they are
    footnotes: such a rubric is how sources name them where there are no pages.
    """
    endnotes, calls = _endnotes(tree, language), _calls(tree)
    notes = list(tree.findall(nodes.footnote))
    standing = {id(note) for note in notes if _has_room(note) and id(note) not in endnotes}
    while True:
        kept = {id(note) for note in notes if id(note) in standing and _is_called(note, calls, standing)}
        kept = {each for group in _groups(notes) if group <= kept for each in group}
        if kept == standing:
            return [note for note in notes if id(note) in standing]
        standing = kept


def _has_room(note: nodes.footnote) -> bool:
    return len(note.astext()) <= _LONGEST and not any(isinstance(node, _TALL) for node in note.findall())


def _calls(tree: nodes.document) -> dict[str, nodes.Node]:
    """What calls for each note first, by the note's names."""
    calls: dict[str, nodes.Node] = {}
    for reference in tree.findall(nodes.footnote_reference):
        calls.setdefault(str(reference.get("refid", "")), reference)
    return calls


def _is_called(note: nodes.footnote, calls: Mapping[str, nodes.Node], standing: Collection[int]) -> bool:
    """Whether a note is called for where its page can be told: in text, or in a note that is at a foot itself."""
    found = [calls[name] for name in note["ids"] if name in calls]
    return any(_stands_in_text(call, note, standing) for call in found)


def _stands_in_text(call: nodes.Node, note: nodes.footnote, standing: Collection[int]) -> bool:
    parent = call.parent
    while parent is not None:
        if isinstance(parent, nodes.footnote):
            return parent is not note and id(parent) in standing
        if isinstance(parent, _PARTED):
            return False
        parent = parent.parent
    return True


def _groups(notes: Sequence[nodes.footnote]) -> list[set[int]]:
    """The notes that follow one another in the source, together."""
    groups: list[set[int]] = []
    for note in notes:
        before = next(_before(note), None)
        if isinstance(before, nodes.footnote) and groups:
            groups[-1].add(id(note))
        else:
            groups.append({id(note)})
    return groups


def _endnotes(tree: nodes.document, language: str) -> set[int]:
    """The ids of the notes that are under a heading of their own."""
    found: set[int] = set()
    for parent in {id(note.parent): note.parent for note in tree.findall(nodes.footnote)}.values():
        headed = False
        for node in parent.children if parent is not None else ():
            if isinstance(node, (nodes.footnote, nodes.citation)):
                found |= {id(node)} if headed else set()
            elif not isinstance(node, _UNSEEN):
                rubric = isinstance(node, nodes.rubric) and not (_names_notes(node, language) or _calls_notes(node))
                headed = rubric or isinstance(node, nodes.title)
    return found


def _names_notes(rubric: nodes.rubric, language: str) -> bool:
    return rubric.astext().strip() in {"Footnotes", word("notes", language)}


def _calls_notes(rubric: nodes.rubric) -> bool:
    """Whether a rubric has notes itself: those after it are not what it is about."""
    return any(True for _ in rubric.findall(nodes.footnote_reference))


def _before(node: nodes.Element) -> Iterator[nodes.Node]:
    """What is seen before a node among its siblings, the nearest first."""
    parent = node.parent
    before = parent.children[: parent.index(node)] if parent is not None else []
    return (sibling for sibling in reversed(before) if not isinstance(sibling, _UNSEEN))


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

    Notes have a rule of their own. A rubric goes only if it names the notes and all of them are ``elsewhere``, which
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
