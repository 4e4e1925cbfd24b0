"""Style sheets of one's own: what is wrong with one is said in a sentence before anything is typeset."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from reportlab.lib.enums import TA_RIGHT

from casebound.model.diagnostics import BuildStop
from casebound.system.stylesheets import folder
from casebound.typesetting.fonts.faces import face_files
from casebound.typesetting.styles.compositor import Compositor
from casebound.typesetting.styles.stylesheet import HouseStyle, load
from casebound.typesetting.styles.vocabulary import STYLE

LENGTH = "a number of points, or one with pt, mm, cm, in, pc"
COLOUR = 'which is not a colour: "#rrggbb" in quotation marks, or a name of CSS'
WRONG = [
    # what a style of paragraphs has
    ("styles: {base: {fontSize: big}}", "styles: base: fontSize is 'big', which is not a size above 0: "),
    ("styles: {base: {fontSize: -3}}", f"fontSize is -3, which is not a size above 0: {LENGTH}, em or %."),
    ("styles: {base: {fontSize: .nan}}", "fontSize is .nan, which is not a size above 0"),
    ("styles: {base: {fontSize: true}}", "fontSize is true, which is not a size above 0"),
    ("styles: {base: {fontSize: 2026-01-01}}", "fontSize is 2026-01-01, which is not a size above 0"),
    ("styles: {base: {leading: 0}}", "leading is 0, which is not a size above 0"),
    ("styles: {base: {fontSize: 900}}", "styles: base: fontSize is 900 points, and pages are 687.89 points high."),
    ("styles: {base: {leftIndent: far}}", f"leftIndent is 'far', which is not a length: {LENGTH}, em or %."),
    ("styles: {base: {leftIndent: 20cm}}", "styles: base is indented by 566.929 points, and lines are 442.28 points"),
    ("styles: {base: {spaceBefore: 3furlongs}}", "spaceBefore is '3furlongs', which is not a length of 0 or more"),
    ("styles: {base: {spaceAfter: -3}}", "spaceAfter is -3, which is not a length of 0 or more"),
    ("styles: {base: {alignment: middle}}", "alignment is 'middle', which is not left, right, center or justify."),
    ("styles: {base: {alignment: 2}}", "alignment is 2, which is not left"),
    ("styles: {base: {alignment: justified}}", "is 'justified', which is not left, right, center or justify (did you"),
    ('styles: {base: {textColor: "#zzz"}}', f"styles: base: textColor is '#zzz', {COLOUR}."),
    ("styles:\n  base:\n    textColor: #333333", f"textColor is empty, {COLOUR}."),
    ("styles: {base: {textColor: 333333}}", f"textColor is 333333, {COLOUR}."),
    ("styles: {base: {backColor: gren}}", "backColor is 'gren', which is not a colour: "),
    ('styles: {base: {keepWithNext: "no"}}', "keepWithNext is 'no', which is not true or false."),
    ("styles: {base: {fontName: [a]}}", "fontName is [a], which is not the name of a face or of an alias."),
    ("styles: {bodytext: {parent: nobody}}", "styles: bodytext: parent is nobody, which is not a style."),
    ("styles: {bodytext: {parent: [a]}}", "parent is [a], which is not the name of a style."),
    ("styles: {heading1: {parent: heading1}}", "parent is heading1, whose parents lead back to heading1."),
    ("styles: {heading1: {parent: heading2}, heading2: {parent: heading1}}", "lead back to heading2."),
    ("styles: {bodytext: small}", "styles: bodytext is 'small', which is not a mapping of names to values."),
    ("styles: [a, b]", "styles is [a, b], which is not a mapping of names to values."),
    # what is ours
    ("linkColor: nope", f"linkColor is 'nope', {COLOUR}."),
    ("casebound: {accent: tael}", f"casebound: accent is 'tael', {COLOUR} (did you mean teal?)."),
    ('casebound: {accent: "#12"}', "casebound: accent is '#12', which is not a colour"),
    ("casebound: {notes: {tip: 3}}", f"casebound: notes: tip is 3, {COLOUR}."),
    ("casebound: {notes: red}", "casebound: notes is 'red', which is not a mapping of names to values."),
    ("casebound: {code: {k: bold red}}", "casebound: code: k is 'bold red', which is not a colour, \"#rrggbb\" or"),
    ("casebound: {code: {k: b}}", "casebound: code: k is 'b', which is not a colour"),
    ("casebound: {short-contents: 3}", "short-contents is 3, which is not the least and the most number of headings"),
    ("casebound: {short-contents: [a, b]}", "short-contents is [a, b], which is not"),
    ("casebound: {show-urls: footer}", "is 'footer', which is not one of no, footnote and inline (did you mean foot"),
    ("casebound: {show-urls: [no]}", "show-urls is [false], which is not one of"),
    ("casebound: {scale: big}", "casebound: scale is 'big', which is not a number above 0."),
    ("casebound: {scale: 0}", "casebound: scale is 0, which is not a number above 0."),
    ("casebound: {paper: A5}", "casebound: paper is 'A5', which is not a mapping of names to values."),
    ("casebound: {paper: {width: wide}}", f"paper: width is 'wide', which is not a length above 0: {LENGTH}."),
    ("casebound: {paper: {width: .inf}}", "paper: width is .inf, which is not a length above 0"),
    ("casebound: {paper: {width: 50%}}", "paper: width is '50%', which is not a length above 0"),
    ("casebound: {paper: {inner: -5}}", "paper: inner is -5, which is not a length of 0 or more"),
    ("casebound: {paper: {width: 100}}", "casebound: paper leaves -53 by 687.89 points for the text, and 72"),
    ("casebound: {head: {size: 0}}", "casebound: head: size is 0, which is not a length above 0"),
    ("casebound: {folio: {gap: wide}}", "casebound: folio: gap is 'wide', which is not a length of 0 or more"),
    ("casebound: {lenders: {ar: 3}}", "casebound: lenders: ar is 3, which is not a list of families of faces."),
    ("casebound: {fallbacks: {DejaVuSans: DejaVuSerif}}", "DejaVuSans is 'DejaVuSerif', which is not a list of faces."),
    ("embeddedFonts: a.ttf", "embeddedFonts is 'a.ttf', which is not a family: a list of four TrueType files"),
    ("embeddedFonts: [[a.ttf, b.ttf]]", "embeddedFonts is [a.ttf, b.ttf], which is not a family"),
    ("embeddedFonts: [[a.otf, a.otf, a.otf, a.otf]]", "which is not a family: a list of four TrueType files"),
    ("fontsAlias: {fontSerif: 3}", "fontsAlias: fontSerif is 3, which is not the name of a face."),
    # what is no style sheet
    ("casebound: [1", "it is not valid YAML: line 1: expected ',' or ']', but got '<stream end>'."),
    ("styles:\n\tbase: {}", "it is not valid YAML: line 2: a line begins with a tab; indent with spaces."),
    ("styles: {base: {}, base: {}}", "it is not valid YAML: line 1: base occurs twice, first in line 1."),
    ("? [a, b]\n: c", "it is not valid YAML: line 1: a key is a list or a mapping."),
    ("--- a\n--- b", "it is not valid YAML: line 2: expected a single document in the stream, but found another"
     " document."),
    ("a: \x00", "it is not valid YAML: the character U+0000 is not allowed."),
    ("- a list", "it has no entries of the form key: value."),
    ("[" * 5000, "its lists are nested too deeply."),
]  # fmt: skip
FACES = [
    ("styles: {base: {fontName: fontSerfi}}", "The face fontSerfi of styles: base: fontName in own.yaml is not "
     "installed. Did you mean fontSerif?"),
    ("styles: {base: {fontName: Helvetica}}", "The face Helvetica of styles: base: fontName in own.yaml is not"),
    ("casebound: {head: {face: Nope}}", "The face Nope of casebound: head: face in own.yaml is not installed."),
    ("fontsAlias: {fontSerif: fontSans}", "The face fontSans of fontsAlias: fontSerif in own.yaml is not installed."),
    ("embeddedFonts: [[Nope.ttf, Nope.ttf, Nope.ttf, Nope.ttf]]", "The face Nope of embeddedFonts in own.yaml is not"),
    ("casebound: {fallbacks: {DejaVuSans: [Nope]}}", "The face Nope of casebound: fallbacks: DejaVuSans in own.yaml"),
]  # fmt: skip


def said(path: Path, *more: str) -> str:
    """The sentence that a style sheet stops a build with."""
    with pytest.raises(BuildStop) as stopped:
        load((str(path), *more))
    return stopped.value.problem.message


def styled(path: Path) -> tuple[HouseStyle, Compositor]:
    house = load((str(path),))
    return house, Compositor(house, "en")


@pytest.mark.parametrize(("sheet", "sentence"), WRONG)
def test_a_value_that_means_nothing(tmp_path: Path, sheet: str, sentence: str) -> None:
    (tmp_path / "own.yaml").write_text(sheet)
    message = said(tmp_path / "own.yaml")
    assert message.startswith("The style own.yaml cannot be used: ")
    assert sentence in message


@pytest.mark.parametrize(("sheet", "sentence"), FACES)
def test_a_face_that_lies_nowhere(tmp_path: Path, sheet: str, sentence: str) -> None:
    (tmp_path / "own.yaml").write_text(sheet)
    assert said(tmp_path / "own.yaml").startswith(sentence)


def test_a_face_that_is_none(tmp_path: Path) -> None:
    (tmp_path / "own.yaml").write_text("casebound: {head: {face: Ours}}")
    (tmp_path / "Ours.ttf").write_text("no face")
    assert said(tmp_path / "own.yaml").startswith("The file Ours.ttf is not a usable TrueType face: ")


def test_every_key_of_a_style_refuses_what_it_does_not_take(tmp_path: Path) -> None:
    own = tmp_path / "own.yaml"
    for key in STYLE:
        own.write_text(f"styles: {{bodytext: {{{key}: {{a: b}}}}}}")
        assert f"styles: bodytext: {key} is {{a: b}}, which is not " in said(own)


def test_what_is_wrong_is_told_at_once_and_of_the_sheet_that_says_it(tmp_path: Path) -> None:
    (tmp_path / "one.yaml").write_text("linkColor: nope\ncasebound: {accent: 3, muted: 3}")
    (tmp_path / "two.yaml").write_text("linkColor: red\ncasebound: {muted: 4}")
    message = said(tmp_path / "one.yaml", str(tmp_path / "two.yaml"))
    assert message == f"The style one.yaml cannot be used: casebound: accent is 3, {COLOUR}."
    (tmp_path / "one.yaml").write_text("casebound: {accent: red, muted: 3, hairline: 3}")
    message = said(tmp_path / "one.yaml")
    assert message == (
        f"The style one.yaml cannot be used: casebound: muted is 3, {COLOUR}; casebound: hairline is 3, {COLOUR}."
    )


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("own.yaml", "linkColor: teal".encode("utf-16")),
        ("own.yml", b"\xef\xbb\xbflinkColor: teal"),
        ("own.json", b'{\n\t"linkColor": "teal"}'),
        ("own.style", b"# in the manner of old\n{linkColor: teal}"),
    ],
)
def test_style_sheets_in_other_forms(tmp_path: Path, name: str, data: bytes) -> None:
    (tmp_path / name).write_bytes(data)
    assert load((str(tmp_path / name),)).rules["linkColor"] == "#008080"


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("own.yaml", b"\x89PNG\r\n\x1a\n", "it is not UTF-8 text."),
        ("own.json", b'{"linkColor": }', "it is not valid JSON: Expecting value: line 1 column 15"),
        ("own.json", b'{"linkColor": "red", "linkColor": "blue"}', "it is not valid JSON: linkColor occurs twice."),
        ("own.style", b"{a: ", "it is not valid JSON: "),
        ("own.txt", b"linkColor: red", "its name does not end in .yaml, .yml, .json, .style."),
    ],
)
def test_files_that_are_no_style_sheets(tmp_path: Path, name: str, data: bytes, sentence: str) -> None:
    (tmp_path / name).write_bytes(data)
    assert said(tmp_path / name).startswith(f"The style {name} cannot be used: {sentence}")


@pytest.mark.parametrize("sheet", ["", "# nothing\n", "styles:\ncasebound:\n  paper:\n", "styles: {bodytext: }"])
def test_a_sheet_that_says_nothing_changes_nothing(tmp_path: Path, sheet: str) -> None:
    (tmp_path / "own.yaml").write_text(sheet)
    house = load((str(tmp_path / "own.yaml"),))
    assert (house.rules, house.choices, house.remarks) == (load().rules, load().choices, ())


def test_lengths_count_from_the_size_of_type(tmp_path: Path) -> None:
    (tmp_path / "own.yaml").write_text(
        "styles:\n"
        "  base: {fontSize: 10pt}\n"
        "  bodytext: {fontSize: 150%, leading: 1.2em, leftIndent: 1cm, spaceAfter: 1in, alignment: Right}\n"
        "  ragged: {fontSize: 2em, spaceBefore: 50%}\n"
        "casebound: {paper: {width: 148mm, height: 210mm, inner: 15mm, outer: 15mm}, head: {face: fontMono}}\n"
    )
    house, client = styled(tmp_path / "own.yaml")
    body, ragged = client.styles["bodytext"], client.styles["ragged"]
    assert (body.fontSize, body.leading, body.spaceAfter, body.alignment) == (15, 18, 72, TA_RIGHT)
    assert (ragged.fontSize, ragged.spaceBefore) == (30, 15)
    assert body.leftIndent == pytest.approx(28.3465)
    assert house.style.paper.width == pytest.approx(419.5276)
    assert house.style.head.face == "DejaVuSansMono"


def test_faces_lie_beside_the_sheet_that_names_them(tmp_path: Path) -> None:
    (tmp_path / "faces").mkdir()
    shutil.copy(face_files()["DejaVuSans"], tmp_path / "faces" / "Theirs.ttf")
    shutil.copy(face_files()["DejaVuSans"], tmp_path / "Ours.ttf")
    (tmp_path / "own.yaml").write_text(
        f"embeddedFonts: [[{', '.join(['faces/Theirs.ttf'] * 4)}]]\n"
        "fontsAlias: {mine: Theirs}\nstyles: {bodytext: {fontName: mine}, ragged: {fontName: Ours}}\n"
    )
    house, client = styled(tmp_path / "own.yaml")
    assert [client.styles[name].fontName for name in ("bodytext", "ragged", "line")] == [
        "Theirs",
        "Ours",
        "SourceSerifPro-Regular",
    ]
    assert house.remarks == ()


def test_the_styles_that_come_along_are_right() -> None:
    names = sorted(path.stem for path in folder().glob("*.yaml"))
    for name in names:
        assert load((name,)).remarks == ()
