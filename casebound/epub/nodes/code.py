"""Code: a line a span, tokens named by pygments' short classes, the language chosen as Sphinx does."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from docutils import nodes
from pygments.filters import ErrorToken
from pygments.lexer import Lexer
from pygments.lexers import get_lexer_by_name, guess_lexer
from pygments.lexers.special import TextLexer
from pygments.token import STANDARD_TYPES, _TokenType
from pygments.util import ClassNotFound

from casebound.epub.columns import in_columns
from casebound.epub.markup import Element, add, text
from casebound.epub.page import ChapterPage
from casebound.epub.registry import renders

__all__: list[str] = []

Token = tuple[str, str]

_PYTHON = frozenset({"py", "py3", "python", "python3", "default"})
_PLAIN = frozenset({"", "none", "text"})


@renders(nodes.literal_block)
def _literal_block(page: ChapterPage, node: nodes.literal_block, parent: Element) -> None:
    language = str(node.get("language", "none"))
    if all(isinstance(child, nodes.Text) for child in node.children):
        _listing(page, node, parent, language)
    else:
        pre = page.element(node, parent, "pre", ["parsed"])
        page.children(node, pre)
        in_columns(pre)


@renders(nodes.doctest_block)
def _doctest_block(page: ChapterPage, node: nodes.doctest_block, parent: Element) -> None:
    _listing(page, node, parent, str(node.get("language", "pycon")))


def _listing(page: ChapterPage, node: nodes.Element, parent: Element, language: str) -> None:
    pre = page.element(node, parent, "pre", ["code"])
    code = add(pre, "code")
    options = dict(node.get("highlight_args") or {})
    numbered = bool(node.get("linenos") or options.get("linenos"))
    first = int(options.get("linenostart", 1) or 1)
    marked = {int(number) for number in options.get("hl_lines") or ()}
    lines = list(_lines(_tokens(node.astext(), language, bool(node.get("force")))))
    width = len(str(first + len(lines) - 1))
    for number, line in enumerate(lines):
        made = add(code, "span", ["line", "marked"] if number + 1 in marked else ["line"])
        if numbered:
            add(made, "span", ["number"]).text = f"{first + number:>{width}} "
        for kind, value in line:
            text(add(made, "span", [kind]) if kind else made, value)
        if number + 1 < len(lines):
            text(made, "\n")
    in_columns(pre)


def _lines(tokens: list[Token]) -> Iterator[list[Token]]:
    line: list[Token] = []
    for kind, value in tokens:
        first, *others = value.split("\n")
        if first:
            line.append((kind, first))
        for part in others:
            yield line
            line = [(kind, part)] if part else []
    if line:
        yield line


def _tokens(source: str, language: str, force: bool) -> list[Token]:
    """Tokens as Sphinx finds them: strictly first; on an error plain for ``default``, else as far as it goes."""
    source = source.rstrip("\n")
    try:
        lexer = _lexer(source, language, not force)
        return _merged(lexer, source)
    except ErrorToken:
        return _merged(_lexer(source, "none" if language == "default" else language, False), source)


def _lexer(source: str, language: str, strict: bool) -> Lexer:
    if language in _PYTHON:
        language = "pycon" if source.startswith(">>>") else "python"
    if language == "guess":
        try:
            return guess_lexer(source, stripnl=False)
        except ClassNotFound:
            return _named("none", False)
    return _named("pycon" if language == "pycon3" else language, strict)


@cache
def _named(language: str, strict: bool) -> Lexer:
    if language in _PLAIN:
        return TextLexer(stripnl=False)
    try:
        lexer = get_lexer_by_name(language, stripnl=False)
    except (ClassNotFound, ImportError):  # a lexer can be a plug-in whose module is not to be had
        return TextLexer(stripnl=False)
    if strict:
        lexer.add_filter("raiseonerror", excclass=ErrorToken)
    return lexer


def _merged(lexer: Lexer, source: str) -> list[Token]:
    """Tokens with their short classes; neighbours of one class are one token, white space has none."""
    tokens: list[Token] = []
    for token, value in lexer.get_tokens(source):
        kind = "" if value.isspace() else _short(token)
        if tokens and tokens[-1][0] == kind:
            tokens[-1] = (kind, tokens[-1][1] + value)
        else:
            tokens.append((kind, value))
    return tokens


def _short(token: _TokenType) -> str:
    kind: _TokenType | None = token
    while kind is not None and kind not in STANDARD_TYPES:
        kind = kind.parent
    name = STANDARD_TYPES[kind] if kind is not None else ""
    return "" if name in ("n", "p", "w", "err", "x", "") else name
