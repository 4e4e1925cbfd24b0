"""The words that outputs add to the book's own, in the book's language: ours (``languages/``), else Sphinx's."""

from __future__ import annotations

import gettext
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from casebound.model.book import Book

__all__ = ["MATTER", "NOTES", "around", "edition", "languages", "matter_titles", "ours", "word", "words"]

_FOLDER = Path(__file__).parent / "languages"

MATTER = ("cover", "contents", "figures", "tables", "listings", "elsewhere", "index")
"""The keys of the titles of front and back matter."""

NOTES = {
    "attention": "Attention", "caution": "Caution", "danger": "Danger", "error": "Error", "hint": "Hint",
    "important": "Important", "note": "Note", "seealso": "See also", "tip": "Tip", "warning": "Warning",
}  # fmt: skip
"""The kinds of notes, with their titles as Sphinx's catalogue has them: docutils calls some "!DANGER!"."""

_SPHINX = {
    **NOTES,
    "contents": "Contents", "index": "Index", "entry-see": "see %s", "entry-seealso": "see also %s",
    "continued": "continued from previous page", "continues": "continues on next page", "notes": "Footnotes",
}  # fmt: skip
"""Keys of words that Sphinx's catalogue has, with its message."""

_USUAL = {"zh": "zh_CN", "zh_Hans": "zh_CN", "zh_SG": "zh_CN", "zh_Hant": "zh_TW", "zh_HK": "zh_TW", "iw": "he"}
"""Names of languages as catalogues have them."""


def word(key: str, language: str, **values: object) -> str:
    """A word or sentence in a language (a BCP 47 tag), its named gaps filled; in English where it is not known.

    Words of a kind of note (``warning``) are its title; an unknown key is itself, with a capital.
    """
    return _template(key, language).format(**values)


def around(key: str, language: str) -> tuple[str, str]:
    """The text before and after the gap ``%s`` of a phrase: ``see %s`` in one language, ``%s …`` in another."""
    before, _, after = _template(key, language).partition("%s")
    return before, after


def edition(book: Book) -> list[str]:
    """Release and date as they are printed, as far as they are known."""
    release = word("edition", book.language, release=book.release) if book.release else ""
    return [part for part in (release, book.date) if part]


@cache
def languages() -> tuple[str, ...]:
    """The languages that we have words in, by the names of their files."""
    return tuple(sorted(path.stem for path in _FOLDER.glob("*.toml")))


@cache
def words(language: str) -> Mapping[str, str]:
    """Our words in a language by their keys; none where it is not one of ``languages``."""
    if language not in languages():
        return {}
    return tomllib.loads((_FOLDER / f"{language}.toml").read_text(encoding="utf-8"))


def ours(key: str, language: str) -> str:
    """A word as we have it in a language; empty where we have none."""
    return next((words(name)[key] for name in _names(language) if key in words(name)), "")


def matter_titles() -> frozenset[str]:
    """The titles of front and back matter in every language that we have words in."""
    return frozenset(word(key, language) for language in languages() for key in MATTER)


@cache
def _template(key: str, language: str) -> str:
    names = _names(language)
    own = ours(key, language)
    if own:
        return own
    message = _SPHINX.get(key, "")
    known = _sphinx(names).gettext(message) if message else ""
    if known and known != message:
        return known
    return words("en").get(key) or message or key.replace("_", " ").replace("-", " ").capitalize()


def _names(language: str) -> tuple[str, ...]:
    """The names under which catalogues may know a language, the nearest first."""
    name = language.replace("-", "_")
    parts = name.split("_")
    names = ["_".join(parts[:length]) for length in range(len(parts), 0, -1)]
    return tuple(dict.fromkeys(known for one in names for known in (one, _USUAL.get(one, "")) if known))


@cache
def _sphinx(names: tuple[str, ...]) -> gettext.NullTranslations:
    spec = find_spec("sphinx")
    folder = Path(spec.origin).parent / "locale" if spec and spec.origin else None
    return gettext.translation("sphinx", folder, names, fallback=True)
