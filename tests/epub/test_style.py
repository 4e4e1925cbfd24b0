"""The style sheet: the house's sizes, tones that can be read on light and on dark ground, rules of records."""

from __future__ import annotations

import math
import operator
import re

import pytest
import tinycss2
import yaml
from sphinx.domains.c import CDomain
from sphinx.domains.cpp import CPPDomain
from sphinx.domains.javascript import JavaScriptDomain
from sphinx.domains.python import PythonDomain
from sphinx.domains.rst import ReSTDomain
from sphinx.domains.std import StandardDomain
from tinycss2.color3 import parse_color

from casebound.system import stylesheets
from tests.epub.readers import Epub, H
from tests.epub.samples import css, shelf

CSS = re.sub(r"/\*.*?\*/", "", css(), flags=re.DOTALL)
TONE = re.compile(r"(?<![-\w])color:\s*oklch\(from currentColor clamp\(([\d.]+), l, ([\d.]+)\) ([\d.]+) (\d+)\)")
TINT, SHADE = 0.07, 127
Rgb = tuple[float, float, float]
# text and ground as reading systems have them: white, foliate's sepia and grey, Readium's sepia, nights
SCHEMES = (
    ("#000000", "#ffffff"), ("#5b4636", "#f1e8d0"), ("#222222", "#e0e0e0"), ("#121212", "#faf4e8"),
    ("#e0e0e0", "#222222"), ("#ffd595", "#342e25"), ("#fefefe", "#000000"), ("#d8d8d8", "#4a4a4d"),
)  # fmt: skip


def size(selector: str) -> float:
    """The size that a selector asks for, in em."""
    for names, body in re.findall(r"([^{}]+)\{([^{}]*)\}", CSS):
        if selector in [name.strip() for name in names.split(",")]:
            found = re.search(r"font-size:\s*([\d.]+)em", body)
            if found:
                return float(found[1])
    raise LookupError(selector)


@pytest.mark.parametrize(
    ("selector", "style"),
    [
        ("h2", "heading2"), ("h3", "heading3"), ("h4", "heading4"), (".part > h1", "heading1"), (".kicker", "kicker"),
        ("pre", "code"), ("code", "literal"), ("figcaption", "figure-caption"), ("table", "table-body"),
        (".footnotes", "footnote"), (".box-title", "note-title"), (".sidebar", "sidebar"), (".rubric", "rubric"),
        (".titlepage h1", "title-page"), (".titlepage .subtitle", "title-subtitle"),
        (".titlepage .author", "title-author"), (".titlepage .imprint", "imprint"),
        ("nav.contents > ol > li > a", "contents1"),
        ("nav.contents > ol > li > ol > li > ol", "contents3"),
    ],
)  # fmt: skip
def test_sizes_are_those_of_the_house(selector: str, style: str) -> None:
    house = yaml.safe_load((stylesheets.folder() / "house.yaml").read_text(encoding="utf-8"))["styles"]
    assert size(selector) == pytest.approx(house[style]["fontSize"] / house["base"]["fontSize"], abs=0.01)


