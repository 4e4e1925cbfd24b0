"""What ``invoke.yaml``, the environment and the flags of a task say: places, styles, values over ``conf.py``."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from casebound.model.diagnostics import Problem, problem, stop
from casebound.model.naming import nearest
from casebound.model.settings import Overrides, ProjectFolders
from casebound.system.stylesheets import folder

if TYPE_CHECKING:
    from invoke import Context

__all__ = ["DEFAULTS", "configured", "overrides", "places_of", "strange", "styles_of", "variants"]

DEFAULTS: dict[str, Any] = {"source": "source", "conf": "", "build": "build", "jobs": 0, "strict": False, "style": ""}


def variants() -> list[str]:
    """The variants that casebound brings; the house's own sheet is what they vary."""
    return sorted(path.stem for path in folder().glob("*.yaml") if path.stem != "house")


def configured(context: Context) -> SimpleNamespace:
    """What ``invoke.yaml`` and the environment say under ``casebound:``, and the defaults of the rest.

    A namespace of another project that takes ours in has its own ``casebound`` in place of ours.
    """
    said = _said(context)
    stated = {name: value for name, value in said.items() if value is not None}
    named = {name: os.environ.get(f"INVOKE_CASEBOUND_{name.upper()}", "") for name in DEFAULTS if name not in said}
    cast = {name: type(DEFAULTS[name])(_number(value)) for name, value in named.items() if value}
    return SimpleNamespace(**{**DEFAULTS, **stated, **cast})


def _said(context: Context) -> dict[str, Any]:
    said = context.config.get("casebound")
    return {str(name): said[name] for name in said} if hasattr(said, "keys") else {}


def _number(text: str) -> int | str:
    """The number that a text is, for what is one or is on or off."""
    return int(text) if text.isdecimal() else text


def strange(context: Context) -> Iterator[Problem]:
    """Unknown names under ``casebound:``."""
    for name in _said(context):
        if name not in DEFAULTS:
            close = nearest(name, DEFAULTS)
            hint = f" Did you mean {close}?" if close else f" It takes {', '.join(DEFAULTS)}."
            yield problem("setting-unknown", where="invoke.yaml", name=f"casebound.{name}", hint=hint)


def places_of(context: Context, source: str, conf: str, build: str) -> ProjectFolders:
    """Flags are relative to the working folder, configured paths to the folder that holds ``tasks.py``."""
    settings = configured(context)
    project = _project(context)

    def place(flag: str, configured: str) -> Path:
        return Path(flag).absolute() if flag else (project / str(configured)).absolute()

    at = place(source, settings.source)
    beside = place(conf, settings.conf) if conf or settings.conf else at
    return ProjectFolders(source=at, conf=beside, build=place(build, settings.build))


def styles_of(context: Context, style: str) -> tuple[str, ...]:
    """The styles of a flag, else those configured: names with commas between, or a list of them."""
    said = style or configured(context).style
    names = [name.strip() for name in (said.split(",") if isinstance(said, str) else map(str, said)) if name.strip()]
    beside = Path() if style else _project(context)
    return tuple(str(beside / name) if Path(name).suffix and (beside / name).is_file() else name for name in names)


def _project(context: Context) -> Path:
    """The folder that holds ``tasks.py``."""
    return Path(getattr(context.config, "_project_prefix", None) or "")


def overrides(define: Sequence[str] | None, tag: Sequence[str] | None, language: str) -> Overrides | None:
    """What the flags say over ``conf.py``; None where they say nothing. Raises BuildStop."""
    values: dict[str, Any] = {}
    for each in define or ():
        name, equals, value = each.partition("=")
        if not equals or not name.strip():
            raise stop("define-invalid", value=each)
        values[name.strip()] = value
    values |= {"language": language} if language else {}
    return Overrides(values, tuple(tag or ())) if values or tag else None
