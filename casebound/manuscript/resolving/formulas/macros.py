r"""TeX macros that a project gives to MathJax or LaTeX in ``conf.py``: formulas are read with what they stand for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

from casebound.tex import Command, argument, respelt

__all__ = ["expand", "macros", "stated"]

_DEFINITION = re.compile(
    r"\\(?:(?:re)?newcommand|providecommand|DeclareRobustCommand)\*?\s*\{?\s*\\(?P<name>[A-Za-z]+)\s*\}?\s*"
    r"(?:\[(?P<count>\d)\]\s*)?(?:\[(?P<default>[^\]]*)\]\s*)?(?=\{)"
    r"|\\def\s*\\(?P<short>[A-Za-z]+)\s*(?P<marks>(?:#\d)*)(?=\{)"
    r"|\\DeclareMathOperator(?P<star>\*?)\s*\{?\s*\\(?P<operator>[A-Za-z]+)\s*\}?\s*(?=\{)"
)
_SCRIPT = re.compile(r"([_^])\s*(\\([A-Za-z]+))(?!\s*[{\[])")
_DEEPEST = 12  # macros that stand for macros: one that stands for itself would never end
_LONGEST = 20_000  # characters that a formula may have or grow to


def expand(commands: Mapping[str, Command], doctree: nodes.document) -> None:
    """Say the formulas of a document without macros; one that makes macros makes them for all that follow.

    A formula that does nothing else prints nothing, and is taken out.
    """
    known = dict(commands)
    formulas = (node for node in doctree.findall(nodes.Element) if isinstance(node, nodes.math | nodes.math_block))
    for node in list[nodes.Element](formulas):
        source = node.astext()
        if len(source) > _LONGEST:
            continue  # no output sets it
        tex, made = source, dict[str, Command]()
        for start, end, name, command in reversed(list(_defined(source))):
            made.setdefault(name, command)  # the last of a name counts
            tex = tex[:start] + tex[end:]
        known |= made
        if not tex.strip() and source.strip() and not node["ids"]:
            _take_out(node)
            continue
        tex = _said(tex, known)
        if tex != source:
            node.children = []
            node += nodes.Text(tex)


def _said(tex: str, commands: Mapping[str, Command]) -> str:
    # a macro that is a script is a whole
    tex = _SCRIPT.sub(lambda found: rf"{found[1]}{{{found[2]}}}" if found[3] in commands else found[0], tex)
    for _ in range(_DEEPEST):
        said = respelt(tex, commands)
        if said == tex or len(said) > _LONGEST:
            break
        tex = said
    return tex


def _take_out(formula: nodes.Element) -> None:
    """Remove a formula, and the paragraph that holds nothing else."""
    parent = formula.parent
    formula.replace_self([])
    if isinstance(parent, nodes.paragraph) and not parent.children and not parent["ids"]:
        parent.replace_self([])


def macros(app: Sphinx) -> dict[str, Command]:
    """The macros of ``mathjax4_config``, ``mathjax3_config``, ``mathjax2_config`` and of the preambles of LaTeX."""
    config = app.config
    found: dict[str, Command] = {}
    for preamble in (_item(config, "latex_elements", "preamble"), getattr(config, "imgmath_latex_preamble", "")):
        text = re.sub(r"(?<!\\)%.*", "", str(preamble or ""))
        found |= {macro: command for _, _, macro, command in _defined(text)}
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


def stated(app: Sphinx) -> str:
    """What ``conf.py`` says of macros, to be compared with what it said before."""
    names = ("imgmath_latex_preamble", *(f"mathjax{version}_config" for version in ("", "2", "3", "4")))
    preamble = _item(app.config, "latex_elements", "preamble")
    return repr([preamble, *(getattr(app.config, name, None) for name in names)])


def _item(config: Any, name: str, *keys: str) -> Any:
    value = getattr(config, name, None)
    for key in keys:
        value = value.get(key) if isinstance(value, Mapping) else None
    return value


def _defined(tex: str) -> Iterator[tuple[int, int, str, Command]]:
    r"""The macros that ``\newcommand``, ``\def`` and ``\DeclareMathOperator`` make, with where they do so."""
    at = 0
    while found := _DEFINITION.search(tex, at):
        at = found.end()
        body = argument(tex, found.end())
        if body is None:
            continue
        if found["operator"]:
            command = _command(rf"\operatorname{found['star']}{{{body[0]}}}", 0, [])
        else:
            default = [] if found["default"] is None else [found["default"]]
            count = int(found["count"] or len(found["marks"] or "") // 2)
            command = _command(body[0], count, default)
        at = body[1]
        yield found.start(), at, found["operator"] or found["name"] or found["short"], command


def _command(body: str, count: int, default: Sequence[object]) -> Command:
    """A macro of ``count`` arguments; the first has a default and is in brackets where ``default`` has one."""
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
