"""EPUBs in two reading systems that set pages as columns: every chapter opens, nothing is cut, no page is blank."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from chores.readers import BROWSERS, ENGINES, TELEPHONE, Chapter, faults, install, program, read
from tests.epub import kitchen
from tests.epub.samples import css, shelf

ROOT = Path(__file__).parents[2]
LANDSCAPE, DESK = (667, 375), (1280, 800)

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def modules() -> Path:
    for names, package in ((("node",), "nodejs"), (("npm",), "npm"), (BROWSERS, "chromium")):
        try:
            program(*names)
        except LookupError as error:
            pytest.skip(f"{error} (package {package})")
    try:
        return install(ROOT / "build" / "readers")
    except subprocess.CalledProcessError as error:
        pytest.skip(f"npm cannot bring the reading systems: {error.stderr}")


WORDS = """
Words
=====

.. list-table::
   :header-rows: 1

   * - Option
     - Default
     - Environment variable
     - What it does when the service is started anew
   * - `worker_max_tasks`
     - `no_limit_at_all`
     - `APP_WORKER_MAX`
     - The number of tasks after which a worker is replaced by a fresh one.
   * - ``pool_restarts``
     - *disabled_in_all*
     - **APP_POOL_START**
     - Whether pools can be restarted.

====================  ====================  ====================
`worker_max_tasks_c`  `worker_max_memory_`  `APP_WORKER_MAX_TAS`
`worker_pool_restar`  `worker_concurrency`  `APP_WORKER_POOL_RE`
====================  ====================  ====================

+----------------+----------------+----------------+---------------+
| Configuration and its environment                | Understanding |
+================+================+================+===============+
| considerations | circumstances  | representation | documentation |
+----------------+----------------+----------------+---------------+

.. code-block:: python
   :caption: CELERY_BROKER_TRANSPORT_OPTIONS_visibility_timeout_that_is_wider_than_any_page

   x = 1

| A line of a-word-that-is-longer-than-any-page-of-a-telephone-can-hold-in-one-line-of-its-type.

.. list-table::
   :header-rows: 1
   :align: center
   :width: 60%

   * - Release of the service
     - Least version that it can talk to
     - Least version of its neighbours
   * - Two thousand and one
     - meets the next minimum
     - meets no minimum
"""
SUM = " + ".join(f"a_{{{n}}} x^{{{n}}}" for n in range(9))
ROW = " & ".join(map(str, range(1, 15)))
FORMULAS = rf"""
Formulas
========

.. math:: f(x) = {SUM}

.. math:: \begin{{pmatrix}} {ROW} \\ {ROW} \end{{pmatrix}}

.. math::

   \int_{{-\infty}}^{{\infty}} \frac{{{SUM}}}{{1 + x^2 + x^4}} \, dx = \sum_{{k=0}}^n \binom{{n}}{{k}} p^k (1-p)^{{n-k}}

.. math:: \begin{{aligned}} f(x) &= {SUM} \\ &= \text{{and all of the other terms that follow here}} \end{{aligned}}

Inline :math:`f(x) = {SUM} = g(x, y, z)` within a line, and :math:`\sqrt{{{SUM}}}` as well, with :math:`x_i = 1` there.

- in a list

  - nested

    .. math:: {SUM} = \begin{{bmatrix}} {ROW} \end{{bmatrix}}

.. list-table::

   * - one
     - :math:`f(x) = {SUM}`
   * - :math:`\sqrt{{{SUM}}}`
     - two
"""
LONG = "\n\n" + "\n\n".join(f"Paragraph {number} of a chapter that has many pages. " * 5 for number in range(40))


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("book") / "book.epub"
    path.write_bytes(shelf({"index": "Book\n====", "words": WORDS + LONG, "formulas": FORMULAS}).pack().data)
    return path


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("size", [TELEPHONE, LANDSCAPE, DESK], ids=str)
def test_nothing_is_wider_than_its_page(engine: str, size: tuple[int, int], book: Path, modules: Path) -> None:
    chapters = read(book, engine, modules, size)
    assert list(faults(chapters)) == []
    assert [chapter.href.rpartition("/")[2] for chapter in chapters] == [
        "cover.xhtml", "titlepage.xhtml", "imprint.xhtml", "nav.xhtml", "index.xhtml", "words.xhtml",
        "formulas.xhtml",
    ]  # fmt: skip


@pytest.mark.parametrize("engine", ENGINES)
def test_a_book_with_everything(engine: str, tmp_path: Path, modules: Path) -> None:
    path = tmp_path / "book.epub"
    path.write_bytes(kitchen.book(tmp_path).pack().data)
    assert list(faults(read(path, engine, modules))) == []


@pytest.mark.parametrize("engine", ENGINES)
def test_what_is_cut_is_told(engine: str, tmp_path: Path, modules: Path) -> None:
    path = tmp_path / "book.epub"
    rules = ".line-block { width: 30em; } blockquote { break-before: column; break-after: column; }"
    text = "Book\n====\n\n| " + "word " * 80 + "\n\nBefore\n\n   Quote\n\nAfter" + LONG
    path.write_bytes(shelf(text).pack(css=css() + rules).data)
    told = [fault.partition(":")[2] for fault in faults(read(path, engine, modules)) if "index.xhtml" in fault]
    assert any(fault.startswith(" div.line by ") for fault in told), told


@pytest.mark.parametrize("engine", ENGINES)
def test_this_repositorys_own_book(engine: str, modules: Path, tmp_path: Path, inv: Callable[..., int]) -> None:
    build = tmp_path / "out"
    assert inv("epub", "--source", str(ROOT / "source"), "--build", str(build)) == 0
    (path,) = (build / "epub").glob("*.epub")
    chapters = read(path, engine, modules)
    assert list(faults(chapters)) == []
    assert len(chapters) > 30 and sum(chapter.pages for chapter in chapters) > 300


def test_faults_are_lines() -> None:
    chapters = [Chapter("a.xhtml", 3, (2,), ("table by 9 px: -",)), Chapter("b.xhtml", 0, error="it does not open")]
    assert list(faults(chapters)) == [
        "a.xhtml: blank pages 2 of 3",
        "a.xhtml: table by 9 px: -",
        "b.xhtml: it does not open",
    ]
