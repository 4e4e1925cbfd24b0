"""What the workers of a run are given."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import pytest

from casebound.model.fragment import Fragment
from casebound.press import workers


@pytest.fixture
def typeset(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the chapters that the workers were given, in order."""
    names: list[str] = []
    original = workers.typeset

    def noted(jobs: Iterable[workers.TypesettingJob], **flags: Any) -> Iterator[Fragment]:
        jobs = list(jobs)
        names.extend(job.name for job in jobs)
        return original(jobs, **flags)

    monkeypatch.setattr(workers, "typeset", noted)
    return names
