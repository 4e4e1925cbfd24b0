"""What a style sheet of one's own sets: one accent for all outputs, and what it misspells."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pikepdf
import pytest

from casebound.model.css import colours
from casebound.model.diagnostics import BuildStop
from casebound.press import press
from casebound.system import stylesheets
from casebound.typesetting import Typesetter
from casebound.typesetting.styles.values import rgb
from tests.press.books import Shop, Told, codes

CONTENT = {
    "conf.py": 'project = "Tiny Book"\ncasebound_css = ["own.css"]\n',
    "own.css": "p { color: rebeccapurple }\n",
    "index.rst": "Tiny Book\n=========\n\nText, see :doc:`a`.\n\n.. toctree::\n\n   a\n",
    "a.rst": "Chapter\n=======\n\n.. code-block:: python\n\n   return 1\n\nSee :doc:`index`.\n",
}
TYPING = """\
pageSetup: {size: A5}
papper: 3
casebound:
  fallbacks: {SorceSerifPro-Regular: [DejaVuSans]}
  accnt: "#123"
  paper: {widht: 400}
  code: {zz: "#123456"}
styles:
  headng1: {fontSize: 3}
  heading1: {fontSiz: 3, wordWrap: LTR}
  own: {fontSize: 3}
  mine: {parent: own}
"""


def painted(path: Path) -> set[str]:
    """The colours of a PDF's text and areas."""
    found = set()
    with pikepdf.open(path) as pdf:
        for page in pdf.pages:
            for operands, operator in pikepdf.parse_content_stream(page):
                if str(operator) == "rg":
                    found.add(colours.hexadecimal(tuple(float(each) for each in operands)))  # type: ignore[arg-type]
    return found


def test_one_accent_for_all(tmp_path: Path) -> None:
    (tmp_path / "own.yaml").write_text("casebound: {accent: darkred}\n")
    shop = Shop.of(tmp_path, dict(CONTENT))
    house = colours.hexadecimal(rgb("#0f4c5c"))
    assert codes(shop.make(kinds=frozenset({"pdf"})).problems) == []
    assert house in painted(shop.book)
    result = shop.make(styles=(str(tmp_path / "own.yaml"), "house"), kinds=frozenset({"pdf", "epub"}))
    assert codes(result.problems) == []
    seen = painted(shop.book)
    assert house not in seen
    assert colours.hexadecimal(rgb("darkred")) in seen
    archive = zipfile.ZipFile(shop.epub)
    (sheet,) = (name for name in archive.namelist() if name.endswith(".css"))
    css = archive.read(sheet).decode()
    assert colours.HOUSE_TINT + ")" not in css
    assert "0.1 30)" in css or "0.1 29)" in css or "0.1 28)" in css
    assert css.endswith("p { color: rebeccapurple }\n")


def test_the_epub_has_the_accent_of_the_house() -> None:
    css = (stylesheets.folder() / "epub.css").read_text()
    assert f" {colours.HOUSE_TINT})" in css
    assert colours.tint(rgb("#888")) == "0 0"
    chroma, hue = colours.tint(rgb("red")).split()
    assert (chroma, hue) == ("0.1", "29")


@pytest.mark.parametrize(
    ("said", "hexadecimal"), [("#0F4C5C", "#0f4c5c"), ("#123", "#112233"), ("darkred", "#8b0000"), ("Teal", "#008080")]
)
def test_colours_are_written_as_in_css(said: str, hexadecimal: str) -> None:
    assert colours.hexadecimal(rgb(said)) == hexadecimal


def test_names_that_mean_nothing_are_told_with_the_nearest(tmp_path: Path) -> None:
    (tmp_path / "own.yaml").write_text(TYPING)
    told = [each.message for each in Typesetter((str(tmp_path / "own.yaml"),)).remarks]
    assert told == [
        f"The style sheet own.yaml sets {key}, which casebound does not know.{hint}"
        for key, hint in (
            ("casebound: paper: widht", " Did you mean width?"),
            ("casebound: code: zz", ""),
            ("casebound: accnt", " Did you mean accent?"),
            ("styles: heading1: fontSiz", " Did you mean fontSize?"),
            ("styles: heading1: wordWrap", ""),
            ("styles: headng1", " Did you mean heading1?"),
            ("styles: mine", " Did you mean line?"),
            ("pageSetup", " Did you mean casebound: paper?"),
            ("papper", ""),
            ("casebound: fallbacks: SorceSerifPro-Regular", " Did you mean SourceSerifPro-Regular?"),
        )
    ]
    assert Typesetter(("letter", "greyscale", "ereader", "large-print", "print", "handout", "screen")).remarks == ()


