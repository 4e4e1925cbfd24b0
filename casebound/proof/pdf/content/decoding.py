"""Decoding: what the codes of a font read as, by its map to Unicode (ISO 32000-2 9.10)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from casebound.proof.pdf.objects import entry, is_dictionary, is_stream

__all__ = ["Decoder", "decoder", "string_bytes"]

Decoder = Callable[[bytes], str]
"""From the bytes of a shown string to what they read as."""

_UNKNOWN = "\ufffe"  # no character: a code that the map does not name reads as nothing
_CHARS = re.compile(rb"beginbfchar(.*?)endbfchar", re.DOTALL)
_RANGES = re.compile(rb"beginbfrange(.*?)endbfrange", re.DOTALL)
_CHAR = re.compile(rb"<([0-9A-Fa-f\s]*)>\s*<([0-9A-Fa-f\s]*)>")
_RANGE = re.compile(
    rb"<([0-9A-Fa-f\s]*)>\s*<([0-9A-Fa-f\s]*)>\s*(?:<([0-9A-Fa-f\s]*)>|\[((?:\s*<[0-9A-Fa-f\s]*>)*)\s*\])"
)
_HEX = re.compile(rb"<([0-9A-Fa-f\s]*)>")
_ESCAPE = re.compile(rb"\\([0-7]{1,3}|\r\n|.)", re.DOTALL)
_MEANT = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f", b"\n": b"", b"\r": b"", b"\r\n": b""}


def string_bytes(written: bytes) -> bytes:
    """The bytes that a string of a content stream stands for (7.3.4)."""
    if written[:1] == b"<":
        digits = b"".join(written[1:-1].split())
        return bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode())
    inner = written[1:-1]
    return _ESCAPE.sub(_unescaped, inner) if b"\\" in inner else inner


def _unescaped(found: re.Match[bytes]) -> bytes:
    said = found[1]
    return bytes([int(said, 8) & 0xFF]) if said[:1].isdigit() else _MEANT.get(said, said)


def decoder(font: Any) -> Decoder:
    """What reads the strings of a font; one without a map reads as Latin letters."""
    if not is_dictionary(font):
        return lambda data: data.decode("latin-1")
    stream = entry(font, "/ToUnicode")
    known = _codes(stream.read_bytes()) if is_stream(stream) else {}
    if font.get("/Subtype") == "/Type0":
        return lambda data: "".join(
            known.get(int.from_bytes(data[at : at + 2]), _UNKNOWN) for at in range(0, len(data), 2)
        )
    table = {code: known.get(code, chr(code) if not known else _UNKNOWN) for code in range(256)}
    return lambda data: data.decode("latin-1").translate(table)


def _codes(cmap: bytes) -> Mapping[int, str]:
    codes: dict[int, str] = {}
    for block in _CHARS.findall(cmap):
        codes |= {int(code, 16): _letters(letters) for code, letters in _CHAR.findall(block)}
    for block in _RANGES.findall(cmap):
        for first, last, start, each in _RANGE.findall(block):
            span = range(int(first, 16), int(last, 16) + 1)
            if start:
                text = _letters(start)
                codes |= {code: text[:-1] + chr(ord(text[-1]) + code - span.start) for code in span if text}
            else:
                codes |= dict(zip(span, map(_letters, _HEX.findall(each)), strict=False))
    return codes


def _letters(digits: bytes) -> str:
    return bytes.fromhex(b"".join(digits.split()).decode()).decode("utf-16-be", "replace")
