"""What a document takes from outside the source folder is read, and said."""

from __future__ import annotations

import pytest

from casebound.manuscript import read
from tests.manuscript.conftest import Write
from tests.manuscript.pictures import faults, page

TEXT = """\
.. include:: ../README.rst

.. literalinclude:: ../secret.cfg

.. csv-table:: Numbers
   :file: ../numbers.csv

.. raw:: html
   :file: ../banner.html

.. include:: inside.txt

.. literalinclude:: inside.txt

.. include:: inside.txt
   :literal:

.. include:: inside.txt
   :code: rst

.. csv-table::
   :file: inside.txt

.. raw:: html
   :file: inside.txt

.. include:: ../LICENSE
   :literal:

.. include:: ../code.py
   :code: python
"""


def test_files_outside_the_source_are_named(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    places = write({"index.rst": page("Book", TEXT), "inside.txt": "Inside.\n"})
    for name in ("README.rst", "secret.cfg", "numbers.csv", "banner.html", "LICENSE", "code.py"):
        (places.source.parent / name).write_text("One,two\n", encoding="utf-8")
    wanted = "".join(f"index:{line} file-outside\n" for line in (12, 30, 33, 4, 6, 9))
    first = read(places)
    assert faults(first) == wanted
    assert "../secret.cfg" in next(one.message for one in first.problems if one.line == 6)
    assert faults(read(places)) == wanted  # from memory
    monkeypatch.chdir(places.source)  # from which docutils names files
    assert faults(read(places, fresh=True)) == wanted


def test_modules_that_are_documented_are_not_meant(write: Write) -> None:
    text = ".. automodule:: casebound.model.folios\n   :members:\n"
    places = write({"index.rst": page("Book", text)}, "extensions = ['sphinx.ext.autodoc']\n")
    assert "file-outside" not in faults(read(places))