def test_settings_that_conf_misspells(tmp_path: Path) -> None:
    conf = "import casebound\nproject = 'Tiny Book'\ncasebound_titel = 'x'\ncasebound_handout_depht = 2\n"
    shop = Shop.of(tmp_path, {**CONTENT, "conf.py": conf})
    result = shop.make(kinds=frozenset({"epub"}))
    assert [each.message for each in result.problems] == [
        "conf.py sets casebound_titel, which casebound does not know. Did you mean casebound_title?",
        "conf.py sets casebound_handout_depht, which casebound does not know. Did you mean casebound_handout_depth?",
    ]


def test_a_style_sheet_outside_the_folder_of_conf(tmp_path: Path) -> None:
    shop = Shop.of(tmp_path, {**CONTENT, "conf.py": 'casebound_css = ["../own.css"]'})
    (tmp_path / "own.css").write_text("p { color: red }")
    with pytest.raises(BuildStop, match="outside the folder"):
        shop.make(kinds=frozenset({"epub"}))


def test_outputs_are_proven_with_what_they_were_made_with(tmp_path: Path) -> None:
    content = {**CONTENT, "conf.py": 'project = "Tiny Book"\n', "a.rst": "Chapter\n=======\n\nIt is |release|.\n"}
    content["index.rst"] += "\n.. only:: draft\n\n   Words of a draft.\n"
    shop = Shop.of(tmp_path, content)
    over = press.Overrides({"release": "7.5", "language": "de"}, ("draft",))
    assert shop.make(kinds=frozenset({"pdf", "epub"}), over=over).exit_code == 0
    made_with = {"define": {"language": "de", "release": "7.5"}, "tags": ["draft"]}
    assert shop.manifest()["made_with"] == made_with
    assert [entry["made_with"] for entry in shop.manifest()["outputs"]] == [made_with, made_with]
    assert press.prove(shop.places, report=Told()).ok
    told = Told()
    press.prove(shop.places, report=told, over=press.Overrides({"release": "8"}))
    assert [each.code for each in told.problems][:2] == ["output-otherwise", "output-otherwise"]
    json.loads(shop.places.proof.read_text())


def test_one_handout_alone(made: Shop) -> None:
    other = made.handouts()[0].read_bytes()
    made.edit("debugging/gmr.rst", "Signals.", "Signals and more.")
    made.edit("internals/rpc.rst", "A call waits", "A call idles")
    for only in ("Debugging", "02", "2", "2-debugging", "02-debugging.pdf"):
        if only == "2-debugging":
            with pytest.raises(BuildStop, match="01-internals, 02-debugging"):
                made.make(kinds=frozenset({"handouts"}), only=only)
            continue
        result = made.make(kinds=frozenset({"handouts"}), only=only)
        assert [output.path.name for output in result.outputs] == ["02-debugging.pdf"]
    assert made.handouts()[0].read_bytes() == other
    assert len(made.manifest()["outputs"]) == 4


def test_a_book_without_handouts_says_so_where_they_are_asked_for(tmp_path: Path) -> None:
    shop = Shop.of(tmp_path, {"conf.py": "project = 'Tiny Book'\n", "index.rst": "Tiny Book\n=========\n\nWords.\n"})
    assert codes(shop.make(kinds=frozenset({"handouts"})).problems) == ["handouts-none"]
    assert codes(shop.make().problems) == []


def test_every_name_of_a_colour_in_css_is_one() -> None:
    assert rgb("RebeccaPurple") == (0.4, 0.2, 0.6) == rgb("#663399")
