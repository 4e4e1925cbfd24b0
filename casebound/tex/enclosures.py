"""What is struck out with an arrow to its value."""

from __future__ import annotations

from casebound.tex.groups import Command

__all__ = ["ARROW", "ENCLOSURES"]

ARROW = "\N{INVISIBLE SEPARATOR}"
"""Begins what an arrow strikes out: no converter of TeX has a command for it, so the outputs draw it themselves."""

ENCLOSURES = {
    "cancelto": Command(lambda value, struck: rf"{{\cancel{{{ARROW}{struck}}}}}^{{{value}}}", arguments=2),
}
