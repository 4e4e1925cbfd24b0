"""What a screen reader would say of a small book."""

from __future__ import annotations

from pathlib import Path

import pytest

from chores.spoken import said
from tests.press.books import Shop

PAGE = """\
Calls
=====

A *call* waits, see :doc:`cells` [#a]_.

.. [#a] Not always.

- one
- two

.. list-table:: Limits
   :header-rows: 1

   * - Name
     - Value
   * - ``timeout``
     - 60

.. code::

   def f():
       return 1

The sum is :math:`x^2`.

.. image:: bus.svg
   :alt: A bus
"""
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>'
SAID = """\
Heading, level 2: Calls
A call waits, see [link Cells] (p. 3)[link 1].
Note 1. Not always.
List with 2 items
  • one
  • two
  end of list
Table with 2 columns and 2 rows: Limits
  row 1: Name; Value
  row 2: Name: timeout; Value: 60
  end of table
Code:
  def f():
      return 1
The sum is [formula: x^2].
[figure: A bus]
"""


def test_what_is_said_of_a_chapter(tmp_path: Path) -> None:
    sources = {
        "conf.py": 'project = "Tiny Book"\n',
        "index.rst": "Tiny Book\n=========\n\nAll\n---\n\n.. toctree::\n   :hidden:\n\n   calls\n   cells\n",
        "calls.rst": PAGE,
        "cells.rst": "Cells\n=====\n\nText.\n",
        "bus.svg": SVG,
    }
    shop = Shop.of(tmp_path, sources)
    assert shop.make().problems == ()
    assert "\n".join(said(shop.book, "Calls")) + "\n" == SAID
    with pytest.raises(LookupError, match="no chapter Casts"):
        list(said(shop.book, "Casts"))
