"""The file of each picture: which of several, where extensions write theirs, what is for the screen alone."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import replace
from pathlib import Path

import docutils
import pytest
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace

from casebound.epub.pictures.svg import clean_svg
from casebound.manuscript import Manuscript, read
from casebound.model.diagnostics import BuildStop, Level
from tests.manuscript.conftest import Read, Write
from tests.manuscript.invariants import breaches
from tests.manuscript.pictures import faults, page
from tests.manuscript.trees import PIXEL, only, tree


def test_drawings_are_preferred_to_dots_that_lie_beside_them(book: Read) -> None:
    drawing = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9"/></svg>'
    heavy = drawing.replace("0h9", "0h9" * 700_000)
    kinds = {"all": ("png", "gif", "jpg", "pdf", "svg"), "dots": ("gif", "png"), "page": ("png", "pdf")}
    files = {f"{stem}.{ending}": PIXEL for stem, endings in kinds.items() for ending in endings}
    text = "".join(f".. image:: {stem}.*\n   :alt: A\n" for stem in (*kinds, "heavy", "alone"))
    drawn = {"all.svg": drawing, "heavy.svg": heavy, "alone.svg": heavy, "heavy.png": PIXEL}
    manuscript = book({"index.rst": page("B", text), **files, **drawn})
    names = [Path(image["path"]).name for image in tree(manuscript).findall(nodes.image)]
    assert names == ["all.svg", "dots.png", "page.pdf", "heavy.png", "alone.svg"]


PLOTS = f"""
import pathlib, os
from docutils import nodes
from docutils.parsers.rst import Directive

class Made(Directive):
    def run(self):
        env = self.state.document.settings.env
        folder = pathlib.Path(env.doctreedir).parent / self.arguments[0]
        folder.mkdir(exist_ok=True)
        (folder / "p.png").write_bytes({PIXEL!r})
        return [nodes.image(uri=os.path.relpath(folder / "p.png", env.srcdir), alt="Made")]
    required_arguments = 1

def setup(app):
    app.add_directive("made", Made)
"""


@pytest.mark.parametrize(
    ("outputs", "trees", "folder"),
    [
        ("", "", "any-name"),  # as invoke lays it out
        ("build/casebound", "build/doctrees", "any-name"),  # as sphinx-build -M and quickstart's make do
        ("out", "out/.doctrees", "any-name"),  # as sphinx-build does
        ("out", "trees", "plot_directive"),
        ("out", "trees", "any-name"),
    ],
)
def test_what_extensions_write_beside_the_doctrees_is_printed(
    write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, outputs: str, trees: str, folder: str
) -> None:
    monkeypatch.syspath_prepend(tmp_path / "source")
    places = write({"index.rst": page("B", f".. made:: {folder}"), "made_up.py": PLOTS}, "extensions = ['made_up']")
    if not outputs:
        image = only(tree(read(places)), nodes.image)
    else:
        with docutils_namespace():
            app = Sphinx(
                places.source, places.source, tmp_path / outputs, tmp_path / trees, "casebound",
                status=None, warning=None, confoverrides={"extensions": "casebound,made_up"},
            )  # fmt: skip
            app.reading_only = True  # type: ignore[attr-defined]
            app.build()
            image = only(tree(Manuscript(app, images=tmp_path / "images")), nodes.image)
    assert "path" in image


PLOT = """
.. plot::
   :alt: a line that rises

   import matplotlib.pyplot as plt
   plt.plot([1, 2, 3])
"""


def test_a_plot_of_matplotlib_is_a_drawing_and_the_same_in_every_build(write: Write, tmp_path: Path) -> None:
    drawn = []
    for build in ("one", "two"):
        places = write({"index.rst": page("B", PLOT)}, "extensions = ['matplotlib.sphinxext.plot_directive']")
        manuscript = read(replace(places, build=tmp_path / build))
        image = only(tree(manuscript), nodes.image)
        assert faults(manuscript) == ""
        assert manuscript.app.config.plot_formats == ["png", "hires.png", "pdf"]  # what web pages show
        assert Path(image["path"]).parent == tmp_path / build / "work" / "plot_directive"
        drawn.append(clean_svg(Path(image["path"]).read_bytes()).data)
    assert b"<path" in drawn[0] and drawn[0] == drawn[1]


SIZES = """
.. image:: a.png
   :alt: a
   :width: 10rem

.. raw:: html

   <img src="a.png" alt="b" style="border: 0; width: 20vw"><img src="a.png" alt="c" width="20%">

.. sized:: 10furlong

.. sized:: auto
"""

SIZED = """
from docutils import nodes
from docutils.parsers.rst import Directive

class Sized(Directive):
    required_arguments = 1
    def run(self):
        return [nodes.image(uri="a.png", alt="d", width=self.arguments[0], candidates={"*": "a.png"})]

def setup(app):
    app.add_directive("sized", Sized)
