"""The page list of an EPUB is held against the pages of its PDF."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from chores.page_list import compare, report
from tests.press.books import Shop
from tests.typesetting.samples import LOREM

CONF = 'project = "Tiny Book"\nauthor = "Ada"\ncasebound_page_list = True\ncasebound_imprint = False\n'
ROOT = "Book\n====\n\n.. toctree::\n\n   one\n"
ROWS = "\n".join(f"   * - row {number}\n     - cell" for number in range(60))
CODE = "\n".join(f"   line {number}" for number in range(90))
TABLE = f".. list-table::\n   :header-rows: 1\n\n   * - Head\n     - Other\n{ROWS}\n"
ONE = f"One\n===\n\n{LOREM * 9}\n\n::\n\n{CODE}\n\n{TABLE}"


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Shop:
    shop = Shop.of(tmp_path_factory.mktemp("book"), {"conf.py": CONF, "index.rst": ROOT, "one.rst": ONE})
    shop.make()
    return shop


def test_each_page_is_compared_with_the_paragraph_of_its_mark(shop: Shop) -> None:
    found = compare(shop.book, shop.epub)
    assert [(one.folio, one.verdict, one.kind) for one in found] == [
        *[("i", "a page of its own", ""), ("ii", "an empty page", ""), ("iii", "a page of its own", "")],
        *[("iv", "a page of its own", ""), ("1", "exact", "h1"), ("2", "after what is repeated", "pre")],
        *[("3", "after what is repeated", "p"), ("4", "after what is repeated", "p")],
    ]
    assert list(report(shop.book, shop.epub)) == [
        f"{shop.epub.name}: 8 pages, 0 with a mark elsewhere, 0 faults of the list",
        "  a page of its own 3, after what is repeated 3, an empty page 1, exact 1",
    ]


def _edited(shop: Shop, folder: Path, edit: Callable[[str, str], str]) -> Path:
    path = folder / "other.epub"
    with zipfile.ZipFile(shop.epub) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, edit(name, data.decode()).encode() if name.endswith(".xhtml") else data)
    return path


MARK = re.compile(r'<span epub:type="pagebreak"[^>]*id="page-4"[^>]*></span>')
FAULTS: dict[str, tuple[Callable[[str, str], str], str]] = {
    "a mark in the next row": (
        lambda name, text: (
            re.sub(r"(.*)(<p>row 5\d)", r"\1" + MARK.search(text)[0] + r"\2", MARK.sub("", text), count=1)
            if MARK.search(text)
            else text
        ),
        "  4: ",
    ),
    "a folio that is not listed": (
        lambda name, text: re.sub(r"<li><a [^>]*>3</a></li>", "", text),
        "  3 is not listed",
    ),
    "a folio listed twice": (
        lambda name, text: re.sub(r"(<li><a [^>]*>3</a></li>)", r"\1\1", text),
        "  3 is listed 2 times",
    ),
    "folios out of order": (
        lambda name, text: re.sub(r"(<li><a [^>]*>2</a></li>)\s*(<li><a [^>]*>3</a></li>)", r"\2\1", text),
        "  the folios are not in order",
    ),
    "a mark that is not there": (lambda name, text: MARK.sub("", text), "  4 leads nowhere"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_what_is_wrong_is_found(shop: Shop, tmp_path: Path, fault: str) -> None:
    edit, said = FAULTS[fault]
    found = list(report(shop.book, _edited(shop, tmp_path, edit)))
    assert [line for line in found[2:] if line.startswith(said)] != [], found