def rgb(tone: str) -> Rgb:
    red, green, blue = (int(tone[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return red, green, blue


def linear(tone: Rgb) -> list[float]:
    return [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in tone]


def blend(above: Rgb, below: Rgb, share: float) -> Rgb:
    red, green, blue = (a * share + b * (1 - share) for a, b in zip(above, below, strict=True))
    return red, green, blue


def contrast(one: Rgb, other: Rgb) -> float:
    """How far a tone stands out from another (WCAG 2.1, contrast ratio)."""
    weights = (0.2126, 0.7152, 0.0722)
    below, above = sorted(sum(map(operator.mul, weights, linear(tone))) for tone in (one, other))
    return (above + 0.05) / (below + 0.05)


def lightness(tone: Rgb) -> float:
    """The lightness of a tone in Oklab (CSS Color 4, 9.2)."""
    r, g, b = linear(tone)
    long = 0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b
    middle = 0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b
    short = 0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b
    return 0.2104542553 * math.cbrt(long) + 0.7936177850 * math.cbrt(middle) - 0.0040720468 * math.cbrt(short)


def shown(light: float, chroma: float, hue: float) -> Rgb:
    """A tone of Oklch on a screen; what a screen cannot show is cut off."""
    a, b = chroma * math.cos(math.radians(hue)), chroma * math.sin(math.radians(hue))
    long, middle, short = (
        (light + x * a + y * b) ** 3
        for x, y in ((0.3963377774, 0.2158037573), (-0.1055613458, -0.0638541728), (-0.0894841775, -1.2914855480))
    )
    parts = (
        4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short,
    )
    cut = (min(max(part, 0.0), 1.0) for part in parts)
    red, green, blue = (12.92 * p if p <= 0.0031308 else 1.055 * p ** (1 / 2.4) - 0.055 for p in cut)
    return red, green, blue


@pytest.mark.parametrize(("ink", "paper"), SCHEMES)
def test_every_tone_is_legible_on_every_ground(ink: str, paper: str) -> None:
    text, ground = rgb(ink), blend((SHADE / 255,) * 3, rgb(paper), TINT)
    tones = {tuple(map(float, found)) for found in TONE.findall(CSS)}
    assert len(tones) > 4
    for least, most, chroma, hue in tones:
        tone = shown(min(max(lightness(text), least), most), chroma, hue)
        assert contrast(tone, ground) >= 4.5, (chroma, hue)


@pytest.mark.parametrize(("ink", "paper"), SCHEMES)
def test_what_is_faint_is_legible_where_the_text_stands_out(ink: str, paper: str) -> None:
    text, ground = rgb(ink), rgb(paper)
    shares = [
        float(share) for names, share in re.findall(r"([^{}]+)\{[^{}]*opacity: ([\d.]+)", CSS) if "hr" not in names
    ]
    assert shares
    wanted = 4.5 if contrast(text, ground) >= 7 else 4.4
    assert [share for share in shares if contrast(blend(text, ground, share), ground) < wanted] == []


FUNCTIONS = {"rgb", "rgba", "hsl", "hsla", "hwb", "lab", "lch", "oklab", "oklch", "color", "color-mix"}
SYSTEM = {"canvas", "canvastext", "linktext", "graytext", "field", "fieldtext", "buttontext", "highlight", "mark"}


def fixed(css: str) -> list[str]:
    """The tones in a style sheet that do not follow those of the reader."""
    found = []
    for values in re.findall(r"(?<![-\w])(?:[-a-z]*color|background[-a-z]*|border[-a-z]*|outline):([^;{}]+)", css):
        tokens = tinycss2.parse_component_value_list(values)
        while tokens:
            token = tokens.pop()
            own = getattr(token, "lower_name", getattr(token, "lower_value", ""))
            inner = getattr(token, "arguments", [])
            said = token.serialize()
            if own in FUNCTIONS:
                if "currentcolor" not in said.lower() and said != f"rgba({SHADE}, {SHADE}, {SHADE}, {TINT})":
                    found.append(said)
                tokens += [each for each in inner if own == "color-mix"]
            elif token.type == "function":
                tokens += inner
            elif token.type in ("ident", "hash") and own not in ("currentcolor", "transparent"):
                found += [said] if parse_color(token) or own in SYSTEM else []
    return found


def test_no_tone_is_fixed() -> None:
    """Neither of text nor of lines: what is chosen for white is lost on sepia, on grey and at night."""
    assert fixed(CSS) == []
    assert "prefers-color-scheme" not in CSS
    tones = ("teal", "#1b6", "oklch(0.4 0.1 220)", "CanvasText", "color-mix(in srgb, black 45%, currentColor)")
    assert fixed("".join(f"h1 {{ color: {tone}; }}" for tone in (*tones, "currentColor", "inherit"))) == [
        "teal", "#1b6", "oklch(0.4 0.1 220)", "CanvasText", "black",
    ]  # fmt: skip


def test_neither_text_nor_ground_nor_face_of_the_text_is_taken_from_the_reader() -> None:
    for names, body in re.findall(r"([^{}]+)\{([^{}]*)\}", CSS):
        assert not re.search(r"background(-color)?:\s*(?!\s|rgba\(127, 127, 127)", body), names
        if {name.strip() for name in names.split(",")} & {"html", "body", "p", "li", "td", "dd", ":root"}:
            assert not re.search(r"(?<![-\w])(color|font-family|font-size):", body), names


def test_a_kind_of_object_is_not_taken_for_something_else() -> None:
    """A description carries the names of its domain and its kind as classes: no rule is meant for them."""
    kinds = {
        name
        for domain in (CDomain, CPPDomain, JavaScriptDomain, PythonDomain, ReSTDomain, StandardDomain)
        for name in (domain.name, *domain.directives, *domain.object_types)
    }
    selectors = {name.strip() for names in re.findall(r"([^{}]+)\{", CSS) for name in names.split(",")}
    assert {name for name in selectors for kind in kinds if re.match(rf"\.{re.escape(kind)}(?![-\w])", name)} == set()


def containers() -> dict[str, str]:
    """The rules of each room that is wide enough for a table, by the least width of the room."""
    return dict(re.findall(r"@container \(min-width: (\w+)\) \{\n(.*?)\n\}", CSS, flags=re.DOTALL))


def test_a_table_is_one_alike_in_every_room_that_is_wide_enough() -> None:
    made = containers()
    assert list(made) == ["34em", "58em"]
    assert made["34em"].replace(".medium", ".wide") == made["58em"] != made["34em"]


def test_no_query_for_the_screen_decides_how_a_table_is_read() -> None:
    """Reading systems that set pages as columns have frames as wide as a chapter is long."""
    screens = re.findall(r"@media \((?:max|min)-width[^{]*\{(.*?\})\s*\}", CSS, flags=re.DOTALL)
    assert [rule for rule in screens if "table" in rule or "records" in rule] == []


def test_a_cell_that_cuts_what_hangs_out_of_it_has_room_for_the_numbers_of_a_list() -> None:
    paddings = re.findall(r"(?:^|[},]|\n)\s*([^{},]*\bol)\s*\{[^}]*?padding-left:\s*([\d.]+)em", CSS)
    in_cells = [float(length) for selector, length in paddings if re.search(r"\btd\b", selector)]
    digit, stop, gap = 0.7, 0.38, 0.35  # em of DejaVu Sans Bold, the widest that a reading system brings
    assert in_cells[-1] > 2 * digit + stop + gap


def test_over_a_chapter_stands_its_section() -> None:
    epub = Epub(shelf({"index": "Book\n====", "index#s": "Section\n=======", "s/one": "One\n==="}).pack().data)
    names = ("index.xhtml", "index-s.xhtml", "s-one.xhtml")
    assert {name: [child.text for child in epub.page(name).find(f".//{H}section")] for name in names} == {
        "index.xhtml": ["Book"], "index-s.xhtml": ["Section"], "s-one.xhtml": ["Section", "One"],
    }  # fmt: skip


PAGES = """\
One
===

.. class:: new-page

Paragraph.

.. class:: new-page keep-together

.. note:: Note.

.. class:: keep-together

== ==
a  b
== ==

.. class:: new-page

- item

.. class:: new-page

Two
---

Text.
"""


def test_what_authors_ask_of_pages_is_asked_of_the_reader() -> None:
    assert re.search(r"\.new-page \{ break-before: page; page-break-before: always; \}", CSS)
    assert re.search(r"\.keep-together \{ break-inside: avoid; page-break-inside: avoid; \}", CSS)
    page = Epub(shelf(PAGES).pack().data).page()
    for name, wanted in (("new-page", ["p", "aside", "ul", "section"]), ("keep-together", ["aside", "table"])):
        found = page.xpath(f"//*[contains(concat(' ', @class, ' '), ' {name} ')]")
        assert [str(one.tag).removeprefix(H) for one in found] == wanted
