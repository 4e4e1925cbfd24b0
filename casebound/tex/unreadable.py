"""What of a formula cannot be read, in words for its author."""

from __future__ import annotations

import re
from collections import Counter

__all__ = ["UnreadableFormula", "reason", "takes"]

_COMMAND = re.compile(r"\\[A-Za-z]+")
_BEGUN = re.compile(r"\\begin\s*\{([A-Za-z]+\*?)\}")
_HELD = re.compile(r"(\\[A-Za-z]+)\s*((?:\{[^{}]*\}\s*)+)")
_UNPRINTED = frozenset({r"\begin", r"\end", r"\color", r"\textcolor", r"\hspace", r"\mspace"})
"""What takes words that no formula prints."""

_ENVIRONMENTS = frozenset(
    {
        *("array", "darray", "align", "alignat", "alignedat", "aligned", "eqnarray", "equation", "flalign", "gather"),
        *("gathered", "cases", "dcases", "rcases", "drcases", "multline", "split", "subarray", "CD", "math"),
        *("matrix", "pmatrix", "bmatrix", "Bmatrix", "vmatrix", "Vmatrix", "smallmatrix", "displaymath"),
    }
)


class UnreadableFormula(ValueError):
    """A formula asks for what would be read as something else; the message is a sentence's end."""


def reason(error: Exception, tex: str = "") -> str:
    """Why a formula cannot be set: what the house itself says, else what a converter names or has no name for."""
    if isinstance(error, UnreadableFormula):
        return str(error)
    command = _COMMAND.search(str(error))
    strange = [name for name in _BEGUN.findall(tex) if name.rstrip("*") not in _ENVIRONMENTS]
    if strange:
        return f"the environment {strange[0]} is not known"
    return f"{command.group()} is not known" if command else "it is not TeX that can be read"


def takes(tex: str, lost: Counter[str]) -> str:
    """The first command with an argument whose letters are all among the ``lost`` ones; empty if there is none."""
    for found in (held for held in _HELD.finditer(tex) if held[1] not in _UNPRINTED):
        for held in re.findall(r"\{([^{}]*)\}", found[2]):
            letters = Counter(re.findall(r"[A-Za-z0-9]", _COMMAND.sub("", held)))
            if letters and letters <= lost:
                return found[1]
    return ""
