"""The README as a package index shows it: Hatchling reads it here when it builds the package.

An index has neither the files beside the README nor its pictures, and the repository has no fixed address: links to
them become plain words, and pictures are left out.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from hatchling.metadata.plugin.interface import MetadataHookInterface

__all__ = ["Readme", "long_description"]

_HERE = r"(?![a-z][a-z+.-]*:)"  # an address without a scheme: a file beside the README, a place in it
_PICTURE = rf"(?:<img\b[^>]*\bsrc=[\"']{_HERE}[^>]*>|!\[[^\]]*\]\({_HERE}[^)]*\))"
_PARTS = re.compile(
    r"(?P<code>^```.*?^```$)"
    rf"|^(?:{_PICTURE}[ \t]*)+\n\n|{_PICTURE}"
    rf"|\[(?P<words>[^\]]+)\]\({_HERE}[^)]*\)"
    r"|(?P<inline>`[^`\n]+`)",
    re.MULTILINE | re.DOTALL | re.IGNORECASE,
)


class Readme(MetadataHookInterface):
    """Gives the package its long description."""

    PLUGIN_NAME = "custom"

    def update(self, metadata: dict[str, Any]) -> None:
        text = Path(self.root, "README.md").read_text(encoding="utf-8")
        metadata["readme"] = {"content-type": "text/markdown", "text": long_description(text)}


def long_description(readme: str) -> str:
    """A README in Markdown without what leads to files beside it; code stays as it is."""
    return _PARTS.sub(lambda found: found["code"] or found["words"] or found["inline"] or "", readme)
