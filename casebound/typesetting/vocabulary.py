"""What a style sheet may set, by the house's own, and what is nearest to a name that means nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from pygments.token import STANDARD_TYPES
from reportlab.lib.styles import ParagraphStyle

from casebound.naming import nearest
from casebound.problems import Problem, problem
from casebound.wording import NOTES

__all__ = ["misfit", "unknown"]

_CLOSED = ("paper", "head", "folio", "note")
"""Mappings of our own section whose keys are those that the house has."""


def unknown(name: str, said: Mapping[str, Any], house: Mapping[str, Any]) -> Iterator[Problem]:
    """A problem for each name in a sheet that means nothing; ``house`` is what the house's own sheet sets."""
    for key, known in _strange(said, house):
        last = key.rpartition(": ")[2]
        close = nearest(last, known)
        hint = f" Did you mean {close}?" if close else ""
        yield problem("style-unknown", name=name, key=key, hint=hint)


def misfit(said: Mapping[str, Any], house: Mapping[str, Any], place: str = "") -> str:
    """The first entry of a sheet that is of another kind than the house's, as a clause; nothing where each fits."""
    for key, value in said.items():
        own = house.get(key)
        if isinstance(own, Mapping):
            if not isinstance(value, Mapping):
                return f"{place}{key} is {value!r}, which is no mapping"
            inside = misfit(value, own, f"{place}{key}: ")
            if inside:
                return inside
        elif place.startswith("casebound: ") and _is_number(own) and not _is_number(value):
            return f"{place}{key} is {value!r}, which is no number"
    return ""


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _strange(said: Mapping[str, Any], house: Mapping[str, Any]) -> Iterator[tuple[str, Collection[str]]]:
    """The names that mean nothing, each with those that would."""
    yield from _keys("", said, house)
    ours, own = _mapping(house, "casebound"), _mapping(said, "casebound")
    yield from _keys("casebound: ", own, ours)
    for place in _CLOSED:
        yield from _keys(f"casebound: {place}: ", _mapping(own, place), ours[place])
    yield from _keys("casebound: notes: ", _mapping(own, "notes"), {*ours["notes"], *NOTES, "admonition"})
    yield from _keys("casebound: code: ", _mapping(own, "code"), {kind for kind in STANDARD_TYPES.values() if kind})
    yield from _keys("fontsAlias: ", _mapping(said, "fontsAlias"), house["fontsAlias"])
    yield from _styles(_mapping(said, "styles"), house["styles"])


def _styles(said: Mapping[str, Any], house: Mapping[str, Any]) -> Iterator[tuple[str, Collection[str]]]:
    entries = [*said.values(), *house.values()]
    parents = {str(entry["parent"]) for entry in entries if isinstance(entry, Mapping) and "parent" in entry}
    used = {key for entry in house.values() for key in entry}
    attributes = {"parent", "hyphenation", "hyphenationLang", *ParagraphStyle.defaults, *used}
    yield from _keys("styles: ", said, {*house, *parents})
    for name in said:
        yield from _keys(f"styles: {name}: ", _mapping(said, name), attributes)


def _mapping(said: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    inside = said.get(key)
    return inside if isinstance(inside, Mapping) else {}


def _keys(place: str, said: Mapping[str, Any], known: Collection[str]) -> Iterator[tuple[str, Collection[str]]]:
    for key in said:
        if key not in known:
            yield f"{place}{key}", known
