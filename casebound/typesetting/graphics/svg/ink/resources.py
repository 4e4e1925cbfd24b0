"""Forms of PDF in the making, with the resources that they name (ISO 32000-2 7.8.3, 8.10)."""

from __future__ import annotations

import zlib
from typing import Any

from PIL import Image
from reportlab.pdfbase.pdfdoc import PDFDictionary, PDFStream

from casebound.typesetting.fonts.glyph_runs import FontKey
from casebound.typesetting.fonts.stub_fonts import font_name
from casebound.typesetting.graphics.svg.ink.shadings import array
from casebound.typesetting.graphics.svg.matrices import Box, Matrix

__all__ = ["Form", "number"]

_LARGEST = 1e6


def number(value: float) -> str:
    """A number with at most four decimals."""
    text = f"{min(max(value, -_LARGEST), _LARGEST):.4f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


class Form:
    """Operators and the resources that they name. ``box`` is what is seen of it."""

    def __init__(self, doc: Any, box: Box, images: dict[int, Any] | None = None) -> None:
        self.doc = doc
        self.box = box
        self._images = images if images is not None else {}
        self._code: list[str] = []
        self._resources: dict[str, dict[str, Any]] = {}
        self._states: dict[str, str] = {}

    def inner(self) -> Form:
        """An empty form with the same box."""
        return Form(self.doc, self.box, self._images)

    def write(self, code: str) -> None:
        """Add operators."""
        self._code.append(code)

    def put(self, stream: Any) -> str:
        """The name of an object that ``Do`` draws."""
        return self._named("XObject", "X", stream)

    def pattern(self, found: Any) -> str:
        """The name of a pattern."""
        return self._named("Pattern", "P", found)

    def shade(self, found: Any) -> str:
        """The name of a shading."""
        return self._named("Shading", "S", found)

    def state(self, **entries: Any) -> str:
        """The name of a graphics state."""
        key = repr(sorted(entries.items(), key=lambda entry: entry[0])) if "SMask" not in entries else ""
        if not key or key not in self._states:
            name = self._named("ExtGState", "G", PDFDictionary(entries))
            self._states[key or name] = name
            return name
        return self._states[key]

    def font(self, key: FontKey) -> str:
        """The name of a face's subset."""
        name = font_name(key, self.doc)
        stub = self.doc.idToObject["BasicFonts"].dict[name[1:]]
        self._resources.setdefault("Font", {})[name[1:]] = stub
        return name

    def soft_mask(self, form: Form, *, of_alpha: bool, grey: bool = False) -> PDFDictionary:
        """A form as the opacity of what is painted next (11.6.5.2)."""
        space = "/DeviceGray" if grey else "/DeviceRGB"
        group = form.stream(grouped=True, space=space)
        return PDFDictionary({"Type": "/Mask", "S": "/Alpha" if of_alpha else "/Luminosity", "G": group})

    def image(self, image: Image.Image) -> PDFStream:
        """An image as an object, the same for the same image."""
        if id(image) not in self._images:
            self._images[id(image)] = _image(image)
        return self._images[id(image)]

    def stream(self, *, grouped: bool = False, space: str = "/DeviceRGB") -> PDFStream:
        """The form as an object; ``grouped`` if it is painted as a whole."""
        entries: dict[str, Any] = {"Type": "/XObject", "Subtype": "/Form", "BBox": array(self.box)}
        if grouped:
            entries["Group"] = PDFDictionary({"S": "/Transparency", "CS": space, "I": "true"})
        return self._stream(entries)

    def tile(self, size: tuple[float, float], matrix: Matrix) -> PDFStream:
        """The form as a pattern that is repeated (8.7.3)."""
        entries = {
            "Type": "/Pattern", "PatternType": 1, "PaintType": 1, "TilingType": 1, "BBox": array(self.box),
            "XStep": size[0], "YStep": size[1], "Matrix": array(matrix),
        }  # fmt: skip
        return self._stream(entries)

    def _stream(self, entries: dict[str, Any]) -> PDFStream:
        kinds = {kind: PDFDictionary(found) for kind, found in self._resources.items()}
        entries["Resources"] = PDFDictionary(kinds)
        return _packed(entries, "\n".join(self._code).encode("latin-1"))

    def _named(self, kind: str, letter: str, found: Any) -> str:
        known = self._resources.setdefault(kind, {})
        name = f"{letter}{len(known) + 1}"
        known[name] = found
        return f"/{name}"


def _packed(entries: dict[str, Any], data: bytes) -> PDFStream:
    return PDFStream(PDFDictionary(entries | {"Filter": "/FlateDecode"}), zlib.compress(data, 9))


def _image(image: Image.Image) -> PDFStream:
    """An image of dots, its opacity as a soft mask (8.9.5)."""
    common = {
        "Type": "/XObject", "Subtype": "/Image", "Width": image.width, "Height": image.height, "BitsPerComponent": 8,
    }  # fmt: skip
    entries: dict[str, Any] = common | {"ColorSpace": "/DeviceGray" if image.mode == "L" else "/DeviceRGB"}
    if image.mode == "RGBA":
        alpha = image.getchannel("A")
        if alpha.getextrema() != (255, 255):
            entries["SMask"] = _packed(common | {"ColorSpace": "/DeviceGray"}, alpha.tobytes())
        image = image.convert("RGB")
    return _packed(entries, image.tobytes())
