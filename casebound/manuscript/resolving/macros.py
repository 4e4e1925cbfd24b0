r"""TeX macros that a project gives to MathJax or LaTeX in ``conf.py``: formulas are read with what they stand for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

from casebound.tex import Command, argument, respelt

__all__ = ["expand", "macros"]

_DEFINITION = re.compile(
    r"\\(?:(?:re)?newcommand|providecommand|DeclareRobustCommand)\*?\s*\{?\s*\\(?P<name>[A-Za-z]+)\s*\}?\s*"
    r"(?:\[(?P<count>\d)\]\s*)?(?:\[(?P<default>[^\]]*)\]\s*)?(?=\{)"
    r"|\\DeclareMathOperator(?P<star>\*?)\s*\{?\s*\\(?P<operator>[A-Za-z]+)\s*\}?\s*(?=\{)"
)
_SCRIPT = re.compile(r"([_^])\s*(\\([A-Za-z]+))(?!\s*[{\[])")
_DEEPEST = 12  # macros that stand for macros: one that stands for itself would never end
_LONGEST = 20_000  # characters that a formula may grow to


def expand(commands: Mapping[str, Command], doctree: nodes.document) -> None:
    """Say the formulas of a document without macros."""
    if not commands:
        return
    for node in [node for kind in (nodes.math, nodes.math_block) for node in doctree.findall(kind)]:
        tex = node.astext()
        # one that is a script is a whole
        tex = _SCRIPT.sub(lambda found: rf"{found[1]}{{{found[2]}}}" if found[3] in commands else found[0], tex)
        for _ in range(_DEEPEST):
            said = respelt(tex, commands)
            if said == tex or len(said) > _LONGEST:
                break
            tex = said
        if tex != node.astext():
            node.children = []
            node += nodes.Text(tex)


def macros(app: Sphinx) -> dict[str, Command]:
    """The macros of ``mathjax4_config``, ``mathjax3_config``, ``mathjax2_config`` and of the preambles of LaTeX."""
    config = app.config
    found: dict[str, Command] = {}
    for preamble in (_item(config, "latex_elements", "preamble"), getattr(config, "imgmath_latex_preamble", "")):
        found |= dict(_defined(str(preamble or "")))
    for name, keys in (
        ("mathjax_config", ("TeX", "Macros")), ("mathjax2_config", ("TeX", "Macros")),
        ("mathjax3_config", ("tex", "macros")), ("mathjax4_config", ("tex", "macros")),
    ):  # fmt: skip
        given = _item(config, name, *keys)
        for macro, meaning in given.items() if isinstance(given, Mapping) else ():
            body, count, *default = (*meaning, 0) if isinstance(meaning, (list, tuple)) and meaning else (meaning, 0)
            if isinstance(body, str) and isinstance(count, int):
                found[str(macro)] = _command(body, count, default[:-1])
    return found


def _item(config: Any, name: str, *keys: str) -> Any:
    value = getattr(config, name, None)
    for key in keys:
        value = value.get(key) if isinstance(value, Mapping) else None
    return value


def _defined(preamble: str) -> Iterator[tuple[str, Command]]:
    r"""The macros that ``\newcommand`` and ``\DeclareMathOperator`` make."""
    for found in _DEFINITION.finditer(re.sub(r"(?<!\\)%.*", "", preamble)):
        body = argument(found.string, found.end())
        if body is None:
            continue
        if found["operator"]:
            yield found["operator"], _command(rf"\operatorname{found['star']}{{{body[0]}}}", 0, [])
        else:
            default = [] if found["default"] is None else [found["default"]]
            yield found["name"], _command(body[0], int(found["count"] or 0), default)


def _command(body: str, count: int, default: Sequence[object]) -> Command:
    """A macro of ``count`` arguments; the first has a default and stands in brackets where ``default`` has one."""
    usual = str(default[0]) if default and count else None

    def meaning(*values: str) -> str:
        given = [values[0] or usual, *values[1:]] if usual is not None else values

        def value(found: re.Match[str]) -> str:
            number = int(found[2])
            text = str(given[number - 1]) if 0 < number <= len(given) else found[2]
            # what follows a command's name must not become part of it
            return f"{found[1]} {text}" if found[1] else text

        return re.sub(r"(\\[A-Za-z]+)?#(\d)", value, body)

    options = int(usual is not None)
    return Command(meaning, count - options, options, nested=False)
