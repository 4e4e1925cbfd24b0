"""What a book is called where conf.py says it in Sphinx's words only."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from casebound.manuscript import Manuscript

Read = Callable[..., Manuscript]


@pytest.mark.parametrize(
    ("conf", "title"),
    [
        ("", "Welcome to Deep"),
        ("html_title = 'The Web'", "The Web"),
        ("project = 'Other'\nhtml_title = 'The Web'", "The Web"),
        ("project = 'deep'\nhtml_title = 'The Web'", "Welcome to Deep"),
        ("project = 'Other'", "Welcome to Deep"),
        ("project = 'Deep'\nhtml_title = 'The Web'\nepub_title = 'The Book'", "The Book"),
        ("html_title = 'The Web'\ncasebound_title = 'Mine'", "Mine"),
        ("html_title = ''", "Welcome to Deep"),
    ],
)
def test_the_title(book: Read, conf: str, title: str) -> None:
    manuscript = book({"index.rst": "Welcome to Deep\n===============\n\nText.\n"}, conf)
    assert (manuscript.book.title, manuscript.book.root.title) == (title, "Welcome to Deep")
