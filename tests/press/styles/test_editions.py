"""Editions in the styles that come with casebound: each laid out anew, each proven."""

from __future__ import annotations

import zipfile
from collections import Counter
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from fontTools import ttLib
from lxml import etree
from PIL import Image

from casebound.press import press
from casebound.system.stylesheets import folder
from casebound.typesetting.fonts.faces import face_files
from tests.bindery.readers import run
from tests.press.books import Shop, codes

PICTURES = {
    "ereader": "255 x 346, margins 14 14, text 9.6",
    "greyscale": "595 x 842, margins 71 82, text 10.4",
    "handout": "595 x 842, margins 57 142, text 10.4",
    "large-print": "595 x 842, margins 62 62, text 18.0",
    "letter": "612 x 792, margins 80 90, text 10.4",
    "print": "595 x 842, margins 68 85, text 10.4",
    "screen": "595 x 842, margins 72 72, text 10.7",
}
"""Paper, inner and outer margin and size of the text, in points."""


LINKED = [
    *("Internals 2", "Calls 3", "Cells 4", "Debugging 5", "Reports 6", "Index 7"),
    *("Reports", "Reports", "another place", "Calls", "root", "Casts", "Casts", "Setup", "3", "3–4"),
]
"""What stands in the rectangles of the links, in the order of the pages."""


STRESSED = """
Code
~~~~

.. code-block:: python
   :emphasize-lines: 2

   import this
   print("here")

.. warning:: A rule beside it.
"""


def edition(folder: Path, *styles: str) -> tuple[Shop, press.BuildResult]:
    shop = Shop.of(folder)
    shop.places = shop.places.edition(styles)
    return shop, shop.make(styles=styles)


def picture(path: Path) -> str:
    """Paper, inner and outer margin of a right-hand page, and the size that most letters of the book have."""
    document = pypdfium2.PdfDocument(path)
    try:
        width, height = document[0].get_size()
        sizes: Counter[float] = Counter()
        edges: list[tuple[float, float]] = []
        for number, page in enumerate(document):
            for item in page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_TEXT]):
                left, _, right, _ = item.get_bounds()
                if number > 1 and number % 2 == 0:
                    edges.append((left, width - right))
                sizes[round(item.get_font_size() * item.get_matrix().a, 1)] += 1
        inner, outer = (min(edge) for edge in zip(*edges, strict=True))
    finally:
        document.close()
    ((size, _),) = sizes.most_common(1)
    return f"{width:.0f} x {height:.0f}, margins {inner:.0f} {outer:.0f}, text {size}"


def test_each_style_of_the_folder_has_its_picture() -> None:
    assert sorted(PICTURES) == sorted(path.stem for path in folder().glob("*.yaml") if path.stem != "house")


@pytest.mark.parametrize("style", sorted(PICTURES))
def test_a_style_is_laid_out_anew_and_proven(tmp_path: Path, style: str) -> None:
    shop, result = edition(tmp_path, style)
    assert (result.exit_code, codes(result.problems)) == (0, [])
    assert shop.places.build == tmp_path / "build" / style
    assert picture(shop.book) == PICTURES[style]
    verdict = press.prove(shop.places, report=shop.told)
    assert verdict.ok, verdict.summary()


def test_greyscale_has_no_colour(tmp_path: Path) -> None:
    shop = Shop.of(tmp_path)
    page = tmp_path / "source" / "internals" / "rpc.rst"
    page.write_text(page.read_text() + STRESSED)
    Image.new("L", (40, 20), 90).save(tmp_path / "source" / "bus.png")
    shop.places = shop.places.edition(["greyscale"])
    assert shop.make(styles=["greyscale"]).problems == ()
    document = pypdfium2.PdfDocument(shop.book)
    try:
        for sheet in document:
            red, green, blue = sheet.render(scale=1, rev_byteorder=True).to_pil().convert("RGB").split()
            assert red.tobytes() == green.tobytes() == blue.tobytes()
    finally:
        document.close()


