"""PDF objects as bytes: numbers, names, strings and dates (ISO 32000-2 7.3, 7.9)."""

from __future__ import annotations

import re
from datetime import UTC, datetime

__all__ = ["date", "destination_name", "literal", "name", "number", "text"]

_IRREGULAR = re.compile(rb"[^!-~]|[#%()/<>\[\]{}]")


def number(value: float) -> bytes:
    """A number with at most three decimals, as short as it can be written."""
    figures = f"{value:.3f}".rstrip("0").rstrip(".")
    return b"0" if figures == "-0" else figures.encode()


def name(plain: str) -> bytes:
    """A name object; ``plain`` comes without its slash."""
    return b"/" + _IRREGULAR.sub(lambda found: b"#%02X" % found[0][0], plain.encode())


def literal(data: bytes) -> bytes:
    """A string object in parentheses."""
    escaped = data.replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
    return b"(" + escaped.replace(b"\r", b"\\r") + b")"


def text(plain: str) -> bytes:
    """A text string: ASCII as it is, anything else as UTF-16BE with its mark (7.9.2.2)."""
    return literal(plain.encode() if plain.isascii() else b"\xfe\xff" + plain.encode("utf-16-be", "replace"))


def destination_name(target: str) -> bytes:
    """The bytes that a named destination is written and sorted by: UTF-8 without a mark (12.3.2.4)."""
    return target.encode()


def date(moment: datetime) -> bytes:
    """A date string in UTC (7.9.4)."""
    return literal(moment.astimezone(UTC).strftime("D:%Y%m%d%H%M%SZ").encode())
