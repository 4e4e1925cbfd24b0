"""The house style: style sheets in rst2pdf's form with one section of our own, and the page they describe."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from casebound.model.diagnostics import Problem, problem, stop
from casebound.model.naming import nearest
from casebound.model.style import RGB, Lettering, Paper, Style
from casebound.typesetting.fonts.faces import CARRIERS, FaceSet, face_file
from casebound.typesetting.styles.sheets import StyleSheets, broken
from casebound.typesetting.styles.values import rgb
from casebound.typesetting.styles.vocabulary import CheckedStyle, check

__all__ = ["HouseStyle", "load"]

_LEAST = 72.0  # points of a text block that can hold text
_SAID = 6  # wrong values that are told at once


class _Sheet(str):
    """A style sheet that rst2pdf need not read; it writes into what it is given."""

    rules: Mapping[str, Any]

    def __new__(cls, rules: Mapping[str, Any]) -> _Sheet:
        sheet = super().__new__(cls, "house")
        sheet.rules = rules
        return sheet

    def __call__(self) -> dict[str, Any]:
        return deepcopy(dict(self.rules))


@dataclass(frozen=True, slots=True)
class HouseStyle:
    """A loaded house style: the sheets for rst2pdf, the page for the bindery, and the choices of our own section."""

    sheets: tuple[Path, ...]
    style: Style
    fonts: FaceSet
    choices: Mapping[str, Any]

    rules: Mapping[str, Any]
    """What rst2pdf is told: all sheets as one, every value in a form that it knows."""

    aliases: Mapping[str, str]
    """The faces that the sheets' aliases stand for: fontSans and its like."""

    usual_accent: RGB
    """The house's own accent: what has this colour in its sheets has that of the choices."""

    remarks: tuple[Problem, ...] = ()
    """What the sheets set and nothing asks for."""

    @property
    def sheet(self) -> str:
        """The sheet for rst2pdf, which calls it for what it says."""
        return _Sheet(self.rules)

    @property
    def scale(self) -> float:
        """How much larger type and lengths come out than the sheets say."""
        return float(self.choices["scale"])

    @property
    def block(self) -> tuple[float, float]:
        """Width and height of the text block in the sheets' points, before it is magnified."""
        width, height = self.style.paper.block
        return width / self.scale, height / self.scale

    @property
    def accent(self) -> RGB:
        return rgb(self.choices["accent"])

    @property
    def muted(self) -> RGB:
        return rgb(self.choices["muted"])

    @property
    def hairline(self) -> RGB:
        return rgb(self.choices["hairline"])

    @property
    def stress(self) -> RGB:
        """What lies after lines of code that are to be seen first."""
        return rgb(self.choices["stress"])

    @property
    def short_contents(self) -> tuple[int, int]:
        """The fewest and the most headings of a chapter that its opening lists."""
        least, most = self.choices["short-contents"]
        return least, most

    @property
    def show_urls(self) -> str:
        """Where addresses of outside links are said unless the book says it: no, footnote, inline."""
        return str(self.choices["show-urls"])

    def note_colour(self, kind: str) -> RGB:
        """The colour of an admonition's rule."""
        notes = self.choices["notes"]
        return rgb(notes.get(kind, notes["default"]))


def load(variants: Sequence[str] = (), language: str = "") -> HouseStyle:
    """The house style with variants laid over it in order, its faces chosen for a book's language.

    All that is wrong with it is found here, before anything is typeset. Raises BuildStop (style-missing,
    style-broken, face-missing, face-broken).
    """
    sheets = StyleSheets.of(variants)
    checked = check(sheets.merged, sheets.said[0])
    _stop_at(sheets, checked.wrong)
    style = checked.style
    _names_faces(sheets, checked)
    house = _house(sheets, style, tuple(_remarks(sheets, checked)), language)
    _stop_at(sheets, _misfits(house, style))
    return house


def _stop_at(sheets: StyleSheets, wrong: Iterable[tuple[Sequence[str], str]]) -> None:
    """Raises BuildStop for what is wrong, told of the first sheet that has something wrong."""
    told = [(sheets.origin(path), f"{': '.join(path)} {clause}") for path, clause in wrong]
    if told:
        name = told[0][0]
        clauses = list(dict.fromkeys(clause for origin, clause in told if origin == name))
        more = f"; and {len(clauses) - _SAID} more" if len(clauses) > _SAID else ""
        raise broken(name, "; ".join(clauses[:_SAID]) + more)


