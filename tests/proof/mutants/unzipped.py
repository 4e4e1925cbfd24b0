"""How mutants of an EPUB are noted and seeded: by the files in its zip and the text that shows the place."""

from __future__ import annotations

import io
import re
from collections.abc import Callable

from lxml import etree
from PIL import Image, ImageChops

from tests.proof.mutants.editing import rezipped
from tests.proof.mutants.orchard import Mutant, Outputs

__all__ = [
    "Files",
    "blank",
    "exchanged",
    "file",
    "hidden",
    "link",
    "mirrored",
    "moved",
    "noting",
    "picture",
    "png",
    "replaced",
    "taken",
    "text",
]

Files = dict[str, bytes]
"""The files of an EPUB by their names in the zip."""
Seed = Callable[[Files], None]

_XML = (".xhtml", ".opf", ".ncx", ".svg", ".xml")


def noting(mutants: list[Mutant]) -> Callable[[str], Callable[[Seed], Seed]]:
    """A decorator that notes mutants of the EPUB in a list, under the name of what makes each."""

    def mutant(kind: str) -> Callable[[Seed], Seed]:
        def note(seed: Seed) -> Seed:
            def on_files(files: Files) -> None:
                seed(files)
                for name, data in files.items():
                    if name.endswith(_XML):
                        etree.fromstring(data)

            def on_outputs(outputs: Outputs) -> None:
                rezipped(outputs.epub, on_files)

            mutants.append(Mutant(f"epub {kind}", seed.__name__.replace("_", " "), on_outputs))
            return seed

        return note

    return mutant


# where something is


def file(name: str) -> str:
    """The name in the zip of a file of the book; what has no suffix is a page."""
    return f"EPUB/{name}" if "." in name else f"EPUB/{name}.xhtml"


def text(files: Files, name: str) -> str:
    """A page or another file as it is written."""
    return files[file(name)].decode("utf-8")


def picture(files: Files, page: str, alt: str) -> str:
    """The address of the picture on a page whose alternative text begins so."""
    found = re.findall(rf'<img [^>]*src="([^"]*)" alt="{re.escape(alt)}', text(files, page))
    assert len(found) == 1, alt
    return str(found[0])


def link(files: Files, page: str, shown: str) -> str:
    """The one link of a page that shows a text, as it is written."""
    found = [each for each in re.findall(r"<a .*?</a>", text(files, page), re.DOTALL) if _shown(each) == shown]
    assert len(found) == 1, shown
    return str(found[0])


def _shown(markup: str) -> str:
    return " ".join(re.sub(r"<[^>]*>", "", markup).split())


# how it is changed


def replaced(files: Files, name: str, old: str, new: str) -> None:
    """Write something else for what is in a file once."""
    before = text(files, name)
    assert before.count(old) == 1, f"{old} is {before.count(old)} times in {name}"
    assert old != new, "nothing was changed"
    files[file(name)] = before.replace(old, new).encode("utf-8")


def exchanged(files: Files, name: str, one: str, other: str) -> None:
    """Exchange two pieces of a file, each of which is there once."""
    replaced(files, name, one, "\0")
    replaced(files, name, other, one)
    replaced(files, name, "\0", other)


def taken(files: Files, name: str, start: str, end: str = "") -> str:
    """Take a piece out of a file: the one place with ``start``, up to the first ``end`` behind it."""
    before = text(files, name)
    at = before.index(start)
    piece = before[at : before.index(end, at + len(start)) + len(end)]
    replaced(files, name, piece, "")
    return piece


def moved(files: Files, name: str, piece: str, before: str, page: str = "") -> None:
    """Move a piece of a file to the place before another one, there or on another page."""
    replaced(files, name, piece, "")
    replaced(files, page or name, before, piece + before)


def hidden(files: Files, rule: str) -> None:
    """Write a rule at the end of the style sheet."""
    files[file("styles/epub.css")] += f"\n{rule}\n".encode()


# pictures


def png(image: Image.Image) -> bytes:
    """A picture as the bytes of a PNG."""
    written = io.BytesIO()
    image.save(written, "PNG")
    return written.getvalue()


def blank(data: bytes) -> bytes:
    """A white picture of the size of another."""
    with Image.open(io.BytesIO(data)) as image:
        return png(Image.new("RGB", image.size, "white"))


def mirrored(data: bytes) -> bytes:
    """A picture whose left is its right. It must look otherwise."""
    with Image.open(io.BytesIO(data)) as image:
        before = image.convert("RGB")
    after = before.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    assert ImageChops.difference(before, after).getbbox(), "it is its own mirror image"
    return png(after)
