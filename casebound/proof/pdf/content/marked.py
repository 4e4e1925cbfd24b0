"""Content: what a page says under each of its marks, and what it paints under none (ISO 32000-2 14.6, 14.8.2)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from math import hypot

from casebound.proof.pdf.content.decoding import Decoder, string_bytes
from casebound.proof.pdf.content.syntax import KINDS, STRINGS, tokens

__all__ = ["LinePlace", "PageContent", "TaggedContent", "read_content"]

_ARRAY, _STRING, _MATRIX, _MOVE, _FONT, _OPEN, _PLAIN, _WORD, _OBJECT, _PAINT, _IMAGE = range(1, len(KINDS))
_LINE = 0.5  # of the size, by which a baseline is moved where a line begins
_FROM = re.compile(rb"[-+.\d]+")
_MCID = re.compile(rb"/MCID\s+(\d+)")
_ACTUAL = re.compile(rb"/ActualText\s*(%b)" % STRINGS.pattern)
_SUBTYPE = re.compile(rb"/Subtype\s*/(\w+)|/Type\s*/(\w+)")
_TAG = re.compile(rb"/([^\s()<>\[\]{}/%]*)\s*(.*?)\s*(?:BDC|BMC)$", re.DOTALL)

Matrix = tuple[float, float, float, float, float, float]
_UNIT: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class LinePlace:
    """A line on the paper: the direction of its baseline, how far that is from the origin, the size of its letters."""

    along: tuple[float, float]
    away: float
    size: float

    def is_line_of(self, other: LinePlace) -> bool:
        same = abs(self.along[0] - other.along[0]) < 0.01 and abs(self.along[1] - other.along[1]) < 0.01
        return same and abs(self.away - other.away) <= _LINE * max(self.size, other.size)


@dataclass(slots=True)
class TaggedContent:
    """What is under one mark: its text, and the lines that this begins and ends on. ``is_drawn`` without a letter."""

    pieces: list[str] = field(default_factory=list)
    first: LinePlace | None = None
    last: LinePlace | None = None
    is_painted: bool = False

    @property
    def text(self) -> str:
        return "".join(self.pieces)


@dataclass(slots=True)
class PageContent:
    """What a page's content holds: tagged contents by their numbers, the texts of artifacts, what is wrong."""

    tagged: dict[int, TaggedContent] = field(default_factory=dict)
    artifacts: list[tuple[str, str]] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Mark:
    """A mark that is open: a content's number, or what an artifact is; what is to be read in place of its text."""

    mcid: int | None = None
    artifact: str | None = None
    actual: str | None = None


def read_content(data: bytes, fonts: Mapping[bytes, Decoder], properties: Mapping[bytes, bytes]) -> PageContent:
    """Read the content of a page; ``properties`` are its property lists by their names, as they are written."""
    return _ContentReader(fonts, properties).read(data)


