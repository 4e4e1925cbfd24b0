"""The languages of diagrams, each drawn as SVG by its own program as the extension that reads it would call it."""

from __future__ import annotations

import json
import re
import shlex
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

from casebound.manuscript.resolving.images.programs import CachedDrawing, ProgramMissing, Refused, installed, run

__all__ = ["DRAWERS", "Drawer"]

Command = Callable[[Sphinx, nodes.Element], list[str]]
Draw = Callable[[Sphinx, nodes.Element, str, list[str], Path], bytes]

_ON_PAPER: dict[str, Any] = {"htmlLabels": False, "flowchart": {"htmlLabels": False}, "class": {"htmlLabels": False}}
"""Mermaid's labels as text of the drawing: HTML in a drawing is shown by browsers only."""


@dataclass(frozen=True, slots=True)
class Drawer:
    """A program that draws a language of diagrams: its name, what to install for it, the setting that names it."""

    name: str
    package: str
    setting: str
    command: Command
    draw: Draw

    def program(self, app: Sphinx) -> str:
        """The path of the program for most diagrams; empty where it is not installed."""
        try:
            return installed(self.command(app, nodes.Element()))
        except ProgramMissing:
            return ""


def _words(stated: Any) -> list[str]:
    return list(map(str, stated)) if isinstance(stated, list | tuple) else shlex.split(str(stated))


# Graphviz


def _dot(app: Sphinx, node: nodes.Element) -> list[str]:
    options = node.get("options")
    options = options if isinstance(options, Mapping) else {}
    program = str(options.get("graphviz_dot") or getattr(app.config, "graphviz_dot", "dot"))
    return [program, *map(str, getattr(app.config, "graphviz_dot_args", ())), "-Tsvg"]


def _draw_dot(app: Sphinx, node: nodes.Element, code: str, command: list[str], folder: Path) -> bytes:
    # a file is named by its place in the source, and what it names lies beside it
    beside = (Path(app.srcdir) / str(node.get("filename") or "x")).parent
    return run(command, folder=beside if beside.is_dir() else Path(app.srcdir), source=code)


# PlantUML


def _plantuml(app: Sphinx, node: nodes.Element) -> list[str]:
    named = ["-filename", str(node["filename"])] if node.get("filename") else []
    stated = _words(getattr(app.config, "plantuml", "plantuml"))
    return [*stated, "-pipe", "-charset", "utf-8", *named, "-tsvg"]


def _draw_plantuml(app: Sphinx, node: nodes.Element, code: str, command: list[str], folder: Path) -> bytes:
    source = Path(app.srcdir)
    # what a diagram includes may change while its code stays
    store = None if "!include" in code else CachedDrawing(folder, "plantuml", command, code)
    drawing = store.read() if store else None
    if drawing is None:
        installed(command)
        remote = bool(app.config.casebound_remote_images)
        limits = {} if remote else {"PLANTUML_SECURITY_PROFILE": "ALLOWLIST", "PLANTUML_ALLOWLIST_PATH": str(source)}
        drawing = run(command, folder=source / str(node.get("incdir", "")), source=code, environment=limits)
        if store:
            store.write(drawing)
    return drawing


# Mermaid


def _mermaid(app: Sphinx, node: nodes.Element) -> list[str]:
    stated = _words(getattr(app.config, "mermaid_cmd", "mmdc"))
    return [*stated, *map(str, getattr(app.config, "mermaid_params", ()))]


def _draw_mermaid(app: Sphinx, node: nodes.Element, code: str, command: list[str], folder: Path) -> bytes:
    settings = _mermaid_settings(app, command)
    store = CachedDrawing(folder, "mermaid", command, settings, code)
    drawing = store.read()
    if drawing is None:
        with tempfile.TemporaryDirectory() as made:
            work = Path(made)
            (work / "diagram.mmd").write_text(code, encoding="utf-8")
            (work / "settings.json").write_text(json.dumps(settings), encoding="utf-8")
            files = ("-i", "diagram.mmd"), ("-o", "diagram.svg"), ("--configFile", "settings.json")
            words = [word for flag, name in files for word in (flag, str(work / name))]
            run([*command, *words], folder=Path(app.confdir))
            try:
                drawing = _as_large_as_drawn((work / "diagram.svg").read_bytes())
            except OSError as error:
                raise Refused("it writes no file.") from error
        store.write(drawing)
    return drawing


def _as_large_as_drawn(drawing: bytes) -> bytes:
    """The drawing with the size of its own box, where it would take the width of a web page."""
    head = re.match(rb"\s*(?:<\?[^>]*>\s*)?<svg\b[^>]*>", drawing)
    box = re.search(rb"""viewBox=["'][-\d.]+ [-\d.]+ ([\d.]+) ([\d.]+)["']""", head[0]) if head else None
    if head is None or box is None or b'width="100%"' not in head[0]:
        return drawing
    sized = re.sub(rb"""\sheight=["'][^"']*["']""", b"", head[0]).replace(
        b'width="100%"', b'width="%s" height="%s"' % (box[1], box[2]), 1
    )
    return sized + drawing[head.end() :]


def _mermaid_settings(app: Sphinx, command: Sequence[str]) -> dict[str, Any]:
    """What the book's own file of settings says, with labels for paper."""
    stated = str(getattr(app.config, "mermaid_sequence_config", "") or "")
    for flag, value in pairwise(command):
        stated = value if flag in {"-c", "--configFile"} else stated
    settings: dict[str, Any] = {}
    if stated:
        try:
            settings = json.loads((Path(app.confdir) / stated).read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise Refused(f"its settings {Path(stated).name} cannot be read.") from error
    for name, value in _ON_PAPER.items():
        settings[name] = {**settings.get(name, {}), **value} if isinstance(value, dict) else value
    return settings


_GRAPHVIZ = Drawer("Graphviz", "Graphviz", "graphviz_dot", _dot, _draw_dot)
DRAWERS: Mapping[str, Drawer] = {
    "graphviz": _GRAPHVIZ,
    "inheritance_diagram": _GRAPHVIZ,
    "plantuml": Drawer("PlantUML", "PlantUML and Java", "plantuml", _plantuml, _draw_plantuml),
    "mermaid": Drawer("Mermaid", "@mermaid-js/mermaid-cli with npm", "mermaid_cmd", _mermaid, _draw_mermaid),
}
"""The programs by the class of the node that holds the code: those of Sphinx, sphinxcontrib-plantuml and -mermaid."""
