"""The house style: style sheets in rst2pdf's form with one section of our own, and the page they describe."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from string import hexdigits
from typing import Any

import yaml
from reportlab.lib.colors import Color, HexColor, getAllNamedColors

from casebound.colours import hexadecimal
from casebound.problems import BuildStop, Problem, stop
from casebound.style import RGB, Lettering, Paper, Style
from casebound.stylesheets import folder
from casebound.typesetting import faces
from casebound.typesetting.vocabulary import misfit, unknown

__all__ = ["House", "accents", "broken", "load", "rgb"]

_SHOW_URLS = ("no", "footnote", "inline")
_LEAST = 72.0  # points of a text block that can hold text


def rgb(colour: object) -> RGB:
    """A colour as three numbers from 0 to 1, rounded to thousandths: ``#rrggbb``, ``#rgb`` or a name of CSS.

    Raises ValueError for anything else.
    """
    said = str(colour).strip().lower()
    named = _named_colours().get(said)
    if named is not None:
        red, green, blue = (round(channel, 3) for channel in named.rgb())
        return red, green, blue
    digits = said.removeprefix("#")
    digits = "".join(2 * digit for digit in digits) if len(digits) == 3 else digits
    if len(digits) != 6 or not said.startswith("#") or not all(digit in hexdigits for digit in digits):
        raise ValueError(f"{colour!r} is no colour: write #rrggbb or a name of CSS")
    red, green, blue = (round(int(digits[i : i + 2], 16) / 255, 3) for i in (0, 2, 4))
    return red, green, blue


@cache
def _named_colours() -> Mapping[str, Color]:
    names = {name.lower(): colour for name, colour in getAllNamedColors().items()}
    return {**names, "rebeccapurple": HexColor("#663399")}  # CSS Color Module Level 4, 6.1


def _range(said: Sequence[int]) -> tuple[int, int]:
    """The least and the most of something. Raises ValueError or TypeError for what is no such pair."""
    least, most = map(int, said)
    return least, most


@dataclass(frozen=True, slots=True)
class House:
    """A loaded house style: the sheets for rst2pdf, the page for the bindery, and the choices of our own section."""

    sheets: tuple[Path, ...]
    style: Style
    choices: Mapping[str, Any]

    aliases: Mapping[str, str]
    """The faces that the sheets' aliases stand for: fontSans and its like."""

    usual_accent: RGB
    """The house's own accent: what has this colour in its sheets has that of the choices."""

    remarks: tuple[Problem, ...] = ()
    """What the sheets set and nothing asks for."""

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
        """What lies behind lines of code that are to be seen first."""
        return rgb(self.choices["stress"])

    @property
    def short_contents(self) -> tuple[int, int]:
        """The fewest and the most headings of a chapter that its opening lists."""
        return _range(self.choices["short-contents"])

    @property
    def show_urls(self) -> str:
        """Where addresses of outside links are said unless the book says it: no, footnote, inline."""
        how = self.choices["show-urls"]
        return {False: "no", True: "inline"}.get(how, str(how))

    def note_colour(self, kind: str) -> RGB:
        """The colour of an admonition's rule."""
        notes = self.choices["notes"]
        return rgb(notes.get(kind, notes["default"]))


def sheet(name: str) -> Path:
    """The file of a style: a name of the styles folder, or a path. Raises BuildStop for neither."""
    for path in (Path(name), folder() / f"{name}.yaml"):
        if path.suffix == ".yaml" and path.is_file():
            return path
    known = ", ".join(sorted(path.stem for path in folder().glob("*.yaml")))
    raise stop("style-missing", name=name, known=known)


def merged(base: Mapping[str, Any], over: Mapping[str, Any]) -> dict[str, Any]:
    """``over`` laid upon ``base``, mappings joined key by key."""
    result = dict(base)
    for key, value in over.items():
        old = result.get(key)
        result[key] = merged(old, value) if isinstance(old, Mapping) and isinstance(value, Mapping) else value
    return result


def load(variants: Sequence[str] = ()) -> House:
    """The house style with variants laid over it in order; registers its faces. Raises BuildStop."""
    sheets = tuple(map(sheet, ("house", *(name for name in variants if name != "house"))))
    data: dict[str, Any] = {}
    families: list[list[str]] = []
    remarks: list[Problem] = []
    try:
        for path in sheets:
            said = _read(path)
            wrong = misfit(said, data)
            if wrong:
                raise ValueError(wrong)
            families += [[Path(file).stem for file in family] for family in said.get("embeddedFonts") or ()]
            remarks += unknown(path.name, said, data) if path.parent != folder() else ()
            data = merged(data, said)
        return _house(sheets, families, data, tuple(remarks))
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
        raise broken(variants, error) from error


