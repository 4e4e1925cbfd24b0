"""Landings: the letters that stand first at each named destination, and a PDF whose destinations stand elsewhere."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from docutils.core import publish_doctree

from casebound.model.diagnostics import problem
from casebound.proof import landings, prove
from tests.proof.samples import Copy, claim_pdf, named

SOURCE = """\
Cells & Nets
============

.. _words:

Much is *said* in a few words.

.. _note:

.. note:: Take care.

.. _picture:

.. image:: bus.png

Behind the picture.

.. _mathematics:

.. math:: a^2

Inside
------

.. _address: https://example.org/

.. [1] A note at the foot.

.. _ending:

.. _listed:

1. First.
2. Second.

.. [Who] W. Stein

Outside
-------

Extraordinarily incomprehensible words.
"""


def test_the_letters_that_stand_first() -> None:
    tree = publish_doctree(SOURCE, settings_overrides={"report_level": 5})
    assert landings(tree) == {
        "cells-nets": "CellsNets",
        "words": "Muchissaidinafew",
        "note": "Takecare",
        "inside": "Inside",
        "footnote-1": "1Anoteatthefoot",
        "ending": "First",
        "listed": "First",
        "who": "Who",
        "outside": "Outside",
    }


LETTERS = {"rpc:": "Callsoverthewire", "rpc:casts": "Casts", "cells:": "Cells", "gmr:": "Reports"}


def test_each_link_lands_where_its_target_stands(copy: Copy, tmp_path: Path) -> None:
    claim = replace(claim_pdf(copy.write(tmp_path / "book.pdf")), landings=LETTERS)
    for closely in (False, True):
        verdict = prove(claim, closely=closely)
        assert verdict.problems == (), verdict.summary()
        assert verdict.figures["book.pdf"]["places"] == {"ok": True, "read": 4, "astray": 0}


def test_a_destination_on_another_page_is_told(copy: Copy, tmp_path: Path) -> None:
    copy.sheet("gmr").names["cells:one"] = 255.0
    copy.links.append((2, named("cells:one")))
    claim = replace(claim_pdf(copy.write(tmp_path / "book.pdf")), landings={**LETTERS, "cells:one": "Databasesstand"})
    (found,) = prove(claim).problems
    assert str(found) == (
        "book.pdf has links that point to the wrong position: "
        "cells:one opens page 8, where “Databasesstand” cannot be read. Report it."
    )


def test_a_destination_at_another_height_is_told_where_one_looks_closely(copy: Copy, tmp_path: Path) -> None:
    copy.sheet("cells").names["cells:one"] = 60.0
    claim = replace(claim_pdf(copy.write(tmp_path / "book.pdf")), landings={**LETTERS, "cells:one": "Databasesstand"})
    assert prove(claim).problems == ()
    assert [one.code for one in prove(claim, closely=True).problems] == ["link-astray"]


def test_what_begins_at_the_foot_of_a_page_goes_on_upon_the_next(copy: Copy, tmp_path: Path) -> None:
    copy.sheet("rpc").names["rpc:end"] = 40.0
    copy.sheet("rpc").lines.append((20, 30, "For"))
    copy.sheet("cells").lines.insert(0, (20, 270, "tunes"))
    claim = replace(claim_pdf(copy.write(tmp_path / "book.pdf")), landings={"rpc:end": "Fortunes"})
    assert prove(claim).problems == ()
    claim = replace(claim, landings={"rpc:end": "tunes"})
    assert [one.code for one in prove(claim).problems] == ["link-astray"]


@pytest.mark.parametrize("code", ["chapter-failed", "glyph-missing"])
def test_what_the_build_has_told_is_not_told_again(copy: Copy, tmp_path: Path, code: str) -> None:
    told = problem(code, "cells", None, name="cells", detail="x", letters="日", help="")
    claim = claim_pdf(copy.write(tmp_path / "book.pdf"))
    claim = replace(claim, landings={"cells:": "日本語"}, reported=(told,))
    assert prove(claim).problems == ()
