"""Faces for typesetting: TrueType faces that share one encoding and lend each other characters."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from reportlab.lib.fonts import addMapping
from reportlab.pdfbase import pdfdoc, pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from casebound.encoding import MISSING, encode
from casebound.fragment import STUB_FACE, STUB_SUBSET
from casebound.problems import stop
from casebound.style import Face
from casebound.typesetting.shaping import Kerning, Shaped, kerning

__all__ = ["StubFont", "face_files", "register", "registered", "written"]

_PACKAGES = {
    "font_source_serif_pro": ("files", "font-source-serif-pro"),
    "font_source_sans_pro": ("files", "font-source-sans-pro"),
    "matplotlib": ("mpl-data/fonts/ttf", "matplotlib"),
}
"""Import name -> folder of its TrueType files, name on the package index. They are read, never imported."""


@cache
def face_files() -> Mapping[str, Path]:
    """Every TrueType file of the packages that carry our faces, by its name without ending."""
    files: dict[str, Path] = {}
    for package, (folder, _) in _PACKAGES.items():
        spec = find_spec(package)
        for location in (spec.submodule_search_locations or ()) if spec else ():
            files.update({path.stem: path for path in sorted(Path(location, folder).glob("*.ttf"))})
    return files


def face_file(name: str) -> Path:
    """The file of a face. Raises BuildStop where its package is not installed."""
    try:
        return face_files()[name]
    except KeyError:
        packages = ", ".join(package for _, package in _PACKAGES.values())
        raise stop("face-missing", name=name, package=packages) from None


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


class _Table(dict[int, tuple[tuple["StubFont", int], int]]):
    """How a face writes each code point: ((font, subset), code), equal keys being one object."""

    def __init__(self, font: StubFont) -> None:
        super().__init__()
        self._font = font
        self._keys: dict[tuple[str, int], tuple[StubFont, int]] = {}

    def __missing__(self, point: int) -> tuple[tuple[StubFont, int], int]:
        font = self._font.lender(point)
        subset, code = MISSING
        if font.has(point):
            # a word space that does not break must grow too when a line is justified (9.3.3)
            subset, code = encode(0x20 if point == 0xA0 else point)
        key = self._keys.setdefault((font.fontName, subset), (font, subset))
        self[point] = (key, code)
        return self[point]


class StubFont(TTFont):
    """A face that writes every code point the same way in every fragment and leaves its embedding to the binder.

    A code point it lacks is written in the first of its ``fallbacks`` that has it; one that none has is
    written as the missing glyph.
    """

    def __init__(self, name: str, path: Path) -> None:
        super().__init__(name, str(path), asciiReadable=True, shapable=False)
        self.fallbacks: tuple[StubFont, ...] = ()
        self.path = str(path)
        self.words: dict[str, Shaped] = {}
        self.parts: dict[tuple[str, str], tuple[str, float, tuple[tuple[int, float, bool], ...]]] = {}
        self._written: set[str] = set()
        self._table = _Table(self)
        self._lenders: dict[int, StubFont] = {}
        self._widths: _Widths | None = None

    def has(self, point: int) -> bool:
        return point in self.face.charToGlyph

    def own_width(self, point: int) -> float:
        return float(self.face.charWidths.get(point, self.face.defaultWidth))

    def lender(self, point: int) -> StubFont:
        """The face that draws a code point: this one, a fallback, or this one for its missing glyph."""
        lender = self._lenders.get(point)
        if lender is None:
            candidates = (self, *self.fallbacks)
            lender = next((font for font in candidates if font.has(point)), self)
            self._lenders[point] = lender
        return lender

    def stringWidth(self, text: str, size: float, encoding: str = "utf8") -> float:  # noqa: N802
        """Width of a string in points."""
        if self._widths is None:
            self._widths = _Widths(self)
        widths = self._widths
        return float(0.001 * size * sum([widths[ord(letter)] for letter in text]))

    def runs(self, text: str) -> list[tuple[tuple[StubFont, int], bytes, str]]:
        """The string as runs of one face and subset each: (font, subset), codes, letters."""
        runs: list[tuple[tuple[StubFont, int], bytes, str]] = []
        table = self._table
        last: tuple[StubFont, int] | None = None
        codes, start = bytearray(), 0
        for index, letter in enumerate(text):
            key, code = table[ord(letter)]
            if key is not last:
                if last is not None:
                    runs.append((last, bytes(codes), text[start:index]))
                last, codes, start = key, bytearray(), index
            codes.append(code)
        if last is not None:
            runs.append((last, bytes(codes), text[start:]))
        return runs

    def wrote(self, text: str) -> None:
        """Note that this text stands in the fragment."""
        self._written.update(text)

    @property
    def kerning(self) -> Kerning:
        """Kerning of letter pairs in thousandths of the type size."""
        return kerning(self.path)

    def splitString(self, text: str, doc: object, encoding: str = "utf-8") -> list[tuple[object, bytes]]:  # noqa: N802
        """The string as reportlab wants it: ((font, subset), bytes) for each run."""
        self.wrote(text)
        return [(key, codes) for key, codes, _ in self.runs(text)]

    def getSubsetInternalName(self, subset: object, doc: object) -> str:  # noqa: N802
        """The resource name of a (font, subset); its stub dictionary enters the document's fonts at once."""
        if not isinstance(subset, tuple):
            subset = (self, subset)
        font, number = subset
        name = f"{font.fontName}.{number}"
        fonts = doc.idToObject["BasicFonts"].dict  # type: ignore[attr-defined]
        if name not in fonts:
            fonts[name] = _stub(font.fontName, number)
        return f"/{name}"

    def addObjects(self, doc: object) -> None:  # noqa: N802
        """Nothing is embedded in a fragment."""

    def reset(self) -> None:
        """Forget what the last fragment wrote."""
        self._written.clear()

    def written(self) -> Iterator[tuple[StubFont | None, int]]:
        """The code points written since the last reset, each with the face that drew it; None where no face has it."""
        for point in sorted(map(ord, self._written)):
            point = 0x20 if point == 0xA0 else point
            font = self.lender(point)
            yield (font if font.has(point) else None), point


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


