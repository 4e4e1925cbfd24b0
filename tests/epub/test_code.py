"""Code in the page: coloured as Sphinx does, its lines numbered, wide letters in two cells."""

from __future__ import annotations

from docutils import nodes

from tests.epub.readers import Epub, H
from tests.epub.samples import of_body


def body(block: nodes.Element) -> str:
    return Epub(of_body(block).pack().data).body()


def test_code_is_coloured_as_sphinx_does() -> None:
    def kinds(source: str, language: str) -> list[str]:
        page = Epub(of_body(nodes.literal_block("", source, language=language)).pack().data).page()
        assert "".join(map(str, next(page.iter(f"{H}pre")).itertext())) == source.rstrip("\n")
        return [e.get("class") or "" for e in page.iter(f"{H}span") if e.get("class") not in (None, "line")]

    assert kinds("import os\n", "python") == ["kn", "nn"]
    assert kinds(">>> import os\n", "default") == ["gp", "kn", "nn"]
    assert kinds("$ not ? python\n", "default") == []
    assert kinds("x = 1\n\n\ny = 2\n\n", "none") == []
    assert kinds("x", "no-such-language") == []
    assert "nt" in kinds('{"a": 1, ...}', "json")


def test_lines_are_numbered_and_marked() -> None:
    args = {"hl_lines": [2], "linenostart": 9}
    block = nodes.literal_block("", "a\nb\n", language="none", linenos=True, highlight_args=args)
    assert body(block) == (
        '<pre class="code"><code>'
        '<span class="line"><span class="number"> 9 </span>a\n</span>'
        '<span class="line marked"><span class="number">10 </span>b</span></code></pre>'
    )


def test_a_literal_with_markup_keeps_it() -> None:
    block = nodes.literal_block("", "", nodes.Text("a "), nodes.emphasis("", "b"), nodes.Text("\n  c"), language="none")
    assert body(block) == '<pre class="parsed">a <em>b</em>\n  c</pre>'


def test_letters_two_cells_wide_stand_in_spans_of_that_width_in_code_alone() -> None:
    def wide(node: nodes.Element) -> list[str]:
        page = Epub(of_body(node).pack().data).page()
        assert "".join(map(str, page.itertext())).rstrip().endswith(node.astext())
        return ["".join(map(str, e.itertext())) for e in page.iter(f"{H}span") if "wide" in (e.get("class") or "")]

    assert wide(nodes.literal_block("", "| 名前 | ｱ\n| 😀 | ❤\ufe0f é", language="none")) == [
        "名",
        "前",
        "😀",
        "❤\ufe0f",
    ]
    assert wide(nodes.doctest_block("", ">>> '👩\u200d💻が' + 'が'", language="pycon")) == ["👩\u200d💻", "が", "が"]
    parsed = nodes.literal_block(
        "", "", nodes.Text("名 "), nodes.emphasis("", "a前b"), nodes.Text("\n表c"), language="none"
    )
    assert wide(parsed) == ["名", "前", "表"]
    assert wide(nodes.paragraph("", "名 ", nodes.literal("", "前"))) == []
    assert body(nodes.literal_block("", "a名b", language="none")) == (
        '<pre class="code"><code><span class="line">a<span class="wide">名</span>b</span></code></pre>'
    )
