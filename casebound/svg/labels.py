"""The HTML labels of diagrams as text of the drawing, in the place and look that their styles ask for.

Programs for diagrams write labels as HTML (``foreignObject``), which neither PDF nor readers of EPUB show.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache

from lxml import etree

from casebound.svg.cascade import Cascade
from casebound.svg.elements import SVG, Element, number

__all__ = ["set_labels"]

_BREAKS = frozenset({"p", "div", "br", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "dt", "dd", "pre"})
_PICTURED = frozenset({"ul", "ol", "table", "img", "hr", "svg", "math", "input", "sup", "sub", "u", "s", "del"})
_LOOKS = ("color", "font-size", "font-weight", "font-style", "font-family")
_TAGS = {
    "b": ("font-weight", "bold"), "strong": ("font-weight", "bold"), "th": ("font-weight", "bold"),
    "i": ("font-style", "italic"), "em": ("font-style", "italic"), "code": ("font-family", "monospace"),
}  # fmt: skip
_PLAIN = re.compile(r"none|transparent|initial|inherit|0(px)?\b.*|.*rgba\(.*,\s*0\)|#fff(fff)?|white", re.IGNORECASE)
_SIZE = 16.0
_LETTER = 0.5  # of a type size: how wide a letter is, roughly
_LEADING = 1.2


def set_labels(root: Element) -> list[str]:
    """Put text in the place of HTML labels; a drawing's own substitute comes first. The words for what is lost."""
    found = list(root.iter("{*}foreignObject"))
    said: dict[str, None] = {}

    @cache
    def cascade() -> Cascade:
        return Cascade(root, (0.0, 0.0), lambda name, value: True)

    for label in found:
        parent = label.getparent()
        if parent is None:
            continue
        substituted = parent.tag == f"{{{SVG}}}switch" and len(parent) > 1
        if not substituted and any(line.strip() for line in _words(label).split("\n")):
            parent.insert(parent.index(label), _label(label, cascade(), said))
        _remove(label, parent)
    return list(said)


def _remove(label: Element, parent: Element) -> None:
    before = label.getprevious()
    if label.tail and before is not None:
        before.tail = (before.tail or "") + label.tail
    elif label.tail:
        parent.text = (parent.text or "") + label.tail
    parent.remove(label)


def _name(element: Element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _words(element: Element) -> str:
    name = _name(element)
    inner = (element.text or "") if name else ""
    inner += "".join(_words(child) + (child.tail or "") for child in element)
    return f"\n{inner}\n" if name in _BREAKS else inner


def _label(label: Element, cascade: Cascade, said: dict[str, None]) -> Element:
    holders = [each for each in label.iter(etree.Element) if (each.text or "").strip()]
    looks = [dict(_look(each, cascade)) for each in holders] or [dict(_look(label, cascade))]
    if any(look != looks[0] for look in looks):
        said.setdefault("labels of several styles are set in one")
    if any(_is_pictured(each, cascade) for each in label.iter(etree.Element) if each is not label):
        said.setdefault("labels in HTML are set as plain text")
    return _group(label, looks[0], holders[0] if holders else label, cascade)


def _is_pictured(element: Element, cascade: Cascade) -> bool:
    """Whether an element shows more than its words."""
    declared = cascade[element]
    grounds = [declared.get(name, "none") for name in ("background-color", "border", "border-bottom", "box-shadow")]
    return _name(element) in _PICTURED or any(ground and not _PLAIN.fullmatch(ground.strip()) for ground in grounds)


def _look(element: Element, cascade: Cascade) -> Iterator[tuple[str, str]]:
    for name in _LOOKS:
        value = _inherited(element, name, cascade)
        if value:
            yield name, value


def _inherited(element: Element, name: str, cascade: Cascade) -> str:
    around: Element | None = element
    while around is not None:
        value = cascade[around].get(name, "")
        if value and value != "inherit":
            return value
        if _TAGS.get(_name(around), ("", ""))[0] == name:
            return _TAGS[_name(around)][1]
        around = around.getparent()
    return ""


def _group(label: Element, look: Mapping[str, str], holder: Element, cascade: Cascade) -> Element:
    x, y, width, height = (number(label.get(key)) for key in ("x", "y", "width", "height"))
    size = number(look.get("font-size")) * (4 / 3 if look.get("font-size", "").endswith("pt") else 1) or _SIZE
    bold = 1.08 if look.get("font-weight", "") not in ("", "normal", "400") else 1.0
    wraps = _inherited(holder, "white-space", cascade) not in ("nowrap", "pre")
    room = width / (size * _LETTER * bold) if width > size and wraps and "%" not in label.get("width", "") else 0.0
    lines = [part for line in _words(label).split("\n") for part in _wrapped(line.split(), room * 1.1)]
    align = _inherited(holder, "text-align", cascade)
    anchor, at = {"right": ("end", x + width), "end": ("end", x + width)}.get(align, ("start", x))
    if align == "center" or not width:
        anchor, at = "middle", x + width / 2
    leading = _leading(_inherited(holder, "line-height", cascade), size)
    tall = len(lines) * leading
    middle = y + height / 2 if _is_centred(label, cascade) or tall > height / 2 else y + tall / 2
    group = etree.Element(f"{{{SVG}}}g")
    top = middle - (len(lines) - 1) * leading / 2 + 0.35 * size
    for index, line in enumerate(lines):
        text = etree.SubElement(group, f"{{{SVG}}}text")
        text.text = line
        text.set("x", f"{at:g}")
        text.set("y", f"{top + index * leading:g}")
        text.set("style", "; ".join(_styled(look, size, anchor)))
    return group


def _leading(value: str, size: float) -> float:
    """From line to line: a number and a percentage are of the type size."""
    if not number(value):
        return _LEADING * size
    if value.strip().endswith(("px", "pt")):
        return number(value)
    return number(value) * size / (100 if value.strip().endswith("%") else 1)


def _styled(look: Mapping[str, str], size: float, anchor: str) -> Iterator[str]:
    """The look of a label as style, which the drawing's rules for its own text do not reach."""
    yield f"text-anchor: {anchor}"
    yield f"font-size: {size:g}px"
    yield f"fill: {look.get('color', 'black')}"
    yield "stroke: none"
    yield from (f"{name}: {look[name]}" for name in ("font-weight", "font-style", "font-family") if name in look)


def _is_centred(label: Element, cascade: Cascade) -> bool:
    declared = [cascade[each] for each in label.iter(etree.Element)]
    return any(
        "center" in each.get("align-items", "") or "middle" in each.get("vertical-align", "") for each in declared
    )


def _wrapped(words: list[str], room: float) -> Iterator[str]:
    """Words as lines of so many letters; one line where ``room`` is 0."""
    line = ""
    for word in words:
        if line and room and len(line) + 1 + len(word) > room:
            yield line
            line = word
        else:
            line = f"{line} {word}".strip()
    if line:
        yield line