def accents(variants: Sequence[str]) -> tuple[RGB, Mapping[str, RGB]]:
    """The house's own accent, and the colours of a cover in a style: accent, pale, spot. Raises BuildStop."""
    own, data = _read(sheet("house")), dict[str, Any]()
    for name in ("house", *(each for each in variants if each != "house")):
        data = merged(data, _read(sheet(name)))
    try:
        choices = data["casebound"]
        return rgb(own["casebound"]["accent"]), {name: rgb(choices[name]) for name in ("accent", "pale", "spot")}
    except (AttributeError, LookupError, TypeError, ValueError) as error:
        raise broken(variants, error) from error


def broken(variants: Sequence[str], error: BaseException) -> BuildStop:
    """The stop for a style sheet that means nothing: its name, and what is wrong with it in one line."""
    said = " ".join(str(error).split())
    detail = said if type(error) is ValueError else f"{type(error).__name__}: {said}"
    if isinstance(error, yaml.YAMLError):
        detail = f"it is no YAML: {said}"
    return stop("style-broken", name=", ".join(variants) or "house", detail=f"{detail[:300].rstrip('.')}.")


def _read(path: Path) -> Mapping[str, Any]:
    try:
        said = yaml.safe_load(path.read_text(encoding="utf-8"))
        if not isinstance(said or {}, Mapping):
            raise ValueError("it is not a mapping")
    except (OSError, ValueError, yaml.YAMLError) as error:
        raise broken([path.name], error) from error
    return said or {}


def _house(
    sheets: tuple[Path, ...], families: list[list[str]], data: Mapping[str, Any], remarks: tuple[Problem, ...]
) -> House:
    """The house from its joined sheets. Raises ValueError and the like where they mean nothing."""
    choices = data["casebound"]
    beside = [path.parent for path in sheets if path.parent != folder()]
    families += [[name] * 4 for name in _alone(families, data["fontsAlias"])]
    if choices["scale"] <= 0:
        raise ValueError(f"casebound: scale is {choices['scale']!r}, which is not above 0")
    registered = faces.register(families, choices["fallbacks"], choices["lenders"], beside)
    head, folio, note = choices["head"], choices["folio"], choices["note"]
    paper = Paper(*(choices["paper"][each.name] for each in fields(Paper)))
    style = Style(
        paper, _lettering(head), _lettering(folio), _lettering(note), registered,
        head_gap=float(head["gap"]), foot_gap=float(folio["gap"]), note_gap=float(note["gap"]),
    )  # fmt: skip
    usual = rgb(_read(sheets[0])["casebound"]["accent"])
    accent = hexadecimal(rgb(choices["accent"]))
    choices = {**choices, **{name: _tinted(choices[name], hexadecimal(usual), accent) for name in ("code", "notes")}}
    house = House(sheets, style, choices, data["fontsAlias"], usual, remarks)
    if min(house.block) < _LEAST:
        width, height = style.paper.block
        raise ValueError(f"its paper and margins leave {width:g} by {height:g} points for the text")
    _parents(data["styles"])
    for name in ("accent", "muted", "hairline", "stress", "pale", "spot"):
        rgb(choices[name])
    for kind in choices["notes"]:
        house.note_colour(kind)
    _range(choices["short-contents"])
    if house.show_urls not in _SHOW_URLS:
        raise ValueError(f"show-urls is {choices['show-urls']!r}, which is none of {', '.join(_SHOW_URLS)}")
    return house


def _parents(styles: Mapping[str, Mapping[str, Any]]) -> None:
    """Raises ValueError for a parent that is missing, or that is the style itself: rst2pdf looks for it without end."""
    for name in styles:
        line = [name]
        while "parent" in styles[line[-1]]:
            parent = styles[line[-1]]["parent"]
            if parent not in styles:
                raise ValueError(f"the parent of {line[-1]} is {parent}, which is not a style")
            if parent in line:
                raise ValueError(f"the parents of {name} lead back to {parent}")
            line.append(parent)


def _alone(families: Sequence[Sequence[str]], aliases: Mapping[str, str]) -> list[str]:
    """The faces that aliases name and no family has: a face of its own, without bold and italic."""
    known = {name for family in families for name in family}
    return sorted({str(name) for name in aliases.values()} - known)


def _tinted(colours: Mapping[str, str], usual: str, accent: str) -> Mapping[str, str]:
    """Colours by name, those that are the house's own accent in the one that is chosen."""
    return {name: str(colour).replace(usual, accent) for name, colour in colours.items()}


def _lettering(data: Mapping[str, Any]) -> Lettering:
    return Lettering(data["face"], float(data["size"]), rgb(data["colour"]))
