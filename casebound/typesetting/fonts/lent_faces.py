"""Lenders: faces beyond the packaged ones, from packages of pip or installed on the machine, opened when asked for."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.util import find_spec
from pathlib import Path

import uharfbuzz as hb

from casebound.model.style import Face
from casebound.model.substitutes import drawn_as
from casebound.typesetting.fonts.harfbuzz import opened

__all__ = ["LentFace", "in_order", "lenders"]

_PACKAGES = ("justmytype_intl_rtl", "justmytype_intl_south_asia", "justmytype_intl_sea", "justmytype_western_core",
             "justmytype_intl_cjk")  # fmt: skip
"""Import names of the packages of ``casebound[languages]`` and ``casebound[cjk]``. They are read, never imported."""

_PRIVATE = frozenset(range(0xE000, 0xF900))  # means something else in each face
_ENDINGS = (".ttf", ".otf", ".ttc")
_REGULAR, _BOLD = 400, 700


@dataclass(eq=False)
class LentFace:
    """A face that lends characters and is never asked for by name."""

    face: Face
    language: str
    is_bold: bool

    @property
    def fontName(self) -> str:  # noqa: N802
        return self.face.name

    @property
    def shaper(self) -> hb.Font:
        return opened(str(self.face.path), self.face.number, self.face.weight)

    @property
    def file(self) -> tuple[str, int]:
        """The face's file and its number there."""
        return str(self.face.path), self.face.number

    @cached_property
    def _points(self) -> frozenset[int]:
        return frozenset(self.shaper.face.unicodes) - _PRIVATE

    def has(self, point: int) -> bool:
        return point in self._points

    def own_width(self, point: int) -> float:
        font = self.shaper
        drawn = drawn_as(point, self.has)
        glyph = font.get_nominal_glyph(point if drawn is None else drawn) or 0
        return float(font.get_glyph_h_advance(glyph) * 1000 / font.face.upem)


def lenders(families: Mapping[str, Sequence[str]]) -> tuple[LentFace, ...]:
    """The installed ones of some families, given by language in order of preference.

    Of each language's families the first that is installed is taken, but all of the language ``any``. A family
    is the beginning of a file's name or a file's path, ``:2`` after it a face of a collection. Regular faces come
    before bold ones.
    """
    files = _files()
    found: dict[str, LentFace] = {}
    for language, names in families.items():
        for family in names:
            faces = list(_family(family, files, language))
            for face in faces:
                found.setdefault(face.fontName, face)
            if faces and language != "any":
                break
    return tuple(sorted(found.values(), key=lambda face: face.is_bold))


def in_order(faces: Sequence[LentFace], bold: bool, language: str) -> tuple[LentFace, ...]:
    """The order in which a bold or regular face asks its lenders: those of a language first.

    The same ideograph is drawn differently in Chinese, Japanese and Korean.
    """
    spoken = language.replace("-", "_")
    rank = {spoken: 0, spoken.partition("_")[0]: 1}
    return tuple(sorted(faces, key=lambda face: (rank.get(face.language, 2), face.is_bold is not bold)))


def _family(family: str, files: Mapping[str, Path], language: str) -> Iterator[LentFace]:
    stem, mark, number = family.rpartition(":")
    if not mark or not number.isdigit():
        stem, number = family, ""
    own = Path(stem)
    if own.is_file():
        files, stem = {own.stem: own}, own.stem.partition("[")[0].removesuffix("-Regular")
    name = stem + number
    variable = next((path for key, path in files.items() if key.startswith(f"{stem}[") and "wght" in key), None)
    if variable is not None:
        yield LentFace(Face(name, variable, (), 0, _REGULAR), language, False)
        yield LentFace(Face(f"{name}-Bold", variable, (), 0, _BOLD), language, True)
        return
    for ending, bold in (("-Regular", False), ("", False), ("-Bold", True)):
        path = files.get(stem + ending)
        if path is not None and (number == "" or path.suffix == ".ttc"):
            yield LentFace(Face(f"{name}{ending}", path, (), int(number or 0)), language, bold)


@cache
def _files() -> Mapping[str, Path]:
    """Font files by name without ending: those of our packages, then those installed on the machine."""
    files: dict[str, Path] = {}
    for folder in _folders():
        for place, folders, names in os.walk(folder):
            folders.sort()
            for name in sorted(names):
                stem, ending = os.path.splitext(name)
                if ending.lower() in _ENDINGS:
                    files.setdefault(stem, Path(place, name))
    return files


def _folders() -> Iterator[Path]:
    for package in _PACKAGES:
        spec = find_spec(package)
        for location in (spec.submodule_search_locations or ()) if spec else ():
            yield Path(location)
    home = Path.home()
    if sys.platform == "darwin":
        yield from (home / "Library/Fonts", Path("/Library/Fonts"), Path("/System/Library/Fonts"))
    elif sys.platform == "win32":
        yield from (Path(os.environ.get(name, "C:/none"), part) for name, part in
                    (("LOCALAPPDATA", "Microsoft/Windows/Fonts"), ("WINDIR", "Fonts")))  # fmt: skip
    else:
        yield from (
            home / ".local/share/fonts",
            home / ".fonts",
            Path("/usr/local/share/fonts"),
            Path("/usr/share/fonts"),
        )
