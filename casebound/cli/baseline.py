"""The baseline of an old tree: the faults it has today, so that only new ones count, however they are worded."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from casebound.model.diagnostics import stop
from casebound.press.checking import LocatedProblem
from casebound.system import files

__all__ = ["new", "record"]

_NUMBERS = re.compile(r"(?<=:)\d+|(?<=line )\d+")
_SAID = frozenset({"detail", "hint", "reason", "are", "count", "size"})  # reasons in words of ours, and measures
_WORDED = frozenset({"source-warning"})  # all that it says is what Sphinx says


def _values(finding: LocatedProblem) -> dict[str, str]:
    """What a fault is about, without the lines it names: what fills its sentence, reasons left out."""
    problem = finding.problem
    left_out = frozenset[str]() if problem.code in _WORDED else _SAID
    return {name: _lineless(value) for name, value in problem.values.items() if name not in left_out}


def _lineless(text: str) -> str:
    return _NUMBERS.sub("N", text)


@dataclass
class _KnownFault:
    """A fault that a baseline holds so many times. One of the first format has the sentence, and no values."""

    values: Mapping[str, str]
    text: str
    count: int

    @classmethod
    def of(cls, entry: Mapping[str, Any]) -> _KnownFault:
        """Raises KeyError, TypeError or ValueError for what is no entry."""
        if "values" not in entry:
            return cls({}, str(entry["text"]), int(entry["count"]))
        values = {str(name): str(value) for name, value in entry["values"].items()}
        return cls(values, "", int(entry["count"]))

    def is_same(self, finding: LocatedProblem) -> bool:
        return self.text == _lineless(finding.problem.message) if self.text else self.values == _values(finding)

    def names_it(self, finding: LocatedProblem) -> bool:
        """Whether a sentence that has been reworded since says the same of the same things."""
        values = (value.strip("“”\"'`") for value in _values(finding).values())
        return bool(self.text) and all(re.search(rf"(?<!\w){re.escape(value)}(?!\w)", self.text) for value in values)


def record(path: Path, findings: Iterable[LocatedProblem]) -> None:
    """Write a baseline of today's faults."""
    counted = Counter((one.path, one.problem.code, tuple(sorted(_values(one).items()))) for one in findings)
    faults = [
        {"path": place, "code": code, "values": dict(values), "count": count}
        for (place, code, values), count in sorted(counted.items())
    ]
    files.write(path, (json.dumps({"casebound": 2, "faults": faults}, indent=2, ensure_ascii=False) + "\n").encode())


def new(path: Path, findings: Iterable[LocatedProblem]) -> list[LocatedProblem]:
    """Those that the baseline does not hold. Raises BuildStop (baseline-missing) where it cannot be read."""
    known: dict[tuple[str, str], list[_KnownFault]] = {}
    try:
        for entry in json.loads(path.read_text(encoding="utf-8"))["faults"]:
            known.setdefault((entry["path"], entry["code"]), []).append(_KnownFault.of(entry))
    except (OSError, ValueError, LookupError, TypeError, AttributeError) as error:
        detail = error.strerror if isinstance(error, OSError) and error.strerror else "it is not a baseline"
        raise stop("baseline-missing", path=path, detail=f"{detail}.") from error
    rest = _without(findings, known, _KnownFault.is_same)
    return _without(rest, known, _KnownFault.names_it)


def _without(
    findings: Iterable[LocatedProblem], known: Mapping[tuple[str, str], list[_KnownFault]],
    matches: Callable[[_KnownFault, LocatedProblem], bool],
) -> list[LocatedProblem]:  # fmt: skip
    """The findings without those that a known fault matches, each as often as it is known."""
    rest = []
    for finding in findings:
        like = known.get((finding.path, finding.problem.code), ())
        found = next((one for one in like if one.count > 0 and matches(one, finding)), None)
        if found is None:
            rest.append(finding)
        else:
            found.count -= 1
    return rest
