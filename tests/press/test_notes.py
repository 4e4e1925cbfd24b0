"""Notes in PDF and EPUB: the titles of admonitions."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from lxml import etree

from tests.press.books import Shop, pages

KINDS = ("attention", "caution", "danger", "error", "hint", "important", "note", "seealso", "tip", "warning")


def texts(epub: Path) -> list[str]:
    """The blocks of text of an EPUB's chapters."""
    found = []
    with zipfile.ZipFile(epub) as archive:
        for name in sorted(archive.namelist()):
            if name.endswith(".xhtml"):
                for block in etree.fromstring(archive.read(name)).iter("{*}p", "{*}li", "{*}dt", "{*}h1", "{*}h2"):
                    found.append(" ".join("".join(block.itertext()).split()))
    return found


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", "Attention, Caution, Danger, Error, Hint, Important, Note, See also, Tip, Warning"),
        ("fr", "Attention, Prudence, Danger, Erreur, Indication, Important, Note, Voir aussi, Astuce, Avertissement"),
        ("de", "Achtung, Vorsicht, Gefahr, Fehler, Hinweis, Wichtig, Bemerkung, Siehe auch, Tipp, Warnung"),
    ],
)
def test_every_kind_of_note_is_called_as_sphinx_calls_it(tmp_path: Path, language: str, expected: str) -> None:
    notes = "\n".join(f".. {kind}::\n\n   Said {number}.\n" for number, kind in enumerate(KINDS))
    conf = f'project = "Tiny Book"\nlanguage = "{language}"\n'
    shop = Shop.of(tmp_path, {"conf.py": conf, "index.rst": f"Tiny Book\n=========\n\n{notes}"})
    assert shop.make(kinds=frozenset({"pdf", "epub"})).problems == ()
    titles = expected.split(", ")
    for lines in ([line for page in pages(shop.book) for line in page], texts(shop.epub)):
        said = [lines[lines.index(f"Said {number}.") - 1] for number in range(len(KINDS))]
        assert said == titles
