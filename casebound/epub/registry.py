"""Which function writes which kind of node; a node without one of its own is written by its nearest base class."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from docutils import nodes

from casebound.epub.markup import Element

__all__ = ["Handler", "handler_of", "renders"]

Handler = Callable[[Any, Any, Element], None]
"""Writes a node of its class at the end of an element: the page, the node, the element."""

_HANDLERS: dict[type[nodes.Node], Handler] = {}


def renders(*classes: type[nodes.Node]) -> Callable[[Handler], Handler]:
    """Name the node classes a function writes."""

    def register(handler: Handler) -> Handler:
        for cls in classes:
            if cls in _HANDLERS:
                raise ValueError(f"{cls.__name__} has two handlers")
            _HANDLERS[cls] = handler
        return handler

    return register


def handler_of(cls: type[nodes.Node]) -> Handler | None:
    """The function that writes nodes of this class, if there is one."""
    return next((_HANDLERS[base] for base in cls.__mro__ if base in _HANDLERS), None)