def _remarks(sheets: StyleSheets, checked: CheckedStyle) -> Iterator[Problem]:
    """What to say of names that mean nothing."""
    named = {name for _, name in checked.faces}
    idle = checked.style["casebound"]["fallbacks"].keys() - named
    lent = [(("casebound", "fallbacks", name), nearest(name, named)) for name in sorted(idle)]
    for path, close in [*checked.unknown, *lent]:
        hint = f" Did you mean {close}?" if close else ""
        yield problem("style-unknown", name=sheets.origin(path), key=": ".join(path), hint=hint)


def _names_faces(sheets: StyleSheets, checked: CheckedStyle) -> None:
    """Raises BuildStop (face-missing) for a face that is named and lies nowhere."""
    brought = {name for family in checked.style["embeddedFonts"] for name in family}
    for path, name in checked.faces:
        aliases = checked.style["fontsAlias"] if path[-1] in ("fontName", "face") else {}
        try:
            _ = name in aliases or face_file(name, sheets.folders)
        except LookupError:
            close = _like(name, {*aliases, *brought} - {name})
            where = f"{': '.join(path)} in {sheets.origin(path)}"
            hint = f" Did you mean {close}?" if close else ""
            raise stop("face-missing", name=name, where=where, hint=hint, package=CARRIERS) from None


def _like(name: str, faces: Iterable[str]) -> str:
    """The face that is most like a name, of a family that is; empty where none is."""
    families: dict[str, list[str]] = {}
    for face in faces:
        families.setdefault(face.partition("-")[0], []).append(face)
    family = nearest(name.partition("-")[0], families)
    return nearest(name, families[family]) if family else ""


def _house(sheets: StyleSheets, style: Mapping[str, Any], remarks: tuple[Problem, ...], language: str) -> HouseStyle:
    """The house from its joined sheets."""
    choices, aliases = style["casebound"], style["fontsAlias"]
    lettering = {name: _lettering(choices[name], aliases) for name in ("head", "folio", "note")}
    families = [*style["embeddedFonts"], *_alone(style, lettering.values())]
    fonts = FaceSet(families, choices["fallbacks"], choices["lenders"], sheets.folders, language)
    fonts.choose()
    page = Style(
        Paper(*(choices["paper"][each.name] for each in fields(Paper))), **lettering, faces=fonts.faces,
        head_gap=float(choices["head"]["gap"]), foot_gap=float(choices["folio"]["gap"]),
        note_gap=float(choices["note"]["gap"]),
    )  # fmt: skip
    usual, accent = sheets.said[0]["casebound"]["accent"], choices["accent"]
    choices = {**choices, **{name: _tinted(choices[name], usual, accent) for name in ("code", "notes")}}
    rules = {
        "embeddedFonts": [[f"{name}.ttf" for name in family] for family in families],
        **{name: style[name] for name in ("fontsAlias", "linkColor", "styles")},
    }
    return HouseStyle(sheets.files, page, fonts, choices, rules, aliases, rgb(usual), remarks)


def _misfits(house: HouseStyle, style: Mapping[str, Any]) -> Iterator[tuple[Sequence[str], str]]:
    """What does not fit onto the paper."""
    width, height = house.block
    if min(house.block) < _LEAST:
        wide, high = house.style.paper.block
        yield ("casebound", "paper"), f"leaves {wide:g} by {high:g} points for the text, and {_LEAST:g} are needed"
        return
    for name, entry in style["styles"].items():
        indents = sum(entry.get(key, 0.0) for key in ("leftIndent", "rightIndent"))
        if width - indents - max(0.0, entry.get("firstLineIndent", 0.0)) < _LEAST / 2:
            yield ("styles", name), f"is indented by {indents:g} points, and lines are {width:g} points long"
        for key in ("fontSize", "leading"):
            if entry.get(key, 0.0) > height:
                yield ("styles", name, key), f"is {entry[key]:g} points, and pages are {height:g} points high"


def _alone(style: Mapping[str, Any], lettering: Iterable[Lettering]) -> list[list[str]]:
    """The faces that are named and that no family has: each a family of its own, without bold and italic."""
    aliases, known = style["fontsAlias"], {name for family in style["embeddedFonts"] for name in family}
    named = {entry["fontName"] for entry in style["styles"].values() if "fontName" in entry}
    used = {*aliases.values(), *(aliases.get(name, name) for name in named), *(each.face for each in lettering)}
    return [[name] * 4 for name in sorted(used - known)]


def _tinted(colours: Mapping[str, str], usual: str, accent: str) -> Mapping[str, str]:
    """Colours by name, those that are the house's own accent in the one that is chosen."""
    return {name: str(colour).replace(usual, accent) for name, colour in colours.items()}


def _lettering(data: Mapping[str, Any], aliases: Mapping[str, str]) -> Lettering:
    return Lettering(aliases.get(data["face"], data["face"]), float(data["size"]), rgb(data["colour"]))
