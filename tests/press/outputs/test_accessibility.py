"""Alternative text and certification from the source and ``conf.py`` to the EPUB."""

from __future__ import annotations

from pathlib import Path

from tests.epub.readers import Epub, H
from tests.press.books import Shop, bus

CERTIFIED = """\
project = "Tiny Book"
casebound_certified_by = "Ada Access"
casebound_certified_credential = "Access Aware"
"""
ROOT = """\
Tiny Book
=========

Words.

.. figure:: bus.png{alt}

   A bus on its way

.. toctree::

   one
"""
ONE = "One\n===\n\nText.\n"


def book(folder: Path, alt: str) -> Shop:
    shop = Shop.of(folder, {"conf.py": CERTIFIED, "index.rst": ROOT.format(alt=alt), "one.rst": ONE})
    (shop.places.source / "bus.png").write_bytes(bus())
    return shop


def read(shop: Shop) -> tuple[list[str], list[str], list[str]]:
    """The codes of what the build tells, the alternative texts, and who certified."""
    codes = [problem.code for problem in shop.make(kinds=frozenset({"epub"})).problems]
    epub = Epub(shop.epub.read_bytes())
    alts = [str(each.get("alt")) for each in epub.page().iter(f"{H}img")]
    return codes, alts, epub.meta("a11y:certifiedBy")


def test_a_claim_is_made_where_every_picture_is_described(tmp_path: Path) -> None:
    assert read(book(tmp_path, "\n   :alt: A bus")) == ([], ["A bus"], ["Ada Access"])


def test_a_caption_is_no_alternative_text(tmp_path: Path) -> None:
    assert read(book(tmp_path, "")) == (["alt-missing", "claim-left-out"], [""], [])


def test_decoration_needs_no_words(tmp_path: Path) -> None:
    assert read(book(tmp_path, "\n   :alt:")) == ([], [""], ["Ada Access"])
