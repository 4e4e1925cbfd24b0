"""Every way in which a source cannot be read ends in one sentence."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from docutils import nodes

from casebound.manuscript import read
from casebound.model.diagnostics import BuildStop
from casebound.model.settings import ProjectFolders
from tests.manuscript.conftest import Read, Write
from tests.manuscript.pictures import faults, page

PAGE: dict[str, str | bytes] = {"index.rst": page("B", "Text.")}


def sentence(places: ProjectFolders, **options: object) -> str:
    with pytest.raises(BuildStop) as stopped:
        read(places, **options)  # type: ignore[arg-type]
    text = f"{stopped.value.problem.code}: {stopped.value.problem.message}"
    assert "\n" not in text and "Traceback" not in text and "\x1b" not in text
    return text.replace(str(places.source), "SOURCE").replace(str(places.build), "BUILD")


def test_no_source_folder(tmp_path: Path) -> None:
    places = ProjectFolders(tmp_path / "no", tmp_path, tmp_path / "build")
    assert sentence(places) == "source-missing: There is no source folder SOURCE."
    assert not places.build.exists()


def test_no_conf(tmp_path: Path) -> None:
    places = ProjectFolders(tmp_path, tmp_path, tmp_path / "build")
    assert sentence(places) == "conf-missing: There is no conf.py in SOURCE."


@pytest.mark.parametrize(
    ("conf", "detail"),
    [
        ("a = 1\n1/0\n", "ZeroDivisionError: division by zero (line 2)."),
        ("def f():\n    raise ValueError('two\\nlines')\nf()", "ValueError: two lines (line 2)."),
        ("a = (", "SyntaxError: '(' was never closed (line 1)."),
        ("import no_such_module_here", "ModuleNotFoundError: No module named 'no_such_module_here' (line 1)."),
        ("raise SystemExit(3)", "it exits the program."),
    ],
)
def test_conf_that_cannot_be_read(write: Write, conf: str, detail: str) -> None:
    assert sentence(write(PAGE, conf)) == f"conf-error: SOURCE/conf.py cannot be read: {detail}"


def test_extension_that_is_not_installed(write: Write) -> None:
    text = sentence(write(PAGE, "extensions = ['no_such_extension']"))
    assert text == (
        "extension-missing: The extension no_such_extension cannot be loaded: No module named 'no_such_extension'."
    )


def test_extension_that_needs_one_that_is_not_installed(write: Write) -> None:
    outer = "def setup(app):\n    app.setup_extension('no_such_inner')\n"
    conf = "import sys, os\nsys.path.insert(0, os.path.dirname(__file__))\nextensions = ['outer_of_casebound_test']"
    assert "The extension no_such_inner cannot" in sentence(write({**PAGE, "outer_of_casebound_test.py": outer}, conf))


def test_extension_that_fails(write: Write) -> None:
    broken = "def setup(app):\n    raise KeyError('what')\n"
    conf = "import sys, os\nsys.path.insert(0, os.path.dirname(__file__))\nextensions = ['broken_of_casebound_test']"
    text = sentence(write({**PAGE, "broken_of_casebound_test.py": broken}, conf))
    assert text == "extension-missing: The extension broken_of_casebound_test cannot be loaded: KeyError: 'what'."


@pytest.mark.parametrize(
    ("conf", "name"),
    [
        ("casebound_title = 3", "casebound_title"),
        ("casebound_contents_depth = 'two'", "casebound_contents_depth"),
        ("casebound_contents_depth = -1", "casebound_contents_depth"),
        ("casebound_keywords = 5", "casebound_keywords"),
        ("casebound_index = 'yes'", "casebound_index"),
        ("casebound_page_list = 'yes'", "casebound_page_list"),
        ("casebound_page_list = 2", "casebound_page_list"),
        ("casebound_page_list = None", "casebound_page_list"),
        ("casebound_certified_standard = 'AA'", "casebound_certified_standard"),
        ("casebound_certified_report = 'here'", "casebound_certified_report"),
        ("casebound_basename = 'a/b'", "casebound_basename"),
    ],
)
def test_invalid_settings(write: Write, conf: str, name: str) -> None:
    assert sentence(write(PAGE, conf)).startswith(f"setting-invalid: The setting {name} is ")


def test_build_folder_that_is_a_file(write: Write) -> None:
    places = write(PAGE)
    places.build.write_text("")
    assert sentence(places).startswith("build-unwritable: Cannot write to the build folder BUILD: ")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_build_folder_without_rights(write: Write) -> None:
    places = write(PAGE)
    places.build.mkdir(mode=0o500)
    assert sentence(places).endswith("Permission denied.")


def test_build_folder_that_is_the_source(write: Write) -> None:
    places = write(PAGE)
    assert sentence(ProjectFolders(places.source, places.conf, places.source)).startswith("build-unwritable: ")


def test_no_root_document(write: Write) -> None:
    text = "root-missing: The root document start does not exist in SOURCE."
    assert sentence(write(PAGE, "root_doc = 'start'")) == text
    assert sentence(write(PAGE, "exclude_patterns = ['index.rst']")) == text.replace("start", "index")


@pytest.mark.parametrize("text", ["", "B\n=\n", "B\n=\n\n.. toctree::\n\n   no\n", ".. comment\n"])
def test_empty_book(write: Write, text: str) -> None:
    assert sentence(write({"index.rst": text})).startswith("book-empty: The book is empty")


def test_extension_that_fails_while_reading(write: Write) -> None:
    conf = "def read(app, docname, source):\n    raise KeyError('what')\n"
    text = sentence(write(PAGE, conf + "def setup(app):\n    app.connect('source-read', read)\n"))
    wanted = (
        "sphinx-stopped: Sphinx could not read the source: read failed at the event source-read (KeyError: 'what')."
    )
    assert text == wanted


def test_setup_of_conf_that_fails(write: Write) -> None:
    conf = "def setup(app):\n    app.registry.source_suffix.pop('.gone')\n"
    text = sentence(write(PAGE, conf))
    assert text == "conf-error: SOURCE/conf.py cannot be read: KeyError: '.gone' (line 2)."


def test_module_that_fails_while_reading(write: Write) -> None:
    module = "def read(app, *_):\n    raise KeyError('what')\n\ndef setup(app):\n    app.connect('source-read', read)\n"
    conf = "import os, sys\nsys.path.insert(0, os.path.dirname(__file__))\nextensions = ['failing_module']\n"
    text = sentence(write({**PAGE, "failing_module.py": module}, conf))
    assert "source: read of failing_module failed at the event source-read (KeyError: 'what')." in text


def test_failed_reading_leaves_the_next_one_whole(write: Write) -> None:
    places = write(PAGE, "1/0")
    sentence(places)
    (places.conf / "conf.py").write_text("")
    assert read(places).book.title == "B"


FAILING_TRANSFORM = """
from sphinx.transforms.post_transforms import SphinxPostTransform

