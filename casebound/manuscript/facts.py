"""The facts of the book that ``conf.py`` states: the settings with their fallbacks to Sphinx's own values."""

from __future__ import annotations

import os
import re
import unicodedata
import uuid
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Any

from sphinx.config import Config
from sphinx.locale import _
from sphinx.util.i18n import format_date

from casebound.manuscript.meaning import check_meaning
from casebound.manuscript.reading.unprintable import printable
from casebound.manuscript.web import check_base
from casebound.model.diagnostics import BuildStop, Problem, problem, stop
from casebound.model.naming import nearest
from casebound.model.settings import Setting, Settings, declared

__all__ = [
    "contributor",
    "cover",
    "edition_date",
    "imprint",
    "is_vertical",
    "language",
    "made_identifier",
    "release",
    "settings_of",
    "stand_in",
    "stated",
    "unknown_settings",
]

_PLACEHOLDERS = {"", "unknown", "Project name not set", "Author name not set", "Project copyright not set"}
_ON_THE_NETWORK = re.compile(r"(?:[a-z][a-z0-9+.-]*:)?[/\\]{2}", re.IGNORECASE)
_LONGEST = 150  # bytes of a file name; most file systems take 255, and outputs are written beside under longer ones


def _value(config: Config, *names: str) -> str:
    """The first of these values that somebody has really set."""
    for name in names:
        value = getattr(config, name, "")
        if isinstance(value, list | tuple):
            value = ", ".join(map(str, value))
        if isinstance(value, str) and value.strip() not in _PLACEHOLDERS:
            return printable(" ".join(value.split()))
    return ""


def _typed(setting: Setting, value: object) -> Any:
    """The value in its setting's type, or in one of those it may have too. Raises BuildStop where it has another."""

    def invalid(wanted: str) -> BuildStop:
        return stop("setting-invalid", name=setting.name, value=value, detail=f"expected {wanted}.")

    default = setting.default
    if isinstance(default, tuple) or (tuple in setting.types and not isinstance(value, bool | int)):
        if isinstance(value, list | tuple) and all(isinstance(item, str) for item in value):
            return tuple(value)
        raise invalid("a list of strings")
    if (isinstance(default, bool) or bool in setting.types) and isinstance(value, bool | int) and value in (0, 1):
        return bool(value)
    if isinstance(default, bool):
        raise invalid("True or False")
    if isinstance(default, int):
        if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
            return value
        raise invalid("a whole number, 0 or more")
    if value is None:
        return ""
    if not isinstance(value, str):
        raise invalid("True, False or a string" if bool in setting.types else "a string")
    return printable(" ".join(value.split()))


def stated(config: Config, name: str) -> Any:
    """The value of ``casebound_NAME`` in its declared type. Raises BuildStop (setting-invalid) where it has another."""
    setting = next(setting for setting in declared() if setting.name == f"casebound_{name}")
    return _typed(setting, getattr(config, setting.name))


def stand_in(config: Config, docname: str) -> str:
    """What a document without a title is called: by its file's name, the root document as the project."""
    project = _value(config, "project") if docname == config.root_doc else ""
    return project or docname.rpartition("/")[2].replace("_", " ")


def _file_name(text: str) -> str:
    """Text made into a file name: lower case, words joined by hyphens, no longer than file systems take."""
    folded = unicodedata.normalize("NFKD", text.lower())
    letters = "".join(char for char in folded if not unicodedata.combining(char))
    name = re.sub(r"[^\w.]+", "-", letters).strip("-._")
    return name.encode()[:_LONGEST].decode(errors="ignore").rstrip("-._")


def _explicit_publisher(config: Config) -> str:
    # Sphinx's own default is the author, who would then be printed twice.
    return "" if config.epub_publisher == config.author else _value(config, "epub_publisher")


def made_identifier(*parts: str) -> str:
    """The identifier that follows from such names: the same for the same."""
    return uuid.uuid5(uuid.NAMESPACE_URL, f"casebound:{' '.join(filter(None, parts))}").urn


def _identifiers(config: Config, title: str, stated_one: str) -> dict[str, str]:
    """The identifiers of the EPUB edition and of the PDF edition: each release in each language has its own."""
    parts = (_value(config, "project") or title, _value(config, "release"), language(config))
    epub = stated_one or _stated_to_sphinx(config) or made_identifier(*parts)
    return {"identifier": epub, "print_identifier": made_identifier(epub, "pdf")}


def _stated_to_sphinx(config: Config) -> str:
    """``epub_identifier``, of which ``epub_scheme`` may say that it is an ISBN (RFC 8254)."""
    name = _value(config, "epub_identifier")
    is_bare = bool(re.fullmatch(r"[\dX -]{10,17}", name))
    return f"urn:isbn:{name.replace(' ', '')}" if is_bare and _value(config, "epub_scheme").upper() == "ISBN" else name


