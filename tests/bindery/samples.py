"""Fragments made by hand with pikepdf, as typesetting would make them, and the style they are bound in."""

from __future__ import annotations

from dataclasses import dataclass, field
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf

from casebound.bindery import Bindery, BindingPlan, BoundFile
from casebound.model.encoding import encode
from casebound.model.fragment import FOLIO_MARK, STUB_FACE, STUB_SUBSET, Fragment
from casebound.model.style import Face, Lettering, Paper, Style


def _file(package: str, path: str) -> Path:
    spec = find_spec(package)
    assert spec and spec.submodule_search_locations
    return Path(spec.submodule_search_locations[0], path)


SERIF, MONO, SANS = "SourceSerifPro-Regular", "DejaVuSansMono", "DejaVuSans"
PAPER = Paper(width=400, height=500, inner=60, outer=40, top=60, bottom=70)
BLOCK = PAPER.block
STYLE = Style(
    paper=PAPER,
    head=Lettering(SERIF, 9, (0.3, 0.3, 0.3)),
    folio=Lettering(SERIF, 9),
    note=Lettering(SERIF, 7),
    faces={
        SERIF: Face(SERIF, _file("font_source_serif_pro", f"files/{SERIF}.ttf"), (SANS,)),
        MONO: Face(MONO, _file("matplotlib", f"mpl-data/fonts/ttf/{MONO}.ttf"), (SANS,)),
        SANS: Face(SANS, _file("matplotlib", f"mpl-data/fonts/ttf/{SANS}.ttf")),
    },
)


@dataclass
class Leaf:
    """One page being written: lines of text, and images by resource name."""

    operators: list[bytes] = field(default_factory=list)
    fonts: dict[str, tuple[str, int]] = field(default_factory=dict)
    points: dict[str, set[int]] = field(default_factory=dict)
    images: dict[str, bytes] = field(default_factory=dict)

    def line(self, text: str, x: float = 0, y: float = 300, face: str = SERIF, size: float = 12) -> Leaf:
        self.operators.append(f"BT {x} {y} Td".encode())
        for letter in text:
            subset, code = encode(ord(letter))
            self.fonts[f"{face}.{subset}"] = (face, subset)
            self.points.setdefault(face, set()).add(ord(letter))
            self.operators.append(f"/{face}.{subset} {size} Tf <{code:02x}> Tj".encode())
        self.operators.append(b"ET")
        return self

    def folios(self, count: int) -> Leaf:
        """The marks of so many folio boxes."""
        self.operators += [b"q /%b%d MP Q" % (FOLIO_MARK.encode(), index) for index in range(count)]
        return self

    def image(self, name: str, grey: int) -> Leaf:
        """A square of one grey, 40 pt wide."""
        self.images[name] = bytes([grey]) * 64
        self.operators.append(f"q 40 0 0 40 10 200 cm /{name} Do Q".encode())
        return self


def page(*lines: str) -> Leaf:
    leaf = Leaf()
    for number, text in enumerate(lines):
        leaf.line(text, y=300 - 20 * number)
    return leaf


def fragment(name: str, *leaves: Leaf, size: tuple[float, float] = BLOCK, **sidecar: Any) -> Fragment:
    """A fragment of these pages; ``sidecar`` gives destinations, links, folio boxes."""
    pdf = pikepdf.new()
    stubs: dict[tuple[str, int], pikepdf.Object] = {}
    used: dict[str, set[int]] = {}
    for leaf in leaves:
        for face, points in leaf.points.items():
            used.setdefault(face, set()).update(points)
        _add(pdf, leaf, size, stubs)
    out = BytesIO()
    pdf.save(out, deterministic_id=True)
    taken = {face: tuple(sorted(points)) for face, points in sorted(used.items())}
    return Fragment(name=name, pages=len(leaves), size=size, used=taken, pdf=out.getvalue(), **sidecar)


def _add(pdf: pikepdf.Pdf, leaf: Leaf, size: tuple[float, float], stubs: dict[tuple[str, int], Any]) -> None:
    sheet = pdf.add_blank_page(page_size=size)
    fonts = pikepdf.Dictionary()
    for resource, (face, subset) in leaf.fonts.items():
        if (face, subset) not in stubs:
            stub = {"/Type": pikepdf.Name.Font, f"/{STUB_FACE}": pikepdf.Name(f"/{face}"), f"/{STUB_SUBSET}": subset}
            stubs[face, subset] = pdf.make_indirect(pikepdf.Dictionary(stub))
        fonts[f"/{resource}"] = stubs[face, subset]
    images = pikepdf.Dictionary()
    for resource, data in leaf.images.items():
        entries = {"/Type": pikepdf.Name.XObject, "/Subtype": pikepdf.Name.Image, "/Width": 8, "/Height": 8}
        entries |= {"/ColorSpace": pikepdf.Name.DeviceGray, "/BitsPerComponent": 8}
        images[f"/{resource}"] = pdf.make_stream(data, entries)
    sheet.obj.Resources = pikepdf.Dictionary(Font=fonts, XObject=images)
    sheet.obj.Contents = pdf.make_stream(b"\n".join(leaf.operators))


def used_by(*fragments: Fragment) -> dict[str, set[int]]:
    used: dict[str, set[int]] = {}
    for one in fragments:
        for face, points in one.used.items():
            used.setdefault(face, set()).update(points)
    return used


def bind(plan: BindingPlan, **bindery: Any) -> BoundFile:
    fragments = [gathering.fragment for gathering in plan.gatherings]
    return Bindery(STYLE, used_by(*fragments), **bindery).bind(plan)