def register(families: list[list[str]], fallbacks: Mapping[str, list[str]]) -> dict[str, Face]:
    """Register families (regular, bold, italic, bold italic) with reportlab, once per process.

    ``fallbacks`` names, for each face, the faces that lend it characters. Raises BuildStop for a face that
    is not installed.
    """
    names = sorted(
        {name for family in families for name in family} | {n for chain in fallbacks.values() for n in chain}
    )
    for name in names:
        if not isinstance(pdfmetrics._fonts.get(name), StubFont):
            pdfmetrics.registerFont(StubFont(name, face_file(name)))
    for regular, bold, italic, bold_italic in families:
        for name in {regular, bold, italic, bold_italic}:
            addMapping(name, 0, 0, name)
        for flags, name in (((0, 0), regular), ((1, 0), bold), ((0, 1), italic), ((1, 1), bold_italic)):
            addMapping(regular, *flags, name)
    for name in names:
        chain = tuple(other for other in fallbacks.get(name, ()) if other != name)
        pdfmetrics.getFont(name).fallbacks = tuple(map(pdfmetrics.getFont, chain))
    return {name: Face(name, face_file(name), tuple(fallbacks.get(name, ()))) for name in names}


def written() -> tuple[dict[str, tuple[int, ...]], tuple[int, ...]]:
    """What all faces wrote since their reset: code points by face, and those that no face has."""
    used: dict[str, set[int]] = {}
    missing: set[int] = set()
    for face in registered():
        for font, point in face.written():
            if font is None:
                missing.add(point)
            else:
                used.setdefault(font.fontName, set()).add(point)
    return {name: tuple(sorted(used[name])) for name in sorted(used)}, tuple(sorted(missing))


def registered() -> Iterator[StubFont]:
    """All our faces in the order of their names."""
    for name in sorted(pdfmetrics._fonts):
        font = pdfmetrics._fonts[name]
        if isinstance(font, StubFont):
            yield font