def style_sheets(config: Config, folder: Path) -> dict[str, bool]:
    """The style sheets that ``epub_css_files`` names, as paths below the ``folder`` of conf.py; whether each exists.

    Sphinx's own default, the style sheets of the web pages, is not for books.
    """
    if "epub_css_files" not in {**config._raw_config, **config.overrides}:
        return {}
    made: dict[str, bool] = {}
    for entry in config.epub_css_files:
        name = entry if isinstance(entry, str) else str(entry[0])
        if _ON_THE_NETWORK.match(name):
            made[name] = True  # whoever makes the EPUB says that it fetches nothing
            continue
        paths = [PurePosixPath(static, name).as_posix() for static in config.html_static_path]
        there = [path for path in paths if (folder / path).is_file()]
        made[next(iter([*there, *paths, name]))] = bool(there)
    return made


def contributor(config: Config) -> str:
    """Who else has worked on the book."""
    return _value(config, "epub_contributor")


def is_vertical(config: Config) -> bool:
    """Whether lines run from top to bottom, and pages from right to left."""
    return bool(config.epub_writing_mode == "vertical")


def cover(config: Config, settings: Settings) -> str:
    """The address of the cover's picture as ``conf.py`` states it; nothing where it states none."""
    stated = config.epub_cover  # a picture and a template; some write the picture alone
    stated_by_sphinx = stated[0] if stated and not isinstance(stated, str) else stated
    return settings.cover or str(stated_by_sphinx or "")


def settings_of(config: Config, root_title: str) -> Settings:
    """The settings as the book uses them: every empty one filled from the value that its help names.

    Raises BuildStop (setting-invalid) for a value of the wrong type, a basename that is no file name, or a word
    that means nothing, and (baseurl-missing) where links are to lead to the web and there is no address of it.
    """
    names = (setting.name.removeprefix("casebound_") for setting in declared())
    values = {name: stated(config, name) for name in names}
    check_meaning(values)
    if values["handout_links"] == "web":
        check_base(config)
    title = values["title"] or _stated_title(config, root_title)
    fallbacks = {
        "title": title,
        "author": _value(config, "epub_author", "author"),
        "publisher": _explicit_publisher(config),
        "rights": _rights(config),
        "basename": _file_name(_value(config, "project")) or _file_name(title) or "book",
        "subject": _value(config, "epub_description"),
        "show_urls": _asked_of_latex(config),
        **_identifiers(config, title, values["identifier"]),
    }
    return Settings(**{**values, **{name: values[name] or value for name, value in fallbacks.items()}})


def _stated_title(config: Config, root_title: str) -> str:
    """The title that ``conf.py`` gives the whole: of the EPUB, of the web pages if the root document names no project.

    Sphinx's own values, made from the project, are none.
    """
    stated_ones = {**config._raw_config, **config.overrides}
    titles = {name: _value(config, name) for name in ("epub_title", "html_title") if stated_ones.get(name)}
    project = _value(config, "project").casefold()
    if "html_title" in titles and project and project in root_title.casefold():
        del titles["html_title"]
    return titles.get("epub_title") or titles.get("html_title") or root_title


def _asked_of_latex(config: Config) -> str:
    """Where the project's LaTeX says addresses, if it does: for Sphinx, True is inline."""
    asked = getattr(config, "latex_show_urls", "no")
    return {True: "inline", "inline": "inline", "footnote": "footnote"}.get(asked, "")


def unknown_settings(config: Config) -> Iterator[Problem]:
    """What ``conf.py`` sets that begins as our settings do and is none of them."""
    known = {setting.name for setting in declared()}
    for name in config._raw_config:
        if name.startswith("casebound") and name not in known and _is_plain(config._raw_config[name]):
            close = nearest(name, known)
            hint = f" Did you mean {close}?" if close else ""
            yield problem("setting-unknown", where="conf.py", name=name, hint=hint)


def _is_plain(value: object) -> bool:
    """Whether a value of ``conf.py`` is one, and no module or function of the same name."""
    return value is None or isinstance(value, str | int | float | list | tuple | dict | set)


def release(config: Config) -> str:
    """The release as printed, else the version."""
    return _value(config, "release", "version")


def _rights(config: Config) -> str:
    """The copyright notice as printed."""
    text = _value(config, "epub_copyright", "copyright")
    return f"© {text}" if text and text[0].isdigit() else text


def imprint(settings: Settings) -> tuple[str, ...] | None:
    """The paragraphs of the imprint beside the book's facts; None where there is to be no imprint."""
    if isinstance(settings.imprint, bool):
        return () if settings.imprint else None
    return tuple(" ".join(text.split()) for text in settings.imprint)


def language(config: Config) -> str:
    """The language as a BCP 47 tag."""
    return (config.language or "en").replace("_", "-")


def edition_date(config: Config) -> str:
    """The date of the edition as printed: ``today``, else the day that SOURCE_DATE_EPOCH says, else none.

    The day of the build would make the same source give other bytes tomorrow.
    """
    if config.today or not os.environ.get("SOURCE_DATE_EPOCH"):
        return str(config.today)
    return str(format_date(config.today_fmt or _("%b %d, %Y"), language=config.language))
