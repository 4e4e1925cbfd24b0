"""Comments in HTML, as Markdown writes them, become comments: raw text that shows nothing is not reported as lost."""

from __future__ import annotations

import re
from typing import Any

from docutils import nodes
from sphinx.transforms import SphinxTransform

__all__ = ["HtmlComments"]

_COMMENTS = re.compile(r"(\s*<!--.*?-->)+\s*", re.DOTALL)


class HtmlComments(SphinxTransform):
    """Makes a comment of raw HTML that holds nothing but comments."""

    default_priority = 300

    def apply(self, **_: Any) -> None:
        for raw in list(self.document.findall(nodes.raw)):
            text = raw.astext()
            if "html" in raw["format"].split() and _COMMENTS.fullmatch(text):
                comment = nodes.comment(text, text)
                comment.source, comment.line = raw.source, raw.line
                raw.parent.replace(raw, comment)
