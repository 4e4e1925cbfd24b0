"""The style sheet: the house's sizes, tones that can be read on light and on dark ground, rules of records."""

from __future__ import annotations

import re
from itertools import chain

import pytest
import yaml
from sphinx.domains.c import CDomain
from sphinx.domains.cpp import CPPDomain
from sphinx.domains.javascript import JavaScriptDomain
from sphinx.domains.python import PythonDomain
from sphinx.domains.rst import ReSTDomain
from sphinx.domains.std import StandardDomain

from casebound import stylesheets
from tests.epub.readers import Epub, H
from tests.epub.samples import css, shelf

CSS = re.sub(r"/\*.*?\*/", "", css(), flags=re.DOTALL)
DARK = CSS.index("@media (prefers-color-scheme: dark)")
TONE = re.compile(r"(?<![-\w])color:\s*(#[0-9a-f]{6})")
TINT, SHADE = 0.07, 127


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


def luminance(tone: str | int) -> float:
    parts = [int(tone[at : at + 2], 16) for at in (1, 3, 5)] if isinstance(tone, str) else [tone] * 3
    linear = [(part / 255 / 12.92 if part <= 10 else ((part / 255 + 0.055) / 1.055) ** 2.4) for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(tone: str, ground: int) -> float:
    """How far a tone stands out (WCAG 2.1, contrast ratio) from a grey ground with the tint of code over it."""
    tinted = round(ground * (1 - TINT) + SHADE * TINT)
    below, above = sorted((luminance(tone), luminance(tinted)))
    return (above + 0.05) / (below + 0.05)


def test_tones_are_legible_on_their_ground_and_not_lost_on_the_other() -> None:
    light, dark = TONE.findall(CSS[:DARK]), TONE.findall(CSS[DARK:])
    assert light and dark
    assert [tone for tone in light if contrast(tone, 255) < 4.5 or contrast(tone, 18) < 3.3] == []
    assert [tone for tone in dark if contrast(tone, 18) < 4.5 or contrast(tone, 255) < 3.3] == []


def test_every_tone_has_its_twin_for_dark_grounds() -> None:
    def toned(part: str) -> set[str]:
        rules = re.findall(r"([^{}]+)\{([^{}]*)\}", part)
        return set(chain.from_iterable(map(str.strip, names.split(",")) for names, body in rules if TONE.search(body)))

    assert toned(CSS[DARK:].partition("{")[2]) == toned(CSS[:DARK])


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


def test_over_a_chapter_stands_its_section() -> None:
    epub = Epub(shelf({"index": "Book\n====", "index#s": "Section\n=======", "s/one": "One\n==="}).pack().data)
    names = ("index.xhtml", "index-s.xhtml", "s-one.xhtml")
    assert {name: [child.text for child in epub.page(name).find(f".//{H}section")] for name in names} == {
        "index.xhtml": ["Book"], "index-s.xhtml": ["Section"], "s-one.xhtml": ["Section", "One"],
    }  # fmt: skip
