"""What a document takes from outside the source folder is read, and said."""

from __future__ import annotations

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
"""


def test_files_outside_the_source_are_named(write: Write) -> None:
    places = write({"index.rst": page("Book", TEXT), "inside.txt": "Inside.\n"})
    for name in ("README.rst", "secret.cfg", "numbers.csv", "banner.html"):
        (places.source.parent / name).write_text("One,two\n", encoding="utf-8")
    wanted = "index:12 file-outside\nindex:4 file-outside\nindex:6 file-outside\nindex:9 file-outside\n"
    first = read(places)
    assert faults(first) == wanted
    assert "../secret.cfg" in next(one.message for one in first.problems if one.line == 6)
    assert faults(read(places)) == wanted  # from memory


def test_modules_that_are_documented_are_not_meant(write: Write) -> None:
    text = ".. automodule:: casebound.folios\n   :members:\n"
    places = write({"index.rst": page("Book", text)}, "extensions = ['sphinx.ext.autodoc']\n")
    assert "file-outside" not in faults(read(places))