class _ContentReader:
    def __init__(self, fonts: Mapping[bytes, Decoder], properties: Mapping[bytes, bytes]) -> None:
        self._fonts, self._properties = fonts, properties
        self._found = PageContent()
        self._marks: list[_Mark] = []
        self._mcid: int | None = None
        self._artifact: str | None = None
        self._silent = False
        self._waiting: str | None = None  # what is to be read, until the content that it belongs to begins
        self._matrix, self._text = _UNIT, _UNIT
        self._font, self._size = b"", 1.0
        self._saved: list[tuple[Matrix, bytes, float]] = []
        self._place: LinePlace | None = None
        self._written: LinePlace | None = None

    def read(self, data: bytes) -> PageContent:
        takes = {
            _ARRAY: self._show, _STRING: self._show, _MATRIX: self._set_matrix, _MOVE: self._move,
            _FONT: self._set_font, _OPEN: self._open, _PLAIN: self._open, _WORD: self._word,
            _OBJECT: self._paint, _PAINT: self._paint, _IMAGE: self._paint,
        }  # fmt: skip
        for kind, token in tokens(data):
            takes[kind](token)
        if self._marks:
            self._found.faults.append(f"{len(self._marks)} marks are opened and never closed")
        return self._found

    # marks

    def _open(self, token: bytes) -> None:
        said = _TAG.match(token)
        assert said
        tag, properties = said[1].decode("latin-1"), said[2]
        properties = self._properties.get(properties, properties) if properties[:1] == b"/" else properties
        number, actual = _MCID.search(properties), _ACTUAL.search(properties)
        mcid = int(number[1]) if number else None
        read = _text_string(actual[1]) if actual else None
        kind = _SUBTYPE.search(properties)
        artifact = (kind[1] or kind[2]).decode() if kind and tag == "Artifact" else "" if tag == "Artifact" else None
        self._begin(_Mark(mcid, artifact, read))

    def _begin(self, mark: _Mark) -> None:
        if mark.mcid is not None:
            if self._artifact is not None:
                self._found.faults.append(f"content {mark.mcid} is tagged within an artifact")
            elif self._mcid is not None:
                self._found.faults.append(f"content {mark.mcid} is tagged within content {self._mcid}")
            if mark.mcid in self._found.tagged:
                self._found.faults.append(f"content {mark.mcid} is there twice")
            self._found.tagged.setdefault(mark.mcid, TaggedContent())
        if mark.artifact is not None:
            if self._mcid is not None:
                self._found.faults.append(f"an artifact is within content {self._mcid}")
            self._found.artifacts.append((mark.artifact, ""))
        self._marks.append(mark)
        self._stand()
        if mark.actual is not None and not any(each.actual is not None for each in self._marks[:-1]):
            self._waiting = mark.actual
        if self._waiting is not None and (self._mcid is not None or self._artifact is not None):
            said, self._waiting = self._waiting, None
            self._say(said)

    def _stand(self) -> None:
        """Note what the next letters belong to."""
        self._mcid = next((mark.mcid for mark in reversed(self._marks) if mark.mcid is not None), None)
        self._artifact = next((mark.artifact for mark in reversed(self._marks) if mark.artifact is not None), None)
        self._silent = any(mark.actual is not None for mark in self._marks)

    def _word(self, token: bytes) -> None:
        if token == b"EMC":
            if self._marks:
                self._marks.pop()
                self._stand()
                self._waiting = self._waiting if self._silent else None
            else:
                self._found.faults.append("a mark is closed that was never opened")
        elif token == b"BT":
            self._text, self._place = _UNIT, None
        elif token == b"q":
            self._saved.append((self._matrix, self._font, self._size))
        elif token == b"Q" and self._saved:
            self._matrix, self._font, self._size = self._saved.pop()
            self._place = None
        elif token == b"T*":
            self._text, self._place = _product((1.0, 0.0, 0.0, 1.0, 0.0, -self._size), self._text), None

    # where letters are

    def _set_matrix(self, token: bytes) -> None:
        a, b, c, d, e, f = map(float, _FROM.findall(token))
        if token.endswith(b"cm"):
            self._matrix = _product((a, b, c, d, e, f), self._matrix)
        else:
            self._text = (a, b, c, d, e, f)
        self._place = None

    def _move(self, token: bytes) -> None:
        x, y = map(float, _FROM.findall(token))
        self._text, self._place = _product((1.0, 0.0, 0.0, 1.0, x, y), self._text), None

    def _set_font(self, token: bytes) -> None:
        name, size, _ = token.split()
        self._font, self._size, self._place = name, float(size), None

    def _line(self) -> LinePlace:
        if self._place is None:
            a, b, _, _, x, y = _product(self._text, self._matrix)
            scale = hypot(a, b) or 1.0
            along = (a / scale, b / scale)
            self._place = LinePlace(along, along[0] * y - along[1] * x, abs(self._size) * scale)
        return self._place

    # what is shown

    def _show(self, token: bytes) -> None:
        decode = self._fonts.get(self._font)
        strings = STRINGS.findall(token)
        text = decode(b"".join(map(string_bytes, strings))) if decode else "\ufffd" * len(strings)
        if self._artifact is None and self._mcid is None:
            self._untagged(f"“{text}”")
        elif not self._silent:
            self._say(text)

    def _say(self, text: str) -> None:
        if self._artifact is not None:
            kind, said = self._found.artifacts[-1]
            self._found.artifacts[-1] = (kind, said + text)
        elif self._mcid is not None and text:
            content, line = self._found.tagged[self._mcid], self._line()
            if content.last is not None and not line.is_line_of(content.last):
                content.pieces.append("\n")
            content.first = content.first or line
            content.last = line
            content.pieces.append(text)

    def _paint(self, token: bytes) -> None:
        if self._mcid is not None:
            self._found.tagged[self._mcid].is_painted = True
        elif self._artifact is None:
            self._untagged(token.split()[-1].decode("latin-1") if token[:2] != b"BI" else "an image")

    def _untagged(self, what: str) -> None:
        self._found.faults.append(f"{what[:60]} is neither tagged nor an artifact")


def _product(inner: Matrix, outer: Matrix) -> Matrix:
    a, b, c, d, e, f = inner
    k, l, m, n, x, y = outer  # noqa: E741
    if (a, b, c, d) == (1.0, 0.0, 0.0, 1.0):
        return (k, l, m, n, e * k + f * m + x, e * l + f * n + y)
    return (a * k + b * m, a * l + b * n, c * k + d * m, c * l + d * n, e * k + f * m + x, e * l + f * n + y)


def _text_string(written: bytes) -> str:
    """A text string (7.9.2.2): in UTF-16 or UTF-8 where its first bytes say so, else Latin letters."""
    data = string_bytes(written)
    if data[:2] == b"\xfe\xff":
        return data[2:].decode("utf-16-be", "replace")
    return data[3:].decode("utf-8", "replace") if data[:3] == b"\xef\xbb\xbf" else data.decode("latin-1")
