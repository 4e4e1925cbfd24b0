"""Lists of chapters in a tree: toctrees that are shown, their captions and addresses, lists of an author's own."""

from __future__ import annotations

from docutils import nodes

from tests.manuscript.conftest import Read
from tests.manuscript.invariants import breaches
from tests.manuscript.pictures import page
from tests.manuscript.trees import links, tree


def test_addresses_of_a_toctree_stand_under_its_caption(book: Read) -> None:
    toctree = "\n.. toctree::\n   :caption: On the web\n\n   The web <https://example.org/y>\n"
    manuscript = book({"index.rst": page("B", "Text.", "a"), "a.rst": page("A", "Text.") + toctree})
    assert tree(manuscript, "a").astext() == "A\n\nText.\n\nOn the web\n\nThe web"
    assert links(tree(manuscript, "a")) == [("The web", "https://example.org/y")]


def test_a_toctree_of_the_root_page_with_addresses_is_listed_whole(book: Read) -> None:
    named = "\n.. toctree::\n   :caption: Extras\n\n   a\n   The web <https://example.org/y>\n"
    other = "\n.. toctree::\n   :caption: Basics\n\n   b\n"
    content = {"index.rst": page("B", "Text.") + other + named, "a.rst": page("A"), "b.rst": page("B")}
    manuscript = book(content)
    assert tree(manuscript).astext() == "B\n\nText.\n\nExtras\n\nA\n\nThe web"
    assert links(tree(manuscript)) == [("A", "a:"), ("The web", "https://example.org/y")]


def test_the_directive_of_an_external_toc_lists_all(book: Read) -> None:
    conf = "import sys, types\next = sys.modules['sphinx_external_toc'] = types.ModuleType('sphinx_external_toc')\n"
    conf += "ext.setup = lambda app: {}\nextensions = ['sphinx_external_toc']\n"
    shown = "\n.. toctree::\n   :caption: Basics\n\n   a\n\n.. toctree::\n   :caption: More\n\n   b\n"
    manuscript = book({"index.rst": page("B", "Text.") + shown, "a.rst": page("A"), "b.rst": page("B")}, conf)
    assert tree(manuscript).astext() == "B\n\nText.\n\nBasics\n\nA\n\nMore\n\nB"


def test_a_visible_toctree_lists_its_documents_under_its_caption(book: Read) -> None:
    shown = "\n.. toctree::\n   :caption: Deeper\n   :numbered:\n\n   b\n   By another name <c>\n"
    hidden = "\n.. toctree::\n   :caption: Unseen\n   :hidden:\n\n   d\n"
    files = {name: page(name.upper(), "Text.") for name in "bcd"}
    root = page("Book", "Text.") + "\n.. toctree::\n   :caption: A part\n\n   a\n"
    manuscript = book(
        {"index.rst": root, "a.rst": page("A", "Text.") + shown + hidden, **{f"{k}.rst": v for k, v in files.items()}}
    )
    assert tree(manuscript).astext() == "Book\n\nText."
    assert tree(manuscript, "a").astext() == "A\n\nText.\n\nDeeper\n\n1\u2002B\n\n2\u2002By another name"
    assert links(tree(manuscript, "a")) == [("1\u2002B", "b:"), ("2\u2002By another name", "c:")]
    assert breaches(manuscript) == []


def test_a_list_of_chapters_names_their_numbers(book: Read) -> None:
    """The author's own list, too, if it names nothing but what the document's toctrees name."""
    lead = "* :doc:`b`: Beyond.\n* :doc:`By another name <c>`\n\nAnd\n\n* :doc:`b`\n* :doc:`z`\n"
    toctree = "\n.. toctree::\n   :hidden:\n   :numbered:\n\n   b\n   c\n"
    files = {f"{name}.rst": page(name.upper(), f"* :doc:`{other}`") for name, other in ("bc", "cb", "zb")}
    manuscript = book({"index.rst": page("Book", "Text.", "a", "z"), "a.rst": page("A", lead) + toctree, **files})
    assert tree(manuscript, "a").astext().split("\n\n") == [
        "A", "1\u2002B: Beyond.", "2\u2002By another name", "And", "B", "Z",
    ]  # fmt: skip
    lists = [one["classes"] for one in tree(manuscript, "a").findall(nodes.bullet_list)]
    assert (lists, links(tree(manuscript, "a"))[0]) == ([["chapters"], []], ("1\u2002B", "b:"))
    assert tree(manuscript, "b").astext() == "1\u2002B\n\nC"
    assert breaches(manuscript) == []
