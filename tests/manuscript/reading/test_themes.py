"""What is for web pages on a dark ground is left out of a book; what is for a light one is printed."""

from __future__ import annotations

import docutils
from docutils import nodes

from tests.manuscript.conftest import Read
from tests.manuscript.invariants import breaches
from tests.manuscript.pictures import faults, page
from tests.manuscript.trees import PIXEL, tree

RST = """
.. figure:: light.png
   :class: only-light

   The light one

.. figure:: dark.png
   :class: only-dark
   :name: by-night

   The light one

.. image:: dark.png
   :class: dark-only
   :target: https://example.org/

.. image:: both.png
   :class: dark-light

.. container:: only-dark

   At night.

.. container:: light-only

   By day, and |inline|.

.. figure:: light.png
   :figclass: rounded

   The last one, see :ref:`the first <by-night>`.

.. |inline| image:: dark.png#gh-dark-mode-only

.. image:: light.png#only-light

.. raw:: html

   <p>Raw <img src="dark.png" class="only-dark"><img src="light.png#gh-light-mode-only" alt="light"></p>
   <picture><source media="(prefers-color-scheme: dark)" srcset="dark.png"><img src="light.png" alt="raw"></picture>
   <picture><source media="(prefers-color-scheme: light)" srcset="light.png 2x"><img src="dark.png" alt="raw"></picture>
"""

MYST = """# B

```{image} dark.png
:class: only-dark
```

![a](dark.png#only-dark) ![b](light.png#only-light) ![c](dark.png){.only-dark}

:::{figure} dark.png
:class: only-dark

Night
:::

:::{container} only-dark
Stars.
:::

Text.
"""

FILES: dict[str, str | bytes] = {name: PIXEL for name in ("light.png", "dark.png", "both.png")}


def test_what_is_for_dark_pages_is_left_out_and_told_of(book: Read) -> None:
    manuscript = book({"index.rst": page("B", RST), **FILES}, "numfig = True")
    doctree = tree(manuscript)
    shown = [(image["uri"], image["digest"] != "") for image in doctree.findall(nodes.image)]
    assert [uri for uri, _ in shown] == ["light.png", "both.png", "light.png", *["light.png"] * 4]
    assert [caption.astext() for caption in doctree.findall(nodes.caption)] == [
        "Fig. 1\N{EN SPACE}The light one", "Fig. 2\N{EN SPACE}The last one, see the first.",
    ]  # fmt: skip
    assert "At night" not in doctree.astext() and "By day, and ." in doctree.astext()
    found = [line for line in faults(manuscript).splitlines() if not line.endswith("alt-missing")]
    container = 23 if docutils.__version_info__ >= (0, 22) else 25  # older ones know the line of its text alone
    assert found == [
        "index:10 dark-left-out", "index:16 dark-left-out", f"index:{container} dark-left-out",
        "index:36 dark-left-out", "index:40 dark-left-out", "index:40 dark-left-out",
    ]  # fmt: skip
    assert breaches(manuscript) == []


def test_markdown_says_it_in_its_own_ways(book: Read) -> None:
    conf = "extensions = ['myst_parser']\nmyst_enable_extensions = ['colon_fence', 'attrs_inline']"
    manuscript = book({"index.md": MYST, **FILES}, conf)
    doctree = tree(manuscript)
    assert [(image["uri"], image["alt"]) for image in doctree.findall(nodes.image)] == [("light.png", "b")]
    assert " ".join(doctree.astext().split()) == "B b Text."
    found = [line for line in faults(manuscript).splitlines() if not line.endswith("alt-missing")]
    container = 15 if docutils.__version_info__ >= (0, 22) else 16
    assert found == [
        f"index:{container} dark-left-out", "index:3 dark-left-out", "index:7 dark-left-out", "index:9 dark-left-out",
    ]  # fmt: skip
