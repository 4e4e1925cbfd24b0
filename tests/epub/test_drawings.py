"""Drawings (SVG) in the EPUB: what a hostile one may keep, and what of a style sheet is understood."""

from __future__ import annotations

import gzip
from contextlib import suppress

import pytest
from lxml import etree

from casebound.epub.pictures.svg import clean_svg
from casebound.svg import BrokenSvg
from tests.epub.pictures import SVG

HOSTILE = f"""<?xml version="1.0"?>
<?xml-stylesheet href="https://example.org/x.css"?>
<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://example.org/svg11.dtd"
[<!ENTITY x SYSTEM "file:///etc/passwd"><!ENTITY y "words">]>
<svg {SVG} xmlns:i="http://www.inkscape.org/" viewBox="0 0 10 10" onload="alert(1)" i:label="x" width="2in" height="96"
xml:base="https://e.org/" xml:space="preserve">
<script>alert(1)</script><style>@import url(https://example.org/y.css);
.a {{ fill: url('#g:1'); background: url(http://e.org/) }}</style>
<defs><linearGradient id="g:1"/><linearGradient id="g 1"/></defs>
<rect class="a" fill="url(#g:1)" style="stroke:url(https://example.org/z)" onclick="x()"/>
<use xlink:href="#g:1"/><use href="https://example.org/a.svg#b"/><image xlink:href="file:///etc/passwd"/>
<image href="data:image/png;base64,AAAA"/><image href="data:text/html,x"/>
<a xlink:href="javascript:alert(1)"><text>&y;</text></a>
<set attributeName="xlink:href" to="javascript:alert(1)"/>
<foreignObject x="1"><p xmlns="http://www.w3.org/1999/xhtml">kept words</p></foreignObject>
<!-- c --></svg>"""


def test_a_hostile_drawing_keeps_its_shapes_and_words_only() -> None:
    drawing = clean_svg(HOSTILE.encode())
    written = drawing.data.decode()
    for unwanted in (
        "script",
        "onload",
        "onclick",
        "example.org",
        "e.org",
        "passwd",
        "DOCTYPE",
        "stylesheet",
        "inkscape",
    ):
        assert unwanted not in written
    for unwanted in ("javascript", "foreignObject", "text/html", "<!--", "g:1"):
        assert unwanted not in written
    for wanted in (
        'viewBox="0 0 10 10"',
        'xml:space="preserve"',
        'id="g-1"',
        'id="g-1-2"',
        "url(#g-1)",
        "words",
        "kept words",
        "data:image/png",
    ):
        assert wanted in written
    assert (drawing.width, drawing.height) == (192, 96)
    etree.fromstring(drawing.data)


CALLS = {
    "capitals": "<style>svg{background-image:URL('http://tracker.example/a.png')}</style>",
    "a set of images": "<style>svg{background-image:image-set('http://tracker.example/a.png' 1x)}</style>",
    "a set of images by its old name": "<style>svg{background:-webkit-image-set('//tracker.example/a.png' 1x)}</style>",
    "an image by its newest name": "<style>svg{background:src('http://tracker.example/a.png')}</style>",
    "a nested import": "<style>@im@import x;port 'http://tracker.example/a.css';</style>",
    "an import at the end": "<style><g/>@import 'http://tracker.example/a.css';</style>",
    "an import after a comment": "<style>/**/@IMPORT/**/url(http://tracker.example/a.css)</style>",
    "an import by escapes": "<style>@\\69mport 'http://tracker.example/a.css';</style>",
    "an unclosed address": '<g style="background:url(http://tracker.example/a.png"/>',
    "an unclosed address with quotes": "<style>svg{background:url('http://tracker.example/a.png</style>",
    "an unclosed sheet": "<style>svg{background:url(http://tracker.example/a.png</style>",
    "escapes": '<g fill="u\\72l(h\\74tp://tracker.example/a.svg#a)"/>',
    "a nested rule": "<style>@media all{g{&amp; b{fill:url(http://tracker.example/a.svg#a)}}}</style>",
    "an unknown rule": "<style>@unknown{g{fill:url(http://tracker.example/a.svg#a)}}</style>",
    "a face": "<style>@font-face{font-family:a;src:url(http://tracker.example/a.woff)}</style>",
    "a variable": "<style>svg{--a:url(http://tracker.example/a.png);background:var(--a)}</style>",
    "a cursor": '<g cursor="url(http://tracker.example/a.cur), auto"/>',
    "an animation": '<rect><set attributeName="fill" to="url(http://tracker.example/a.svg#a)"/></rect>',
    "a filter's image": '<filter id="f"><feImage href="http://tracker.example/a.png"/></filter>',
    "another language": '<style type="text/x-sheet">@import "http://tracker.example/a.css";</style>',
}


