"""The author's style sheets as an EPUB carries them: one text, which fetches nothing and has its pictures and faces.

What a sheet imports is put in its place, the files that it names become part of it as data. What is on the network is
left out, as is what no EPUB shows (EPUB 3.3, 3.2), and told.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import unquote, urldefrag

import tinycss2

from casebound.model.diagnostics import BuildStop, Problem, problem
from casebound.system import files

__all__ = ["OwnSheets"]

Token = Any

_OUTSIDE = re.compile(r"\s*(?:[a-z][a-z0-9+.-]*:|[/\\]{2})", re.IGNORECASE)
_STAYS = re.compile(r"\s*(?:data:|#|$)", re.IGNORECASE)
_TYPES: Mapping[str, str] = {
    ".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".gif": "image/gif", ".webp": "image/webp",
    ".woff2": "font/woff2", ".woff": "font/woff", ".ttf": "font/ttf", ".otf": "font/otf",
}  # fmt: skip
_OF_STRINGS = frozenset({"url", "src", "image", "image-set", "-webkit-image-set"})
"""Functions whose strings are addresses (CSS Values 4, 4.5; CSS Images 4, 2)."""
_LEFT_OUT = object()


class OwnSheets:
    """Style sheets in the folder of ``conf.py``. ``problems`` says what is left out of the EPUB.

    ``namespaces`` are their rules that come before all others.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.problems: list[Problem] = []
        self.namespaces: dict[str, None] = {}

    def text(self, name: str) -> str:
        """The text of a sheet that a setting names. Raises BuildStop (setting-invalid) where it cannot be read."""
        if _OUTSIDE.match(name):
            self._without("conf.py", name, "is on the network")
            return ""
        return self._whole(files.text(self.folder, name, "casebound_css"), name, (name,))

    def _without(self, where: str, address: str, why: str) -> None:
        self.problems.append(problem("css-left-out", where=where, address=address, why=why))

    def _whole(self, text: str, name: str, within: Sequence[str]) -> str:
        """A sheet's text, as it is where it names no file."""
        tokens = tinycss2.parse_component_value_list(text)
        said = tinycss2.serialize(tokens)
        tokens = self._named(self._without_statements(tokens, name, within), name)
        written = tinycss2.serialize(tokens)
        return text if written == said else str(written)

    def _without_statements(self, tokens: list[Token], name: str, within: Sequence[str]) -> list[Token]:
        """Imports give way to what they import; the encoding is said elsewhere, namespaces are before all rules."""
        result: list[Token] = []
        place = 0
        while place < len(tokens):
            kind = tokens[place].lower_value if tokens[place].type == "at-keyword" else ""
            if kind not in ("import", "charset", "namespace"):
                result.append(tokens[place])
                place += 1
                continue
            end = next((at for at in range(place, len(tokens)) if tokens[at] == ";"), len(tokens))
            prelude = [token for token in tokens[place + 1 : end] if token.type not in ("comment",)]
            if kind == "import":
                result += self._imported(prelude, f"{name}:{tokens[place].source_line}", name, within)
            elif kind == "namespace":
                self._namespace(prelude)
            place = end + 1
        return result

    def _namespace(self, prelude: list[Token]) -> None:
        """Keep a namespace that has a name; one without would be that of the house's rules too."""
        said = [token for token in prelude if token.type != "whitespace"]
        if len(said) == 2 and said[0].type == "ident":
            self.namespaces[f'@namespace {said[0].value} "{_address(said[1])}";'] = None

    def _imported(self, prelude: list[Token], where: str, name: str, within: Sequence[str]) -> list[Token]:
        """What is in place of an import."""
        said = [token for token in prelude if token.type != "whitespace"]
        address = _address(said[0]) if said else None
        if address is None:
            return []
        condition = tinycss2.serialize(prelude[prelude.index(said[0]) + 1 :]).strip()
        path = _beside(name, address)
        if _OUTSIDE.match(address):
            self._without(where, address, "is on the network")
        elif re.match(r"(layer|supports)\b", condition, re.IGNORECASE):
            self._without(where, address, "is imported into a layer or on a condition")
        elif path not in within:
            try:
                text = self._whole(files.text(self.folder, path, "casebound_css"), path, (*within, path))
            except BuildStop:
                self._without(where, address, "is not a style sheet in the folder of conf.py")
                return []
            text = f"@media {condition} {{\n{text}\n}}" if condition else text
            return list(tinycss2.parse_component_value_list(text))
        return []

    def _named(self, tokens: list[Token], name: str, *, strings: bool = False) -> list[Token]:
        """Tokens with the files that they name in place of the names."""
        result: list[Token] = []
        for token in tokens:
            address = _address(token) if token.type != "string" or strings else None
            if address is not None:
                result.append(self._held(token, address, name))
                continue
            if token.type == "function":
                token.arguments = self._named(token.arguments, name, strings=token.lower_name in _OF_STRINGS)
            elif token.type.endswith(" block"):
                token.content = self._named(token.content, name)
            result.append(token)
        return _closed(result)

    def _held(self, token: Token, address: str, name: str) -> Token:
        """The token of an address with the file in it; a mark where there is none."""
        if _STAYS.match(address):
            return token
        where = f"{name}:{token.source_line}"
        path = Path(self.folder, _beside(name, address)).resolve()
        if _OUTSIDE.match(address):
            self._without(where, address, "is on the network")
        elif not path.is_relative_to(self.folder.resolve()) or not path.is_file():
            self._without(where, address, "is not a file in the folder of conf.py")
        elif path.suffix.lower() not in _TYPES:
            self._without(where, address, "is no picture (PNG, JPEG, GIF, WebP) and no face (WOFF, TTF, OTF)")
        else:
            data = b64encode(path.read_bytes()).decode()
            said = f'url("data:{_TYPES[path.suffix.lower()]};base64,{data}")'
            return tinycss2.parse_component_value_list(said)[0]
        return _LEFT_OUT


def _address(token: Token) -> str | None:
    """The address that a token is."""
    if token.type in ("url", "string"):
        return str(token.value)
    if token.type == "function" and token.lower_name == "url":
        return next((str(each.value) for each in token.arguments if each.type == "string"), None)
    return None


def _beside(name: str, address: str) -> str:
    """The path of an address in a sheet, within the folder that the sheet is in."""
    return PurePosixPath(name).parent.joinpath(unquote(urldefrag(address.strip())[0].partition("?")[0])).as_posix()


def _closed(tokens: list[Token]) -> list[Token]:
    """Tokens without those that are left out: of a list of several its entry, else ``none`` in its place."""
    while _LEFT_OUT in tokens:
        at = tokens.index(_LEFT_OUT)
        first = next((i for i in range(at - 1, -1, -1) if tokens[i] in (",", ";", ":")), -1)
        last = next((i for i in range(at + 1, len(tokens)) if tokens[i] in (",", ";")), len(tokens))
        if last < len(tokens) and tokens[last] == ",":
            del tokens[first + 1 : last + 1]
        elif first >= 0 and tokens[first] == ",":
            del tokens[first:last]
        else:
            tokens[at] = tinycss2.parse_component_value_list("none")[0]
    return tokens
