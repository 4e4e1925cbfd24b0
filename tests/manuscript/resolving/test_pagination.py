"""Pages that authors ask for: every spelling stands as a class on what begins the page, and nothing is left out."""

from __future__ import annotations

import pytest
from docutils import nodes
from docutils.core import publish_doctree

from casebound.manuscript.resolving.pagination import read_breaks, settle_breaks
from casebound.manuscript.resolving.raw import read_raw
from casebound.model.diagnostics import Problem


def settled(source: str) -> tuple[nodes.document, list[Problem]]:
    """The tree of a source, and what is said of it."""
    tree = publish_doctree(source, settings_overrides={"report_level": 5, "doctitle_xform": False})
    said: list[Problem] = []
    read_breaks(tree)
    read_raw(tree, lambda _: "", lambda node: ("x", 1), said.append)
    settle_breaks(tree, lambda node: ("x", node.line), said.append)
    assert not list(tree.findall(nodes.raw))
    assert not [node for node in tree.findall(nodes.Element) if "page-break-after" in node.get("classes", ())]
    return tree, said


def marked(source: str) -> tuple[list[str], list[str]]:
    """What begins a page and what is kept together, as class and text; what is said."""
    tree, said = settled(source)
    found = []
    for node in tree.findall(nodes.Element):
        for name in node.get("classes", ()):
            if name in {"new-page", "keep-together", "odd-page", "even-page"}:
                found.append(f"{type(node).__name__} {name}: {' '.join(node.astext().split())}")
    return found, [one.code for one in said]


SPELLINGS = [
    ".. rst-class:: new-page",
    ".. rst-class:: page-break",
    ".. rst-class:: break_before",
    ".. raw:: latex\n\n   \\newpage",
    ".. raw:: latex\n\n   \\clearpage % here",
    ".. raw:: latex\n\n   \\vfill\n   \\pagebreak[4]\n",
    ".. raw:: latex\n\n   \\vspace*{1cm}\n   \\newpage\n   \\thispagestyle{empty}\\setcounter{page}{3}",
    ".. raw:: pdf\n\n   PageBreak",
    ".. raw:: pdf\n\n   PageBreak twoColumn",
    '.. raw:: html\n\n   <div style="page-break-after: always"></div>',
    '.. raw:: html\n\n   <p style="break-before:page;"></p>',
    '.. raw:: html\n\n   <br style="page-break-before: always">',
    '.. raw:: html\n\n   <div class="pagebreak"></div>\n\n.. raw:: latex\n\n   \\newpage',
]


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_a_page_is_asked_for_in_every_spelling(spelling: str) -> None:
    source = f"Before.\n\n{spelling.replace('rst-class', 'class')}\n\nAfter.\n"
    assert marked(source) == (["paragraph new-page: After."], [])


@pytest.mark.parametrize(
    ("spelling", "side"),
    [
        (".. class:: odd-page", "odd"),
        (".. class:: new-page even-page", "even"),
        (".. raw:: latex\n\n   \\cleardoublepage{}", "odd"),
        (".. raw:: latex\n\n   \\clearpage \\cleardoublepage % evenpage", "odd"),
        (".. raw:: pdf\n\n   PageBreak oddPage", "odd"),
        (".. raw:: pdf\n\n   EvenPageBreak twoColumn", "even"),
        ('.. raw:: html\n\n   <div style="break-after: recto"></div>', "odd"),
        ('.. raw:: html\n\n   <p style="page-break-before:left"></p>', "even"),
        (".. raw:: latex\n\n   \\newpage\n\n.. raw:: pdf\n\n   OddPageBreak", "odd"),
    ],
)
def test_a_page_of_a_kind_is_asked_for_in_every_spelling(spelling: str, side: str) -> None:
    found, said = marked(f"Before.\n\n{spelling}\n\nAfter.\n")
    assert (sorted(found), said) == (sorted(["paragraph new-page: After.", f"paragraph {side}-page: After."]), [])


def test_a_kind_of_page_that_nothing_begins_is_told() -> None:
    assert marked("Before.\n\n.. raw:: pdf\n\n   PageBreak oddPage\n") == ([], ["page-side-ignored"])


def test_what_comes_next_begins_the_page_wherever_it_stands() -> None:
    break_ = ".. raw:: latex\n\n   \\newpage\n"
    inner = break_.replace("\n", "\n  ").rstrip(" ")
    assert marked(f"- One.\n\n  {inner}\n- Two.\n") == (["list_item new-page: Two."], [])
    assert marked(f"- One.\n\n  {inner}\nAfter.\n\n== ==\na  b\n== ==\n")[0] == ["paragraph new-page: After."]
    assert marked(f"One\n===\n\nText.\n\n{break_}\nTwo\n===\n\nMore.\n") == (["section new-page: Two More."], [])
    assert marked(f"Text.\n\n{break_}\n.. _name:\n\n.. note:: Noted.\n")[0] == ["note new-page: Noted."]
    assert marked(f"At the end.\n\n{break_}") == ([], [])