class Fail(SphinxPostTransform):
    default_priority = 5
    def run(self, **how):
        if self.env.docname == 'a':
            raise KeyError('what')

def setup(app):
    app.add_post_transform(Fail)
"""
FAILING_LISTENER = """
def fail(app, doctree, docname):
    if docname == 'a':
        raise KeyError('what')

def setup(app):
    app.connect('doctree-resolved', fail)
"""


@pytest.mark.parametrize(
    ("conf", "text", "fault"),
    [
        (FAILING_TRANSFORM, "A\n\nSee b and more.", "chapter-unresolved"),
        (FAILING_LISTENER, "A\n\nSee B and more.", "extension-failed"),
    ],
)
def test_extension_that_fails_while_resolving_costs_one_chapter_its_work(
    book: Read, conf: str, text: str, fault: str
) -> None:
    files: dict[str, str | bytes] = {
        "index.rst": page("B", "", "a", "b"),
        "a.rst": page("A", "See :doc:`b` and *more*."),
        "b.rst": page("B", "See :doc:`a`."),
    }
    manuscript = book(files, conf)
    a, b = (manuscript.tree(chapter).astext() for chapter in manuscript.book.sections)
    assert (a, b) == (text, "B\n\nSee A.")
    assert faults(manuscript) == f"a {fault}\n"


UNSURE = """
def resolve(app, env, node, contnode):
    if node["reftarget"] == "unsure":
        return {}["unsure"]

