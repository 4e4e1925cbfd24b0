"""Makes ids and links mean the same in the whole book: ``docname:id`` inside, absolute addresses outside."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Collection, Iterable, Mapping
from urllib.parse import quote, urljoin

from docutils import nodes
from sphinx.environment import BuildEnvironment

from casebound.i18n.wording import word
from casebound.manuscript.documents import virtual_documents
from casebound.manuscript.reading.addresses import document_of_uri
from casebound.manuscript.reading.places import place
from casebound.manuscript.structure.sections import footing
from casebound.manuscript.web import document_of_page
from casebound.model.book import document_target
from casebound.model.diagnostics import Problem, problem

__all__ = ["Links", "keep_ids", "qualify_ids"]

Report = Callable[[Problem], None]

_SCHEME = re.compile(r"^[A-Za-z][A-Za-z0-9+.-]*:")
_NOWHERE = ("file:", "javascript:", "data:", "vbscript:")
_UNSAFE = re.compile(r"[\s<>\"{}|\\^`\x00-\x1f]")


def keep_ids(doctree: nodes.document, wanted: Iterable[str]) -> None:
    """Put the ids that a tree has lost on a target under its title. Ids are not yet qualified."""
    found = {name for node in doctree.findall(nodes.Element) for name in node["ids"]}
    lost = sorted(set(wanted) - found)
    if lost:
        footing(doctree).insert(1, nodes.target(ids=lost))


def qualify_ids(docname: str, doctree: nodes.document) -> None:
    """Put the document before each id; the first node with an id keeps it, and the top section names the document."""
    prefix = document_target(docname)
    seen: set[str] = set()
    top = footing(doctree)
    # Sections first: their ids are in the outline, and nothing that is before them may take them.
    sections = list(doctree.findall(nodes.section))
    others = [node for node in doctree.findall(nodes.Element) if not isinstance(node, nodes.section)]
    for node in [*sections, *others]:
        own = [name for name in dict.fromkeys(node["ids"]) if name not in seen]
        seen.update(own)
        node["ids"] = [prefix + name for name in own]
    top["ids"].append(prefix)
    for target in list(doctree.findall(nodes.target)):
        if not target["ids"] and not target.children:
            target.replace_self([])


class Links:
    """Resolves the links of a document against the ids of the whole book.

    ``known`` are those that are read, ``late`` gives those that a document has once it is resolved: a bibliography
    is filled in then. ``left_out`` are those of branches that no output prints.
    """

    def __init__(
        self,
        env: BuildEnvironment,
        known: Collection[str],
        indices: Mapping[str, str],
        base: str = "",
        late: Callable[[str], Collection[str]] = lambda docname: (),
        left_out: Collection[str] = (),
    ) -> None:
        self.env = env
        self.known = known
        self.late = late
        self.left_out = left_out
        self.indices = indices
        self.base = base
        self.virtual = virtual_documents(env)

    def settle(self, docname: str, doctree: nodes.document, report: Report) -> None:
        """Give each link its named destination or address; one that leads nowhere becomes inline."""
        for node in list(doctree.findall(_is_link)):
            assert isinstance(node, nodes.Element)
            if isinstance(node, nodes.reference):
                self._reference(docname, node, report)
            elif isinstance(node, nodes.footnote_reference | nodes.citation_reference):
                self._note(docname, node, report)
            else:
                node.attributes.pop("refid", None)

    def _note(self, docname: str, node: nodes.Element, report: Report) -> None:
        target = document_target(docname) + str(node.get("refid", ""))
        if node.get("refid") and self._exists(docname, str(node["refid"])):
            node["refid"] = target
        else:
            name = str(node.get("refname") or node.get("refid") or node.astext())
            self._let_go(docname, node, name, report, code=self._why(target))

    def _reference(self, docname: str, node: nodes.reference, report: Report) -> None:
        refid, refuri = node.attributes.pop("refid", None), node.attributes.pop("refuri", None)
        if not refid and refuri and str(refuri).startswith("#"):
            refid = str(refuri)[1:]
        inside = (docname, str(refid)) if refid else document_of_uri(str(refuri or ""))
        inside = inside or self._page(docname, str(refuri or ""))
        if inside is not None:
            self._inside(docname, node, inside, report)
            return
        address = self._address(str(refuri or ""))
        if address:
            node["refuri"] = address
        elif _shows(node, str(refuri or "")):
            _unlink(node)  # web pages open the picture in its full size
        else:
            self._let_go(docname, node, str(refuri or node.get("refname") or node.astext()), report)

    def _page(self, docname: str, uri: str) -> tuple[str, str] | None:
        """The document of the book, or the index, that an address means which was written for web pages."""
        found = None if _SCHEME.match(uri) else document_of_page(self.env.config, docname, uri)
        return found if found and (document_target(found[0]) in self.known or found[0] in self.virtual) else None

    def _inside(self, docname: str, node: nodes.reference, inside: tuple[str, str], report: Report) -> None:
        name, identifier = inside
        target = document_target(name) + identifier
        if self._exists(name, identifier):
            node["refid"] = target
        elif name in self.virtual and name not in self.env.all_docs:
            self._index(node, name)
        elif document_target(name) not in self.known and name in self.env.all_docs:
            self._let_go(docname, node, name, report, code="reference-unprinted")
        else:
            said = f"{name}#{identifier}" if identifier else name
            self._let_go(docname, node, said, report, code=self._why(target))

    def _why(self, target: str) -> str:
        """The fault of a link to what the book does not have."""
        return "reference-left-out" if target in self.left_out else "reference-dangling"

    def _exists(self, docname: str, identifier: str) -> bool:
        prefix = document_target(docname)
        return prefix + identifier in self.known or (prefix in self.known and identifier in self.late(docname))

    def _index(self, node: nodes.reference, name: str) -> None:
        """A link to a page that Sphinx makes by itself: an index that is printed, or nothing in a book."""
        if name in self.indices:
            node["refid"] = self.indices[name]
            self._title(node, name)
        else:
            _unlink(node)

    def _title(self, node: nodes.reference, name: str) -> None:
        """Name the general index as its page is named, where Sphinx's own title is in the text."""
        usual = str(self.env.domains.standard_domain.initial_data["labels"]["genindex"][2])
        for text in list(node.findall(nodes.Text)) if name == "genindex" else ():
            if text == usual:
                text.parent.replace(text, nodes.Text(word("index", self.env.config.language)))

    def _address(self, uri: str) -> str:
        """An absolute address, or nothing where there is none that a reader elsewhere could open."""
        if uri.startswith("//"):
            uri = f"https:{uri}"
        elif self.base and uri and not _SCHEME.match(uri):
            uri = urljoin(self.base, uri)
        if not _SCHEME.match(uri) or uri.lower().startswith(_NOWHERE):
            return ""
        return _UNSAFE.sub(lambda found: quote(found[0]), uri)

    def _let_go(
        self, docname: str, node: nodes.Element, name: str, report: Report, *, code: str = "reference-dangling"
    ) -> None:
        where, line = place(self.env, node, docname)
        report(problem(code, where, line, name=name))
        _unlink(node)


def _shows(node: nodes.reference, uri: str) -> bool:
    """Whether a link leads to the file of a picture that is in it."""
    return any(posixpath.basename(uri) == posixpath.basename(image["uri"]) for image in node.findall(nodes.image))


def _is_link(node: nodes.Node) -> bool:
    return isinstance(node, nodes.Element) and (isinstance(node, nodes.reference) or "refid" in node)


def _unlink(node: nodes.Element) -> None:
    """Leave the content of a link without the link."""
    content = list(node.children)
    if content and not isinstance(node.parent, nodes.TextElement) and not any(map(_is_text, content)):
        targets: list[nodes.Node] = [nodes.target(ids=list(node["ids"]))] if node["ids"] else []
        node.replace_self([*targets, *content])
        return
    plain = nodes.inline("", "", *content, ids=list(node["ids"]), classes=list(node["classes"]))
    plain.source, plain.line = node.source, node.line
    node.replace_self(plain)


def _is_text(node: nodes.Node) -> bool:
    return isinstance(node, nodes.Text) or (isinstance(node, nodes.Inline) and not isinstance(node, nodes.image))
