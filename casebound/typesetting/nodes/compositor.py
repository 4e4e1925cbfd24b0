"""The compositor: rst2pdf's client with our handlers, one per process, setting one chapter at a time."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import docutils.languages
from docutils import nodes
from docutils.utils import Reporter
from reportlab import rl_config
from reportlab.lib.colors import Color
from reportlab.lib.enums import TA_JUSTIFY
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus.flowables import Flowable
from sphinx import addnodes

from casebound.i18n.bidi import is_right_to_left
from casebound.i18n.wording import NOTES, word
from casebound.model.colours import hexadecimal
from casebound.model.fragment import PLACE, FolioBox, Loss
from casebound.model.strokes import strokes
from casebound.typesetting.fonts.faces import face_files
from casebound.typesetting.graphics.images import Picture, open_picture
from casebound.typesetting.layout.canvas import RecordingCanvas
from casebound.typesetting.layout.keep_together import Kept
from casebound.typesetting.nodes.footnotes import at_the_foot
from casebound.typesetting.styles import patches
from casebound.typesetting.styles.stylesheet import House
from casebound.typesetting.styles.upstream import RstToPdf
from casebound.typesetting.styles.values import rgb
from casebound.typesetting.text.directions import LEFT_TO_RIGHT
from casebound.typesetting.text.paragraph import Paragraph
from casebound.typesetting.text.runs import Anchor, InlineObject, Look, Run, stripped

__all__ = ["Compositor", "failure", "is_inline"]

_HYPHENATED = {"table-body", "table-heading"}
"""Ragged styles whose words are hyphenated where they do not fit: columns are narrow."""


class Compositor(RstToPdf):
    """Sets nodes as flowables through rst2pdf's dispatch, with the house's styles and our handlers."""

    def __init__(self, house: House, language: str, *, page_references: bool = True) -> None:
        from casebound.typesetting.nodes import BookHandler

        patches.apply()
        rl_config.invariant = 1
        rl_config.allowTableBoundsErrors = 3
        files = [*face_files().values(), *(face.path for face in house.style.faces.values())]
        folders = sorted({str(path.parent) for path in files})
        super().__init__(
            stylesheets=[house.sheet], font_path=folders, style_path=[], language="en_US",
            sphinx=True, basedir=".", breaklevel=0, splittables=True,
        )  # fmt: skip
        self.house = house
        self.book_language = language
        self.mirrored = is_right_to_left(language.replace("-", "_"))
        self.page_references = page_references
        self.handlers = BookHandler()
        _, self.gen_elements = self.handlers(self)
        self._fields = docutils.languages.get_language(language.replace("_", "-"), _Quiet()).labels
        for style in self.styles.StyleSheet.byName.values():
            hyphenated = style.alignment == TA_JUSTIFY or style.name in _HYPHENATED
            style.hyphenationLang = _hyphenation(language) if hyphenated else ""
            style.language = _hyphenation(language)
            style.direction = "rtl" if self.mirrored else "ltr"
            style.uriWasteReduce = 0.3
        self._tint()
        self.styles["signature"].wordWrap = LEFT_TO_RIGHT
        self.begin(None, ("", ""))

    def _tint(self) -> None:
        """Give the accent that the sheets choose to what has the house's own, links too."""
        usual, accent = self.house.usual_accent, self.house.accent
        if usual == accent:
            return
        for style in self.styles.StyleSheet.byName.values():
            for name, value in vars(style).items():
                if isinstance(value, Color) and tuple(round(channel, 3) for channel in value.rgb()) == usual:
                    setattr(style, name, Color(*accent))
        if rgb(self.styles.linkColor) == usual:
            self.styles.linkColor = hexadecimal(accent)

    def begin(self, document: nodes.document | None, heads: tuple[str, str], *, lists_headings: bool = True) -> None:
        """Forget the last chapter. ``lists_headings``: whether the opening of this one may; later, whether it does."""
        self.depth = 0
        self.heads = heads
        self.lists_headings = lists_headings
        self.losses: list[Loss] = []
        self.pending_names: list[str] = []
        self.long_signature = False
        self.feet: dict[str, Kept | None] = {}  # None while they are being set
        self.doctree = document
        elements = list(document.findall(nodes.Element)) if document is not None else []
        self.order = {id(element): element.get(PLACE, place) for place, element in enumerate(elements)}
        self._own = {name for element in elements for name in element["ids"]}

    @property
    def link_colour(self) -> str:
        return hexadecimal(rgb(self.styles.linkColor))

    @property
    def measure(self) -> float:
        """Width of the text block in points."""
        return self.house.block[0]

    def face_of(self, alias: str) -> str:
        """The face that an alias of the style sheets stands for."""
        return str(self.styles.fontsAlias.get(alias, alias))

    def open_picture(self, path: str) -> Picture:
        """The picture in a file, in the faces and the language of the book. Raises BrokenImage."""
        return open_picture(Path(path), self.book_language, self.house.aliases)

    def is_own(self, target: str) -> bool:
        """Whether a named destination stands in the chapter being set."""
        return target in self._own

    def page_reference(self, target: str, look: Look) -> InlineObject:
        """A box in which the binder prints ``(p. 14)``, smaller than the text round it."""
        text = " " + word("folio", self.book_language, folio="{folio}")
        around = Look.of(look.base)
        return self.folio_in_line(target, around.sized(around.size * 0.82), text)

    def folio_in_line(self, target: str, look: Look, text: str = " {folio}", align: str = "justified") -> InlineObject:
        """A box in which the binder prints the folio of a named destination.

        One that is filled from edge to edge is as wide as a folio of two figures needs, so that one and three figures
        fill it unseen; another has room for three.
        """
        wide = "999" if align != "justified" else "99"
        width = round(stringWidth(text.format(folio=wide), look.face, look.size), 2)
        colour = self.house.muted

        def draw(canvas: RecordingCanvas, x: float, y: float) -> None:
            canvas.folio(FolioBox(0, x, y, width, target, look.face, look.size, text, align, colour))

        return InlineObject(look, width, look.size, 0.0, draw)

    def gather_feet(self, document: nodes.document) -> dict[str, Kept]:
        """Set the notes that stand at the feet of a chapter's pages, before its text; gives them by their names."""
        notes = at_the_foot(document, self.book_language)
        self.feet = {name: None for note in notes for name in note["ids"]}
        set_notes = {note: Kept(self.gen_elements(note)) for note in notes}
        feet = {name: kept for note, kept in set_notes.items() for name in note["ids"]}
        self.feet = dict(feet)
        return feet

    def take_names(self) -> list[str]:
        """The names that wait for something printed to stand at."""
        names, self.pending_names = self.pending_names, []
        return names

    def anchors(self, node: nodes.Node, look: Look) -> list[Run]:
        """The names of an inline node, as places in its line."""
        names: list[str] = node.get("ids", []) if isinstance(node, nodes.Element) else []
        return [Anchor(name, look) for name in names]

    def label(self, kind: str) -> str:
        """The title of an admonition or bibliographic field that has none of its own, in the book's language."""
        known = word(kind, self.book_language)
        return self._fields.get(kind, known) if known == kind.capitalize() and kind not in NOTES else known

    def lose(self, code: str, node: nodes.Node, **values: str) -> None:
        """Put on record that a node was not set as written."""
        docname, line = place(node)
        loss = Loss(code, docname, line, values)
        if loss not in self.losses:
            self.losses.append(loss)

    def inline(self, node: nodes.Element, look: Look) -> list[Run]:
        """The runs of a node's inline content; no space stands before the mark of a note."""
        runs: list[Run] = []
        for child in node.children:
            if isinstance(child, nodes.footnote_reference):
                runs = stripped(runs, left=False)
            runs += self.runs(child, look)
        return runs

    def runs(self, node: nodes.Node, look: Look) -> list[Run]:
        """The runs of an inline node, as its handler gives them."""
        return self.handlers.runs(self, node, look)

    def paragraph(
        self, node: nodes.Element, style: ParagraphStyle, before: Sequence[Run] = (), after: Sequence[Run] = ()
    ) -> Paragraph:
        """A node's inline content as one paragraph."""
        look = Look.of(style)
        return Paragraph([*before, *stripped(self.inline(node, look.stroked(strokes(node["classes"])))), *after], style)

    def set_children(self, node: nodes.Element, style: ParagraphStyle | None = None) -> list[Flowable]:
        """The flowables of all children, runs of inline ones joined to paragraphs."""
        flowables: list[Flowable] = []
        run: list[nodes.Node] = []
        for child in node.children:
            if is_inline(child):
                run.append(child)
                continue
            flowables += self._inline_run(run, style)
            run = []
            flowables += self.gen_elements(child, style)
        return flowables + self._inline_run(run, style)

    def _inline_run(self, run: Sequence[nodes.Node], style: ParagraphStyle | None) -> list[Flowable]:
        style = style or self.styles["bodytext"]
        look = Look.of(style)
        runs = stripped([each for child in run for each in self.runs(child, look)])
        return [Paragraph(runs, style)] if runs else []

    def plain(self, node: nodes.Node, style: ParagraphStyle | None = None) -> list[Flowable]:
        """A node's text and nothing else: what is set where all else failed."""
        texts = [part for part in node.astext().split("\n\n") if part.strip()]
        return [Paragraph.plain(text, style or self.styles["plain"]) for text in texts]


