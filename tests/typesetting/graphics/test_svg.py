"""Drawings (SVG) go into a PDF as a browser shows them, as vectors and text."""

from __future__ import annotations

import io
import logging
from pathlib import Path

import pytest
from docutils import nodes

from casebound.typesetting import Typesetter
from casebound.typesetting.graphics.images import BrokenImage
from casebound.typesetting.layout.canvas import RecordingCanvas
from tests.typesetting.graphics.shown import SVG, drawn, is_upright, near, picture, svg
from tests.typesetting.samples import of_nodes, printed

RECT = '<rect width="100" height="50" fill="#ff0000"/>'


@pytest.mark.parametrize(
    ("attributes", "size"),
    [
        ('width="100" height="50"', (75, 37.5)), ('width="100pt" height="50pt"', (100, 50)),
        ('width="40mm" height="20mm" viewBox="0 0 100 50"', (113.39, 56.69)), ('viewBox="0 0 100 50"', (75, 37.5)),
        ('width="100%" height="100%" viewBox="0 0 100 50"', (75, 37.5)), ("", (225, 112.5)),
        ('width="0" height="0" viewBox="0 0 100 50"', (75, 37.5)), ('width="-4" height="-5"', (225, 112.5)),
        ('width="abc" height="nan" viewBox="0 0 100 50"', (75, 37.5)),
        ('width="1e12" height="1e12" viewBox="0 0 100 50"', (75, 37.5)),
        ('width="100" height="50" viewBox="0 0 0 inf"', (75, 37.5)),
    ],
)  # fmt: skip
def test_a_drawing_has_a_believable_size(tmp_path: Path, attributes: str, size: tuple[float, float]) -> None:
    assert svg(tmp_path, f"<svg {SVG} {attributes}>{RECT}</svg>").natural == pytest.approx(size, abs=0.1)


DRAWN = {
    "style": "<style>.a{fill:#f00}</style>" + '<rect class="a" width="120" height="80"/>',
    "use": '<defs><rect id="r" width="120" height="80" fill="red"/></defs><use xlink:href="#r"/>',
    "nested": '<svg x="0" y="0" width="120" height="80" viewBox="0 0 1 1" preserveAspectRatio="none">'
    '<rect width="1" height="1" fill="red"/></svg>',
    "transform": '<g transform="translate(120 80) rotate(180)"><rect width="120" height="80" fill="red"/></g>',
    "variable": '<rect width="120" height="80" style="fill:var(--none, #f00)"/>',
    "set variable": '<style>:root{--c: #f00}</style><rect width="120" height="80" fill="var(--c)"/>',
    "colour of the text": '<g style="color:#f00"><rect width="120" height="80" style="fill:CurrentColor"/></g>',
    "gradient": '<defs><linearGradient id="g"><stop offset="0" stop-color="#f00"/><stop offset="1" stop-color="#f00"/>'
    '</linearGradient></defs><rect width="120" height="80" fill="url(#g)"/>',
    "clip": '<defs><clipPath id="c"><rect width="120" height="80"/></clipPath></defs>'
    '<rect width="500" height="500" fill="red" clip-path="url(#c)"/>',
    "marker": '<defs><marker id="m" markerWidth="9" markerHeight="9" refX="4" refY="4" orient="auto">'
    '<rect width="9" height="9" fill="red"/></marker></defs>'
    '<path d="m0 40 h60" stroke-width="10" stroke="none" marker-end="url(#m)"/>',
}


@pytest.mark.parametrize("name", DRAWN)
def test_a_drawing_shows_what_a_browser_shows(tmp_path: Path, name: str) -> None:
    made = svg(tmp_path, f'<svg {SVG} width="120" height="80">{DRAWN[name]}</svg>')
    image, pdf = drawn(made)
    assert near(image.getpixel((60, 40)), (255, 0, 0))
    assert b"/Subtype /Image" not in pdf


