"""A scene written as a form of PDF that is drawn like an image (ISO 32000-2 8.10)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from casebound.typesetting.fonts.glyph_runs import Pen
from casebound.typesetting.graphics.svg.ink.resources import Form, number
from casebound.typesetting.graphics.svg.ink.shadings import alpha_of, pattern_of, shading
from casebound.typesetting.graphics.svg.lettering.widths import shaped
from casebound.typesetting.graphics.svg.matrices import Matrix, multiplied
from casebound.typesetting.graphics.svg.outlines import Outline
from casebound.typesetting.graphics.svg.scene import (
    Clip,
    Gradient,
    Mask,
    Node,
    OutlineStroke,
    Paint,
    Photo,
    Scene,
    SceneGroup,
    Shape,
    Tile,
    Writing,
)

__all__ = ["draw"]

_MIRROR: Matrix = (1, 0, 0, -1, 0, 0)
_UPRIGHT: Matrix = (1, 0, 0, -1, 0, 1)
_BLENDS = {
    "multiply": "Multiply", "screen": "Screen", "overlay": "Overlay", "darken": "Darken", "lighten": "Lighten",
    "color-dodge": "ColorDodge", "color-burn": "ColorBurn", "hard-light": "HardLight", "soft-light": "SoftLight",
    "difference": "Difference", "exclusion": "Exclusion", "hue": "Hue", "saturation": "Saturation", "color": "Color",
    "luminosity": "Luminosity",
}  # fmt: skip


def draw(scene: Scene, canvas: Any, width: float, height: float) -> None:
    """Draw a scene in a size in points, its lower left corner at the origin."""
    doc = canvas._doc
    form = Form(doc, (0.0, 0.0, scene.width, scene.height))
    _nodes(form, scene.nodes)
    count = doc.casebound_drawings = getattr(doc, "casebound_drawings", 0) + 1
    name = f"drawing{count}"
    doc.addForm(name, form.stream(grouped=True))
    canvas.saveState()
    canvas.transform(width / scene.width, 0, 0, -height / scene.height, 0, height)
    canvas.doForm(name)
    canvas.restoreState()


def _nodes(form: Form, nodes: Sequence[Node]) -> None:
    for node in nodes:
        if isinstance(node, Shape):
            _shape(form, node)
        elif isinstance(node, Writing):
            _writing(form, node)
        elif isinstance(node, Photo):
            _photo(form, node)
        else:
            _group(form, node)


# groups


def _group(form: Form, group: SceneGroup) -> None:
    plain = not group.masks and not group.blend and not (group.isolated and _blends(group.nodes))
    form.write("q")
    for clip in group.clips:
        _clip(form, clip)
    if plain and group.opacity >= 1:
        _nodes(form, group.nodes)
    else:
        _transparent(form, group)
    form.write("Q")


def _blends(nodes: Sequence[Node]) -> bool:
    """Whether something in a group is blended with what lies below it."""
    return any(isinstance(node, SceneGroup) and (node.blend or _blends(node.nodes)) for node in nodes)


def _clip(form: Form, clip: Clip) -> None:
    form.write(_path(clip.outline) or "0 0 0 0 re")
    form.write("W* n" if clip.rule == "evenodd" else "W n")


def _transparent(form: Form, group: SceneGroup) -> None:
    """Nodes painted together and then seen through an opacity, masks and a blending (11.6.6)."""
    inner = form.inner()
    _nodes(inner, group.nodes)
    for mask in group.masks[1:]:
        outer = form.inner()
        outer.write(f"q {outer.state(SMask=_mask(form, mask))} gs {outer.put(inner.stream(grouped=True))} Do Q")
        inner = outer
    entries: dict[str, Any] = {}
    if group.opacity < 1:
        entries |= {"ca": group.opacity, "CA": group.opacity}
    if group.blend:
        entries["BM"] = f"/{_BLENDS[group.blend]}"
    if group.masks:
        entries["SMask"] = _mask(form, group.masks[0])
    form.write(f"{form.state(**entries)} gs {form.put(inner.stream(grouped=True))} Do")


def _mask(form: Form, mask: Mask) -> Any:
    inner = form.inner()
    _nodes(inner, mask.nodes)
    return form.soft_mask(inner, of_alpha=mask.of_alpha)


# shapes


def _shape(form: Form, shape: Shape) -> None:
    outline = _path(shape.outline)
    if not outline:
        return
    stroke = shape.stroke
    both = shape.fill is not None and stroke is not None
    if both and not (_is_opaque(shape.fill, shape.opacity) and stroke and _is_opaque(stroke.paint, stroke.opacity)):
        _shape(form, Shape(shape.outline, shape.matrix, shape.fill, shape.opacity, shape.rule))
        _shape(form, Shape(shape.outline, shape.matrix, None, 1.0, shape.rule, stroke))
        return
    code = ["q", *_paints(form, shape.fill, shape.opacity, stroke), f"{_matrix(shape.matrix)} cm"]
    code += _pen(stroke) if stroke else []
    star = "*" if shape.rule == "evenodd" else ""
    code += [outline, f"B{star}" if both else f"f{star}" if shape.fill is not None else "S", "Q"]
    if shape.fill is not None or stroke is not None:
        form.write(" ".join(code))


def _is_opaque(paint: Paint | None, opacity: float) -> bool:
    if isinstance(paint, Gradient):
        return opacity >= 1 and alpha_of(paint) == 1
    return opacity >= 1 and (not isinstance(paint, tuple) or paint[3] >= 1)


def _paints(form: Form, fill: Paint | None, opacity: float, stroke: OutlineStroke | None) -> list[str]:
    """The operators that choose colours and opacities."""
    entries: dict[str, Any] = {}
    code: list[str] = []
    for paint, own, key, stroking in (
        (fill, opacity, "ca", False), (stroke.paint if stroke else None, stroke.opacity if stroke else 1.0, "CA", True),
    ):  # fmt: skip
        if paint is None:
            continue
        alpha = own
        if isinstance(paint, tuple):
            alpha *= paint[3]
            code.append(f"{' '.join(map(number, paint[:3]))} {'RG' if stroking else 'rg'}")
        else:
            name, alpha_mask = _server(form, paint)
            alpha *= alpha_mask if isinstance(alpha_mask, float) else 1.0
            if not isinstance(alpha_mask, float):
                entries["SMask"] = alpha_mask
            code.append(f"/Pattern CS {name} SCN" if stroking else f"/Pattern cs {name} scn")
        if alpha < 1:
            entries[key] = alpha
    return [f"{form.state(**entries)} gs", *code] if entries else code


def _server(form: Form, paint: Gradient | Tile) -> tuple[str, Any]:
    """The pattern of a gradient or tile, and its opacity: a number, or a soft mask where it varies."""
    if isinstance(paint, Tile):
        cell = Form(form.doc, (0.0, 0.0, *paint.size))
        _nodes(cell, paint.nodes)
        return form.pattern(cell.tile(paint.size, paint.matrix)), 1.0
    alpha = alpha_of(paint)
    name = form.pattern(pattern_of(paint))
    if alpha is not None:
        return name, alpha
    inner = form.inner()
    inner.write(f"q {_matrix(paint.matrix)} cm {inner.shade(shading(paint, of_alpha=True))} sh Q")
    return name, form.soft_mask(inner, of_alpha=False, grey=True)


def _pen(stroke: OutlineStroke) -> list[str]:
    code = [f"{number(stroke.width)} w", f"{stroke.cap} J", f"{stroke.join} j", f"{number(stroke.miter)} M"]
    if stroke.dashes:
        total = sum(stroke.dashes)
        code.append(f"[{' '.join(map(number, stroke.dashes))}] {number(stroke.offset % total)} d")
    return code


def _path(outline: Outline) -> str:
    code = []
    for kind, points in outline:
        places = " ".join(f"{number(x)} {number(y)}" for x, y in points)
        code.append(f"{places} {_OPERATORS[kind]}" if points else "h")
    return " ".join(code)


_OPERATORS = {"M": "m", "L": "l", "C": "c"}


def _matrix(matrix: Matrix) -> str:
    return " ".join(f"{part:.6f}".rstrip("0").rstrip(".") for part in matrix)


# text and images


def _writing(form: Form, line: Writing) -> None:
    stroke = line.stroke
    if line.fill is not None and stroke is not None and not _is_opaque(line.fill, line.opacity):
        stroke = stroke if _is_opaque(stroke.paint, stroke.opacity) else None
    mode = (2 if stroke else 0) if line.fill is not None else 1
    code = ["q", *_paints(form, line.fill, line.opacity, stroke), f"{_matrix(multiplied(line.matrix, _MIRROR))} cm"]
    code += _pen(stroke) if stroke else []
    code.append(f"BT {mode} Tr" if mode else "BT")
    if line.spacing and line.rtl:
        code.append(f"{number(line.spacing)} Tc")
    if line.word:
        code.append(f"{number(line.word)} Tw")
    pen = Pen(form.font, code)
    for letter, part in shaped(line.font, line.text, rtl=line.rtl, apart=line.apart):
        line.font.keep(letter, part)
        pen.write(part.spans, line.size)
        if line.spacing and not line.rtl:
            code.append(f"[{number(-1000 * line.spacing / line.size)}]TJ")
    pen.rest()
    form.write(" ".join([*code, "ET", "Q"]))


def _photo(form: Form, photo: Photo) -> None:
    matrix = multiplied(photo.matrix, _UPRIGHT)
    form.write(f"q {_matrix(matrix)} cm {form.put(form.image(photo.image))} Do Q")
