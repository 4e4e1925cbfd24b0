"""External files, outside the source folder, from which a document takes text: they are read as Sphinx does, and named.

Modules that are imported for their docstrings, and their stubs, are not meant.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.environment import BuildEnvironment
from sphinx.transforms import SphinxTransform

from casebound.manuscript.reading.listening import place_of
from casebound.model.diagnostics import Problem, problem

__all__ = ["ExternalFiles", "external_files"]

_KEY = "casebound-external-files"  # in Sphinx's metadata, which parallel reading brings home


def external_files(env: BuildEnvironment, docname: str) -> Iterator[Problem]:
    """The problems of a document that takes text from outside the source folder."""
    found: Any = env.metadata.get(docname, {}).get(_KEY, ())
    for line, name in found:
        yield problem("file-outside", docname, line, name=name)


class ExternalFiles(SphinxTransform):
    """Notes the files that a document has included, by a directive of docutils, of Sphinx, or of MyST."""

    default_priority = 840  # before what listens to doctree-read, 880

    def apply(self, **_: Any) -> None:
        source = Path(self.env.srcdir)
        files = dict.fromkeys(path for path in self._included() if not path.is_relative_to(source))
        if files:
            kept: dict[str, Any] = self.env.metadata[self.env.docname]
            kept[_KEY] = [(self._line(path), place_of(self.env, str(path))) for path in files]

    def _included(self) -> Iterator[Path]:
        modules = {getattr(module, "__file__", None) for module in list(sys.modules.values())}
        record = self.document.settings.record_dependencies
        for name in map(os.path.abspath, record.list if record else ()):
            if name not in modules and Path(name).suffix != ".pyi":
                yield Path(name)
        for block in self.document.findall(nodes.literal_block):
            if "source" in block:
                # by Sphinx as a whole path, by docutils as it lies from the current folder
                yield Path(os.path.abspath(block["source"]))

    def _line(self, path: Path) -> int | None:
        """The line of the document that names the file; none where an included file does."""
        text = Path(self.env.doc2path(self.env.docname)).read_text(encoding="utf-8", errors="replace")
        return next((number for number, line in enumerate(text.splitlines(), 1) if path.name in line), None)