@pytest.mark.parametrize("name", CALLS)
def test_a_drawing_calls_nobody(name: str) -> None:
    drawing = clean_svg(f'<svg {SVG}>{CALLS[name]}<rect id="r"/></svg>'.encode())
    assert b"tracker" not in drawing.data
    assert b'id="r"' in drawing.data


def test_the_style_of_a_drawing_is_kept_where_it_is_understood() -> None:
    style = """a{fill:red!important;stroke:url( '#g' )} @media print{b>c{fill:rgb(1,2,3)}}
    d{--x:"A, b";font:1em var(--x)}
    g[id="q"]::before,e:hover{transform:rotate(45deg)} @media (prefers-color-scheme: dark){f{fill:white}}
    h{fill:light-dark(#111, white);color-scheme:dark}"""
    written = clean_svg(f'<svg {SVG}><g id="g"/><style>{style.replace(">", "&gt;")}</style></svg>'.encode()).data
    text = next(etree.fromstring(written).iter("{*}style")).text
    assert text == (
        "a{fill: red !important; stroke: url(#g)}\n@media print{b>c{fill: rgb(1,2,3)}}\n"
        'd{--x: "A, b"; font: 1em var(--x)}\ng[id="q"]::before,e:hover{transform: rotate(45deg)}\nh{fill: #111}'
    )


def test_a_style_of_endless_brackets_is_refused() -> None:
    with pytest.raises(BrokenSvg):
        clean_svg(f'<svg {SVG}><g style="fill:{"(" * 100_000}"/></svg>'.encode())


def test_a_drawing_that_forgot_its_name_space_and_one_that_is_packed() -> None:
    assert b'xmlns="http://www.w3.org/2000/svg"' in clean_svg(b"<svg><rect/></svg>").data
    assert clean_svg(gzip.compress(b"<svg><rect/></svg>")).data == clean_svg(b"<svg><rect/></svg>").data


def test_what_an_editor_left_without_saying_whose_it_is_goes() -> None:
    left = f'<svg {SVG}><i:view/><rect i:label="x" fill="red"/></svg>'
    assert clean_svg(left.encode()).data == clean_svg(f'<svg {SVG}><rect fill="red"/></svg>'.encode()).data


def test_a_drawing_that_grows_without_end_is_refused_or_harmless() -> None:
    bomb = '<!DOCTYPE svg [<!ENTITY a "aaaaaaaaaa">' + "".join(
        f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9)
    )
    with suppress(BrokenSvg):
        assert len(clean_svg(f"{bomb}]><svg {SVG}><text>&j;</text></svg>".encode()).data) < 10_000


def test_a_drawing_stands_on_a_sheet_of_white_of_its_own_size() -> None:
    def sheet(attributes: str) -> dict[str, str]:
        root = etree.fromstring(clean_svg(f'<svg {SVG} {attributes}><path d="M0 0"/></svg>'.encode()).data)
        return {str(name): str(value) for name, value in root[0].attrib.items() if name != "style"}

    assert sheet('viewBox="-5,-2.5 100 1e2"') == {"x": "-5", "y": "-2.5", "width": "100", "height": "1e2"}
    assert sheet("") == {"x": "0", "y": "0", "width": "100%", "height": "100%"}
