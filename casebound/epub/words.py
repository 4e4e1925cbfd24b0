"""The few words an edition adds to the book's own, in the book's language where docutils knows them."""

from __future__ import annotations

from docutils.languages import get_language

__all__ = ["LABELS", "word"]

LABELS = {
    "contents": "Contents",
    "cover": "Cover",
    "titlepage": "Title page",
    "bodymatter": "Start of text",
    "index": "Index",
    "figures": "Figures",
    "tables": "Tables",
    "listings": "Listings",
    "landmarks": "Landmarks",
    "pages": "Pages",
    "seealso": "See also",
    "see": "see",
    "seealso-entry": "see also",
    "notes": "Notes",
    "missing-image": "Image not included",
}


def word(name: str, language: str) -> str:
    """The printed form of a label such as ``contents`` or ``warning``; English where no other is known."""
    labels: dict[str, str] = getattr(get_language(language.replace("-", "_"), None), "labels", {})
    return str(labels.get(name) or LABELS.get(name) or name.replace("-", " ").capitalize())