def is_inline(node: nodes.Node) -> bool:
    """Whether a node is set in a line of text."""
    if isinstance(node, nodes.image):
        return not isinstance(node.parent, (nodes.figure, nodes.document, nodes.section)) and _among_text(node)
    if isinstance(node, nodes.reference) and all(isinstance(c, nodes.image) for c in node.children) and node.children:
        return _among_text(node)
    if isinstance(node, nodes.target):
        return bool(node.children) or isinstance(node.parent, nodes.TextElement)
    if isinstance(node, (addnodes.desc_signature, addnodes.desc_signature_line)):
        return False  # set as blocks, though Sphinx counts them among inline nodes
    return isinstance(node, (nodes.Inline, nodes.Text))


def _among_text(node: nodes.Node) -> bool:
    """Whether a picture stands in a line of text; a link that holds nothing but pictures is none."""
    parent = node.parent
    if isinstance(parent, nodes.reference) and all(isinstance(child, nodes.image) for child in parent.children):
        parent = parent.parent
    return isinstance(parent, nodes.TextElement)


def place(node: nodes.Node) -> tuple[str, int | None]:
    """Docname and line of a node; for a node of an included file that file and its line there."""
    line, source = None, ""
    current: nodes.Node | None = node
    while current is not None:
        if isinstance(current, nodes.document):
            docname = str(current.get("source", ""))
            included = source and source.rpartition(".")[0] != docname
            return (source if included else docname), line
        if line is None and current.line:
            line, source = current.line, current.source or ""
        current = current.parent
    return source, line


def failure(error: BaseException) -> str:
    """An exception in one line, without what differs from run to run."""
    first = str(error).strip().partition("\n")[0]
    return f"{type(error).__name__}: {re.sub('0x[0-9a-f]+', '0x', first)}"[:200]


def _hyphenation(language: str) -> str:
    import pyphen

    return pyphen.language_fallback(language.replace("-", "_")) or ""


class _Quiet(Reporter):
    def __init__(self) -> None:
        super().__init__("", Reporter.SEVERE_LEVEL + 1, Reporter.SEVERE_LEVEL + 1, stream=False)