def test_the_class_of_a_picture_is_that_of_its_figure_or_link() -> None:
    options = "   :class: new-page\n   :target: https://example.org/\n"
    assert marked(f"Text.\n\n.. figure:: a.png\n{options}\n   Caption.\n") == (["figure new-page: Caption."], [])
    assert marked(f"Text.\n\n.. image:: a.png\n{options}") == (["reference new-page: "], [])
    assert marked("Text |a| goes on.\n\n.. |a| image:: a.png\n   :class: new-page\n")[0] == []


def test_html_that_holds_text_begins_and_ends_pages() -> None:
    html = '.. raw:: html\n\n   <div style="page-break-before: always; page-break-after: always"><p>Inner.</p></div>'
    assert marked(f"Before.\n\n{html}\n\nAfter.\n")[0] == ["paragraph new-page: Inner.", "paragraph new-page: After."]


def test_what_is_kept_together() -> None:
    source = ".. container:: keep-together\n\n   One.\n\n   Two.\n\n.. class:: nobreak\n\n- Item.\n"
    assert marked(source)[0] == ["container keep-together: One. Two.", "bullet_list keep-together: Item."]
    html = '.. raw:: html\n\n   <div style="page-break-inside: avoid"><p>One.</p><p>Two.</p></div>'
    assert marked(html) == (["container keep-together: One. Two."], [])


def test_a_class_asks_for_a_page_after_a_block() -> None:
    for name in ("break-after", "page-break-after"):
        source = f"First.\n\n.. class:: {name}\n\nLast.\n\nAfter.\n"
        assert marked(source) == (["paragraph new-page: After."], [])
    html = '.. raw:: html\n\n   <div class="{}" style="{}"><p>Inner.</p></div>\n\nAfter.\n'
    both = ["paragraph new-page: Inner.", "paragraph new-page: After."]
    assert marked(html.format("page-break-before break-after", "")) == (both, [])
    even = ["paragraph even-page: After.", "paragraph new-page: After."]
    assert sorted(marked(html.format("break-after", "break-after: verso"))[0]) == even


def test_a_name_stays_where_it_was_and_is_given_once() -> None:
    """A break may have one, and so may a block that ends a page."""
    for source in (
        "Before.\n\n.. _here:\n\n.. raw:: latex\n\n   \\newpage\n\nAfter.\n",
        "Before.\n\n.. _here:\n\n.. class:: break-after\n\nLast.\n\nAfter.\n",
    ):
        tree, _ = settled(source)
        (named,) = [node for node in tree.findall(nodes.Element) if "here" in node.get("ids", ())]
        assert named.astext() == ("Last." if "Last." in source else "")
        assert named.parent.index(named) < named.parent.index(tree.children[-1])


def test_a_break_within_what_begins_a_page_leaves_no_empty_page() -> None:
    inner = "   .. raw:: latex\n\n      \\newpage\n"
    assert marked(f".. container:: new-page\n\n{inner}\nAfter.\n") == (["paragraph new-page: After."], [])
    both = ["container new-page: Inner. More.", "paragraph new-page: More."]
    assert marked(f".. container:: new-page\n\n   Inner.\n\n{inner}\n   More.\n") == (both, [])
    told = ".. raw:: pdf\n\n   PageBreak oddPage\n\n.. raw:: latex\n\n   \\newpage\n"
    assert marked(f"Before.\n\n{told}") == ([], ["page-side-ignored"])


def test_neighbours_are_each_kept_together() -> None:
    html = (
        '.. raw:: html\n\n   <div class="nobreak"><p>One.</p><p>Two.</p></div><div class="nobreak"><p>Three.</p></div>'
    )
    assert marked(html)[0] == ["container keep-together: One. Two.", "container keep-together: Three."]
    assert marked('.. raw:: html\n\n   <div style="break-inside: avoid"></div>\n\nAfter.\n') == ([], [])


def test_a_break_in_what_stands_on_one_page_is_said_with_its_line() -> None:
    inner = "   .. raw:: latex\n\n      \\newpage\n\n   Two.\n"
    for outer, line in ((".. [1] One.", 3), (".. [CIT] One.", 3), (".. figure:: a.png\n\n   Caption.\n\n   One.", 7)):
        tree, said = settled(f"{outer}\n\n{inner}")
        assert [(one.code, one.line) for one in said] == [("page-break-ignored", line)]
        assert "Two." in tree.astext()


def test_a_break_where_no_page_can_begin_is_said() -> None:
    cell = ".. list-table::\n\n   * - One.\n\n       .. raw:: latex\n\n          \\newpage\n\n       Two.\n"
    assert marked(cell) == ([], ["page-break-ignored"])
    inline = ".. role:: raw-latex(raw)\n   :format: latex\n\nText :raw-latex:`\\newpage` goes on.\n"
    assert marked(inline) == ([], ["page-break-ignored"])
    alone = ".. role:: raw-latex(raw)\n   :format: latex\n\nText.\n\n:raw-latex:`\\newpage`\n\nAfter.\n"
    assert marked(alone) == (["paragraph new-page: After."], [])


def test_other_raw_text_stays_raw() -> None:
    tree = publish_doctree(".. raw:: latex\n\n   \\newpage\n   \\huge Words.\n\n.. raw:: pdf\n\n   Spacer 0,200\n")
    read_breaks(tree)
    assert len(list(tree.findall(nodes.raw))) == 2
