"""Pictures of a page, as nodes and as what stands in the EPUB."""

from __future__ import annotations

from pathlib import Path

from docutils import nodes

from tests.epub.readers import Epub, H

SVG = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'


def image(path: Path, **more: object) -> nodes.image:
    return nodes.image(path=str(path), uri=path.name, **{"alt": "A picture", **more})


def images(epub: Epub) -> list[dict[str, str]]:
    return [dict(element.attrib) for element in epub.page().iter(f"{H}img")]
