"""What drawings show, dot by dot: each construct as browsers show it (``inv drawings`` compares them all)."""

from __future__ import annotations

import io
import subprocess
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest
from docutils import nodes
from PIL import Image

from casebound.typesetting import Typesetter
from casebound.typesetting.graphics.images import Vector
from casebound.typesetting.layout.canvas import RecordingCanvas
from tests.typesetting.samples import of_nodes, opened, printed

SVG = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
RED, TEAL, GOLD, NAVY, WHITE, BLACK = (255, 0, 0), (0, 128, 128), (255, 215, 0), (0, 0, 128), (255,) * 3, (0,) * 3
PINK, HAZE = (255, 127, 127), (127, 127, 191)  # red and navy seen by half
Dots = dict[tuple[int, int], tuple[int, ...]]


def shown(folder: Path, content: str) -> tuple[Image.Image, str]:
    """A drawing of 120 by 80 as PDFium shows it at a dot a CSS pixel, and what is said of it."""
    path = folder / "a.svg"
    path.write_text(content if content.startswith("<svg") else f'<svg {SVG} width="120" height="80">{content}</svg>')
    made = opened(path)
    assert isinstance(made, Vector)
    buffer = io.BytesIO()
    canvas = RecordingCanvas(buffer, pagesize=made.natural, invariant=1, initialFontName="Helvetica")
    made.wrap(*made.natural)
    made.drawOn(canvas, 0, 0)
    canvas.save()
    document = pypdfium2.PdfDocument(buffer.getvalue())
    try:
        return document[0].render(scale=4 / 3).to_pil().convert("RGB"), made.simplified
    finally:
        document.close()


