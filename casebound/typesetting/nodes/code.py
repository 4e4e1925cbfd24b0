"""Code: highlighted blocks, doctest blocks, parsed literals, grammar productions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import pygments
from docutils import nodes
from pygments.lexer import Lexer
from pygments.lexers import get_lexer_by_name
from pygments.lexers.special import TextLexer
from pygments.token import STANDARD_TYPES, Token, _TokenType
from pygments.util import ClassNotFound
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus.flowables import Flowable
from sphinx import addnodes

from casebound.i18n.wording import word
from casebound.model.css.strokes import strokes
from casebound.model.style import RGB
from casebound.typesetting.layout.code_lines import CodeLine, CodeRun
from casebound.typesetting.layout.listing import CodeBlock, CodeLook
from casebound.typesetting.math import BrokenFormula, formula
from casebound.typesetting.nodes.base import BookHandler
from casebound.typesetting.nodes.context import Context
from casebound.typesetting.styles.values import rgb
from casebound.typesetting.styles.variants import scaled
from casebound.typesetting.text.paragraph import Paragraph
from casebound.typesetting.text.runs import clean

__all__: list[str] = []

_RISES: dict[type[nodes.Element], float] = {
    nodes.footnote_reference: 0.34, nodes.superscript: 0.34, nodes.subscript: -0.16,
}  # fmt: skip
"""How far above the baseline text is, in sizes."""

_LEXED = 400_000  # characters: longer blocks are set without colours, in bounded time


def lexer_for(language: str, code: str) -> Lexer:
    """The lexer of a block, as Sphinx chooses it; plain text where there is none."""
    name = {"default": "python3", "guess": "text", "none": "text", "": "python3", "ipython": "ipython3"}.get(
        language, language
    )
    if name in {"py", "py3", "python", "python3"}:
        name = "pycon" if code.lstrip().startswith(">>>") else "python3"
    try:
        return get_lexer_by_name(name, stripnl=False)
    except (ClassNotFound, ImportError):  # a lexer can be a plug-in whose module is not to be had
        return TextLexer(stripnl=False)


def tokens(language: str, code: str) -> list[tuple[_TokenType, str]]:
    """The tokens of a block; one plain token where the code does not fit its default language or lost a letter."""
    plain = [(Token.Text, code)]
    if len(code) > _LEXED:
        return plain
    found = list(pygments.lex(code + "\n", lexer_for(language, code)))
    unfit = language in {"default", "guess", ""} and any(kind is Token.Error for kind, _ in found)
    return plain if unfit or "".join(text for _, text in found).rstrip("\n") != code.rstrip("\n") else found


class Palette:
    """Faces and colours of tokens, from the style sheet's ``code`` table."""

    def __init__(self, context: Context) -> None:
        self.table: dict[str, str] = context.house.choices["code"]
        self.style = context.styles["code"]
        self._known: dict[_TokenType, tuple[str, RGB]] = {}
        self.plain: RGB = tuple(self.style.textColor.rgb())
        self.faces = [
            context.compositor.face_of(f"fontMono{suffix}") for suffix in ("", "Bold", "Italic", "BoldItalic")
        ]

    def face(self, bold: bool, italic: bool) -> str:
        return self.faces[bold + 2 * italic]

    def run(self, kind: _TokenType, text: str, strokes: tuple[str, ...] = ()) -> CodeRun:
        """A token's text in its face and colour."""
        if kind not in self._known:
            self._known[kind] = self._look(kind)
        return CodeRun(text, *self._known[kind], strokes=strokes)

    def _look(self, kind: _TokenType) -> tuple[str, RGB]:
        """The face and colour of a token; the nearest listed ancestor of its class decides."""
        for name in self._names(kind):
            if name in self.table:
                *marks, colour = self.table[name].split()
                return self.face("b" in marks, "i" in marks), rgb(colour)
        return self.faces[0], self.plain

    def _names(self, kind: _TokenType) -> Iterator[str]:
        current: _TokenType | None = kind
        while current is not None and current is not Token:
            yield STANDARD_TYPES.get(current, "")
            current = current.parent


def in_lines(runs: Iterable[CodeRun]) -> list[tuple[CodeRun, ...]]:
    """Runs cut at line ends, tabs widened; no empty line at the end."""
    lines: list[list[CodeRun]] = [[]]
    for run in runs:
        names = run.names
        for index, part in enumerate(clean(run.text).expandtabs(8).split("\n")):
            if index:
                lines.append([])
            if part or names:
                lines[-1].append(run if part == run.text else replace(run, text=part, names=names))
            names = ()
    while len(lines) > 1 and not lines[-1]:
        lines.pop()
    return [tuple(line) for line in lines]


def is_plain(node: nodes.Element) -> bool:
    """Whether a literal block holds text alone, to be highlighted, or markup of its own."""
    return all(isinstance(child, nodes.Text) for child in node.children)