def test_opacity_is_kept(tmp_path: Path) -> None:
    rect = '<rect width="120" height="80" fill="red" opacity="50%"/>'
    image, _ = drawn(svg(tmp_path, f'<svg {SVG} width="120" height="80">{rect}</svg>'))
    assert near(image.getpixel((60, 40)), (255, 127, 127))


def test_nothing_of_a_drawing_stands_outside_its_box(tmp_path: Path) -> None:
    made = svg(
        tmp_path, f'<svg {SVG} width="20" height="20"><rect x="-500" width="1000" height="20" fill="red"/></svg>'
    )
    buffer = io.BytesIO()
    canvas = RecordingCanvas(buffer, pagesize=(200, 100), invariant=1, initialFontName="Helvetica")
    made.wrap(100, 100)
    made.drawOn(canvas, 50, 50)
    canvas.save()
    import pypdfium2

    document = pypdfium2.PdfDocument(buffer.getvalue())
    image = document[0].render(scale=1).to_pil().convert("RGB")
    document.close()
    assert near(image.getpixel((55, 45)), (255, 0, 0))
    assert near(image.getpixel((30, 45)), (255, 255, 255))
    assert near(image.getpixel((90, 45)), (255, 255, 255))


def test_the_labels_of_diagrams_are_kept_once(typesetter: Typesetter, tmp_path: Path) -> None:
    html = '<div xmlns="http://www.w3.org/1999/xhtml">{}</div>'
    body = (
        f'<foreignObject width="100" height="20">{html.format("Begin<br/>here")}</foreignObject>'
        f'<switch><foreignObject width="9" height="9">{html.format("twice")}</foreignObject>'
        '<text y="9">once</text></switch>'
    )
    path = tmp_path / "a.svg"
    path.write_text(f'<svg {SVG} width="120" height="80">{body}</svg>')
    made = printed(typesetter, of_nodes(nodes.image("", uri="a.svg", path=str(path), digest="1")))
    assert made.losses == []
    for word in ("Begin", "here", "once"):
        assert word in made.text
    assert "twice" not in made.text


def test_a_raster_in_a_drawing(tmp_path: Path) -> None:
    import base64

    buffer = io.BytesIO()
    picture().save(buffer, "PNG")
    data = base64.b64encode(buffer.getvalue()).decode()
    image = f'<image width="120" height="80" xlink:href="data:image/png;base64,{data}"/>'
    shown, _ = drawn(svg(tmp_path, f'<svg {SVG} width="120" height="80">{image}</svg>'))
    assert is_upright(shown)


def test_a_drawing_reads_nothing_but_itself(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    picture().save(tmp_path / "secret.png")
    outer = f'<image width="120" height="80" xlink:href="{(tmp_path / "secret.png").as_uri()}"/>'
    entity = f'<!DOCTYPE svg [<!ENTITY x SYSTEM "{(tmp_path / "a.txt").as_uri()}">]>'
    (tmp_path / "a.txt").write_text("SECRET")
    with caplog.at_level(logging.DEBUG):
        shown, pdf = drawn(svg(tmp_path, f'<svg {SVG} width="120" height="80">{outer}<image href="secret.png"/></svg>'))
        assert b"/Subtype /Image" not in pdf
        assert near(shown.getpixel((30, 20)), (255, 255, 255))
        try:
            drawn(svg(tmp_path, f"{entity}<svg {SVG} width='120' height='80'><title>&x;</title></svg>"))
        except BrokenImage as error:
            assert "SECRET" not in str(error)
    assert [record for record in caplog.records if record.levelno >= logging.WARNING] == []


def test_strokes_in_the_colour_of_the_text_are_drawn(tmp_path: Path) -> None:
    path = '<path d="m0 40 h120" style="fill:none;stroke:CurrentColor;stroke-width:20px"/>'
    image, _ = drawn(svg(tmp_path, f'<svg {SVG} width="120" height="80">{path}</svg>'))
    assert near(image.getpixel((60, 40)), (0, 0, 0))
