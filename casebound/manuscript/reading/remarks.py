"""Comments in HTML, which is how Markdown has them, are comments: raw text of nothing else loses no reader anything."""

from __future__ import annotations

import re
from typing import Any

from docutils import nodes
from sphinx.transforms import SphinxTransform

__all__ = ["Remarks"]

_COMMENTS = re.compile(r"(\s*<!--.*?-->)+\s*", re.DOTALL)


class Remarks(SphinxTransform):
    """Makes a comment of raw HTML that holds nothing but comments."""

    default_priority = 300

    def apply(self, **_: Any) -> None:
        for raw in list(self.document.findall(nodes.raw)):
            text = raw.astext()
            if "html" in raw["format"].split() and _COMMENTS.fullmatch(text):
                comment = nodes.comment(text, text)
                comment.source, comment.line = raw.source, raw.line
                raw.parent.replace(raw, comment)
