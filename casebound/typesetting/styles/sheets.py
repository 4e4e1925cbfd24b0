"""Style sheets as files: found by name, read as plain data, laid over each other, each entry known by its file."""

from __future__ import annotations

import json
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

from casebound.model.diagnostics import BuildStop, stop
from casebound.system.stylesheets import folder
from casebound.typesetting.styles.upstream import relaxed_json

__all__ = ["StyleSheets", "broken"]

_LISTED = "embeddedFonts"
"""What sheets add to instead of setting it again."""


def broken(name: str, detail: str) -> BuildStop:
    """The stop for a style sheet that means nothing: its name, and what is wrong with it in one line."""
    return stop("style-broken", name=name, detail=f"{' '.join(detail.split()).rstrip('.')}.")


@dataclass(frozen=True)
class StyleSheets:
    """Style sheets in order, the house's own first."""

    files: tuple[Path, ...]

    @classmethod
    def of(cls, variants: Sequence[str]) -> StyleSheets:
        """The house's sheet and these variants of it. Raises BuildStop for one that does not exist."""
        return cls(tuple(map(_found, ("house", *(name for name in variants if name != "house")))))

    @cached_property
    def said(self) -> tuple[dict[str, Any], ...]:
        """What each of them says. Raises BuildStop for one that cannot be read."""
        return tuple(map(_read, self.files))

    @cached_property
    def merged(self) -> dict[str, Any]:
        """What all of them say: each laid over those before it, and the faces that any of them brings."""
        data: dict[str, Any] = {}
        for said in self.said:
            faces = [each.get(_LISTED) for each in (data, said)]
            data = _over(data, said)
            if all(isinstance(each, list) for each in faces):
                data[_LISTED] = [family for each in faces for family in each or ()]
        return data

    def origin(self, path: Sequence[str]) -> str:
        """The file name of the last sheet that says something at a path of keys, or at the longest part of it."""
        for length in range(len(path), 0, -1):
            for file, said in zip(reversed(self.files), reversed(self.said), strict=True):
                if _says(said, path[:length]):
                    return file.name
        return self.files[-1].name

    @property
    def folders(self) -> list[Path]:
        """Where faces lie beside their packages: next to a sheet, and where a sheet says that they are."""
        own = [(file, said) for file, said in zip(self.files, self.said, strict=True) if file.parent != folder()]
        named = [
            file.parent / Path(face).parent
            for file, said in own
            for family in _lists(said.get(_LISTED))
            for face in _lists(family)
            if isinstance(face, str)
        ]
        return list(dict.fromkeys([*(file.parent for file, _ in own), *named]))


def _lists(said: object) -> list[Any]:
    return said if isinstance(said, list) else []


def _says(said: object, path: Sequence[str]) -> bool:
    for key in path:
        if not isinstance(said, Mapping) or key not in said:
            return False
        said = said[key]
    return True


def _over(base: Mapping[str, Any], over: Mapping[str, Any]) -> dict[str, Any]:
    """``over`` laid upon ``base``, mappings joined key by key; a mapping with nothing in it says nothing."""
    result = dict(base)
    for key, value in over.items():
        old = result.get(key)
        if isinstance(old, Mapping) and (value is None or isinstance(value, Mapping)):
            result[key] = _over(old, value or {})
        else:
            result[key] = value
    return result


def _found(name: str) -> Path:
    """The file of a style: a name of the styles folder, or a path. Raises BuildStop for neither."""
    path = Path(name)
    if path.suffix in _READERS and path.is_file():
        return path
    own = folder() / f"{name}.yaml"
    if own.is_file():
        return own
    if path.is_file():
        raise broken(path.name, f"its name does not end in {', '.join(_READERS)}")
    known = ", ".join(sorted(path.stem for path in folder().glob("*.yaml")))
    raise stop("style-missing", name=name, known=known)


def _read(path: Path) -> dict[str, Any]:
    """What a style sheet says. Raises BuildStop for what is no mapping."""
    try:
        said = _READERS[path.suffix](_text(path.read_bytes())) or {}
    except OSError as error:
        raise broken(path.name, f"it cannot be read: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise broken(path.name, "it is not UTF-8 text") from error
    except RecursionError as error:
        raise broken(path.name, "its lists are nested too deeply") from error
    except yaml.YAMLError as error:
        raise broken(path.name, f"it is not valid YAML: {_fault(error)}") from error
    except ValueError as error:
        raise broken(path.name, f"it is not valid JSON: {error}"[:200]) from error
    if not isinstance(said, dict):
        raise broken(path.name, "it has no entries of the form key: value")
    styles = said.get("styles")
    if isinstance(styles, list) and all(isinstance(each, list) and len(each) == 2 for each in styles):
        said["styles"] = {str(name): style for name, style in styles}  # as rst2pdf had it, in order
    return said


def _text(data: bytes) -> str:
    return data.decode("utf-16" if data[:2] in (BOM_UTF16_LE, BOM_UTF16_BE) else "utf-8-sig")


def _fault(error: yaml.YAMLError) -> str:
    """What is wrong with YAML, and in which line."""
    if isinstance(error, yaml.reader.ReaderError):
        return f"the character U+{int(error.character):04X} is not allowed"
    if not isinstance(error, yaml.MarkedYAMLError) or error.problem_mark is None:
        return str(error)
    said = str(error.problem)
    said = f"{error.context}, {said}" if said.startswith("but ") else said
    said = "a line begins with a tab; indent with spaces" if "'\\t'" in said else said
    return f"line {error.problem_mark.line + 1}: {said}"


class _Loader(yaml.SafeLoader):
    """Keys are the words as they are there, ``no`` and ``1`` too, each once (YAML 1.2.2, 3.2.1.1)."""

    def compose_mapping_node(self, anchor: Any) -> yaml.MappingNode:
        node: yaml.MappingNode = super().compose_mapping_node(anchor)
        lines: dict[str, int] = {}
        for key, _ in node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise yaml.MarkedYAMLError(problem="a key is a list or a mapping", problem_mark=key.start_mark)
            if key.tag == "tag:yaml.org,2002:merge":
                continue
            key.tag = "tag:yaml.org,2002:str"
            if key.value in lines:
                said = f"{key.value} occurs twice, first in line {lines[key.value]}"
                raise yaml.MarkedYAMLError(problem=said, problem_mark=key.start_mark)
            lines[key.value] = key.start_mark.line + 1
        return node


def _yaml(text: str) -> Any:
    return yaml.load(text, _Loader)


def _json(text: str) -> Any:
    return json.loads(text, object_pairs_hook=_once) if text.strip() else {}


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    entries = dict(pairs)
    if len(entries) < len(pairs):
        names = [name for name, _ in pairs]
        raise ValueError(f"{next(name for name in names if names.count(name) > 1)} occurs twice")
    return entries


def _relaxed(text: str) -> Any:
    try:
        return relaxed_json(text) if text.strip() else {}
    except TypeError as error:  # it fails to say the line of a fault
        raise ValueError("its brackets, quotation marks and colons do not match") from error


_READERS: Mapping[str, Callable[[str], Any]] = {".yaml": _yaml, ".yml": _yaml, ".json": _json, ".style": _relaxed}
