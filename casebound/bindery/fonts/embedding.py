"""Fonts: a face cut down to the characters of one subset, a simple TrueType font (ISO 32000-2 9.6.3, 9.9)."""

from __future__ import annotations

import base64
import copy
import hashlib
import json
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from io import BytesIO
from pathlib import Path
from types import MappingProxyType
from typing import Any

import fontTools
from fontTools.ttLib import TTFont, newTable
from fontTools.ttLib.tables._c_m_a_p import CmapSubtable

from casebound.bindery.file import ObjectFile
from casebound.bindery.fonts.faces import FaceFile, FontDescriptorMetrics, StyleFaces
from casebound.bindery.fragment_objects import FontKey
from casebound.bindery.syntax import name, number
from casebound.model.diagnostics import stop
from casebound.model.encoding import GLYPHS, MISSING, encode
from casebound.model.fragment import UnmappedGlyph
from casebound.system.cache import CacheFolder

__all__ = ["Foundry", "Program"]

_RECIPE = 2  # raise it when the same input is to give other bytes, so that no old cache entry is used
_SYMBOL = 0xF000  # where a (3, 0) cmap keeps the codes of a symbolic font (9.6.5.4)
Parts = Sequence[tuple[int, int, int]]
Letters = dict[int, UnmappedGlyph | None]
"""Code points of a subset in their order; those without a character with what they are."""

_NOTHING = "\u2060"  # what a glyph reads as that is part of a letter: a word joiner, which is not seen
_GROUP = 100  # bfchar lines in one group, the most that a CMap may have


@dataclass(frozen=True, slots=True)
class Program:
    """An embedded font: its compressed TrueType file, that file's plain length, advance widths by code, measures."""

    file: bytes
    length: int
    widths: dict[int, float]
    measures: FontDescriptorMetrics

    @property
    def tag(self) -> str:
        """Six capitals in front of the face's name that set this subset apart (9.9.2)."""
        value = int.from_bytes(hashlib.sha256(self.file).digest()[:8])
        letters = ""
        for _ in range(6):
            value, letter = divmod(value, 26)
            letters += chr(ord("A") + letter)
        return letters


class Foundry:
    """Makes the fonts of a build: each subset with all code points that the fragments use, once.

    ``cache`` is a folder in which finished subsets are kept between builds; it may be deleted at any time. ``misfits``
    names what was found damaged in it, and so forgotten.
    """

    def __init__(self, faces: StyleFaces, used: Mapping[str, Iterable[int]], cache: Path | None = None) -> None:
        self._faces = faces
        self._kept = CacheFolder(cache) if cache else None
        self.misfits: list[str] = self._kept.misfits if self._kept else []
        self._used: dict[FontKey, set[int]] = {}
        self._programs: dict[tuple[FontKey, tuple[tuple[int, UnmappedGlyph | None], ...]], Program] = {}
        for face, points in used.items():
            self.keep(face, points)

    def keep(self, face: str, points: Iterable[int]) -> None:
        """Have these code points in the face's subsets from now on."""
        for point in points:
            subset, code = encode(point)
            if code:
                self._used.setdefault((face, subset), set()).add(point)

    def write(
        self, file: ObjectFile, numbers: Mapping[FontKey, int], more: Mapping[FontKey, set[int]],
        glyphs: Mapping[str, Mapping[int, UnmappedGlyph]] = MappingProxyType({}),
    ) -> None:  # fmt: skip
        """Write fonts under their reserved numbers; ``more`` are code points that only this file has.

        ``glyphs`` are, for each face, its glyphs without a character; those of other files are left out.
        """
        for key, reserved in numbers.items():
            known = glyphs.get(key[0], {})
            points = self._used.get(key, set()) | more.get(key, set())
            letters: Letters = {point: known[point] if point >= GLYPHS else None for point in sorted(points)
                                if point < GLYPHS or point in known}  # fmt: skip
            file.put(reserved, _font(file, key, self._program(key, letters), letters))

    def _program(self, key: FontKey, letters: Letters) -> Program:
        made = (key, tuple(letters.items()))
        if made not in self._programs:
            self._programs[made] = self._cached(key, letters)
        return self._programs[made]

    def _cached(self, key: FontKey, letters: Letters) -> Program:
        face = self._faces.file(key[0])
        if self._kept is None:
            return _cut(face, key[1], letters)
        parts = [(point, glyph.parts) for point, glyph in letters.items() if glyph is not None]
        marks = (_RECIPE, fontTools.version, *face.marks, key[1], list(letters), parts)
        name_ = f"{hashlib.sha256(repr(marks).encode()).hexdigest()}.json"
        kept = self._kept.read(name_)
        if kept is not None:
            return _load(kept)
        program = _cut(face, key[1], letters)
        _save(self._kept, name_, program)
        return program


