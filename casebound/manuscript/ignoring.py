"""Which faults nobody wants to hear of, and how much the others weigh in a build."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from sphinx.application import Sphinx

from casebound.manuscript.reading.listening import is_suppressed
from casebound.model.diagnostics import CATALOGUE, Level, Problem, problem, weighed

__all__ = ["MISPLACED", "Ignoring"]

MISPLACED = frozenset({"text-after-toctree", "toctree-too-deep"})
"""The faults that moving a toctree mends."""

_FIELD = "casebound-ignore"
_BETWEEN = re.compile(r"[,\s\[\]\"']+")  # in MyST a field may be a list
_HOISTED = "The toctree was hoisted: the book is built as if it stood right."
_HOIST, _AS_IS = "hoist", "as-is"


class Ignoring:
    """What ``conf.py`` and the fields of documents say of faults."""

    def __init__(self, app: Sphinx) -> None:
        self.app = app
        self.everywhere, self.errors = _codes(app.config.casebound_ignore), _codes(app.config.casebound_errors)
        self.mode = str(app.config.casebound_toctree)

    def ignores(self, code: str, docname: str) -> bool:
        """Whether a fault is switched off in ``conf.py`` or for the document; a stop never is."""
        if CATALOGUE[code].level is Level.STOP:
            return False
        suppressed = is_suppressed(code, self.app.config.suppress_warnings)
        return suppressed or code in self.everywhere or code in self._stated(docname)

    def wanted(self, docname: str, problems: Iterable[Problem]) -> Iterator[Problem]:
        """The problems of a document that are not switched off, those that are to be errors as errors."""
        return (
            weighed(one, Level.ERROR) if one.code in self.errors and one.level is not Level.STOP else one
            for one in problems
            if not self.ignores(one.code, docname)
        )

    def unknown(self, docname: str) -> Iterator[Problem]:
        """What the field of a document names and is no fault."""
        for code in self._stated(docname):
            if code not in CATALOGUE:
                yield problem("ignore-unknown", docname, 1, value=code)

    def built(self, docname: str, problems: Iterable[Problem]) -> Iterator[Problem]:
        """The problems as they weigh in a build, where a misplaced toctree is no error."""
        return map(self.weigh, self.wanted(docname, problems))

    def weigh(self, one: Problem) -> Problem:
        """The problem as it weighs in a build: a misplaced toctree is hoisted, or wanted where it is."""
        if one.code not in MISPLACED or one.code in self.errors or self.mode not in {_HOIST, _AS_IS}:
            return one
        return weighed(one, Level.WARNING, _HOISTED if self.mode == _HOIST else "")

    def _stated(self, docname: str) -> list[str]:
        stated = str(self.app.env.metadata.get(docname, {}).get(_FIELD, ""))
        return [code for code in _BETWEEN.split(stated) if code]


def _codes(stated: object) -> frozenset[str]:
    """The codes that a setting lists; what is of another type is found by ``settings_of``."""
    listed = stated if isinstance(stated, list | tuple) else [stated]
    return frozenset(code for code in listed if isinstance(code, str))