class LiteralBlockHandler(BookHandler, nodes.literal_block, nodes.doctest_block):
    def blocks(self, context: Context, node: nodes.Element, style: ParagraphStyle | None) -> list[Flowable]:
        palette, lines = Palette(context), strokes(node["classes"])
        if is_plain(node):
            language = "pycon" if isinstance(node, nodes.doctest_block) else node.get("language", "default")
            found = tokens(language, node.astext())
            runs: Iterable[CodeRun] = [palette.run(kind, text, lines) for kind, text in found]
        else:
            runs = marked_up(context, node, palette, _Manner(strokes=lines))
        return [CodeBlock(self._numbered(node, in_lines(runs)), _face(context, style), look(context))]

    def _numbered(self, node: nodes.Element, lines: list[tuple[CodeRun, ...]]) -> list[CodeLine]:
        arguments: dict[str, Any] = node.get("highlight_args", {})
        stressed = set(arguments.get("hl_lines", ()))
        start = int(arguments.get("linenostart", 1))
        numbered = bool(node.get("linenos"))
        return [
            CodeLine(runs, start + index if numbered else None, index + 1 in stressed)
            for index, runs in enumerate(lines)
        ]


@dataclass(frozen=True, slots=True)
class _Manner:
    """How text in a block of code looks, by what it is in."""

    bold: bool = False
    italic: bool = False
    link: str = ""
    rise: float = 0.0
    strokes: tuple[str, ...] = ()

    def within(self, node: nodes.Element) -> _Manner:
        return _Manner(
            self.bold or isinstance(node, (nodes.strong, addnodes.literal_strong)),
            self.italic or isinstance(node, (nodes.emphasis, addnodes.literal_emphasis)),
            link_of(node) or self.link,
            next((rise for kind, rise in _RISES.items() if isinstance(node, kind)), self.rise),
            tuple(dict.fromkeys((*self.strokes, *strokes(node["classes"])))),
        )


def marked_up(context: Context, node: nodes.Element, palette: Palette, manner: _Manner) -> Iterator[CodeRun]:
    """The text in a node that has markup of its own, as runs."""
    for child in node.children:
        if isinstance(child, nodes.Text):
            colour = tuple(context.link_colour.rgb()) if manner.link else palette.plain
            face = palette.face(manner.bold, manner.italic)
            yield CodeRun(child.astext(), face, colour, manner.link, rise=manner.rise, strokes=manner.strokes)
        elif isinstance(child, nodes.Element):
            if child.get("ids"):
                yield CodeRun("", palette.faces[0], palette.plain, "", tuple(child["ids"]))
            yield from marked_up(context, _said(child), palette, manner.within(child))


def _said(node: nodes.Element) -> nodes.Element:
    """A node as it is said in a line of code: a picture by its description, a citation in its brackets."""
    if isinstance(node, nodes.image):
        return nodes.inline("", str(node.get("alt") or node.get("uri", "").rpartition("/")[2]))
    if isinstance(node, nodes.citation_reference):
        return nodes.inline("", f"[{node.astext()}]")
    if isinstance(node, nodes.math):
        try:
            return nodes.inline("", formula(node.astext()).reading)
        except BrokenFormula:
            return node
    return node


def _face(context: Context, style: ParagraphStyle | None) -> ParagraphStyle:
    """The style of code beside text of a style: smaller beside smaller text, as in a table or a note."""
    code: ParagraphStyle = context.styles["code"]
    factor = 1.0 if style is None else style.fontSize / context.styles["bodytext"].fontSize
    return code if factor > 0.97 else scaled(code, max(factor, 0.84))


class ProductionListHandler(BookHandler, addnodes.productionlist):
    """A grammar: one production a line, their tokens linked."""

    def blocks(self, context: Context, node: nodes.Element, style: ParagraphStyle | None) -> list[Flowable]:
        palette = Palette(context)
        runs: list[CodeRun] = []
        for index, production in enumerate(node.children):
            assert isinstance(production, nodes.Element)
            plain = CodeRun("", palette.faces[0], palette.plain, "", tuple(production.get("ids", ())))
            ended = not index or node.children[index - 1].astext().endswith("\n")
            runs += [CodeRun("" if ended else "\n", palette.faces[0], palette.plain), plain]
            if production.get("tokenname") and not production.astext().lstrip().startswith(production["tokenname"]):
                runs.append(CodeRun(f"{production['tokenname']} ::= ", palette.faces[1], palette.plain))
            runs += marked_up(context, production, palette, _Manner())
        return [CodeBlock([CodeLine(line) for line in in_lines(runs)], context.styles["code"], look(context))]


def look(context: Context) -> CodeLook:
    """Tint, stress and faint colour of code blocks."""
    tint, style = context.styles["code"].backColor, context.styles["code-mark"]
    before, after = (Paragraph.plain(word(key, context.language), style) for key in ("continued", "continues"))
    return CodeLook(tuple(tint.rgb()), context.house.stress, context.house.muted, before, after)


def link_of(node: nodes.Element) -> str:
    """Where a reference leads, as a run's link."""
    if isinstance(node, (nodes.reference, nodes.footnote_reference, nodes.citation_reference)):
        return f"#{node['refid']}" if node.get("refid") else str(node.get("refuri", ""))
    return ""