FILLED = '<rect width="120" height="80" {}/>'
TWO = "<stop stop-color='gold'/><stop offset='1' stop-color='navy'/>"
HEAD = '<marker id="m" viewBox="0 0 10 10" refX="5" refY="5" markerWidth="5" markerHeight="5" {}>{}</marker>'
DISC = '<circle cx="5" cy="5" r="5"/>'
CASES: dict[str, tuple[str, Dots]] = {
    # colours
    "light-dark()": (FILLED.format('style="fill:light-dark(gold, navy)"'), {(60, 40): GOLD}),
    "light-dark() with var()": (FILLED.format('style="fill:light-dark(gold, var(--x, navy))"'), {(60, 40): GOLD}),
    "light-dark() as an attribute": (FILLED.format('fill="light-dark(#000000, #ffffff)"'), {(60, 40): BLACK}),
    "a variable of the drawing": ("<style>g{--c:gold}</style><g>" + FILLED.format('style="fill:var(--c)"') + "</g>",
                                  {(60, 40): GOLD}),
    "color-mix()": (FILLED.format('fill="color-mix(in srgb, red, blue)"'), {(60, 40): (128, 0, 128)}),
    "oklch()": (FILLED.format('fill="oklch(70% .1 200)"'), {(60, 40): (64, 177, 183)}),
    "lab()": (FILLED.format('fill="lab(50% 40 59)"'), {(60, 40): (191, 87, 2)}),
    "hwb()": (FILLED.format('fill="hwb(120 0% 0%)"'), {(60, 40): (0, 255, 0)}),
    "rebeccapurple": (FILLED.format('fill="rebeccapurple"'), {(60, 40): (102, 51, 153)}),
    "a server that is not there": (FILLED.format('fill="url(#none) gold"'), {(60, 40): GOLD}),
    "the ground of a drawing": (f'<svg {SVG} width="120" height="80" style="background:light-dark(gold, navy)"></svg>',
                                {(60, 40): GOLD}),
    # opacities
    "per cent": (FILLED.format('fill="red" fill-opacity="50%"'), {(60, 40): (255, 127, 127)}),
    "a group": ('<g opacity=".5"><rect width="80" height="80" fill="red"/><rect x="40" width="80" height="80" '
                'fill="navy"/></g>', {(20, 40): PINK, (60, 40): HAZE, (100, 40): HAZE}),
    "a shape with its stroke": ('<rect x="20" y="20" width="80" height="40" fill="red" stroke="navy" '
                                'stroke-width="20" opacity=".5"/>', {(25, 40): HAZE, (60, 40): PINK}),
    "a blending": ('<rect width="80" height="80" fill="gold"/><rect x="40" width="80" height="80" fill="teal" '
                   'style="mix-blend-mode:multiply"/>', {(60, 40): (0, 108, 0), (100, 40): TEAL}),
    # gradients
    "on a stroke": (f'<linearGradient id="g">{TWO}</linearGradient><rect x="10" y="10" width="100" height="60" '
                    'fill="none" stroke="url(#g)" stroke-width="20"/>',
                    {(8, 40): GOLD, (112, 40): NAVY, (60, 40): WHITE}),
    "to transparent": ('<linearGradient id="g"><stop stop-color="red"/><stop offset="1" stop-color="red" '
                       'stop-opacity="0"/></linearGradient>' + FILLED.format('fill="url(#g)"'),
                       {(2, 40): RED, (60, 40): (255, 127, 127), (118, 40): WHITE}),
    "stops of another gradient": (f'<linearGradient id="h">{TWO}</linearGradient><linearGradient id="g" '
                                  'xlink:href="#h" x2="0" y2="1"/>' + FILLED.format('fill="url(#g)"'),
                                  {(60, 2): GOLD, (60, 78): NAVY}),
    "a gradientTransform": (f'<linearGradient id="g" gradientTransform="rotate(90)">{TWO}</linearGradient>'
                            + FILLED.format('fill="url(#g)"'), {(60, 2): GOLD, (60, 78): NAVY}),
    "repeated": (f'<linearGradient id="g" x2=".5" spreadMethod="repeat">{TWO}</linearGradient>'
                 + FILLED.format('fill="url(#g)"'),
                 {(3, 40): (241, 204, 6), (56, 40): (17, 14, 120), (63, 40): (241, 204, 6)}),
    "radial with a focus": (f'<radialGradient id="g" fx=".2" r=".8">{TWO}</radialGradient>'
                            + FILLED.format('fill="url(#g)"'), {(24, 40): GOLD, (119, 79): (30, 25, 113)}),
    "one stop": ('<linearGradient id="g"><stop stop-color="gold"/></linearGradient>' + FILLED.format('fill="url(#g)"'),
                 {(60, 40): GOLD}),
    # patterns, clips, masks
    "a pattern": ('<pattern id="p" width="40" height="40" patternUnits="userSpaceOnUse"><rect width="20" height="40" '
                  'fill="teal"/></pattern>' + FILLED.format('fill="url(#p)"'),
                  {(10, 40): TEAL, (30, 40): WHITE, (50, 40): TEAL}),
    "a clip of two shapes": ('<clipPath id="c"><rect width="60" height="80"/><rect x="40" width="40" height="80"/>'
                             '</clipPath>' + FILLED.format('fill="teal" clip-path="url(#c)"'),
                             {(20, 40): TEAL, (50, 40): TEAL, (70, 40): TEAL, (100, 40): WHITE}),
    "a clip in a box": ('<clipPath id="c" clipPathUnits="objectBoundingBox"><rect width=".5" height="1"/></clipPath>'
                        + FILLED.format('fill="teal" clip-path="url(#c)"'), {(30, 40): TEAL, (90, 40): WHITE}),
    "a clip by CSS": (FILLED.format('fill="teal" style="clip-path:polygon(0 0, 50% 0, 50% 100%, 0 100%)"'),
                      {(30, 40): TEAL, (90, 40): WHITE}),
    "a mask": ('<mask id="m"><rect width="60" height="80" fill="white"/></mask>'
               + FILLED.format('fill="teal" mask="url(#m)"'), {(30, 40): TEAL, (90, 40): WHITE}),
    "a mask of grey": ('<mask id="m"><rect width="120" height="80" fill="white" opacity=".5"/></mask>'
                       + FILLED.format('fill="red" mask="url(#m)"'), {(60, 40): (255, 127, 127)}),
    # markers
    "in the colour of the line": (HEAD.format("", '<circle cx="5" cy="5" r="5" style="fill:context-stroke"/>')
                                  + '<path d="M0 40H60" stroke="teal" stroke-width="8" marker-end="url(#m)"/>',
                                  {(60, 25): TEAL, (75, 40): TEAL}),
    "by a class": (f"<style>.e{{marker-end:url(#m)}}</style>{HEAD.format('', DISC)}"
                   '<path class="e" d="M0 40H60" stroke="teal" stroke-width="8"/>', {(60, 25): BLACK}),
    "the shorthand": (f"{HEAD.format('', DISC)}<polyline points='20,40 60,40 100,40' stroke='teal' stroke-width='4' "
                      'style="marker:url(#m)"/>', {(20, 33): BLACK, (60, 33): BLACK, (100, 33): BLACK}),
    "inherited": (f"{HEAD.format('', DISC)}<g marker-mid='url(#m)'><polyline points='20,40 60,40 100,40' stroke='teal' "
                  'stroke-width="4"/></g>', {(20, 33): WHITE, (60, 33): BLACK}),
    "turned at the start": (HEAD.format('orient="auto-start-reverse" refX="0"', '<rect width="10" height="10"/>')
                            .replace('refX="5" ', '') + '<path d="M60 40H90" stroke="teal" stroke-width="4" '
                            'marker-start="url(#m)"/>', {(50, 40): BLACK, (65, 33): WHITE}),
    # structure and transforms
    "a transform by style": ('<rect width="20" height="20" fill="teal" style="transform:translate(60px, 40px)"/>',
                             {(10, 10): WHITE, (70, 50): TEAL}),
    "a transform about a point": ('<rect x="50" y="0" width="20" height="80" fill="teal" style="transform:'
                                  'rotate(90deg);transform-origin:60px 40px"/>', {(60, 5): WHITE, (95, 40): TEAL}),
    "a symbol": ('<symbol id="s" viewBox="0 0 10 10"><rect width="10" height="10" fill="teal"/></symbol>'
                 '<use href="#s" x="40" y="20" width="40" height="40"/>', {(60, 40): TEAL, (30, 40): WHITE}),
    "a switch": ('<switch><rect systemLanguage="xx" width="120" height="80" fill="red"/>'
                 + FILLED.format('fill="teal"') + "</switch>", {(60, 40): TEAL}),
    "a drawing within": ('<image width="120" height="80" href="data:image/svg+xml,%3Csvg xmlns=%22http://www.w3.org/'
                         '2000/svg%22 viewBox=%220 0 3 2%22%3E%3Crect width=%223%22 height=%222%22 fill=%22teal%22/%3E'
                         '%3C/svg%3E"/>', {(60, 40): TEAL}),
    "a width that is calculated": ('<rect height="80" fill="teal" style="width:calc(50% + 10px)"/>',
                                   {(65, 40): TEAL, (75, 40): WHITE}),
    "an upright scale of strokes": ('<path transform="scale(4 1)" d="M15 0V80" stroke="teal" stroke-width="4" '
                                    'vector-effect="non-scaling-stroke"/>', {(60, 40): TEAL, (64, 40): WHITE}),
    "dashes": ('<path d="M0 40H120" stroke="teal" stroke-width="20" stroke-dasharray="40 20" stroke-dashoffset="20"/>',
               {(10, 40): TEAL, (30, 40): WHITE, (60, 40): TEAL}),
    "an arc": ('<path d="M20 40a40 40 0 0180 0z" fill="teal"/>', {(60, 10): TEAL, (60, 60): WHITE}),
    # style
    "importance": ("<style>.a{fill:gold!important}</style>" + FILLED.format('class="a" style="fill:red"'),
                   {(60, 40): GOLD}),
    "an attribute below a rule": ("<style>rect{fill:gold}</style>" + FILLED.format('fill="red"'), {(60, 40): GOLD}),
    "a style that means nothing": (FILLED.format('fill="gold" style="fill:nothing(1)"'), {(60, 40): GOLD}),
    "media": ("<style>@media (min-width:9999px){rect{fill:red}}@media print{rect{fill:gold}}</style>"
              + FILLED.format(""), {(60, 40): GOLD}),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_a_drawing_shows_what_browsers_show(typesetter: Typesetter, tmp_path: Path, name: str) -> None:
    content, dots = CASES[name]
    image, said = shown(tmp_path, content)
    found = {at: image.getpixel(at) for at in dots}
    off = {at: found[at] for at in dots if max(abs(a - b) for a, b in zip(found[at], dots[at], strict=True)) > 9}  # type: ignore[arg-type]
    assert off == {}
    assert said == ("the colour “nothing(1)” is not known" if "means nothing" in name else "")


def dark(image: Image.Image, box: tuple[int, int, int, int]) -> int:
    """How many dots of a part are not white."""
    return sum(image.crop(box).convert("L").histogram()[:200])


WIDENED = "letters that are spread over a length are widened"


def page(typesetter: Typesetter, folder: Path, content: str) -> tuple[Image.Image, str]:
    """A chapter with a drawing, as PDFium shows it, and its text; nothing is said but that letters are widened."""
    path = folder / "a.svg"
    path.write_text(f'<svg {SVG} width="240" height="80">{content}</svg>', encoding="utf-8")
    made = printed(typesetter, of_nodes(nodes.image("", uri="a.svg", path=str(path), digest="1")))
    assert {loss.values.get("detail") for loss in made.fragment.losses} == (
        {WIDENED} if 'h="220"' in content else set()
    )
    document = pypdfium2.PdfDocument(made.pdf)
    try:
        return document[0].render(scale=2).to_pil().convert("RGB"), made.text.removeprefix("Chapter ")
    finally:
        document.close()


TEXTS = {
    "outlined": ('<text x="5" y="60" font-size="60" fill="none" stroke="navy">Out</text>', "Out", NAVY),
    "in a gradient": ('<linearGradient id="g"><stop stop-color="navy"/><stop offset="1" stop-color="navy"/>'
                      '</linearGradient><text x="5" y="60" font-size="60" fill="url(#g)">Out</text>', "Out", NAVY),
    "spread": ('<text x="5" y="60" font-size="40" fill="navy" textLength="220">Out of it</text>', "Out of it", NAVY),
    "placed letter by letter": ('<text x="5 60 120" y="60" font-size="40" fill="navy">Out</text>', "Out", NAVY),
    "haloed": ('<text x="5" y="60" font-size="40" fill="navy" stroke="gold" stroke-width="9" paint-order="stroke">'
               "Out</text>", "Out", GOLD),
    "in capitals": ('<text x="5" y="60" font-size="40" fill="navy" style="text-transform:uppercase">out</text>', "OUT",
                    NAVY),
}  # fmt: skip


@pytest.mark.parametrize("name", TEXTS)
def test_text_in_a_drawing_is_drawn_and_found(typesetter: Typesetter, tmp_path: Path, name: str) -> None:
    content, text, colour = TEXTS[name]
    image, found = page(typesetter, tmp_path, content)
    assert found.replace(" ", "") == text.replace(" ", "")
    near = [
        pixel
        for _, pixel in image.getcolors(1 << 24) or []
        if max(abs(a - b) for a, b in zip(pixel, colour, strict=True)) < 40  # type: ignore[arg-type]
    ]
    assert near


@pytest.mark.parametrize("length", [105, 120, 135])
def test_letters_that_are_set_apart_are_read_as_words(
    typesetter: Typesetter, tmp_path: Path, program: Callable[[str], str], length: int
) -> None:
    text = "call, or cast \u2713 \u00e9t\u00e9"
    path = tmp_path / "a.svg"
    content = (
        f'<svg {SVG} width="240" height="80"><text y="40" font-size="12" textLength="{length}">{text}</text></svg>'
    )
    path.write_text(content, encoding="utf-8")
    made = printed(typesetter, of_nodes(nodes.image("", uri="a.svg", path=str(path), digest="1")))
    (tmp_path / "a.pdf").write_bytes(made.pdf)
    command = [program("pdftotext"), "-enc", "UTF-8", str(tmp_path / "a.pdf"), "-"]
    read = subprocess.run(command, capture_output=True, check=True).stdout.decode()
    for found in (made.text, read):
        assert unicodedata.normalize("NFC", found).split()[1:] == unicodedata.normalize("NFC", text).split()
    assert made.off_page() == []


@pytest.mark.parametrize("name", ["textLength", "letter-spacing"])
def test_letters_that_are_set_apart_keep_their_marks(typesetter: Typesetter, tmp_path: Path, name: str) -> None:
    text = "\u1eb9\u0301t \u0254\u0303t"
    spread = {"textLength": 'textLength="200"', "letter-spacing": 'style="letter-spacing:9px"'}[name]
    images = [page(typesetter, tmp_path, f'<text y="60" font-size="40" {how}>{text}</text>')[0] for how in ("", spread)]
    ink = [dark(image, (0, 200, image.width, image.height)) for image in images]
    assert ink[1] == pytest.approx(ink[0], rel=0.03)


def test_text_that_is_as_long_as_its_author_says(typesetter: Typesetter, tmp_path: Path) -> None:
    ends = []
    for length in (60, 200):
        image, _ = page(typesetter, tmp_path, f'<text y="60" font-size="30" textLength="{length}">Wide</text>')
        area = image.crop((0, 240, image.width, image.height)).convert("L").point(lambda dot: 255 * (dot < 128))
        left, _, right, _ = area.getbbox() or (0, 0, 0, 0)
        ends.append(right - left)
    assert ends[1] - ends[0] == pytest.approx(140 * 1.5, abs=12)


def test_the_labels_of_diagrams_have_their_look(tmp_path: Path, typesetter: Typesetter) -> None:
    label = '<div xmlns="http://www.w3.org/1999/xhtml"><span class="{}">MMMM</span></div>'
    style = "<style>.a{color:gold;font-size:40px;font-weight:bold}</style>"
    content = f'{style}<foreignObject y="10" width="200" height="60">{label.format("a")}</foreignObject>'
    image, text = page(typesetter, tmp_path, content)
    assert text == "MMMM"
    colours = {pixel for count, pixel in image.getcolors(1 << 24) or [] if count > 50}
    assert GOLD in colours


def test_the_same_drawing_twice_gives_the_same_bytes(tmp_path: Path, typesetter: Typesetter) -> None:
    path = tmp_path / "a.svg"
    path.write_text(f'<svg {SVG} width="120" height="80">{CASES["a mask"][0]}{CASES["to transparent"][0]}</svg>')
    tree = of_nodes(*(nodes.image("", uri="a.svg", path=str(path), digest="1") for _ in range(2)))
    one, other = (printed(typesetter, tree.deepcopy()) for _ in range(2))
    assert one.pdf == other.pdf
