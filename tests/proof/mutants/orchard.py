"""The book into whose outputs mutants are seeded: built once by the press, then copied for each mutant."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

from casebound import manuscript
from casebound.model.settings import ProjectFolders
from casebound.press import press
from casebound.press.claims import claim
from casebound.press.report import SilentReport
from casebound.proof import Claim, Verdict, prove

__all__ = ["Mutant", "Orchard", "Outputs", "build"]

_SOURCE = Path(__file__).parent / "source"


@dataclass(frozen=True)
class Outputs:
    """A copy of the outputs of the book, for a mutant to change."""

    pdf: Path
    epub: Path
    handouts: tuple[Path, ...]


class Mutant(NamedTuple):
    """A fault in finished outputs: its kind (``text``, ``links``), its name, what makes it."""

    kind: str
    name: str
    seed: Callable[[Outputs], None]


@dataclass(frozen=True)
class Orchard:
    """The book as it was built, and what its outputs are held against."""

    places: ProjectFolders
    claim: Claim

    def copy(self, folder: Path) -> Outputs:
        """A copy of all outputs in a folder."""
        for name in ("pdf", "epub", "handouts"):
            shutil.copytree(self.places.build / name, folder / name)
        handouts = tuple(folder / "handouts" / path.name for _, path in self.claim.handouts)
        assert self.claim.pdf and self.claim.epub
        return Outputs(folder / "pdf" / self.claim.pdf.name, folder / "epub" / self.claim.epub.name, handouts)

    def proven(self, outputs: Outputs) -> Verdict:
        """The verdict on a copy."""
        sections = [section for section, _ in self.claim.handouts]
        handouts = tuple(zip(sections, outputs.handouts, strict=True))
        return prove(replace(self.claim, pdf=outputs.pdf, epub=outputs.epub, handouts=handouts))


def build(folder: Path) -> Orchard:
    """Build the book in a folder; what its outputs must show is read once and kept."""
    source = folder / "source"
    shutil.copytree(_SOURCE, source)
    places = ProjectFolders(source, source, folder / "build")
    press.make(places, report=SilentReport(), jobs=1)
    known = claim(manuscript.read(places), places)
    return Orchard(places, known.at_hand())
