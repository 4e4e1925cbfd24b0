"""Drawings: SVG files read as scenes and drawn as vectors."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from casebound.svg import BrokenSvg, harmless
from casebound.typesetting.graphics.svg.ink.ink import draw
from casebound.typesetting.graphics.svg.matrices import stretch
from casebound.typesetting.graphics.svg.reader import read as read_scene
from casebound.typesetting.graphics.svg.scene import Node, Scene, SceneGroup, Writing

__all__ = ["draw", "lettering", "read"]


def read(path: Path, language: str, aliases: Mapping[str, str]) -> Scene:
    """The drawing in a file, in a language, in the faces that aliases of the sheets stand for.

    Raises BrokenSvg; reads nothing but this file.
    """
    try:
        remarks: list[str] = []
        scene = read_scene(harmless(path.read_bytes(), remarks), language, aliases)
        scene.notes |= dict.fromkeys(remarks)
        return scene
    except RecursionError as error:
        raise BrokenSvg("its parts are nested too deeply.") from error
    except ArithmeticError as error:
        raise BrokenSvg("its numbers are too large.") from error


def lettering(nodes: Iterable[Node]) -> Iterator[float]:
    """The sizes of the letters of a scene, in CSS pixels."""
    for node in nodes:
        if isinstance(node, SceneGroup):
            yield from lettering(node.nodes)
        elif isinstance(node, Writing):
            yield node.size * stretch(node.matrix)
