"""Formulas held against MathJax: the letters and the structure of our MathML for the EPUB, and of MathJax's.

What differs must be said by a problem; a difference that nobody says is a fault. The table is in ``formulas.md``. Needs
node and npm, which brings MathJax once.
"""

from __future__ import annotations

import json
import re
import subprocess
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from casebound.epub.math.formulas import converted
from casebound.tex import reason
from chores.formulas.structure import structure
from chores.readers import bring, program

__all__ = ["HERE", "Result", "compare", "constructs", "install", "table"]

HERE = Path(__file__).parent
PACKAGES = ("mathjax-full@3.2.2",)
_APART = re.compile(r"\s{2,}|\n")


@dataclass(frozen=True, slots=True)
class Result:
    """A formula, and its structure by us and by MathJax; ``said`` is why one of them cannot set it.

    ``judged`` is why a difference is none that a reader would mind.
    """

    group: str
    tex: str
    ours: str = ""
    theirs: str = ""
    said: str = ""
    judged: str = ""

    @property
    def verdict(self) -> str:
        """``alone`` is what MathJax does not know."""
        if self.said:
            return "alone" if self.ours else "reported"
        if self.ours == self.theirs:
            return "same"
        return "judged" if self.judged else "SILENT"


def install(folder: Path) -> Path:
    """Install MathJax by npm, once; gives the folder of modules. Raises LookupError, CalledProcessError."""
    return bring(folder, PACKAGES)


def constructs(only: str = "") -> Iterator[tuple[str, str]]:
    """Group and TeX of each formula of ``constructs.toml`` whose group or TeX has ``only`` in it."""
    for group, entry in _file("constructs").items():
        if "form" in entry:
            found = [entry["form"].replace("#", name) for name in entry["names"].split()]
        else:
            found = _APART.split(entry["formulas"].strip())
        yield from ((group, tex) for tex in found if only in f"{group}: {tex}")


def _file(name: str) -> dict[str, Any]:
    return tomllib.loads((HERE / f"{name}.toml").read_text("utf-8"))


def compare(entries: Sequence[tuple[str, str]], modules: Path) -> list[Result]:
    """Convert all formulas both ways, as displayed ones. Raises LookupError, CalledProcessError."""
    command = [program("node"), str(HERE / "mathjax.mjs"), str(modules)]
    asked = json.dumps([tex for _, tex in entries])
    done = subprocess.run(command, input=asked, capture_output=True, text=True, check=True)
    found = zip(entries, json.loads(done.stdout), strict=True)
    judged = {tex: why for why, alike in _file("judged").items() for tex in _APART.split(alike["formulas"].strip())}
    return [replace(_result(group, tex, made), judged=judged.get(tex, "")) for (group, tex), made in found]


def _result(group: str, tex: str, made: str | dict[str, str]) -> Result:
    try:
        ours = structure(converted(tex, block=True))
    except Exception as error:
        return Result(group, tex, said=reason(error, tex))
    if isinstance(made, dict):
        return Result(group, tex, ours, said=made["error"])
    return Result(group, tex, ours, structure(made))


def table(results: Sequence[Result]) -> str:
    """How many formulas of each group are the same, and all others, as Markdown."""
    lines = [
        "# Formulas, held against MathJax",
        "",
        "`inv formulas` converts each formula of `chores/formulas/constructs.toml` for the EPUB and by MathJax 3, and",
        "compares letters, faces, scripts, fractions, tables and colours. *Reported*: a build says that the formula is",
        "not set. *Alone*: MathJax does not set it. *Judged*: `judged.toml` says why a difference is none. A",
        "difference that nobody says (*SILENT*) fails the task.",
        "",
        "| group | tried | same | reported | alone | judged | silent |",
        "|---|---|---|---|---|---|---|",
    ]
    groups = [*dict.fromkeys(each.group for each in results), ""]
    for group in groups:
        found = [each.verdict for each in results if group in ("", each.group)]
        counts = " | ".join(str(found.count(verdict)) for verdict in ("same", "reported", "alone", "judged", "SILENT"))
        lines.append(f"| {group or '*all*'} | {len(found)} | {counts} |")
    lines += [
        "",
        "## What is not the same",
        "",
        "| formula | verdict | ours, or why not | MathJax's |",
        "|---|---|---|---|",
    ]
    for each in results:
        if each.verdict != "same":
            cells = (
                f"`{each.tex}`",
                each.verdict,
                each.said or each.judged or f"`{each.ours}`",
                f"`{each.theirs}`" if each.verdict == "SILENT" else "",
            )
            lines.append("| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |")
    return "\n".join(lines) + "\n"
