"""Node handlers: how every node of docutils and Sphinx is set, one module a kind."""

from casebound.typesetting.nodes import code, fields, images, inline, lists, math, notes, prose, signatures, tables
from casebound.typesetting.nodes.base import Dispatch

__all__ = [
    "Dispatch",
    "code",
    "fields",
    "images",
    "inline",
    "lists",
    "math",
    "notes",
    "prose",
    "signatures",
    "tables",
]