def _load(kept: bytes) -> Program:
    """A subset as the cache has it."""
    entry = json.loads(kept)
    measures = entry["measures"]
    measures["box"] = tuple(measures["box"])
    widths = {int(code): float(width) for code, width in entry["widths"].items()}
    return Program(base64.b64decode(entry["file"]), entry["length"], widths, FontDescriptorMetrics(**measures))


def _save(cache: CacheFolder, name: str, program: Program) -> None:
    """Keep a program for the next build. Raises BuildStop where there is no space for it."""
    entry = asdict(program)
    entry["file"] = base64.b64encode(program.file).decode()
    try:
        cache.write(name, json.dumps(entry).encode())
    except OSError as error:
        raise stop("build-unwritable", path=cache.folder / name, detail=f"{error.strerror or error}.") from error


def _cut(face: FaceFile, subset: int, letters: Letters) -> Program:
    """The face with the glyphs of one subset only, its codes those of ``casebound.model.encoding``."""
    composed = {
        f"+{point:X}": (face.glyph(point), glyph.parts) for point, glyph in letters.items() if glyph and glyph.parts
    }
    boxes = {f"#{point:X}": face.box(point) for point in letters if face.lacks(point)}
    codes = {encode(point)[1]: _name_of(face, point, glyph) for point, glyph in letters.items()}
    if subset == MISSING[0]:
        codes[MISSING[1]] = face.missing
    order = _closure(face, set(codes.values()) - set(composed) - set(boxes))
    source = face.font
    font = TTFont(recalcTimestamp=False)
    font.setGlyphOrder([*order, *composed, *boxes])
    for table in ("head", "hhea", "maxp", "cvt ", "fpgm", "prep") if face.is_plain else ("head", "hhea"):
        if table in source:
            font[table] = copy.deepcopy(source[table])
    font["glyf"], font["loca"], font["hmtx"] = newTable("glyf"), newTable("loca"), newTable("hmtx")
    font["glyf"].glyphOrder = [*order, *composed, *boxes]
    if face.is_plain:
        font["glyf"].glyphs = {glyph: source["glyf"][glyph] for glyph in order}
        font["hmtx"].metrics = {glyph: source["hmtx"][glyph] for glyph in order}
    else:
        font["glyf"].glyphs, font["hmtx"].metrics, font["maxp"] = {}, {}, _maxima()
        _draw(font, face, {glyph: (glyph, ()) for glyph in order})
    _draw(font, face, composed)
    _put(font, boxes)
    font["cmap"] = _cmap(codes)
    buffer = BytesIO()
    font.save(buffer)
    plain = buffer.getvalue()
    plainly = {code: composed[glyph][0] if glyph in composed else glyph for code, glyph in codes.items()}
    boxed = {encode(point)[1]: face.point_width(point) for point in letters if face.lacks(point)}
    widths = {code: round(boxed.get(code) or face.width(glyph), 3) for code, glyph in sorted(plainly.items())}
    return Program(zlib.compress(plain, 9), len(plain), widths, face.measures)


def _name_of(face: FaceFile, point: int, glyph: UnmappedGlyph | None) -> str:
    """What a glyph of a subset is called: those that the face does not have as they are have names of their own."""
    if glyph and glyph.parts:
        return f"+{point:X}"
    return f"#{point:X}" if face.lacks(point) else face.glyph(point)


def _draw(font: Any, face: FaceFile, glyphs: Mapping[str, tuple[str, Parts]]) -> None:
    """Glyphs drawn again, without instructions: those of a face that cannot be embedded as it is, and composed ones."""
    for name_, (base, parts) in glyphs.items():
        _put(font, {name_: (face.drawn(base, parts), face.advance(base))})


def _put(font: Any, outlines: Mapping[str, tuple[Any, int]]) -> None:
    """Outlines with their advance widths as glyphs of a font."""
    for name_, (outline, advance) in outlines.items():
        outline.recalcBounds(font["glyf"])
        font["glyf"].glyphs[name_] = outline
        font["hmtx"].metrics[name_] = (advance, getattr(outline, "xMin", 0))