"""


def test_sizes_are_kept_in_every_unit_and_one_that_is_none_is_told_of(
    book: Read, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(tmp_path / "source")
    files = {"index.rst": page("B", SIZES), "a.png": PIXEL, "sized_up.py": SIZED}
    manuscript = book(files, "extensions = ['sized_up']")
    widths = [image.get("width") for image in tree(manuscript).findall(nodes.image)]
    assert widths[-4:] == ["20vw", "20%", "10furlong", "auto"]
    if docutils.__version_info__ >= (0, 22):
        assert widths[:-4] == ["10rem"]
        assert faults(manuscript) == "index:14 length-unknown\n"
    else:  # it refuses the unit, and says so
        assert faults(manuscript) == "index:14 length-unknown\nindex:5 source-warning\n"


SIZED_TABLE = """
from docutils import nodes
from docutils.parsers.rst import Directive

class Wide(Directive):
    required_arguments = 1
    def run(self):
        cells = nodes.row("", nodes.entry("", nodes.paragraph("", "a")))
        group = nodes.tgroup("", nodes.colspec(colwidth=1), nodes.tbody("", cells), cols=1)
        return [nodes.table("", group, width=self.arguments[0])]

def setup(app):
    app.add_directive("wide", Wide)
"""


def test_a_table_whose_width_is_none_is_told_of(book: Read, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(tmp_path / "source")
    files = {"index.rst": page("B", ".. wide:: 10furlong\n\n.. wide:: 160Q"), "wide_of_casebound_test.py": SIZED_TABLE}
    manuscript = book(files, "extensions = ['wide_of_casebound_test']")
    assert [one.code for one in manuscript.check()] == ["length-unknown"]


WORDS = """
.. image:: a.png

.. figure:: a.png

   A caption is no description.

.. image:: a.png
   :alt: Described

.. image:: a.png
   :alt:

.. figure:: a.png
   :class: decorative

.. image:: https://example.org/badge.svg

|named|

.. |named| image:: a.png

.. raw:: html

   <img src="a.png"><img src="a.png" alt="Described"><img src="a.png" alt="">
   <svg viewBox="0 0 9 9"><title>Nine</title></svg>

.. image:: gone.png
"""


def test_pictures_that_nothing_describes_are_named_with_their_lines(book: Read) -> None:
    text = page("B", WORDS.strip())
    manuscript = book({"index.rst": text, "a.png": PIXEL}, "casebound_ignore = ['image-missing', 'image-remote']")
    places = [f"index:{at} alt-missing" for at in (19, 25, 30, 4, 6)]
    assert faults(manuscript).splitlines() == places
    assert str(manuscript.problems[0]).startswith("index:4: The image a.png has no alternative text.")
    found = [(image.get("alt"), image["classes"]) for image in tree(manuscript).findall(nodes.image)]
    assert [alt for alt, classes in found if "decorative" in classes] == ["", None, ""]
    assert [alt for alt, _ in found if alt] == ["Described", "named", "Described", "Nine"]
    assert breaches(manuscript) == []


MARKDOWN = """# B

![](a.png)

![Described](a.png) ![](a.png){.decorative}

```{image} a.png
:alt:
```

```{figure} a.png
A caption.
```
"""


def test_markdown_without_words_is_named_and_a_setting_makes_it_an_error(book: Read) -> None:
    conf = "extensions = ['myst_parser']\nmyst_enable_extensions = ['attrs_inline']\n"
    files: dict[str, str | bytes] = {"index.md": MARKDOWN, "a.png": PIXEL}
    manuscript = book(files, conf)
    assert [(one.code, one.line, one.level) for one in manuscript.check()] == [
        ("alt-missing", 3, Level.INFO), ("alt-missing", 11, Level.INFO),
    ]  # fmt: skip
    manuscript = book(files, conf + "casebound_errors = ['alt-missing']")
    assert {(one.code, one.level) for one in manuscript.check()} == {("alt-missing", Level.ERROR)}
    manuscript = book(files, conf + "casebound_ignore = ['alt-missing']")
    assert manuscript.check() == []
    with pytest.raises(BuildStop, match="casebound_errors"):
        book(files, conf + "casebound_errors = ['alt-mising']")


DECORATION = f"""
.. image:: a.png
   :class: decoration

.. image:: a.png
   :class: presentation

.. raw:: html

   <img src="a.png" role="none"><img src="a.png" role="presentation"><img src="a.png" aria-hidden="true">

.. image:: data:image/png;base64,{b64encode(PIXEL).decode()}
"""


def test_decoration_is_said_in_several_ways_and_a_picture_in_the_source_is_named_in_short(book: Read) -> None:
    manuscript = book({"index.rst": page("B", DECORATION.strip()), "a.png": PIXEL})
    classes = [image["classes"] for image in tree(manuscript).findall(nodes.image)]
    assert ["decorative" in names for names in classes] == [True] * 5 + [False]
    assert [str(one).partition(" has ")[0] for one in manuscript.check()] == [
        "index:14: The image data:image/png;base64"
    ]
