"""Streams of pages as the typesetter writes them."""

from __future__ import annotations

import pytest
from reportlab import rl_config


@pytest.fixture(autouse=True)
def binary(monkeypatch: pytest.MonkeyPatch) -> None:
    """Streams as the typesetter writes them."""
    monkeypatch.setattr(rl_config, "useA85", 0)