def _maxima() -> Any:
    """A table of maxima without instructions; fontTools fills in what it counts."""
    maxima = newTable("maxp")
    maxima.tableVersion, maxima.maxZones = 0x00010000, 1
    for field in (
        "maxTwilightPoints", "maxStorage", "maxFunctionDefs", "maxInstructionDefs", "maxStackElements",
        "maxSizeOfInstructions", "maxComponentElements",
    ):  # fmt: skip
        setattr(maxima, field, 0)
    return maxima


def _closure(face: FaceFile, wanted: Iterable[str]) -> list[str]:
    """The wanted glyphs and those they are composed of, glyph 0 first, in the order of the face."""
    if not face.is_plain:
        return sorted({face.missing, *wanted}, key=face.font.getGlyphID)
    glyf = face.font["glyf"]
    found: set[str] = set()
    open_ones = [face.missing, *wanted]
    while open_ones:
        glyph = open_ones.pop()
        if glyph not in found:
            found.add(glyph)
            open_ones.extend(glyf[glyph].getComponentNames(glyf))
    return sorted(found, key=face.font.getGlyphID)


def _cmap(codes: Mapping[int, str]) -> Any:
    """Both tables a reader may look a symbolic font's codes up in: (1, 0) by byte, (3, 0) from 0xF000 on."""
    table = newTable("cmap")
    table.tableVersion = 0
    table.tables = []
    for format_, platform, encoding, base in ((0, 1, 0, 0), (4, 3, 0, _SYMBOL)):
        entry = CmapSubtable.newSubtable(format_)
        entry.platformID, entry.platEncID, entry.language = platform, encoding, 0
        entry.cmap = {base + code: glyph for code, glyph in codes.items()}
        table.tables.append(entry)
    return table


def _font(file: ObjectFile, key: FontKey, program: Program, letters: Letters) -> bytes:
    """The font dictionary; its descriptor, font file and ToUnicode map are written on the way."""
    face, subset = key
    base = name(f"{program.tag}+{face}")
    font_file = file.reserve()
    file.put_stream(font_file, b"/Filter/FlateDecode/Length1 %d" % program.length, program.file)
    measures = program.measures
    descriptor = file.add(
        b"<</Type/FontDescriptor/FontName%b/Flags %d/FontBBox[%d %d %d %d]/ItalicAngle %b/Ascent %d/Descent %d"
        b"/CapHeight %d/StemV %d/FontFile2 %d 0 R>>"
        % (
            base, measures.flags, *measures.box, number(measures.italic_angle), measures.ascent, measures.descent,
            measures.cap_height, measures.stem, font_file,
        )
    )  # fmt: skip
    unicode = file.add_stream(b"", _to_unicode(subset, letters))
    first, last = min(program.widths, default=0), max(program.widths, default=0)
    widths = b" ".join(number(program.widths.get(code, 0)) for code in range(first, last + 1))
    return b"<</Type/Font/Subtype/TrueType/BaseFont%b/FirstChar %d/LastChar %d/Widths[%b]/FontDescriptor %d 0 R" % (
        base, first, last, widths, descriptor,
    ) + b"/ToUnicode %d 0 R>>" % unicode  # fmt: skip


def _to_unicode(subset: int, letters: Letters) -> bytes:
    """The CMap from codes to UTF-16BE (9.10.3); the missing glyph reads as U+FFFD."""
    codes = {encode(point)[1]: (glyph.text or _NOTHING) if glyph else chr(point) for point, glyph in letters.items()}
    if subset == MISSING[0]:
        codes[MISSING[1]] = "\ufffd"
    lines = [b"<%02X> <%b>" % (code, _utf16(codes[code])) for code in sorted(codes)]
    groups = [lines[begin : begin + _GROUP] for begin in range(0, len(lines), _GROUP)]
    body = b"".join(b"%d beginbfchar\n%b\nendbfchar\n" % (len(group), b"\n".join(group)) for group in groups)
    return (
        b"/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        b"/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def\n"
        b"/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
        b"1 begincodespacerange\n<00> <FF>\nendcodespacerange\n" + body + b"endcmap\n"
        b"CMapName currentdict /CMap defineresource pop\nend\nend\n"
    )


def _utf16(text: str) -> bytes:
    return text.encode("utf-16-be", "surrogatepass").hex().upper().encode()
