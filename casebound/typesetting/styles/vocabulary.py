"""What a style sheet may set: every entry with the kind of its value; the whole of a style is read against it once."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import Any

from pygments.token import STANDARD_TYPES

from casebound.i18n.wording import NOTES
from casebound.model.naming import nearest
from casebound.model.style import Paper
from casebound.typesetting.styles import values
from casebound.typesetting.styles.values import Ems, ValueKind

__all__ = ["CheckedStyle", "check"]

Path = tuple[str, ...]

STYLE: Mapping[str, ValueKind] = {
    "parent": values.PARENT,
    "fontName": values.FACE,
    "fontSize": values.SIZE,
    "leading": values.SIZE,
    "alignment": values.ALIGNMENT,
    "textColor": values.COLOUR,
    "backColor": values.GROUND,
    "keepWithNext": values.SWITCH,
    **dict.fromkeys(("leftIndent", "rightIndent", "firstLineIndent"), values.INDENT),
    **dict.fromkeys(("spaceBefore", "spaceAfter"), values.SPACE),
}
"""What a style of paragraphs has. The rest of what rst2pdf and reportlab know is not looked at when pages are set."""

_LETTERING = {"face": values.FACE, "size": values.SIDE, "colour": values.COLOUR, "gap": values.MARGIN}
_INSTEAD = {"pageSetup": "casebound: paper", "tocColor": "styles: contents1: textColor"}
"""What rst2pdf's own sheets set, and where a style of ours has it."""
_COLOURS = ("accent", "muted", "hairline", "stress", "pale", "spot")


@dataclass(frozen=True, slots=True)
class MappingOf:
    """A mapping whose values are all of a kind; ``known`` are the keys that mean something, None for any."""

    kind: ValueKind | Mapping[str, Any]
    known: Collection[str] | None = None


@dataclass(frozen=True, slots=True)
class ListOf:
    """A list whose entries are all of a kind."""

    kind: ValueKind


@dataclass(slots=True)
class CheckedStyle:
    """A style with its values in the one form that is used, and what is wrong with it, each at a path of keys."""

    style: dict[str, Any] = field(default_factory=dict)
    wrong: list[tuple[Path, str]] = field(default_factory=list)
    """Values that mean nothing, each with a clause that says so."""
    unknown: list[tuple[Path, str]] = field(default_factory=list)
    """Names that mean nothing, each with the nearest that does or nothing."""
    faces: list[tuple[Path, str]] = field(default_factory=list)
    """Every face that is named."""


def check(said: Mapping[str, Any], house: Mapping[str, Any]) -> CheckedStyle:
    """Read a style against what there is to set; ``house`` is what the house's own sheet sets."""
    checked = CheckedStyle()
    checked.style = _entries(said, _everything(said, house), (), checked)
    checked.wrong += _relatives(checked.style.get("styles", {}))
    return checked


def _everything(said: Mapping[str, Any], house: Mapping[str, Any]) -> Mapping[str, Any]:
    """What the sections of a style may hold."""
    ours = house["casebound"]
    faces = set(_named(said, "fontName"))
    paper = {each.name: values.MARGIN for each in fields(Paper)} | dict.fromkeys(("width", "height"), values.SIDE)
    return {
        "embeddedFonts": ListOf(values.FAMILY),
        "fontsAlias": MappingOf(values.ALIASED, faces | house["fontsAlias"].keys()),
        "linkColor": values.COLOUR,
        "styles": MappingOf(STYLE, house["styles"].keys() | _named(said, "parent")),
        "casebound": {
            **dict.fromkeys(_COLOURS, values.COLOUR),
            **dict.fromkeys(("head", "folio", "note"), _LETTERING),
            "paper": paper,
            "scale": values.SCALE,
            "short-contents": values.LEAST_AND_MOST,
            "show-urls": values.SHOW_URLS,
            "fallbacks": MappingOf(values.FACES),
            "lenders": MappingOf(values.NAMES),
            "code": MappingOf(values.INK, {kind for kind in STANDARD_TYPES.values() if kind}),
            "notes": MappingOf(values.COLOUR, {*ours["notes"], *NOTES, "admonition"}),
        },
    }


def _named(said: Mapping[str, Any], key: str) -> set[str]:
    """The names that styles give at a key: their parents, their faces."""
    styles = said.get("styles")
    entries = styles.values() if isinstance(styles, Mapping) else ()
    return {str(entry[key]) for entry in entries if isinstance(entry, Mapping) and key in entry}


def _entries(said: object, kinds: Mapping[str, Any] | MappingOf, path: Path, checked: CheckedStyle) -> dict[str, Any]:
    """The entries of a mapping that mean something."""
    if not isinstance(said, Mapping):
        checked.wrong.append((path, f"is {values.shown(said)}, which is not a mapping of names to values"))
        return {}
    known = kinds.known if isinstance(kinds, MappingOf) else kinds
    result: dict[str, Any] = {}
    for key, value in said.items():
        here = (*path, key)
        if known is not None and key not in known:
            checked.unknown.append((here, _INSTEAD.get(key) or nearest(key, known)))
            continue
        kind = kinds.kind if isinstance(kinds, MappingOf) else kinds[key]
        if isinstance(kind, ListOf):
            entries = value if isinstance(value, list) else [value]
            result[key] = [each for entry in entries for each in _values(entry, kind.kind, here, checked)]
        elif isinstance(kind, ValueKind):
            result.update((key, each) for each in _values(value, kind, here, checked))
        else:
            result[key] = _entries({} if value is None else value, kind, here, checked)
    return result


def _values(said: object, kind: ValueKind, path: Path, checked: CheckedStyle) -> Iterator[Any]:
    """The value that an entry says; nothing where it means nothing."""
    try:
        value = kind.read(said)
    except (LookupError, ValueError):
        checked.wrong.append((path, kind.refused(said)))
        return
    if kind in (values.ALIASED, values.FACE):
        checked.faces.append((path, value))
    elif kind in (values.FACES, values.FAMILY):
        checked.faces += ((path, name) for name in value)
    yield value


def _relatives(styles: dict[str, dict[str, Any]]) -> Iterator[tuple[Path, str]]:
    """Say every length of the styles in points, and what is wrong with their parents."""
    lines: dict[str, Sequence[str]] = {}
    for name in styles:
        lines[name], wrong = _line(name, styles)
        if wrong:
            yield wrong
            return
    for name in sorted(styles, key=lambda name: len(lines[name])):  # a parent's size is known before its children's
        style = styles[name]
        sizes = [styles[each]["fontSize"] for each in lines[name] if "fontSize" in styles[each]]
        own, parents = (sizes or [10.0])[0], ([*sizes[1:], 10.0] if "fontSize" in style else [10.0])[0]
        if isinstance(own, Ems):
            own = style["fontSize"] = round(own.number * parents, 4)
        for key, value in style.items():
            if isinstance(value, Ems):
                style[key] = round(value.number * own, 4)


def _line(name: str, styles: Mapping[str, Mapping[str, Any]]) -> tuple[list[str], tuple[Path, str] | None]:
    """A style, its parent, that one's parent and so on to the base; what is wrong with the first wrong one."""
    line = [name]
    while True:
        here = line[-1]
        parent = styles[here].get("parent") or ("base" if here != "base" and "base" in styles else None)
        if parent is None:
            return line, None
        path = ("styles", here, "parent")
        if parent not in styles:
            close = nearest(parent, styles)
            return line, (path, f"is {parent}, which is not a style" + (f" (did you mean {close}?)" if close else ""))
        if parent in line:
            return line, (path, f"is {parent}, whose parents lead back to {here}")
        line.append(parent)
