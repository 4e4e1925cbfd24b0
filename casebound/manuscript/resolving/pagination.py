r"""What authors ask of pages, in the spellings that trees have, as classes: ``new-page`` and ``keep-together``.

A new page is asked for by a class, by raw LaTeX (``\newpage``), by raw PDF as rst2pdf has it (``PageBreak``), or by the
style of raw HTML (``break-before``, ``break-after``; CSS Fragmentation 3.1). One that is to have an odd folio, or an
even one, has ``odd-page`` or ``even-page`` too.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from docutils import nodes
from sphinx import addnodes

from casebound.model.diagnostics import Problem, problem

__all__ = ["asked", "read_breaks", "settle_breaks"]

Place = Callable[[nodes.Node], tuple[str, int | None]]

NEW_PAGE, KEEP, _AFTER = "new-page", "keep-together", "page-break-after"
_ODD, _EVEN = "odd-page", "even-page"
_SIDES = {_ODD, _EVEN}
_SPELLINGS = {
    **dict.fromkeys(("newpage", "page-break", "pagebreak", "page-break-before", "break-before"), NEW_PAGE),
    **dict.fromkeys(("keeptogether", "nobreak", "no-break", "page-break-inside-avoid"), KEEP),
    "break-after": _AFTER,
    "oddpage": _ODD,
    "evenpage": _EVEN,
}
_COMMENTS = re.compile(r"(?<!\\)%[^\n]*")
_LATEX = re.compile(
    r"\\(?:newpage|clearpage|cleardoublepage|eject|break)\b(?:\s*\{\})?|\\pagebreak\b(?:\s*\[4\])?(?!\s*\[)"
)
_SILENT_LATEX = re.compile(
    r"""\\(?:vfill|null|par|relax|leavevmode|noindent|(?:big|med|small)skip|phantomsection|FloatBarrier)\b(?:\s*\{\})?
    |\\(?:no)?pagebreak\b(?:\s*\[\d\])?
    |\\(?:[vh]space|enlargethispage|needspace)\*?\s*\{[^{}]*\}
    |\\[vh]skip\s*-?[\d.]+\s*[a-z]{2}
    |\\(?:this)?pagestyle\s*\{[^{}]*\}
    |\\pagenumbering\s*\{[^{}]*\}
    |\\(?:setcounter|addtocounter|markboth)\s*\{[^{}]*\}\s*\{[^{}]*\}
    |\\markright\s*\{[^{}]*\}""",
    re.VERBOSE,
)
"""What may be beside a break: it prints nothing."""

_RST2PDF = re.compile(r"^\s*(?:Even|Odd)?(?:Page|Frame)Break\b[^\n]*$", re.MULTILINE | re.IGNORECASE)
_SIDE = re.compile(r"\\cleardoublepage|(odd|even)page", re.IGNORECASE)
_STYLE = re.compile(r"break-(before|after)\s*:\s*(always|page|left|right|recto|verso|all)\b", re.IGNORECASE)
_SIDES_OF_CSS = {"recto": _ODD, "right": _ODD, "verso": _EVEN, "left": _EVEN}
_INSIDE = re.compile(r"break-inside\s*:\s*avoid", re.IGNORECASE)
_WHOLE = (nodes.entry, nodes.TextElement, nodes.figure, nodes.footnote, nodes.citation, addnodes.hlist)
"""What is on one page, or is laid out apart from the text: no page can begin in there."""

_UNSEEN = (nodes.Invisible, nodes.target)


def read_breaks(doctree: nodes.document) -> None:
    """Change a tree in place: raw LaTeX and PDF that say nothing but that a page begins become empty containers."""
    for raw in list(doctree.findall(nodes.raw)):
        formats = set(str(raw.get("format", "")).lower().split())
        text = raw.astext()
        if "latex" in formats:
            breaks, rest = _LATEX.search(text), _SILENT_LATEX.sub("", _LATEX.sub("", _COMMENTS.sub("", text)))
        elif formats & {"pdf", "rst2pdf"}:
            breaks, rest = _RST2PDF.search(text), _RST2PDF.sub("", text)
        else:
            continue
        if breaks and not rest.strip() and raw.parent is not None:
            mark = _mark(raw, _side(_COMMENTS.sub("", text)))
            mark["ids"] = list(raw["ids"])
            _replace(raw, mark)


def _side(text: str) -> str:
    """The class for the kind of page that a break in LaTeX or rst2pdf's words asks for, if it asks for one."""
    found = _SIDE.search(text)
    if found is None:
        return ""
    return _EVEN if (found[1] or "").lower() == "even" else _ODD


def _mark(node: nodes.Element, side: str = "") -> nodes.container:
    mark = nodes.container(classes=list(filter(None, (NEW_PAGE, side))))
    mark.source, mark.line = node.source, node.line
    return mark


