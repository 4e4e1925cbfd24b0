"""A formula as a line of plain text, for titles where none can be drawn: contents, bookmarks, running heads."""

from __future__ import annotations

import re
from functools import lru_cache
from xml.etree import ElementTree

from casebound.tex import plain
from casebound.tex.operators import set_apart
from casebound.tex.reading import reading

__all__ = ["spoken"]

_UNREAD = re.compile(r"\\[A-Za-z]+")
_LONGEST = 4_000  # characters of TeX


@lru_cache(maxsize=1024)
def spoken(tex: str) -> str:
    """What a formula reads as: ``x²`` for ``x^2``. One that cannot be read is its source."""
    source = " ".join(tex.split())
    if len(source) > _LONGEST:
        return source
    # it takes time to load, and few books have formulas in titles
    from latex2mathml.converter import convert

    try:
        root = ElementTree.fromstring(convert(plain(source)))
        for element in root.iter():
            element.tag = element.tag.rpartition("}")[2]
        set_apart(root)
        text = reading(root)
    except Exception:  # the converter ends in whatever error an unknown construct leads it to
        return source
    return source if not text or _UNREAD.search(text) else text
