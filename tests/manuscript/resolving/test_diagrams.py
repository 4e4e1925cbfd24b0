"""Diagrams: drawn by the programs that are installed, else printed as text with a word why."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from docutils import nodes

from tests.manuscript.conftest import Read
from tests.manuscript.invariants import breaches
from tests.manuscript.pictures import faults, page
from tests.manuscript.trees import links, only, tree

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9" width="9" height="9"><path d="M0 0h9"/></svg>'
WIDE = 'width="100%"'  # of the page: what Mermaid asks for

PROGRAM = f"""#!{sys.executable}
import os, pathlib, sys
words, code = sys.argv[1:], sys.stdin.read()
if "-i" in words:
    code = pathlib.Path(words[words.index("-i") + 1]).read_text()
settings = pathlib.Path(words[words.index("--configFile") + 1]).read_text() if "--configFile" in words else ""
with open(os.environ["SEEN"], "a") as seen:
    print(*[word for word in words if os.sep not in word], settings, code, sep="|", file=seen)
if "wrong" in code:
    sys.exit("line 1: that is wrong")
drawing = {SVG!r}.replace("<path", "<desc>" + code.strip() + "</desc><path")
if "-o" in words:
    drawing = drawing.replace('width="9" height="9"', {WIDE!r})
    pathlib.Path(words[words.index("-o") + 1]).write_text(drawing)
else:
    sys.stdout.write(drawing)
"""

EXTENSION = f"""
import os
from docutils import nodes
from docutils.parsers.rst import Directive

class mermaid(nodes.General, nodes.Inline, nodes.Element): pass
class plantuml(nodes.General, nodes.Element): pass
class pencil(nodes.General, nodes.Element): pass
class chalk(nodes.General, nodes.Element): pass

class Draw(Directive):
    required_arguments = 1
    has_content = True
    def run(self):
        kind, code = self.arguments[0], "\\n".join(self.content)
        if kind == "uml":
            return [plantuml(uml=code, incdir="", filename="index.rst", alt="two talk")]
        return [{{"mermaid": mermaid, "pencil": pencil, "chalk": chalk}}[kind](code=code, options={{}})]

def draw(self, node):
    os.makedirs(os.path.join(self.builder.outdir, self.builder.imagedir), exist_ok=True)
    name = self.builder.imgpath + "/drawn.svg"
    with open(os.path.join(self.builder.outdir, name), "w") as file:
        file.write({SVG!r})
    self.body.append('<object type="image/svg+xml" data="' + name + '"><p>a line</p></object>')
    raise nodes.SkipNode

def show(self, node):
    self.body.append("<pre class='chalk'>" + node["code"] + "</pre><script>draw()</script>")
    raise nodes.SkipNode

def setup(app):
    app.add_directive("draw", Draw)
    app.add_node(mermaid); app.add_node(plantuml)
    app.add_node(pencil, html=(draw, None)); app.add_node(chalk, html=(show, None))
    for name in ("mermaid_cmd", "plantuml", "mermaid_params"):
        app.add_config_value(name, [] if name == "mermaid_params" else "no-program-of-this-name", "html", (str, list))
