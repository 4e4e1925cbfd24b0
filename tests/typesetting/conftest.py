"""One typesetter for all tests of a session: it keeps nothing between chapters, which a test of its own holds."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from docutils import nodes

from casebound.typesetting import Typesetter
from tests.typesetting.samples import Printed, printed, tree
from tests.typesetting.under_limits import Press

Set = Callable[..., Printed]


@pytest.fixture(scope="session")
def typesetter() -> Typesetter:
    return Typesetter()


@pytest.fixture
def typeset(typesetter: Typesetter) -> Set:
    """Set a chapter, given as reST or as a tree, and bind it."""

    def setting(source: str | nodes.document, section: str = "") -> Printed:
        return printed(typesetter, tree(source) if isinstance(source, str) else source, section)

    return setting


@pytest.fixture
def press(typesetter: Typesetter, tmp_path: Path) -> Press:
    """Sets trees in a process with limits on its time and memory."""
    return Press(typesetter, tmp_path)
