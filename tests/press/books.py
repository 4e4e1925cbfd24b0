"""A tiny book on disk, the press run on it, and its outputs read back by pikepdf, PDFium, zipfile and lxml."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
from lxml import etree
from PIL import Image

from casebound.model.diagnostics import Problem
from casebound.model.settings import ProjectFolders
from casebound.press import press

CONF = """\
project = "Tiny Book"
author = "Ada"
release = "1.0"
casebound_subject = "Small things"
casebound_keywords = ("one", "two")
"""

INDEX = """\
Tiny Book
=========

Opening words.

Internals
---------

Lead of the internals; see also :doc:`debugging/gmr`.

.. toctree::
   :hidden:

   internals/rpc
   internals/cells

Debugging
---------

Lead of the debugging, after :ref:`casts`.

.. toctree::
   :hidden:

   debugging/gmr
"""

RPC = """\
Calls
=====

.. index:: call, queue

A call waits for its answer. Reports are in :doc:`/debugging/gmr`, more in `another place`_.

.. _another place: https://example.org/

.. _casts:

Casts
-----

A cast does not wait. ::

   cast(context, method)

.. figure:: /bus.png
   :alt: A bus

   The bus
"""

CELLS = """\
Cells
=====

.. index:: queue

Apart from :doc:`rpc` and the :doc:`root </index>`.

.. _setup:

Setup
-----

Text.

Deeper
~~~~~~

More text.
"""

GMR = """\
Reports
=======

What a process says of itself, unlike :ref:`casts` and :ref:`setup`.

.. _own setup:

Setup
-----

.. rubric:: A rubric

Signals.
"""

TREE = """\
Tiny Book
Internals
  Calls
    Casts
  Cells
    Setup
      Deeper
Debugging
  Reports
    Setup
"""


def bus() -> bytes:
    data = BytesIO()
    Image.new("RGB", (60, 20), "navy").save(data, "PNG")
    return data.getvalue()


def files() -> dict[str, str | bytes]:
    return {
        "conf.py": CONF,
        "index.rst": INDEX,
        "internals/rpc.rst": RPC,
        "internals/cells.rst": CELLS,
        "debugging/gmr.rst": GMR,
        "bus.png": bus(),
    }


def write(folder: Path, content: Mapping[str, str | bytes]) -> None:
    for name, text in content.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())


@dataclass
class Told:
    """A report that keeps what it is told: the stages with their totals and how far they came."""

    stages: list[tuple[str, int | None, int]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    @contextmanager
    def stage(self, name: str, total: int | None = None) -> Iterator[Any]:
        counter = Counter()
        yield counter
        self.stages.append((name, total, counter.done))

    def problem(self, problem: Problem) -> None:
        self.problems.append(problem)

    def say(self, text: str) -> None:
        self.said.append(text)


@dataclass
class Counter:
    done: int = 0

    def advance(self, n: int = 1) -> None:
        self.done += n


@dataclass
class Shop:
    """A source folder and a build folder."""

    places: ProjectFolders
    told: Told = field(default_factory=Told)

    @classmethod
    def of(cls, folder: Path, content: Mapping[str, str | bytes] | None = None, build: str = "build") -> Shop:
        write(folder / "source", files() if content is None else content)
        return cls.at(folder, build)

    @classmethod
    def at(cls, folder: Path, build: str = "build") -> Shop:
        """The shop that stands in a folder already."""
        return cls(ProjectFolders(folder / "source", folder / "source", folder / build))

    def make(self, **flags: Any) -> press.BuildResult:
        self.told = Told()
        return press.make(self.places, report=self.told, **{"jobs": 2, **flags})

    def edit(self, name: str, old: str, new: str) -> None:
        path = self.places.source / name
        text = path.read_text()
        assert old in text
        path.write_text(text.replace(old, new))

    @property
    def book(self) -> Path:
        return self.places.pdf("tiny-book")

    @property
    def epub(self) -> Path:
        return self.places.epub("tiny-book")

    def handouts(self) -> list[Path]:
        return sorted((self.places.build / "handouts").iterdir())

    def outputs(self) -> dict[str, bytes]:
        """Every file of the build folder that a reader needs, by its path."""
        build = self.places.build
        return {
            path.relative_to(build).as_posix(): path.read_bytes()
            for path in sorted(build.rglob("*"))
            if path.is_file() and not path.is_relative_to(self.places.work)
        }

    def manifest(self) -> dict[str, Any]:
        data: dict[str, Any] = json.loads(self.places.manifest.read_text())
        return data


def codes(problems: tuple[Problem, ...] | list[Problem]) -> list[str]:
    return [f"{problem.place} {problem.code}".strip() for problem in problems]


def outline(path: Path) -> str:
    """The outline of a PDF as indented titles."""
    lines: list[str] = []

    def walk(item: pikepdf.Object | None, depth: int) -> None:
        while item is not None:
            lines.append(f"{'  ' * depth}{item.Title}\n")
            walk(item.get("/First"), depth + 1)
            item = item.get("/Next")

    with pikepdf.open(path) as pdf:
        walk(pdf.Root.Outlines.First, 0)
    return "".join(lines)


def labels(path: Path) -> list[str]:
    with pikepdf.open(path) as pdf:
        return [page.label for page in pdf.pages]


def pages(path: Path) -> list[list[str]]:
    """The lines of text of each page."""
    document = pypdfium2.PdfDocument(path)
    try:
        found = []
        for page in document:
            textpage = page.get_textpage()
            found.append([line.strip() for line in textpage.get_text_range().splitlines() if line.strip()])
            textpage.close()
        return found
    finally:
        document.close()


def nav(path: Path) -> str:
    """The navigation document of an EPUB as indented titles."""
    space = {"h": "http://www.w3.org/1999/xhtml", "e": "http://www.idpf.org/2007/ops"}
    lines: list[str] = []

    def walk(items: etree._Element, depth: int) -> None:
        for item in items.findall("h:li", space):
            lines.append(f"{'  ' * depth}{' '.join(''.join(item[0].itertext()).split())}\n")
            for inner in item.findall("h:ol", space):
                walk(inner, depth + 1)

    with zipfile.ZipFile(path) as archive:
        name = next(name for name in archive.namelist() if name.endswith("nav.xhtml"))
        (toc,) = etree.fromstring(archive.read(name)).xpath("//h:nav[@e:type='toc']/h:ol", namespaces=space)
    walk(toc, 0)
    return "".join(lines)