"""

TEXT = "\n".join(
    f".. draw:: {kind}\n\n   {code}\n"
    for kind, code in (("mermaid", "graph LR"), ("uml", "A -> B"), ("mermaid", "wrong"), ("pencil", "a line"))
)


@pytest.fixture
def drawing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], list[str]]:
    """A program that draws; what it was asked, a line each."""
    monkeypatch.syspath_prepend(tmp_path / "source")
    (tmp_path / "artist").write_text(PROGRAM)
    (tmp_path / "artist").chmod(0o755)
    monkeypatch.setenv("SEEN", str(tmp_path / "seen"))

    def seen() -> list[str]:
        path = tmp_path / "seen"
        return path.read_text().splitlines() if path.exists() else []

    return seen


@pytest.mark.skipif(sys.platform == "win32", reason="a script stands in for the programs")
def test_diagrams_are_drawn_by_their_programs_and_the_slow_ones_once(
    book: Read, tmp_path: Path, drawing: Callable[[], list[str]]
) -> None:
    conf = (
        f"extensions = ['drawn_up']\nmermaid_cmd = {str(tmp_path / 'artist')!r}\nmermaid_params = ['--quiet']\n"
        f"plantuml = [{str(tmp_path / 'artist')!r}, '--fast']\n"
    )
    for _ in range(2):
        manuscript = book({"index.rst": page("B", TEXT), "drawn_up.py": EXTENSION}, conf, fresh=True)
        chart, talk, pencil = tree(manuscript).findall(nodes.image)
        drawn = [Path(image["path"]).read_text() for image in (chart, talk, pencil)]
        assert drawn == [SVG.replace("<path", "<desc>graph LR</desc><path"),
                         SVG.replace("<path", "<desc>A -&gt; B</desc><path").replace("&gt;", ">"), SVG]  # fmt: skip
        assert (chart["alt"], talk["alt"], pencil["alt"]) == ("graph LR", "two talk", "a line")
        assert only(tree(manuscript), nodes.literal_block).astext() == "wrong"
        assert faults(manuscript) == "index:12 diagram-failed\n"
        (said,) = [one.message for one in manuscript.problems]
        assert said.endswith("Mermaid cannot draw it: line 1: that is wrong.")
        assert breaches(manuscript) == []
    assert sorted(line.split("|")[0] for line in drawing()) == ["--fast", "--quiet", "--quiet", "--quiet"]
    labels = next(line for line in drawing() if line.endswith("|graph LR"))
    assert '"htmlLabels": false' in labels  # HTML in a drawing is shown by browsers only
    for kept in (tmp_path / "build").rglob("*.drawn"):
        kept.write_bytes(b"0" * 64 + b"\n" + kept.read_bytes()[65:].replace(b"path", b"rect"))
    manuscript = book({"index.rst": page("B", TEXT), "drawn_up.py": EXTENSION}, conf, fresh=True)
    assert "<path" in Path(next(iter(tree(manuscript).findall(nodes.image)))["path"]).read_text()  # damaged: drawn anew


def test_diagrams_without_their_program_are_text_and_the_message_says_what_to_install(
    book: Read, tmp_path: Path, drawing: Callable[[], list[str]]
) -> None:
    text = TEXT + "\n.. draw:: chalk\n\n   on a board\n"
    manuscript = book({"index.rst": page("B", text), "drawn_up.py": EXTENSION}, "extensions = ['drawn_up']")
    assert [block.astext() for block in tree(manuscript).findall(nodes.literal_block)] == [
        "graph LR", "A -> B", "wrong", "on a board",
    ]  # fmt: skip
    assert faults(manuscript) == (
        "index:12 diagram-undrawn\nindex:20 diagram-unknown\nindex:4 diagram-undrawn\nindex:8 diagram-undrawn\n"
    )
    said = [str(one) for one in manuscript.problems]
    assert "@mermaid-js/mermaid-cli" in said[0] and "mermaid_cmd" in said[0]
    assert "PlantUML and Java" in said[1]


SHAPES = """
class Shape: "A shape."
class Round(Shape): "Round."
class Circle(Round): "A circle."
"""
CLASSES = (
    ".. inheritance-diagram:: shapes_of_casebound_test\n   :parts: 1\n\n.. py:class:: shapes_of_casebound_test.Round\n"
)


@pytest.mark.parametrize("dot", [True, False])
def test_an_inheritance_diagram_is_drawn_or_a_list_of_classes(
    book: Read, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, program: Callable[[str], str], dot: bool
) -> None:
    monkeypatch.syspath_prepend(tmp_path / "source")
    conf = "extensions = ['sphinx.ext.inheritance_diagram']\n"
    files: dict[str, str | bytes] = {"index.rst": page("B", CLASSES), "shapes_of_casebound_test.py": SHAPES}
    if dot:
        program("dot")
        manuscript = book(files, conf + "inheritance_node_attrs = {'shape': 'ellipse'}")
        image = only(tree(manuscript), nodes.image)
        assert image["alt"] == "Inheritance diagram of shapes_of_casebound_test"
        drawn = Path(image["path"]).read_text()
        assert [name in drawn for name in (">Shape<", ">Round<", ">Circle<", "<ellipse")] == [True] * 4
        assert faults(manuscript) == ""
    else:
        manuscript = book(files, conf + "graphviz_dot = 'no-dot-of-this-name'")
        listed = only(tree(manuscript), nodes.bullet_list)
        assert sorted(" ".join(item.astext().split()) for item in listed) == [
            "shapes_of_casebound_test.Circle (Round)",
            "shapes_of_casebound_test.Round (Shape)",
            "shapes_of_casebound_test.Shape",
        ]
        assert ("shapes_of_casebound_test.Round", "index:shapes_of_casebound_test.Round") in links(tree(manuscript))
        assert faults(manuscript) == "index:4 diagram-undrawn\n"
    assert breaches(manuscript) == []
