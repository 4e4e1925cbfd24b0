"""What of a formula cannot be read, in words for its author."""

from __future__ import annotations

import re

__all__ = ["Unreadable", "reason"]

_COMMAND = re.compile(r"\\[A-Za-z]+")


class Unreadable(ValueError):
    """A formula asks for what would be read as something else; the message is a sentence's end."""


def reason(error: Exception) -> str:
    """Why a formula cannot be set: what the house itself says, else the command that a converter names."""
    if isinstance(error, Unreadable):
        return str(error)
    command = _COMMAND.search(str(error))
    return f"{command.group()} is not known" if command else "it is not TeX that can be read"
