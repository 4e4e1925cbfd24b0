"""The colours of a file: all of them are those of sRGB (IEC 61966-2-1), as a profile of ICC.1:2004-10 (version 4.2)."""

from __future__ import annotations

import struct
from collections.abc import Iterable
from functools import cache

from casebound.bindery.file import ObjectFile

__all__ = ["output_intent", "srgb_profile"]

_NAME = b"(sRGB IEC61966-2.1)"
_DATE = (1999, 10, 1, 0, 0, 0)  # of the standard
_WHITE = (0.96420, 1.0, 0.82491)  # D50, to which the colours are adapted
_PRIMARIES = {
    b"rXYZ": (0.43607, 0.22249, 0.01392),
    b"gXYZ": (0.38515, 0.71687, 0.09708),
    b"bXYZ": (0.14307, 0.06061, 0.71410),
}
_ADAPTED = (1.04788, 0.02292, -0.05020, 0.02959, 0.99048, -0.01706, -0.00923, 0.01508, 0.75168)
_CURVE = (2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045)  # function type 3: gamma, a, b, c, d


def output_intent(file: ObjectFile) -> bytes:
    """The entry of a catalog that says which colours those of the file are (ISO 32000-2 14.11.5, ISO 19005-2 6.2.3)."""
    profile = file.add_stream(b"/N 3", srgb_profile())
    said = b"/OutputConditionIdentifier%b/Info%b" % (_NAME, _NAME)
    return b"/OutputIntents[<</Type/OutputIntent/S/GTS_PDFA1%b/DestOutputProfile %d 0 R>>]" % (said, profile)


@cache
def srgb_profile() -> bytes:
    """The profile of a display whose colours are those of sRGB, always the same bytes."""
    tags = {
        b"desc": _text("sRGB"),
        b"cprt": _text("No copyright, use freely"),
        b"wtpt": _xyz(_WHITE),
        b"chad": b"sf32\0\0\0\0" + _fixed(_ADAPTED),
        **{name: _xyz(colour) for name, colour in _PRIMARIES.items()},
        **dict.fromkeys((b"rTRC", b"gTRC", b"bTRC"), b"para\0\0\0\0\0\3\0\0" + _fixed(_CURVE)),
    }
    offset = 128 + 4 + 12 * len(tags)
    places: dict[bytes, int] = {}
    table, data = struct.pack(">I", len(tags)), b""
    for name, body in tags.items():
        if body not in places:
            places[body] = offset + len(data)
            data += body + bytes(-len(body) % 4)
        table += name + struct.pack(">II", places[body], len(body))
    return _header(offset + len(data)) + table + data


def _header(size: int) -> bytes:
    made = struct.pack(">6H", *_DATE)
    white = _fixed(_WHITE)
    return (
        struct.pack(">I", size) + bytes(4) + b"\4\x20\0\0mntrRGB XYZ " + made + b"acsp" + bytes(4 * 4 + 8 + 4) + white
        + bytes(4 + 16 + 28)
    )  # fmt: skip


def _text(words: str) -> bytes:
    said = words.encode("utf-16-be")
    return b"mluc" + bytes(4) + struct.pack(">II", 1, 12) + b"enUS" + struct.pack(">II", len(said), 28) + said


def _xyz(values: Iterable[float]) -> bytes:
    return b"XYZ \0\0\0\0" + _fixed(values)


def _fixed(values: Iterable[float]) -> bytes:
    """Numbers of type s15Fixed16."""
    return b"".join(struct.pack(">i", round(value * 65536)) for value in values)
