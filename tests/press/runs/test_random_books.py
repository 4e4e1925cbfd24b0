"""Random trees of documents, sections and toctrees through the whole press: four trees that must be one.

What the toctrees want is worked out here, from what was drawn and by the rule as it is written down; the others are
read back by libraries that did not write them. ``CASEBOUND_EXAMPLES`` asks for more books than a person waits for.
"""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casebound.press import press
from tests.press.books import Shop, Told, nav, outline
from tests.press.openings import remote_links

EXAMPLES = int(os.environ.get("CASEBOUND_EXAMPLES", "20"))
# what a text links to has a say in where a toctree belongs: that is drawn in tests/rules
CONF = 'project = "Tiny Book"\ncasebound_ignore = ["toctree-too-deep"]\n'
MATTER = {"Cover", "Contents", "Index", "Elsewhere in the book"}
NUMBER = re.compile(r"^(\s*)\d+(?:\.\d+)* ", re.MULTILINE)


@dataclass
class Toctree:
    """A toctree: the documents it leads to, in order, and the lines it is written as."""

    names: list[str]
    entries: list[str]
    options: list[str] = field(default_factory=list)
    only: bool = False
    caption: str = ""

    def lines(self) -> list[str]:
        caption = [f":caption: {self.caption}"] if self.caption else []
        inner = [".. toctree::", *(f"   {one}" for one in [*caption, *self.options]), ""]
        inner += [*(f"   {entry}" for entry in self.entries), ""]
        return [".. only:: book", "", *(f"   {line}".rstrip() for line in inner)] if self.only else inner


@dataclass
class Section:
    """A section: its title, its text and toctrees in order, its subsections before and behind some of them."""

    title: str
    body: list[str | Toctree]
    below: list[Section]

    @property
    def leads_on(self) -> bool:
        """Whether a toctree in it names a document."""
        return any(isinstance(item, Toctree) and item.names for item in self.body) or any(
            one.leads_on for one in self.below
        )

    def lines(self, depth: int = 0) -> list[str]:
        found = [self.title, "=-~^"[depth] * len(self.title), ""]
        for item in self.body:
            found += [item, ""] if isinstance(item, str) else item.lines()
        return found + [line for one in self.below for line in one.lines(depth + 1)]


Library = dict[str, Section]
"""The documents by name; the root is ``index``."""


@st.composite
def toctrees(draw: st.DrawFn, own: str, waiting: list[str], known: Sequence[str], caption: str) -> Toctree:
    """A toctree of the document ``own`` that takes some of the waiting ones, now and then one that has a place already.

    Where it names ``own`` Sphinx says so, and reads the toctree without it.
    """
    names = [waiting.pop(0) for _ in range(min(len(waiting), draw(st.integers(0, 3))))]
    kind = draw(st.sampled_from(["plain", "plain", "glob", "reversed", "twice", "foreign"]))
    entries = [f"/{name}" for name in names]
    options = [option for option in (":hidden:", ":numbered:", ":titlesonly:") if draw(st.integers(0, 4)) == 0]
    if kind == "glob":
        options.append(":glob:")
        entries = [f"/{name[:-1]}[{name[-1]}]" for name in names]
    elif kind == "reversed":
        options.append(":reversed:")
        names = names[::-1]
    elif kind == "twice":
        again = draw(st.sampled_from(known))
        names, entries = [*names, *([again] if again != own else [])], [*entries, f"/{again}"]
    elif kind == "foreign":
        entries = ["self", *entries, "A page <https://example.org/>"]
    if not entries:
        return Toctree([], ["https://example.org/"], options)
    return Toctree(names, entries, options, draw(st.booleans()) and kind == "plain", caption)


@st.composite
def sections(draw: st.DrawFn, own: str, title: str, waiting: list[str], known: Sequence[str], depth: int) -> Section:
    body: list[str | Toctree] = ["Words."]
    for number, kind in enumerate(draw(st.lists(st.sampled_from(["text", "toctree"]), max_size=3))):
        # a caption opens a part only on the root page, and makes nothing of a toctree elsewhere
        caption = f"Part {number} of {title}" if draw(st.booleans()) else ""
        body.append(draw(toctrees(own, waiting, known, caption)) if kind == "toctree" else "More words.")
    if draw(st.booleans()):
        body[0] = f"Words, see {' '.join(f':doc:`/{name}`' for name in draw(st.lists(st.sampled_from(known))))}."
    elif any(isinstance(item, Toctree) and item.names for item in body) and draw(st.booleans()):
        del body[0]  # a page that says nothing, the root's too
    count = draw(st.integers(0, 2)) if depth < 2 else 0
    below = [draw(sections(own, f"{title} {number}", waiting, known, depth + 1)) for number in range(count)]
    return Section(title, body, below)


