"""Objects of a PDF as qpdf reads them (ISO 32000-2 7.3): numbers and truths are Python's own, null is None."""

from __future__ import annotations

from typing import Any

from pikepdf import Array, Dictionary, Name, Object, Stream, String

__all__ = ["bytes_of", "entry", "is_dictionary", "is_stream", "items", "number_of", "text_of"]


def is_stream(value: Any) -> bool:
    return isinstance(value, Stream)


def is_dictionary(value: Any) -> bool:
    """Whether a value has entries: a dictionary, or a stream with its own."""
    return isinstance(value, (Dictionary, Stream))


def entry(holder: Any, key: str) -> Any:
    """The value of a dictionary's key, references followed; None where there is none."""
    return holder.get(key) if is_dictionary(holder) else None


def items(value: Any) -> list[Any]:
    """The items of an array; a single value is one, None is none."""
    if value is None:
        return []
    return list(value) if isinstance(value, Array) else [value]


def number_of(value: Any) -> int:
    """The number of the object that a reference names; 0 for what is written in its place."""
    number: int = value.objgen[0] if isinstance(value, Object) else 0
    return number


def bytes_of(name: Any) -> bytes:
    """The bytes of a string or name as they are in the file: names of destinations are no text (12.3.2.4)."""
    return str(name)[1:].encode() if isinstance(name, Name) else bytes(name) if isinstance(name, String) else b""


def text_of(value: Any) -> str:
    """What a text string says (7.9.2.2), or a name with its slash; empty for anything else."""
    return str(value) if isinstance(value, (String, Name)) else ""
