"""File names and ids that every reading system takes (EPUB 3.3 4.2.3: OCF file names)."""

from __future__ import annotations

import re
import unicodedata

__all__ = ["file_stem", "safe_id"]


def _ascii(value: str) -> str:
    return unicodedata.normalize("NFKD", value).encode("ascii", "ignore").decode()


def file_stem(name: str) -> str:
    """A file name without ending made from a chapter's name: lower risk letters only."""
    return re.sub(r"[^A-Za-z0-9_]+", "-", _ascii(name)).strip("-")[:80] or "chapter"


def safe_id(name: str) -> str:
    """An id without colons and spaces that is a valid XML name."""
    made = re.sub(r"[^A-Za-z0-9_.-]+", "-", _ascii(name)).strip("-")
    return made if re.match(r"[A-Za-z_]", made) else f"id-{made}" if made else "id"
