"""The author's style sheets in the EPUB: they fetch nothing, and have the pictures and faces that they name."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from PIL import Image

from casebound.press import press
from casebound.press.sheets import OwnSheets
from tests.press.books import Shop

CONF = """\
project = "Tiny Book"
html_static_path = ["_static"]
epub_css_files = ["https://example.org/a.css", "own.css", "//cdn.example.org/b.css"]
"""
OWN = """\
@charset "utf-8";
@namespace epub "http://www.idpf.org/2007/ops";
@namespace m url(http://www.w3.org/1998/Math/MathML);
@import url("https://example.org/fonts.css");
@import "base.css" print;
@font-face { font-family: X; src: url(https://example.org/x.woff2); }
@font-face { font-family: Y; src: local("Y"), url(y.eot?#iefix) format("embedded-opentype"), url(y.woff2); }
h1 { background: url(//example.org/x.png); color: red }
h2 { background: url("dot.png") no-repeat; color: green }
h3 { content: "https://not.fetched" }
@media print { h4 { background: image-set("http://example.org/y.png" 1x); } }
"""
LEFT_OUT = """\
conf.py names https://example.org/a.css, which is on the network
_static/own.css:4 names https://example.org/fonts.css, which is on the network
_static/own.css:6 names https://example.org/x.woff2, which is on the network
_static/own.css:7 names y.eot?#iefix, which is not a file in the folder of conf.py
_static/own.css:8 names //example.org/x.png, which is on the network
_static/own.css:11 names http://example.org/y.png, which is on the network
conf.py names //cdn.example.org/b.css, which is on the network
"""


def test_what_is_on_the_network_is_left_out_and_told(tmp_path: Path) -> None:
    shop = Shop.of(tmp_path, {"conf.py": CONF, "index.rst": "Tiny Book\n=========\n\nText.\n"})
    static = shop.places.source / "_static"
    static.mkdir()
    (static / "own.css").write_text(OWN)
    (static / "base.css").write_text("p { margin: 0 }\n")
    (static / "y.woff2").write_bytes(b"wOF2")
    Image.new("RGB", (1, 1)).save(static / "dot.png")
    result = shop.make(kinds=frozenset({"epub"}))
    assert "".join(f"{one.message.partition(';')[0]}\n" for one in result.problems) == LEFT_OUT
    assert {one.code for one in result.problems} == {"css-left-out"}
    assert result.exit_code == 0
    archive = zipfile.ZipFile(shop.epub)
    (sheet,) = (name for name in archive.namelist() if name.endswith(".css"))
    css = archive.read(sheet).decode()
    assert css.startswith('@namespace epub "http://www.idpf.org/2007/ops";\n@namespace m "http://www.w3.org/1998/Math')
    own = css[css.index("@media print {\np { margin") :]
    assert own.split("base64,")[0] == (
        "@media print {\np { margin: 0 }\n\n}\n"
        "@font-face { font-family: X; src: none; }\n"
        '@font-face { font-family: Y; src: local("Y"), url("data:font/woff2;'
    )
    assert "h1 { background: none; color: red }" in own
    assert 'h2 { background: url("data:image/png;base64,' in own
    assert own.endswith(
        'h3 { content: "https://not.fetched" }\n@media print { h4 { background: image-set(none 1x); } }\n'
    )
    assert press.prove(shop.places, report=shop.told).ok


def test_a_sheet_that_names_no_file_stays_as_it_is(tmp_path: Path) -> None:
    text = 'p{color:red}\n\n/* a note */ a::after { content: "\\201C" url(#here) }\n@media (min-width:3em){b{}}'
    (tmp_path / "own.css").write_text(text)
    sheets = OwnSheets(tmp_path)
    assert (sheets.text("own.css"), sheets.problems, sheets.namespaces) == (text, [], {})


@pytest.mark.parametrize(
    ("sheet", "why"),
    [
        ('@import "../out.css";', "../out.css, which is not a style sheet in the folder of conf.py"),
        ('@import "none.css";', "none.css, which is not a style sheet in the folder of conf.py"),
        ('@import "own.css" layer(a);', "own.css, which is imported into a layer or on a condition"),
        ("p { background: url(../out.png) }", "../out.png, which is not a file in the folder of conf.py"),
        ("p { background: url(own.css) }", "own.css, which is no picture (PNG, JPEG, GIF, WebP) and no face"),
        ("p { background: url(ftp://x/y.png) }", "ftp://x/y.png, which is on the network"),
    ],
)
def test_what_an_epub_goes_without(tmp_path: Path, sheet: str, why: str) -> None:
    (tmp_path / "source").mkdir()
    (tmp_path / "out.css").write_text("p { color: red }")
    (tmp_path / "out.png").write_bytes(b"")
    (tmp_path / "source" / "own.css").write_text(f"\n{sheet}")
    sheets = OwnSheets(tmp_path / "source")
    assert sheets.text("own.css").strip() in ("", "p { background: none }")
    (told,) = sheets.problems
    assert told.message.startswith(f"own.css:2 names {why}")


def test_sheets_that_import_each_other_end(tmp_path: Path) -> None:
    (tmp_path / "one.css").write_text('@import "two.css"; p { color: red }')
    (tmp_path / "two.css").write_text("@import url(one.css); b { color: red }")
    sheets = OwnSheets(tmp_path)
    assert sheets.text("one.css").split() == ["b", "{", "color:", "red", "}", "p", "{", "color:", "red", "}"]
    assert sheets.problems == []
