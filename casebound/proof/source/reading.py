"""What a reader of a chapter is to be told, in order, from its tree: words, pictures, formulas, notes, tables.

``_Told`` is the one place that names what outputs may say beside the words of the source: names of notes, addresses
of links, what abbreviations stand for, what pictures show that cannot be drawn, formulas that cannot be set, the short
contents of a chapter's opening, the heads of columns in each record, and on which page a link leads.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from docutils import languages, nodes
from sphinx import addnodes

from casebound.i18n.wording import word
from casebound.proof.source.expectation import FOLIO, Addition, Depiction, SourceReading
from casebound.proof.source.marks import BULLET, PERHAPS, kind_of, marks_of, may_be_plain
from casebound.proof.source.tables import SourceTable, cell_kinds, rows_of, source_table
from casebound.proof.spoken import SpokenBlock, BlockStarts, web
from casebound.proof.words import SKIPPED, heads_notes, spoken_words

__all__ = ["reading"]


_NO_BLOCK = SpokenBlock("", 0)
_CALLS = (nodes.footnote_reference, nodes.citation_reference)
_PART = re.compile("desc_(parameter|optional|type_parameter|returns|annotation)")
_PARTS = (nodes.classifier, nodes.option, nodes.option_string, nodes.option_argument)


def reading(tree: nodes.document, language: str) -> SourceReading:
    """How a chapter is to be read, from its tree, in a book of this language (a BCP 47 tag)."""
    told = _Told(language)
    told.node(tree)
    told.end()
    every = list(tree.findall(nodes.Element))
    notes = [node for node in every if isinstance(node, (nodes.footnote, nodes.citation))]
    calls = [node for node in every if isinstance(node, _CALLS) and not _is_in_code(node)]
    return SourceReading(
        tuple(told.words),
        {at: tuple(groups) for at, groups in told.additions.items()},
        tuple(told.depictions),
        tuple(told.tables),
        tuple(node.astext() for node in tree.findall(nodes.literal_block)),
        told.captions,
        frozenset(str(name) for note in notes for name in note["ids"][:1]),
        frozenset(str(call["refid"]) for call in calls if call.get("refid")),
        language,
        frozenset(str(node["refuri"]) for node in every if isinstance(node, nodes.reference) and node.get("refuri")),
        frozenset(said for number in tree.findall(nodes.generated) for said in spoken_words(number.astext())),
        told.blocks.at,
        told.links,
        frozenset(told.glued),
    )


def _opened(node: nodes.Element) -> str:
    """What a link opens; empty for any other node."""
    if not isinstance(node, (nodes.reference, *_CALLS)):
        return ""
    return str(node["refid"]) if node.get("refid") else web(str(node["refuri"])) if node.get("refuri") else ""


def _is_in_code(call: nodes.Element) -> bool:
    """Whether a note is called for in code: there its number is a link and nothing else."""
    return isinstance(call.parent, nodes.literal_block)


class _Told:
    """Takes down what is told of a tree, node by node."""

    def __init__(self, language: str) -> None:
        self.words: list[str] = []
        self.additions: dict[int, list[Addition]] = {}
        self.depictions: list[Depiction] = []
        self.tables: list[SourceTable] = []
        self.captions = 0
        self._language = language
        self.glued: set[int] = set()
        self.blocks = BlockStarts()
        self.links: dict[int, str] = {}
        self._link = ""
        self._items = 0
        self._cells: dict[int, str] = {}
        self._text: list[str] = []
        self._last = ""
        self._opened = False

    def end(self) -> None:
        """Take the words of what was said since."""
        text = "".join(self._text)
        if text:
            if len(spoken_words(self._last + text[0])) < 2:
                self.glued.add(len(self.words))
            begun = len(self.words)
            self.words += spoken_words(text)
            if self._link:
                self.links |= dict.fromkeys(range(begun, len(self.words)), self._link)
            self._text.clear()
            self._last = text[-1]

    def _may(self, *texts: str) -> None:
        """Outputs may say one of these texts here."""
        self._add(tuple(said for text in texts if (said := tuple(spoken_words(text)))))

    def _add(self, addition: Addition) -> None:
        if addition:
            self.end()
            self.additions.setdefault(len(self.words), []).append(addition)

    def _may_tell(self, target: str) -> None:
        """Outputs may say here on which page a named destination is."""
        before, _, after = word("folio", self._language, folio=FOLIO).partition(FOLIO)
        folio = (f"{FOLIO}{target}",)
        self._add(((*spoken_words(before), *folio, *spoken_words(after)), folio))

    def _say(self, text: str) -> None:
        self._text.append(text)

    def node(self, node: nodes.Node) -> None:
        if isinstance(node, nodes.Text):
            self._say(node.astext())
        elif isinstance(node, nodes.Element):
            kind = type(node).__name__
            if _PART.match(kind):
                self._say("\n")
                self._element(node)
                self._say("\n")
            elif (isinstance(node, nodes.Inline) and not kind.startswith("desc_signature")) or isinstance(node, _PARTS):
                self._element(node)
            else:
                self._block(node)

    def _block(self, node: nodes.Element) -> None:
        self._say("\n")
        self.end()
        begun, item = len(self.words), isinstance(node, nodes.list_item)
        self._items += item
        before = self.blocks.begin(begun, self._cells.get(id(node)) or kind_of(node), self._items)
        self._element(node)
        self._say("\n")
        self.end()
        self._items -= item
        self.blocks.end(begun, len(self.words), before)

    def _perhaps(self, link: nodes.Element) -> None:
        """A link begins with a number: that of a chapter in a list of them may be the label of its item."""
        self.end()
        number = len(self.words)
        begun = max((place for place in self.blocks.at if place < number), default=0)
        if self.blocks.at.get(begun, _NO_BLOCK).kind == "text":
            self.blocks.at[begun] = SpokenBlock(PERHAPS, self._items)
            self.blocks.at[number] = SpokenBlock(PERHAPS, self._items)

    def _children(self, node: nodes.Element) -> None:
        for child in node.children:
            self.node(child)

    def _element(self, node: nodes.Element) -> None:
        target = _opened(node)
        if target and not self._link:  # a link within another one opens nothing
            self.end()
            self._link = target
            self._said(node)
            self.end()
            self._link = ""
        else:
            self._said(node)
        self._after(node)

    def _said(self, node: nodes.Element) -> None:
        if isinstance(node, nodes.image):
            self._image(node)
        elif isinstance(node, (nodes.math, nodes.math_block)):
            self._formula(node)
        elif isinstance(node, nodes.raw):
            self._say("\n")  # a line break is all that is left of them
        elif isinstance(node, SKIPPED) and not isinstance(node, nodes.target):
            return
        elif isinstance(node, nodes.rubric) and heads_notes(node):
            self._may(node.astext())
        elif isinstance(node, nodes.tgroup):
            self._table(node)
        elif isinstance(node, (nodes.footnote_reference, nodes.citation_reference)):
            before, after = marks_of(node)
            self._say(f" {before}")
            self._children(node)
            self._say(f"{after} ")
        else:
            before, after = marks_of(node)
            self._before(node)
            self._say(before)
            self._children(node)
            if isinstance(node, nodes.generated) and isinstance(node.parent, nodes.reference):
                self._perhaps(node.parent)
            if isinstance(node, addnodes.desc_parameterlist):
                self._may(",")  # Sphinx closes parameters so that are one below the other
            self._say(after)

    def _before(self, node: nodes.Element) -> None:
        """What is said before a node's own words."""
        kind = type(node).__name__
        untitled = not any(isinstance(child, nodes.title) for child in node.children)
        if isinstance(node, nodes.Admonition) and untitled:
            self._may(word(kind, self._language))
        elif isinstance(node, nodes.Bibliographic) and kind not in {"field", "docinfo"}:
            self._may(*(f"{name}:" for name in (word(kind, self._language), *_field_names(kind, self._language))))
        elif isinstance(node, nodes.list_item) and may_be_plain(node.parent):
            self._may(BULLET)
        elif isinstance(node, nodes.caption) or _is_table_title(node):
            self.captions += 1

    def _after(self, node: nodes.Element) -> None:
        """What is said after a node's own words."""
        if isinstance(node, nodes.abbreviation) and node.get("explanation"):
            self._may(f"({node['explanation']})")
        elif isinstance(node, nodes.reference) and node.get("refuri"):
            uri = str(node["refuri"]).removeprefix("mailto:")
            self._may(f"({uri})", f"({node['refuri']})", uri, str(node["refuri"]))
        elif isinstance(node, nodes.reference) and node.get("refid"):
            self._may_tell(str(node["refid"]))
        elif isinstance(node, nodes.label) and isinstance(node.parent, nodes.footnote):
            self._may(".")
        elif isinstance(node, nodes.list_item):
            first = next(iter(node.findall(nodes.reference)), None)
            if first is not None and first.get("refid"):
                self._may_tell(str(first["refid"]))
        elif isinstance(node, nodes.title) and isinstance(node.parent, nodes.section) and not self._opened:
            self._opened = True
            self._may(" ".join(_subheadings(node.parent)))

    def _image(self, node: nodes.Element) -> None:
        alt, uri = node.get("alt"), str(node.get("uri", ""))
        if "decorative" not in node["classes"] or _is_link(node):
            path = str(node.get("path") or "")
            self.depictions.append(Depiction("Figure" if path else "", alt and " ".join(alt.split()), path))
        shown = (f"{alt or ''} {uri}", alt or "", uri, uri.rpartition("/")[2])
        name = alt or word("missing-image", self._language)
        self._may(f"[{name}] {uri}", f"[{name}]", *(f"[{text}]" for text in shown if text), *shown)

    def _formula(self, node: nodes.Element) -> None:
        tex = node.astext()
        self.depictions.append(Depiction("Formula", " ".join(tex.split())))
        self._say(" ")
        self._may(tex)
        if node.get("number"):
            self._may(f"({node['number']})")

    def _table(self, group: nodes.Element) -> None:
        """Cells in their order. Heads are said above the rows, or in each of them where these are set as records."""
        table = source_table(group)
        self._cells |= cell_kinds(group)
        if table.columns > 1 or table.heads:  # else it is a frame
            self.tables.append(table)
        for head, row in rows_of(group):
            for at, cell in enumerate(row.children):
                if head:
                    self._may(cell.astext())
                    self._head(cell)
                else:
                    self._may(table.names[at] if at < len(table.names) else "")
                    self.node(cell)

    def _head(self, cell: nodes.Node) -> None:
        """The pictures and formulas of a head: its words have been said."""
        for node in cell.findall():
            if isinstance(node, nodes.image):
                self._image(node)
            elif isinstance(node, (nodes.math, nodes.math_block)):
                self._formula(node)


def _is_table_title(node: nodes.Element) -> bool:
    return isinstance(node, nodes.title) and isinstance(node.parent, nodes.table)


def _is_link(image: nodes.Element) -> bool:
    return isinstance(image.parent, nodes.reference)


def _field_names(kind: str, language: str) -> Iterable[str]:
    """What docutils calls a field of a document's head."""
    known = languages.get_language(language.partition("-")[0] or "en", None)
    return [str(known.labels[kind])] if known is not None and kind in known.labels else []


def _subheadings(section: nodes.Element) -> Iterator[str]:
    """The titles right below a section's own."""
    for child in section.children:
        title = child.children[0] if isinstance(child, nodes.section) and child.children else None
        if isinstance(title, nodes.title):
            number = title.children[0] if isinstance(title.children[0], nodes.generated) else None
            plain = title.get("plain")
            yield f"{number.astext() if number is not None else ''} {plain}" if plain else title.astext()
