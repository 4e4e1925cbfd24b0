"""Faces for typesetting: TrueType faces that share one encoding and lend each other characters."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from reportlab.lib.fonts import addMapping
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFError

from casebound.model.diagnostics import said_by, stop
from casebound.model.encoding import GLYPHS
from casebound.model.fragment import UnmappedGlyph
from casebound.model.style import Face
from casebound.typesetting.fonts.lent_faces import in_order, lenders
from casebound.typesetting.fonts.stub_fonts import StubFont

__all__ = ["CARRIERS", "FaceRecord", "FaceSet", "StubFont", "face_file", "face_files", "registered", "written"]

_PACKAGES = {
    "font_source_serif_pro": ("files", "font-source-serif-pro"),
    "font_source_sans_pro": ("files", "font-source-sans-pro"),
    "matplotlib": ("mpl-data/fonts/ttf", "matplotlib"),
}
"""Import name -> folder of its TrueType files, name on the package index. They are read, never imported."""

CARRIERS = ", ".join(package for _, package in _PACKAGES.values())
"""The packages that carry faces, by their names on the package index."""


@cache
def face_files() -> Mapping[str, Path]:
    """Every TrueType file of the packages that carry our faces, by its name without ending."""
    files: dict[str, Path] = {}
    for package, (folder, _) in _PACKAGES.items():
        spec = find_spec(package)
        for location in (spec.submodule_search_locations or ()) if spec else ():
            files.update({path.stem: path for path in sorted(Path(location, folder).glob("*.ttf"))})
    return files


def face_file(name: str, folders: Sequence[Path] = ()) -> Path:
    """The file of a face: one of these folders, or of the packages. Raises LookupError where there is none."""
    for folder in folders:
        if (folder / f"{name}.ttf").is_file():
            return folder / f"{name}.ttf"
    return face_files()[name]


class FaceSet:
    """The faces of a style, in the order in which they lend each other characters in a book's language.

    ``families`` are regular, bold, italic, bold italic. ``fallbacks`` names, for each face, the faces that lend it
    characters, ``beyond`` the families that lend to all of them where they are installed, ``folders`` are where faces
    lie besides their packages. Raises LookupError for a face that lies nowhere, BuildStop (face-broken) for a file
    that is none.
    """

    def __init__(
        self, families: Sequence[Sequence[str]], fallbacks: Mapping[str, Sequence[str]],
        beyond: Mapping[str, Sequence[str]], folders: Sequence[Path] = (), language: str = "",
    ) -> None:  # fmt: skip
        lent = lenders(beyond)
        names = sorted({name for names in (*families, *fallbacks.values()) for name in names})
        files = {name: face_file(name, folders) for name in names}
        for name in names:
            _take_on(name, files[name])
        for family in families:
            _join(*family)
        self._fonts = {name: _fonts()[name].again() for name in names}
        self.faces = {face.fontName: face.face for face in lent}
        for name, font in self._fonts.items():
            chain = [other for other in fallbacks.get(name, ()) if other != name]
            more = in_order(lent, "Bold" in name or "Semibold" in name, language)
            font.lend(tuple(self._fonts[other] for other in chain), more)
            self.faces[name] = Face(name, files[name], (*chain, *(face.fontName for face in more)))

    def choose(self) -> None:
        """Have reportlab write with these faces: it keeps one of each name in a process."""
        _fonts().update(self._fonts)


def _fonts() -> dict[str, StubFont]:
    """Where reportlab keeps the faces that it knows by name."""
    return pdfmetrics._fonts  # type: ignore[no-any-return]


def _take_on(name: str, file: Path) -> None:
    """Have reportlab know a face as ours; it would keep somebody else's of this name."""
    known = _fonts().get(name)
    if not isinstance(known, StubFont) or known.path != str(file):
        try:
            font = StubFont(name, file)
        except (TTFError, LookupError, OSError, ValueError, struct.error) as error:
            raise stop("face-broken", name=file.name, detail=said_by(error, file)) from error
        _fonts().pop(name, None)
        pdfmetrics._dynFaceNames.pop(font.face.name, None)
        pdfmetrics.registerFont(font)


def _join(regular: str, bold: str, italic: str, bold_italic: str) -> None:
    """Have reportlab find the faces of a family by bold and italic."""
    for name in {regular, bold, italic, bold_italic}:
        addMapping(name, 0, 0, name)
    for flags, name in (((0, 0), regular), ((1, 0), bold), ((0, 1), italic), ((1, 1), bold_italic)):
        addMapping(regular, *flags, name)


@dataclass(frozen=True, slots=True)
class FaceRecord:
    """What all faces wrote since their reset: code points by face, what glyphs read as, code points no face has."""

    used: dict[str, tuple[int, ...]]
    glyphs: dict[str, dict[int, UnmappedGlyph]]
    missing: tuple[int, ...]


def written() -> FaceRecord:
    """What all faces wrote since their reset."""
    used: dict[str, set[int]] = {}
    glyphs: dict[str, dict[int, UnmappedGlyph]] = {}
    missing: set[int] = set()
    for face in registered():
        missing |= face.missing
        for name, point, text, parts in face.written():
            used.setdefault(name, set()).add(point)
            if point >= GLYPHS:
                glyphs.setdefault(name, {}).setdefault(point, UnmappedGlyph(text, parts))
    return FaceRecord(
        {name: tuple(sorted(used[name])) for name in sorted(used)},
        {name: dict(sorted(glyphs[name].items())) for name in sorted(glyphs)},
        tuple(sorted(missing)),
    )


def registered() -> Iterator[StubFont]:
    """All our faces in the order of their names."""
    for name in sorted(_fonts()):
        font = _fonts()[name]
        if isinstance(font, StubFont):
            yield font