def test_links_lie_on_their_words_when_type_is_magnified(tmp_path: Path) -> None:
    shop, _ = edition(tmp_path, "large-print")
    lines = []
    with pikepdf.open(shop.book) as pdf:
        for number, page in enumerate(pdf.pages, 1):
            top = float(page.mediabox[3])
            for link in page.obj.get("/Annots", []):
                left, lower, right, upper = (round(float(edge)) for edge in link.Rect)
                box = {"f": number, "l": number, "x": left, "y": top - upper, "W": right - left, "H": upper - lower}
                options = [part for option, value in box.items() for part in (f"-{option}", f"{value:.0f}")]
                lines.append(" ".join(run("pdftotext", *options, str(shop.book), "-").split()))
    assert lines == LINKED


def face(path: Path, name: str, carrier: str) -> None:
    """A face of this name that looks like another."""
    with ttLib.TTFont(face_files()[carrier]) as font:
        for record in font["name"].names:
            if record.nameID == 6:
                record.string = name
        font.save(path)


SHEET = """
embeddedFonts:
- [OurSans.ttf, OurSans.ttf, OurSans.ttf, OurSans.ttf]
fontsAlias: {fontSans: OurSans, fontSansBold: OurSans, fontSansItalic: OurSans, fontSansBoldItalic: OurSans}
casebound:
  head: {face: OurSans}
  folio: {face: OurSans}
"""
DRAWN = '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="20"><text x="2" y="15">drawn</text></svg>'


def test_a_style_sheet_brings_faces_of_its_own(tmp_path: Path) -> None:
    face(tmp_path / "OurSans.ttf", "OurSans", "DejaVuSans")
    (tmp_path / "ours.yaml").write_text(SHEET)
    text = "Drawn\n=====\n\nA picture.\n\n.. image:: drawn.svg\n   :alt: A drawing\n"
    content = {"index.rst": text, "drawn.svg": DRAWN}
    shop = Shop.of(tmp_path, {"conf.py": 'project = "Tiny Book"\n', **content})
    result = shop.make(styles=(str(tmp_path / "ours.yaml"),), kinds=frozenset({"pdf"}))
    assert (result.exit_code, codes(result.problems)) == (0, [])
    with pikepdf.open(shop.book) as pdf:
        fonts = {
            str(font.get("/BaseFont", "/DrawnAsType3")).rpartition("+")[2]
            for page in pdf.pages
            for font in page.Resources.get("/Font", {}).values()
        }
    assert sorted(fonts) == ["OurSans", "SourceSerifPro-Regular"]


def identifiers(shop: Shop) -> tuple[str, ...]:
    """Those of the EPUB, of the pages that its page list counts, and of the PDF."""
    with zipfile.ZipFile(next(shop.places.build.glob("epub/*.epub"))) as archive:
        package = etree.fromstring(archive.read("EPUB/content.opf"))
    with pikepdf.open(next(shop.places.build.glob("pdf/*.pdf"))) as pdf, pdf.open_metadata() as metadata:
        printed = str(metadata["dc:identifier"])
    (source,) = (str(one.text) for one in package.iter("{*}meta") if one.get("property") == "pageBreakSource")
    return str(package.findtext(".//{*}identifier")), source, printed


def test_each_edition_has_identifiers_of_its_own(tmp_path: Path) -> None:
    """It is another publication: who keeps both keeps two, and the page list counts its own pages."""
    shop = Shop.of(tmp_path / "a")
    conf = shop.places.conf / "conf.py"
    conf.write_text(conf.read_text(encoding="utf-8") + "casebound_page_list = True\n", encoding="utf-8")
    found = []
    for styles in ((), ("print",), ("large-print",), ("print", "letter"), ("print",)):
        one = Shop(shop.places.edition(styles))
        one.make(styles=styles)
        found.append(identifiers(one))
    assert [one[1] for one in found] == [one[2] for one in found]
    assert found[1] == found[4]
    assert len({each for one in found for each in (one[0], one[2])}) == 8


def test_cleaning_takes_editions_away(tmp_path: Path) -> None:
    edition(tmp_path, "letter")
    build = tmp_path / "build"
    (build / "notes").mkdir()
    (build / "notes" / "mine.txt").write_text("mine")
    press.clean(Shop.at(tmp_path).places)
    assert [path.relative_to(build).as_posix() for path in sorted(build.rglob("*"))] == ["notes", "notes/mine.txt"]