@st.composite
def libraries(draw: st.DrawFn) -> Library:
    folders = ["", "near/", "near/far/"]
    names = [f"{draw(st.sampled_from(folders))}d{number}" for number in range(draw(st.integers(1, 6)))]
    waiting = list(names)
    known = ["index", *names]
    return {name: draw(sections(name, f"Doc {number}", waiting, known, 0)) for number, name in enumerate(known)}


class Wanted:
    """The tree that the rule wants: in each section its subsections, then the documents of its toctrees."""

    def __init__(self, library: Library) -> None:
        self.library, self.placed = library, set[str]()

    def text(self) -> str:
        """The root's own sections stand beneath it until one of them leads on: from there on they stand beside it."""
        root = self.library["index"]
        own = next((at for at, one in enumerate(root.below) if one.leads_on), len(root.below))
        lines = [f"{root.title}\n"]
        for at, one in enumerate(root.below):
            lines += self._entry(one, at < own, ("index",))
        return "".join([*lines, *self._toctrees(root, 0, ("index",), root=True)])

    def _below(self, section: Section, depth: int, around: tuple[str, ...]) -> Iterator[str]:
        for one in section.below:
            yield from self._entry(one, depth, around)
        yield from self._toctrees(section, depth, around)

    def _toctrees(self, section: Section, depth: int, around: tuple[str, ...], *, root: bool = False) -> Iterator[str]:
        alone = root and self._leading(section) == 1
        for item in section.body:
            if isinstance(item, Toctree):
                yield from self._named(item, depth, around, part=root and bool(item.caption) and not alone)

    def _leading(self, section: Section) -> int:
        """How many toctrees of a section, and of those beneath it, name documents: the caption of one opens no part."""
        own = sum(isinstance(item, Toctree) and bool(item.names) for item in section.body)
        return own + sum(map(self._leading, section.below))

    def _entry(self, section: Section, depth: int, around: tuple[str, ...]) -> Iterator[str]:
        yield f"{'  ' * depth}{section.title}\n"
        yield from self._below(section, depth + 1, around)

    def _named(self, toctree: Toctree, depth: int, around: tuple[str, ...], *, part: bool) -> Iterator[str]:
        lines: list[str] = []
        for name in toctree.names:
            if name not in around and name not in self.placed:
                self.placed.add(name)
                lines += self._entry(self.library[name], depth + part, (*around, name))
        if part and lines:
            yield f"{'  ' * depth}{toctree.caption}\n"
        yield from lines


def own(text: str) -> str:
    """An outline without what stands round the book's own entries."""
    return "".join(line for line in text.splitlines(True) if line.rstrip("\n") not in MATTER)


@pytest.mark.usefixtures("recursion")
@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
@given(library=libraries())
def test_four_trees_are_one(library: Library) -> None:
    wanted = Wanted(library).text()
    with tempfile.TemporaryDirectory() as folder:
        content = {f"{name}.rst": "\n".join(section.lines()) for name, section in library.items()}
        shop = Shop.of(Path(folder), {"conf.py": CONF, **content})
        shop.make(jobs=1)
        book = own(outline(shop.book))
        assert NUMBER.sub(r"\1", book) == wanted
        assert own(nav(shop.epub)) == book
        handouts = shop.places.build / "handouts"
        found = [own(outline(path)) for path in sorted(handouts.iterdir())] if handouts.is_dir() else []
        sections = re.sub(r"\A.*\n(?: .*\n)*", "", book)  # the root's own entry has no handout
        assert "".join(found) == sections
        leaving = [remote_links(path) for path in shop.handouts()] if handouts.is_dir() else []
        assert [lost for _, every in leaving for lost in every] == []
        verdict = press.prove(shop.places, report=Told())
        assert verdict.ok, "\n".join(map(str, verdict.problems))