def setup(app):
    app.connect("missing-reference", resolve)
"""


def test_a_link_that_an_extension_fails_to_resolve_costs_no_other(book: Read) -> None:
    text = "See :doc:`b`,\n:py:func:`name <unsure>` and :py:func:`unsure`; :doc:`b`."
    files: dict[str, str | bytes] = {"index.rst": page("B", "", "a", "b"), "a.rst": page("A", text), "b.rst": page("B")}
    manuscript = book(files, UNSURE)
    a = manuscript.tree(manuscript.book.sections[0])
    assert a.astext() == "A\n\nSee B,\nname and unsure(); B."
    assert [link["refid"] for link in a.findall(nodes.reference)] == ["b:", "b:"]
    assert [f"{one.place} {one.code}: {one.message}" for one in manuscript.check()] == [
        "a:4 reference-failed: The link to unsure cannot be resolved; the link text is kept without the link: "
        "KeyError: 'unsure'."
    ]


MAKING = """
from docutils import nodes
from docutils.parsers.rst import Directive
from docutils.statemachine import StringList

class Group(Directive):
    def run(self):
        made = nodes.section()
        lines = ["", self.arguments[0], "-" * 10, ""]
        self.state.nested_parse(StringList(lines, source="<group>"), 0, made, match_titles=True)
        return made.children
    required_arguments = 1

def setup(app):
    app.add_directive("group", Group)
"""


def test_a_heading_that_a_directive_gives_alone_has_the_text_behind_it(book: Read) -> None:
    text = ".. group:: First\n\nWords.\n\n.. _last:\n\n.. group:: Second"
    manuscript = book({"index.rst": page("B", text)}, MAKING)
    (_, first, second) = manuscript.tree(manuscript.book.root).findall(nodes.section)
    assert [first.astext(), second.astext()] == ["First\n\nWords.", "Second"]
    assert [f"{one.place} {one.code}: {one.message}" for one in manuscript.check()] == [
        "index section-empty: The section “Second” is empty in print."
    ]


def test_faults_are_switched_off_by_their_own_name_and_by_that_of_sphinx(book: Read) -> None:
    files: dict[str, str | bytes] = {
        "index.rst": page("B", "", "a") + "\nText.\n",
        "a.rst": page("A"),
        "c.rst": page("C"),
    }
    assert faults(book(files)) == "c document-unreached\nindex:11 text-after-toctree\n"
    off = "suppress_warnings = ['casebound.text-after-toctree', 'toc.not_included']"
    assert faults(book(files, off)) == ""


def test_what_sphinx_warns_of_is_a_problem_with_its_place(book: Read) -> None:
    files: dict[str, str | bytes] = {"index.rst": page("B", "``open\n\n:ref:`no`"), "in.rst": ":orphan:\n"}
    manuscript = book(files)
    found = sorted(f"{one.place}: {one.message}" for one in manuscript.check())
    assert found == [
        "index:4: Inline literal start-string without end-string.",
        "index:6: undefined label: 'no'.",
    ]


def test_what_was_said_of_a_document_is_remembered_until_it_is_read_again(write: Write) -> None:
    files: dict[str, str | bytes] = {
        "index.rst": page("B", "", "a", "b"),
        "a.rst": page("A", "``open\n\n.. include:: in.txt"),
        "b.rst": page("B"),
        "in.txt": "*open\n",
    }
    places = write(files)
    wanted = "a:4 source-warning\nin.txt:1 source-warning\n"
    assert faults(read(places)) == faults(read(places)) == faults(read(places, fresh=True, jobs=2)) == wanted
    (places.source / "b.rst").write_text(page("Bee"))
    again = read(places)
    assert faults(again) == wanted and again.book.sections[1].title == "Bee"
    (places.source / "a.rst").write_text(page("A"))
    assert faults(read(places)) == ""


def test_nothing_is_printed(book: Read, capfd: pytest.CaptureFixture[str]) -> None:
    book({"index.rst": page("B", "``open", "no")}).check()
    assert capfd.readouterr() == ("", "")
