"""Hostile and broken drawings: pages or a named loss, in bounded time and memory."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.typesetting.under_limits import Press, shown

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="limits are set through /proc and fork")
SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" {size}>{content}</svg>'
SIZE = 'width="100" height="50" viewBox="0 0 100 50"'
RECT = '<rect width="90" height="40" fill="navy"/>'


def drawing(folder: Path, content: str, size: str = SIZE, head: str = "") -> Path:
    path = folder / "drawing.svg"
    path.write_text(head + SVG.format(size=size, content=content), encoding="utf-8")
    return path


def test_a_harmless_drawing(press: Press, tmp_path: Path) -> None:
    book, lost_ones = shown(press, drawing(tmp_path, RECT + '<text x="5" y="20">Drawn</text>'))
    assert lost_ones == []
    assert "Drawn" in book.text


def test_an_external_entity_is_not_read(press: Press, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("hidden treasure")
    head = f'<!DOCTYPE svg [<!ENTITY x SYSTEM "{secret.as_uri()}">]>'
    book, _ = shown(press, drawing(tmp_path, RECT + '<text x="5" y="20">Drawn &x;</text>', head=head))
    assert "treasure" not in book.text


def test_entities_that_multiply(press: Press, tmp_path: Path) -> None:
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    head = f'<!DOCTYPE svg [<!ENTITY e0 "laughter">{entities}]>'
    book, _ = shown(press, drawing(tmp_path, RECT + '<text x="5" y="20">&e11;</text>', head=head))
    assert book.text.count("laughter") < 1000


def test_a_script_does_not_print(press: Press, tmp_path: Path) -> None:
    book, lost_ones = shown(press, drawing(tmp_path, "<script>alert('x')</script>" + RECT))
    assert lost_ones == []
    assert "alert" not in book.text


@pytest.mark.parametrize("where", ["/etc/passwd", "file:///etc/passwd", "http://192.0.2.1/x.png", "../secret.png"])
def test_a_drawing_opens_no_other_file(press: Press, tmp_path: Path, where: str) -> None:
    inner = f'<image xlink:href="{where}" width="20" height="20"/><use xlink:href="{where}"/>'
    _, lost_ones = shown(press, drawing(tmp_path, inner + RECT))
    assert lost_ones == []


CURVE, DOTS = '<path id="p" d="M10 45 Q50 -40 90 45"/>', '<rect width="2" height="4" fill="red"/>'
WORDS = '<text x="5" y="20">Upon it</text>'
SIMPLIFIED = {
    "filters are left out": f'<filter id="f"/><g style="filter:url(#f)">{WORDS}</g>',
    "masks of images are left out": f'<g style="mask-image:linear-gradient(red, blue)">{WORDS}</g>',
    "the colour “future(red)” is not known": f'<g fill="future(red)">{WORDS}</g>',
    "the transform “rotateX(9deg)” is left out": f'<g style="transform:rotateX(9deg)">{WORDS}</g>',
    "the clip “inset(1px round 2px)” is left out": f'<g style="clip-path:inset(1px round 2px)">{WORDS}</g>',
    "animations are shown as still pictures": (
        f'{WORDS}<rect width="9" height="9"><set attributeName="width" to="90"/></rect>'
    ),
    "small capitals are set as ordinary letters": WORDS.replace("<text", '<text font-variant="small-caps"'),
    "the selector “svg|rect” is not understood": f"<style>svg|rect{{fill:red}}</style>{WORDS}",
    "an image that cannot be read is left out": f'<image href="data:image/png;base64,AAAA" width="9"/>{WORDS}',
    "labels in HTML are set as plain text": '<foreignObject width="90" height="20"><ul '
    'xmlns="http://www.w3.org/1999/xhtml"><li>Upon it</li></ul></foreignObject>',
}


@pytest.mark.parametrize("said", SIMPLIFIED)
def test_what_is_drawn_otherwise_is_said(press: Press, tmp_path: Path, said: str) -> None:
    book, lost_ones = shown(press, drawing(tmp_path, SIMPLIFIED[said]))
    assert lost_ones == [f"drawing-simplified: {said}"]
    assert "Upon it" in book.text


DRAWN = {
    "text on a path": f'{CURVE}<text font-size="9"><textPath xlink:href="#p">Upon it</textPath></text>',
    "a pattern": f'<pattern id="d" width="4" height="4" patternUnits="userSpaceOnUse">{DOTS}</pattern>'
    f'<rect width="90" height="40" fill="url(#d)"/>{WORDS}',
    "a mask": f'<mask id="m">{DOTS}</mask><g mask="url(#m)">{WORDS}</g>',
    "an opacity": f'<g opacity=".5">{WORDS}<rect width="9" height="9"/></g>',
    "a clip of text": f'<clipPath id="c">{WORDS}</clipPath><rect width="90" height="40" clip-path="url(#c)"/>{WORDS}',
}


@pytest.mark.parametrize("name", DRAWN)
def test_what_is_drawn_in_parts_is_still_text(press: Press, tmp_path: Path, name: str) -> None:
    book, lost_ones = shown(press, drawing(tmp_path, DRAWN[name]))
    assert lost_ones == []
    assert "Upon it" in book.text


CHAINS = {
    "patterns": '<pattern id="a" width="9" height="9"><rect fill="url(#b)" width="9" height="9"/></pattern>'
    '<pattern id="b" width="9" height="9"><rect fill="url(#a)" width="9" height="9"/></pattern>'
    '<rect fill="url(#a)" width="90" height="40"/>',
    "masks": '<mask id="a"><g mask="url(#a)"><rect width="9" height="9"/></g></mask><g mask="url(#a)"><rect '
    'width="90" height="40"/></g>',
    "clips": '<clipPath id="a" clip-path="url(#a)"><rect width="9" height="9" clip-path="url(#a)"/></clipPath>'
    '<rect width="90" height="40" clip-path="url(#a)"/>',
    "markers": '<marker id="a"><path d="M0 0H9V9" marker-mid="url(#a)"/></marker><path d="M0 0H9V9" '
    'stroke="red" marker-mid="url(#a)"/>',
    "gradients": '<linearGradient id="a" href="#b"/><linearGradient id="b" href="#a"/><rect fill="url(#a)" '
    'width="90" height="40"/>',
    "variables": "<style>g{--a:var(--b);--b:var(--a) var(--a);fill:var(--a)}</style>"
    '<g><rect width="9" height="9"/></g>',
}


@pytest.mark.parametrize("name", CHAINS)
def test_parts_of_a_drawing_that_name_themselves(press: Press, tmp_path: Path, name: str) -> None:
    _, lost_ones = shown(press, drawing(tmp_path, CHAINS[name]))
    assert lost_ones == []


@pytest.mark.slow
def test_variables_that_multiply(press: Press, tmp_path: Path) -> None:
    rules = "".join(f"--v{n + 1}:var(--v{n}) var(--v{n});" for n in range(40))
    _, lost_ones = shown(press, drawing(tmp_path, f"<g style='--v0:red;{rules}fill:var(--v40)'>{WORDS}</g>"))
    assert [one for one in lost_ones if not one.startswith(("image-broken", "drawing-simplified"))] == []


@pytest.mark.parametrize("place", ['x="80" y="30"', 'x="-20" y="30"', 'x="60" y="10" transform="rotate(30)"'])
def test_words_that_would_stand_out_of_a_drawing_are_brought_within(press: Press, tmp_path: Path, place: str) -> None:
    book, _ = shown(press, drawing(tmp_path, f"<text {place}>Far-reaching</text>" + RECT))
    assert "Far-reaching" in book.text.replace("\ufffe", "-").replace("\x02", "-")


def test_words_that_nobody_would_see_are_left_out(press: Press, tmp_path: Path) -> None:
    unseen = (
        '<text x="-900" y="20">left</text><text x="5" y="900">below</text><text x="5" y="9" font-size="0">none</text>'
    )
    book, _ = shown(press, drawing(tmp_path, unseen + '<text x="5" y="20">Drawn</text>'))
    assert book.text == "Chapter Before. Drawn After."


def test_dashes_too_fine_for_any_eye(press: Press, tmp_path: Path) -> None:
    book, _ = shown(press, drawing(tmp_path, '<path d="M0 0L90 40" stroke="red" stroke-dasharray="1e-5 1e-5"/>'))
    assert b" d\n" not in book.pdf


SIZES = [
    'width="9999999999" height="9999999999"',
    'width="1e308" height="1e308"',
    'width="100%" height="100%" viewBox="0 0 1000000000 1000000000"',
    'width="-5" height="-5"',
    'width="0" height="0" viewBox="0 0 0 0"',
    'width="abc" height="def"',
    'width="nan" height="inf"',
    'viewBox="1 2"',
    "",
]


@pytest.mark.parametrize("size", SIZES)
def test_a_drawing_that_lies_about_its_size(press: Press, tmp_path: Path, size: str) -> None:
    book, lost_ones = shown(press, drawing(tmp_path, RECT, size))
    assert [one for one in lost_ones if not one.startswith("image-broken")] == []
    assert book.fragment.pages <= 2


def fanned(levels: int) -> str:
    """Groups of which each uses the one before it ten times."""
    groups = [f'<g id="u0">{RECT}</g>']
    for level in range(1, levels):
        uses = f'<use xlink:href="#u{level - 1}"/>' * 10
        groups.append(f'<g id="u{level}">{uses}</g>')
    return "".join(groups) + f'<use xlink:href="#u{levels - 1}"/>'


USES = {
    "itself": '<g id="a"><use xlink:href="#a"/></g>',
    "each other": '<g id="a"><use xlink:href="#b"/></g><g id="b"><use xlink:href="#a"/></g><use xlink:href="#a"/>',
}


@pytest.mark.parametrize("kind", USES)
def test_a_drawing_that_uses_itself(press: Press, tmp_path: Path, kind: str) -> None:
    _, lost_ones = shown(press, drawing(tmp_path, USES[kind]))
    assert [one for one in lost_ones if not one.startswith("image-broken")] == []


@pytest.mark.slow
def test_a_drawing_that_multiplies(press: Press, tmp_path: Path) -> None:
    _, lost_ones = shown(press, drawing(tmp_path, fanned(9)))
    assert [one for one in lost_ones if not one.startswith("image-broken")] == []


def test_a_drawing_of_deep_groups(press: Press, tmp_path: Path) -> None:
    _, lost_ones = shown(press, drawing(tmp_path, "<g>" * 5000 + RECT + "</g>" * 5000))
    assert [one for one in lost_ones if not one.startswith("image-broken")] == []


@pytest.mark.parametrize("content", ["", "no drawing at all", "<svg", "<html><body>x</body></html>"])
def test_a_drawing_that_is_none(press: Press, tmp_path: Path, content: str) -> None:
    path = tmp_path / "broken.svg"
    path.write_text(content)
    book, lost_ones = shown(press, path)
    assert [one.partition(":")[0] for one in lost_ones] == ["image-broken"]
    assert "described" in book.text
