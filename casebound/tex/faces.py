"""Faces of letters that converters have no command for: in others, or as letters of their own (Unicode TR 25)."""

from __future__ import annotations

from collections.abc import Callable

from casebound.tex.groups import Command

__all__ = ["FACES"]

_BOLD = {"mathbfscr": 0x1D4D0, "mathbfcal": 0x1D4D0, "mathbffrak": 0x1D56C, "mathbfsf": 0x1D5D4, "mathbfsfit": 0x1D63C}
"""Where the capitals of a face begin; its small letters follow them."""


def _letters(start: int) -> Callable[[str], str | None]:
    def meant(held: str) -> str | None:
        if not (held.isascii() and held.replace(" ", "").isalpha()):
            return None
        return "".join(
            chr(start + (ord(each) - 65 if each < "a" else ord(each) - 71)) for each in held.replace(" ", "")
        )

    return meant


FACES = {
    "mathup": Command(lambda held: rf"\mathrm {{{held}}}"),
    "mathnormal": Command(lambda held: f"{{{held}}}"),
    # in a group of its own: docutils makes what is after it bold, too
    **dict.fromkeys(("boldsymbol", "bm", "pmb"), Command(lambda held: rf"{{\boldsymbol{{{held}}}}}")),
    **{name: Command(_letters(start)) for name, start in _BOLD.items()},
}
