"""Stub fonts: faces that write every code point alike in all fragments and leave their embedding to the binder."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from copy import copy
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

from reportlab.pdfbase import pdfdoc
from reportlab.pdfbase.ttfonts import TTFont

from casebound.i18n.clusters import unseen
from casebound.model.encoding import encode
from casebound.model.fragment import STUB_FACE, STUB_SUBSET
from casebound.model.substitutes import drawn_as, is_monospaced, substitute_advance
from casebound.typesetting.fonts.fallback import Fallback
from casebound.typesetting.fonts.glyph_runs import FontKey, ShapedWord, WrittenGlyph, escaped
from casebound.typesetting.fonts.harfbuzz import opened
from casebound.typesetting.fonts.lent_faces import LentFace

__all__ = ["MeasuredText", "StubFont", "font_name"]


class MeasuredText(NamedTuple):
    """A run of text without its soft hyphens: its face, its width in sizes.

    ``breaks`` are where it may break: (position, cost, hyphen).
    """

    font: StubFont
    text: str
    width: float
    breaks: tuple[tuple[int, float, bool], ...]
    lacking: bool


class GlyphCode(NamedTuple):
    """How a letter is written: its font, its code as a literal string has it, its glyph, its advance in units."""

    font: FontKey
    escaped: str
    glyph: int
    advance: int


class _Widths(dict[int, float]):
    """Advance widths by code point, a lacking one looked up in the fallback faces."""

    def __init__(self, font: StubFont) -> None:
        super().__init__(font.face.charWidths)
        self._font = font
        for point in [point for point in self if point not in font.face.charToGlyph]:
            del self[point]

    def __missing__(self, point: int) -> float:
        width = float(self._font.lender(point).own_width(point))
        self[point] = width
        return width


class StubFont(TTFont):
    """A face that writes every code point the same way in every fragment and leaves its embedding to the binder.

    A code point it lacks is written in the first of its lenders that has it, or one that looks alike; one that none
    has is written by this face, for which the binder draws a box with its code.
    """

    def __init__(self, name: str, path: Path) -> None:
        super().__init__(name, str(path), asciiReadable=True, shapable=False)
        self.path = str(path)
        self._begin()

    def _begin(self) -> None:
        """Know nothing yet of what lenders draw, and of what was written."""
        self.lend((), ())
        self.words: dict[tuple[str, bool | None], ShapedWord] = {}
        self.parts: dict[tuple[str, str], MeasuredText] = {}
        self._written: set[str] = set()
        self._lacking: set[int] = set()
        self._glyphs: set[WrittenGlyph] = set()
        self._plain: set[str] = set()
        self._codes: dict[str, GlyphCode] = {}
        self._keys: dict[int, FontKey] = {}
        self._widths: _Widths | None = None

    def has(self, point: int) -> bool:
        return point in self.face.charToGlyph

    def own_width(self, point: int) -> float:
        drawn = drawn_as(point, self.has)
        return substitute_advance(point, self.cell) if drawn is None else float(self.face.charWidths[drawn])

    @cached_property
    def cell(self) -> float:
        """The advance width that all letters share, in thousandths of an em; 0 where they differ."""
        return float(self.face.charWidths[ord("m")]) if self.is_monospaced else 0.0

    @cached_property
    def column(self) -> float:
        """The width of a column of code, in thousandths of an em."""
        return self.own_width(ord("m"))

    @property
    def shaper(self) -> Any:
        """The face as HarfBuzz has it."""
        return opened(self.path, 0, 0)

    @property
    def file(self) -> tuple[str, int]:
        """The face's file and its number there."""
        return self.path, 0

    def code(self, letter: str) -> GlyphCode:
        """How this face writes a letter that is a glyph of its own."""
        known = self._codes.get(letter)
        if known is None:
            subset, code = encode(ord(letter))
            key = self._keys.setdefault(subset, (self, subset))
            number = self.shaper.get_nominal_glyph(ord(letter)) or 0
            known = GlyphCode(key, escaped(code), number, self.shaper.get_glyph_h_advance(number))
            self._codes[letter] = known
        return known

    @cached_property
    def scale(self) -> float:
        """Thousandths of the type size in a unit of the face."""
        return 1000 / float(self.shaper.face.upem)

    @cached_property
    def is_monospaced(self) -> bool:
        return is_monospaced(self.fontName)

    def again(self) -> StubFont:
        """The same face, which lends and is lent to apart from this one; its file is not read again."""
        font = copy(self)
        font._begin()
        return font

    def lend(self, fallbacks: tuple[StubFont, ...], lenders: tuple[LentFace, ...]) -> None:
        """Name the faces that draw what this one lacks, in the order in which they are asked."""
        fallback = Fallback(self, fallbacks, lenders, monospaced=self.is_monospaced)
        self.draws_alone, self.lender = fallback.draws_alone, fallback.lender
        self.cluster_lender, self.word_lender = fallback.cluster_lender, fallback.word_lender

    def stringWidth(self, text: str, size: float, encoding: str = "utf8") -> float:  # noqa: N802
        """Width of a string in points."""
        if self._widths is None:
            self._widths = _Widths(self)
        widths = self._widths
        if not self._plain.issuperset(text):
            text = self.shown(text)
        return float(0.001 * size * sum([widths[ord(letter)] for letter in text]))

    def shown(self, text: str) -> str:
        """The string as it is printed: without what is never seen."""
        letters = []
        for letter in text:
            if unseen(letter):
                continue
            if self.can_write(letter):
                self._plain.add(letter)
            letters.append(letter)
        return "".join(letters)

    def can_write(self, letter: str) -> bool:
        """Whether some face has a character that is seen, or one that looks alike."""
        point = 0x20 if letter == "\xa0" else ord(letter)
        return not unseen(letter) and drawn_as(point, self.lender(point).has) is not None

    def lacking(self, text: str) -> list[str]:
        """The characters of a text that are seen and that no face has."""
        if self._plain.issuperset(text):
            return []
        return [letter for letter in text if not self.can_write(letter) and not unseen(letter)]

    def wrote(self, text: str) -> None:
        """Note that this text stands in the fragment."""
        if not self._plain.issuperset(text):
            self._lacking.update(map(ord, self.lacking(text)))
            text = self.shown(text)
        self._written.update(text)

    def keep(self, text: str, shaped: ShapedWord) -> None:
        """Note that a text stands in the fragment, as it was shaped."""
        if shaped.glyphs:
            self._glyphs.update(shaped.glyphs)
        else:
            self.wrote(text)

    def wrote_glyphs(self, glyphs: Iterable[WrittenGlyph]) -> None:
        """Note that these glyphs stand in the fragment."""
        self._glyphs.update(glyphs)

    def lacks(self, letters: Iterable[str]) -> None:
        """Note that these characters, which no face has, stand in the fragment."""
        self._lacking.update(map(ord, letters))

    def splitString(self, text: str, doc: object, encoding: str = "utf-8") -> list[tuple[object, bytes]]:  # noqa: N802
        """reportlab's way to write text is not ours: it knows of no shaping."""
        raise NotImplementedError("text is written with a Pen")

    def getSubsetInternalName(self, subset: int, doc: object) -> str:  # noqa: N802
        """The resource name of a font of this face, for the font that reportlab begins each page with."""
        return font_name((self, subset), doc)

    def addObjects(self, doc: object) -> None:  # noqa: N802
        """Nothing is embedded in a fragment."""

    def reset(self) -> None:
        """Forget what the last fragment wrote."""
        self._written.clear()
        self._lacking.clear()
        self._glyphs.clear()

    def written(self) -> Iterator[WrittenGlyph]:
        """The code points and glyphs written since the last reset, each with the face that drew it."""
        for point in sorted(map(ord, self._written)):
            point = 0x20 if point == 0xA0 else point
            yield WrittenGlyph(self.lender(point).fontName, point, "")
        yield from sorted(self._glyphs)

    @property
    def missing(self) -> frozenset[int]:
        """The code points that were to be written since the last reset and that no face has."""
        return frozenset(self._lacking)


def font_name(key: FontKey, doc: Any) -> str:
    """The resource name of a font in a document of reportlab; its stub dictionary enters the document's fonts."""
    writer, number = key
    name = f"{writer.fontName}.{number}"
    fonts = doc.idToObject["BasicFonts"].dict
    if name not in fonts:
        fonts[name] = _stub(writer.fontName, number)
    return f"/{name}"


def _stub(face: str, subset: int) -> pdfdoc.PDFDictionary:
    return pdfdoc.PDFDictionary(
        {
            "Type": pdfdoc.PDFName("Font"),
            "Subtype": pdfdoc.PDFName("TrueType"),
            "BaseFont": pdfdoc.PDFName(face),
            STUB_FACE: pdfdoc.PDFName(face),
            STUB_SUBSET: subset,
        }
    )
