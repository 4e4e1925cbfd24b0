"""The order in which workers finish has no effect on any byte: of the PDF, the EPUB, the handouts, the manifest."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, as_completed
from pathlib import Path
from typing import Any

import pytest

from casebound.press import workers
from tests.press.books import Shop

Order = Callable[[list[Future[Any]]], list[Future[Any]]]
CHAPTERS = ("internals/rpc", "internals/cells", "debugging/gmr")


def as_submitted(futures: list[Future[Any]]) -> list[Future[Any]]:
    return futures


def backwards(futures: list[Future[Any]]) -> list[Future[Any]]:
    return futures[::-1]


def shuffled(futures: list[Future[Any]]) -> list[Future[Any]]:
    return random.Random(7).sample(futures, len(futures))


def made(folder: Path, order: Order, monkeypatch: pytest.MonkeyPatch) -> tuple[dict[str, bytes], list[str]]:
    """The outputs of a book whose chapters all have losses, words that no face has and terms of the index."""
    finished: list[str] = []

    def finishing(futures: Iterable[Future[Any]]) -> Iterator[Future[Any]]:
        waiting = list(futures)
        assert len(list(as_completed(waiting))) == len(waiting) > 3
        for future in order(waiting):
            finished.append(future.result().name)
            yield future

    monkeypatch.setattr(workers, "as_completed", finishing)
    shop = Shop.of(folder)
    for name in CHAPTERS:
        path = shop.places.source / f"{name}.rst"
        more = f"\n.. index:: shared\n\n:math:`\\{name[-3:]}` \U00013001 Ω ffi {name}\n"
        path.write_text(path.read_text() + more)
    result = shop.make()
    assert {problem.docname for problem in result.problems} == set(CHAPTERS)
    return shop.outputs(), finished


def test_the_order_in_which_workers_finish_has_no_effect(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    wanted, first = made(tmp_path / "a", as_submitted, monkeypatch)
    assert {name.partition("/")[0] for name in wanted} >= {"pdf", "epub", "handouts", "manifest.json"}
    for folder, order in (("b", backwards), ("c", shuffled)):
        outputs, finished = made(tmp_path / folder, order, monkeypatch)
        assert finished != first and sorted(finished) == sorted(first)
        assert [name for name in wanted if outputs[name] != wanted[name]] == []
        assert outputs.keys() == wanted.keys()
