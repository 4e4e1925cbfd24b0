"""Books and handouts open in poppler, qpdf and mupdf without a warning, and lead to each other."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from casebound.press import press
from corpora.fetch import fetch
from tests.press.books import CONF, Shop, Told, files, outline
from tests.press.openings import complaints, remote_links, shown_outline

Program = Callable[[str], str]


def held(shop: Shop, program: Program) -> int:
    """Hold every file of a build against its readers: the number of links from file to file."""
    paths = [*sorted((shop.places.build / "pdf").iterdir()), *shop.handouts()]
    assert [line for path in paths for line in complaints(path, program)] == []
    for path in paths:
        assert shown_outline(path, program) == outline(path)
    links = [remote_links(path) for path in paths]
    assert [line for _, lost in links for line in lost] == []
    return sum(count for count, _ in links)


@pytest.mark.parametrize("depth", [1, 2])
def test_a_tiny_book(tmp_path: Path, program: Program, depth: int) -> None:
    conf = CONF + f"casebound_handout_depth = {depth}\n"
    shop = Shop.of(tmp_path, files() | {"conf.py": conf})
    shop.make()
    assert held(shop, program) > 5
    assert len(shop.handouts()) == {1: 2, 2: 5}[depth]


@pytest.mark.slow
@pytest.mark.parametrize("name", ["nova", "flask", "sphinx", "django"])
def test_real_documentation(tmp_path: Path, program: Program, name: str) -> None:
    """The four trees, the links and where they land, read by the proof; the same files opened in other readers."""
    fetched = fetch(name)
    shop = Shop.at(tmp_path)
    shop.places = type(shop.places)(fetched.source, fetched.conf, tmp_path / "build")
    shop.make()
    assert held(shop, program) > 10
    verdict = press.prove(shop.places, report=Told(), closely=True)
    assert [str(problem) for problem in verdict.problems] == []
    book = outline(next((shop.places.build / "pdf").iterdir()))
    for path in shop.handouts():
        body = outline(path).split("\n", 1)[1]  # behind its contents
        section = body.splitlines()[0]
        own = book[book.index(f"\n{section}\n") + 1 :]
        whole = own[: next((at for at, end in _tops(own) if at), len(own))]
        assert body.startswith(whole)


def _tops(text: str) -> list[tuple[int, str]]:
    """The lines that are not indented, with the place where each begins."""
    at, found = 0, []
    for line in text.splitlines(True):
        if not line.startswith(" "):
            found.append((at, line))
        at += len(line)
    return found