def _replace(raw: nodes.raw, mark: nodes.container) -> None:
    """Put a mark in place of raw text, or of the paragraph that holds nothing else."""
    place: nodes.Element = raw
    around = raw.parent
    while isinstance(around, nodes.TextElement) and not around.astext().replace(raw.astext(), "", 1).strip():
        place, around = around, around.parent
    if around is not None:
        around.replace(place, mark)


def asked(style: str, classes: str, blocks: list[nodes.Node]) -> list[nodes.Node]:
    """What an element of HTML shows, with what its style and its classes ask of the page."""
    breaks = {match[1].lower(): _SIDES_OF_CSS.get(match[2].lower(), "") for match in _STYLE.finditer(style)}
    wanted = {_SPELLINGS.get(name, name) for name in classes.split()}
    named = [where for where, name in (("before", NEW_PAGE), ("after", _AFTER)) if name in wanted]
    breaks = {**dict.fromkeys(named, ""), **breaks}
    before, after = ([_asking(breaks[where])] if where in breaks else [] for where in ("before", "after"))
    if (_INSIDE.search(style) or KEEP in wanted) and blocks:
        blocks = [nodes.container("", *blocks, classes=[KEEP])]
    return [*before, *blocks, *after]


def _asking(side: str) -> nodes.container:
    return nodes.container(classes=[NEW_PAGE, side] if side else [NEW_PAGE])


def settle_breaks(doctree: nodes.document, place: Place, report: Callable[[Problem], None]) -> None:
    """Change a tree in place: classes have one spelling each, and are on what begins a page, not on an empty mark."""
    for node in list(doctree.findall(nodes.Element)):
        if node.get("classes"):
            node["classes"] = list(dict.fromkeys(_SPELLINGS.get(name, name) for name in node["classes"]))
            if _SIDES & set(node["classes"]) and NEW_PAGE not in node["classes"]:
                node["classes"].append(NEW_PAGE)
            if _AFTER in node["classes"] and node.parent is not None:
                node["classes"].remove(_AFTER)
                node.parent.insert(node.parent.index(node) + 1, _mark(node))
    begins = [_lifted(node) for node in list(doctree.findall(nodes.Element)) if NEW_PAGE in node.get("classes", ())]
    for node in begins:
        if _has_no_page(node):
            node["classes"] = [name for name in node["classes"] if name not in {NEW_PAGE, *_SIDES}]
            report(problem("page-break-ignored", *place(node)))
    for node in reversed(begins):  # what holds nothing but marks is one
        if not node.children and isinstance(node, nodes.container | nodes.compound | nodes.inline):
            _move_on(node, place, report)


def _lifted(node: nodes.Element) -> nodes.Element:
    """The figure, link or listing that a directive's class is meant for where it has put it on what this holds."""
    around = node
    while (parent := around.parent) is not None and _is_frame(parent, around):
        around = parent
    if around is not node:
        asked_for = [name for name in node["classes"] if name in {NEW_PAGE, *_SIDES}]
        node["classes"] = [name for name in node["classes"] if name not in asked_for]
        around["classes"] += asked_for
    return around


def _is_frame(parent: nodes.Element, node: nodes.Element) -> bool:
    if isinstance(parent, nodes.reference):
        return isinstance(node, nodes.image) and len(parent) == 1 and not isinstance(parent.parent, nodes.TextElement)
    wrapper = isinstance(parent, nodes.container) and parent.get("literal_block")
    return wrapper or (isinstance(parent, nodes.figure) and isinstance(node, nodes.image | nodes.reference))


def _has_no_page(node: nodes.Element) -> bool:
    """Whether no page can begin at a node, for it stands in a line or in what is on one page."""
    in_line = isinstance(node, nodes.Inline) and not isinstance(node, nodes.reference)
    return in_line or any(isinstance(each, _WHOLE) for each in _around(node))


def _move_on(mark: nodes.Element, place: Place, report: Callable[[Problem], None]) -> None:
    """Delete an empty mark; what comes next begins the page in its stead."""
    asked_for = [name for name in mark["classes"] if name in {NEW_PAGE, *_SIDES}]
    after = _following(mark) if asked_for else None
    if after is not None:
        after["classes"] += [name for name in asked_for if name not in after["classes"]]
    elif _SIDES & set(asked_for):
        report(problem("page-side-ignored", *place(mark)))
    mark.parent.replace(mark, [nodes.target(ids=list(mark["ids"]))] if mark["ids"] else [])


def _around(node: nodes.Element) -> Iterator[nodes.Element]:
    while (node := node.parent) is not None:
        yield node


def _following(node: nodes.Element) -> nodes.Element | None:
    """The first thing that is printed after a node, in what it is in or after that."""
    while (parent := node.parent) is not None:
        for other in parent.children[parent.index(node) + 1 :]:
            if isinstance(other, nodes.Element) and not isinstance(other, _UNSEEN):
                return other
        node = parent
    return None
