"""Reads a drawing as a scene: groups, uses, nested drawings, and what frames them (SVG 2 5, 8, 14, 15)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace

from lxml import etree

from casebound.svg import LINK, BrokenSvg, Element
from casebound.svg.cascade import Cascade
from casebound.typesetting.graphics.svg import clips, images, shapes
from casebound.typesetting.graphics.svg.boxes import box_of_nodes
from casebound.typesetting.graphics.svg.lettering import text
from casebound.typesetting.graphics.svg.matrices import IDENTITY, Box, Matrix, multiplied, transform
from casebound.typesetting.graphics.svg.outlines import rectangle
from casebound.typesetting.graphics.svg.reading import ElementState
from casebound.typesetting.graphics.svg.scene import Clip, Mask, Node, Scene, SceneGroup, Shape
from casebound.typesetting.graphics.svg.styles.colours import colour
from casebound.typesetting.graphics.svg.styles.style import SvgStyle, reference, valid
from casebound.typesetting.graphics.svg.styles.undone import undone
from casebound.typesetting.graphics.svg.styles.values import Lengths
from casebound.typesetting.graphics.svg.viewports import fitted, size_of, view_box

__all__ = ["read"]

_ELEMENTS = 150_000
_REPEATED = 60_000  # elements that are drawn because others use them
_BLENDS_NAMES = """
multiply screen overlay darken lighten color-dodge color-burn hard-light soft-light difference exclusion hue saturation
color luminosity
"""
_BLENDS = frozenset(_BLENDS_NAMES.split())


def read(root: Element, language: str, aliases: Mapping[str, str]) -> Scene:
    """The scene of a drawing that was made harmless, its text in the faces that aliases stand for.

    Raises BrokenSvg where it is too large.
    """
    if sum(1 for _ in root.iter()) > _ELEMENTS:
        raise BrokenSvg(f"it has more than {_ELEMENTS} elements.")
    return SceneReader(root, language, aliases).read()


class SceneReader:
    """One drawing being read."""

    def __init__(self, root: Element, language: str, aliases: Mapping[str, str]) -> None:
        self.root = root
        self.size = size_of(root)
        self.language, self.aliases = language or "en", aliases
        self.named: dict[str, Element] = {}
        for element in root.iter(etree.Element):
            if element.get("id"):
                self.named.setdefault(element.get("id", ""), element)
        self.scene = Scene(*self.size)
        self.cascade = Cascade(root, self.size, self._valid)
        self._open: set[str] = set()
        self._repeats = 0

    def read(self) -> Scene:
        for selector in self.cascade.unread:
            self.note(f"the selector “{selector}” is not understood")
        width, height = self.size
        style = SvgStyle(self.cascade[self.root], None)
        style.root = style.size
        box = view_box(self.root)
        inner = box or (0.0, 0.0, width, height)
        matrix = fitted(box, (0.0, 0.0, width, height), self.root.get("preserveAspectRatio", "")) if box else IDENTITY
        own = self.transform(self.root, style, Lengths(width, height, style.size))
        state = ElementState(style, multiplied(own, matrix), Lengths(*inner[2:], style.size, style.size))
        nodes = self._children(self.root, state)
        sheet = colour(style["background-color"]) if style["background-color"] else None
        if sheet is not None and sheet[3] > 0:
            nodes.insert(0, Shape(rectangle(0, 0, width, height), IDENTITY, sheet))
        self.scene.nodes = self._framed(self.root, state, nodes) if style["display"] != "none" else []
        return self.scene

    def within(self, root: Element) -> Scene:
        """The scene of a drawing that an image of this one holds; what is said of it is said of both."""
        scene = SceneReader(root, self.language, self.aliases).read()
        self.scene.notes |= scene.notes
        return scene

    def note(self, words: str) -> None:
        """Say what is shown otherwise than it was drawn."""
        self.scene.notes.setdefault(words)

    def target(self, element: Element) -> Element | None:
        """The element that a link leads to."""
        link = next((element.get(key, "") for key in LINK if element.get(key)), "")
        return self.named.get(link[1:]) if link.startswith("#") else None

    @contextmanager
    def entering(self, element: Element) -> Iterator[bool]:
        """Whether an element that others name may be drawn: not within itself."""
        name = element.get("id", "")
        fresh = name not in self._open
        if fresh:
            self._open.add(name)
        try:
            yield fresh
        finally:
            if fresh:
                self._open.discard(name)

    def style_of(self, element: Element) -> SvgStyle:
        """The style of an element where it is in the file."""
        parent = element.getparent()
        return SvgStyle(self.cascade[element], None if parent is None else self.style_of(parent))

    def element(self, element: Element, state: ElementState) -> list[Node]:
        """The nodes of an element in the state of its parent."""
        if state.repeated:
            self._repeats += 1
            if self._repeats > _REPEATED:
                raise BrokenSvg("it repeats its own parts too often.")
        name = etree.QName(element).localname
        if name not in _DRAWN:
            if name in _MOVING:
                self.note("animations are shown as still pictures")
            return []
        style = SvgStyle(self.cascade[element], state.style, state.style.root)
        if style["display"] == "none":
            return []
        lengths = state.lengths.sized(style.size)
        own = self.transform(element, style, lengths, state)
        inner = replace(state, style=style, matrix=multiplied(state.matrix, own), lengths=lengths)
        return self._framed(element, inner, self._drawn(name, element, inner))

    def _drawn(self, name: str, element: Element, state: ElementState) -> list[Node]:
        if name in ("g", "a"):
            return self._children(element, state)
        if name in shapes.SHAPES:
            self._moving(element)
            return shapes.drawn(self, element, state)
        if name == "text":
            return text.written(self, element, state)
        if name == "use":
            return self._used(element, state)
        if name == "image":
            return images.shown(self, element, state)
        if name == "svg":
            return self._nested(element, state, element)
        return self._chosen(element, state)

    def _moving(self, element: Element) -> None:
        if any(etree.QName(child).localname in _MOVING for child in element.iterchildren(etree.Element)):
            self.note("animations are shown as still pictures")

    def _children(self, element: Element, state: ElementState) -> list[Node]:
        return [node for child in element.iterchildren(etree.Element) for node in self.element(child, state)]

    def _chosen(self, element: Element, state: ElementState) -> list[Node]:
        """The first child of a switch that suits (SVG 2, 5.9)."""
        for child in element.iterchildren(etree.Element):
            languages = [part.strip().lower() for part in child.get("systemLanguage", "").split(",")]
            own = self.language.replace("_", "-").lower()
            speaks = "systemLanguage" not in child.attrib or any(
                part and (own == part or part.startswith(f"{own}-") or own.startswith(f"{part}-")) for part in languages
            )
            if speaks and not child.get("requiredExtensions", "").strip():
                return self.element(child, state)
        return []

    def _used(self, element: Element, state: ElementState) -> list[Node]:
        target = self.target(element)
        if target is None:
            return []
        x = state.lengths.of(element.get("x"))
        y = state.lengths.of(element.get("y"), across="y")
        inner = replace(state, matrix=multiplied(state.matrix, (1, 0, 0, 1, x, y)), repeated=True)
        with self.entering(target) as fresh:
            if not fresh or element in target.iterdescendants():
                return []
            name = etree.QName(target).localname
            if name not in ("svg", "symbol"):
                return self.element(target, inner)
            style = SvgStyle(self.cascade[target], state.style, state.style.root)
            lengths = inner.lengths.sized(style.size)
            own = self.transform(target, style, lengths, inner)
            placed = replace(inner, style=style, lengths=lengths, matrix=multiplied(inner.matrix, own))
            return self._framed(target, placed, self._nested(target, placed, element))

    def _nested(self, element: Element, state: ElementState, sizing: Element) -> list[Node]:
        """A drawing within a drawing, or a symbol; ``sizing`` is the element that says how large it is."""
        lengths = state.lengths
        symbol = etree.QName(element).localname == "symbol"
        x = 0.0 if symbol else lengths.of(element.get("x"))
        y = 0.0 if symbol else lengths.of(element.get("y"), across="y")
        sides = []
        for key, across, full in (("width", "x", lengths.width), ("height", "y", lengths.height)):
            value = sizing.get(key) or element.get(key) or "100%"
            sides.append(lengths.of(value, full, across) if value != "auto" else full)
        width, height = sides
        if width <= 0 or height <= 0:
            return []
        box = view_box(element)
        place = (x, y, width, height)
        own: Matrix = (1, 0, 0, 1, x, y)
        if box is not None:
            own = fitted(box, place, element.get("preserveAspectRatio", ""))
            width, height = box[2:]
        inner = replace(state, matrix=multiplied(state.matrix, own), lengths=Lengths(width, height, state.style.size))
        nodes = self._children(element, inner)
        if state.style["overflow"] in ("visible", "auto"):
            return nodes
        window = shapes.through(rectangle(*place), state.matrix)
        return [SceneGroup(tuple(nodes), (Clip(window),))] if nodes else []

    def transform(
        self, element: Element, style: SvgStyle, lengths: Lengths, state: ElementState | None = None
    ) -> Matrix:
        """The transform of an element about its origin (CSS Transforms 1, 4)."""
        parts = [style["translate"], style["rotate"], style["scale"]]
        whole = " ".join(
            f"{name}({value})" for name, value in zip(("translate", "rotate", "scale"), parts, strict=True)
            if value not in ("", "none")
        )  # fmt: skip
        whole = f"{whole} {style['transform'] if style['transform'] != 'none' else ''}".strip()
        if not whole:
            return IDENTITY
        box: Box | None = None
        if style["transform-box"] in ("fill-box", "content-box", "stroke-box", "border-box") and state is not None:
            box = self.box(element, replace(state, style=style))
        matrix = transform(whole, lengths, box)
        if matrix is None:
            self.note(f"the transform “{whole}” is left out")
            return IDENTITY
        x, y = _origin(style["transform-origin"], lengths, box)
        return multiplied(multiplied((1, 0, 0, 1, x, y), matrix), (1, 0, 0, 1, -x, -y)) if x or y else matrix

    def box(self, element: Element, state: ElementState) -> Box | None:
        """The box round an element in its own space, without strokes."""
        flat = replace(state, matrix=IDENTITY)
        return box_of_nodes(self._drawn(etree.QName(element).localname, element, flat))

    def _framed(self, element: Element, state: ElementState, nodes: list[Node]) -> list[Node]:
        """Nodes with the clip, mask, opacity and blending of their element."""
        style = state.style
        for words in undone(style):
            self.note(words)
        opacity = style.share("opacity")
        blend = style["mix-blend-mode"] if style["mix-blend-mode"] in _BLENDS else ""
        cuts: tuple[Clip, ...] = ()
        masks: tuple[Mask, ...] = ()
        for name, read in (("clip-path", clips.clipped), ("mask", clips.masked)):
            if style[name] not in ("", "none") and nodes:
                more, others = read(self, element, state)
                cuts, masks = cuts + more, masks + others
        apart = style["isolation"] == "isolate"
        if not nodes or not (cuts or masks or blend or apart or opacity < 1):
            return nodes
        return [SceneGroup(tuple(nodes), cuts, masks, opacity, blend, apart or bool(cuts))] if opacity else []

    def _valid(self, name: str, value: str) -> bool:
        if valid(name, value):
            return True
        if "(" in value and not reference(value)[0]:
            self.note(f"the colour “{value.strip()[:60]}” is not known")
        return False


_MOVING = frozenset({"animate", "animateColor", "animateMotion", "animateTransform", "set"})
_DRAWN = frozenset({"g", "a", "use", "image", "svg", "text", "switch", *shapes.SHAPES})


def _origin(text: str, lengths: Lengths, box: Box | None) -> tuple[float, float]:
    """The origin of a transform; that of the viewport where nobody says, the middle of an own box."""
    left, top, right, bottom = box or (0.0, 0.0, lengths.width, lengths.height)
    near = Lengths(right - left, bottom - top)
    words = text.split()
    if not words:
        words = ["50%", "50%"] if box else ["0", "0"]
    if len(words) == 1:
        words = ["50%", *words] if words[0] in ("top", "bottom") else [*words, "50%"]
    if words[0] in ("top", "bottom") or words[1] in ("left", "right"):
        words[:2] = words[1::-1]
    names = {"left": "0%", "top": "0%", "center": "50%", "right": "100%", "bottom": "100%"}
    x, y = (names.get(word, word) for word in words[:2])
    return left + near.of(x), top + near.of(y, across="y")
