"""Stand-ins for roles and directives of extensions that are not installed: their text is kept, plainly.

A Sphinx extension that is copied beside a corpus' conf.py. A role nobody knows shows its text as code. A directive
nobody knows shows its argument as a paragraph and its content as if it stood without the directive; its options
are left out. A link into another project's documentation, or out of a corpus that is part of a larger one,
stands as text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Set
from typing import Any

from docutils import nodes
from docutils.parsers.rst import directives, roles
from docutils.parsers.rst.languages import en
from docutils.statemachine import StringList
from sphinx.addnodes import pending_xref
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.domains import Domain
from sphinx.domains.std import StandardDomain
from sphinx.environment import BuildEnvironment
from sphinx.util.docutils import SphinxDirective

__all__ = ["setup"]

_TITLED = re.compile(r"^(?P<title>.+?)\s*<(?P<target>[^<>]+)>$", re.DOTALL)
_ELSEWHERE = re.compile(r"^[\w.-]+:")
_CODE = ("console", "testinput", "mermaid", "plantuml", "uml", "graphviz", "digraph", "graph")


class _AnyOption(dict[str, Callable[[str], Any]]):
    """An option specification that takes every option."""

    def __bool__(self) -> bool:
        return True

    def __contains__(self, name: object) -> bool:
        return True

    def __missing__(self, name: str) -> Callable[[str], Any]:
        return directives.unchanged


class _Plain(SphinxDirective):
    """A directive of an unknown extension."""

    optional_arguments = 1
    final_argument_whitespace = True
    has_content = True
    option_spec = _AnyOption()

    def run(self) -> list[nodes.Node]:
        found: list[nodes.Node] = []
        if self.arguments:
            found.append(self._argument(" ".join(self.arguments[0].split())))
        if self.name.rpartition(":")[2] in _CODE and self.content:
            text = "\n".join(self.content)
            return [*found, nodes.literal_block(text, text, language="text")]
        return found + self._content(self.content)

    def _argument(self, text: str) -> nodes.Node:
        if self.name.startswith("auto"):  # the name of an object that cannot be imported
            return nodes.paragraph("", "", nodes.literal(text, text))
        inner, messages = self.parse_inline(text)
        return nodes.paragraph(text, "", *inner, *messages)

    def _content(self, content: StringList) -> list[nodes.Node]:
        return list(self.parse_content_to_nodes(allow_section_headings=True)) if content else []


def _plain_role(
    name: str, rawtext: str, text: str, lineno: int, inliner: Any, options: Any = None, content: Any = ()
) -> tuple[list[nodes.Node], list[nodes.system_message]]:
    """A role of an unknown extension: its title, or its text, as code."""
    text = text.replace("\0", "\\")
    titled = _TITLED.match(text)
    if titled:
        return [nodes.inline(rawtext, titled["title"], classes=[_class(name)])], []
    return [nodes.literal(rawtext, text.lstrip("!~"), classes=[_class(name)])], []


def _class(name: str) -> str:
    return nodes.make_id(f"role-{name}")


class _Standard(StandardDomain):
    """The standard domain, which Sphinx asks last before docutils: with a stub for what docutils does not know."""

    def directive(self, name: str) -> Any:
        return super().directive(name) or (None if _known(directives, en.directives, name) else _Plain)

    def role(self, name: str) -> Any:
        return super().role(name) or (None if _known(roles, en.roles, name) else _plain_role)


def _known(registry: Any, english: Mapping[str, str], name: str) -> bool:
    """Whether docutils knows a directive or role: by its own name, its English one, or registered since."""
    tables = ("_directives", "_directive_registry", "_roles", "_role_registry")
    return name in english or any(name in getattr(registry, table, ()) for table in tables)


class _Foreign(Domain):
    """A domain of an unknown extension: all its roles and directives are stubs."""

    def directive(self, name: str) -> Any:
        return _Plain

    def role(self, name: str) -> Any:
        return _plain_role

    def merge_domaindata(self, docnames: Set[str], otherdata: dict[str, Any]) -> None:
        """There is nothing to merge."""


def _left_out(
    app: Sphinx, env: BuildEnvironment, node: pending_xref, contnode: nodes.TextElement
) -> nodes.TextElement | None:
    """The text of a link that leads out of the corpus; None for one that is broken."""
    part = app.config.include_patterns != ["**"]
    kind, target = node.get("reftype"), str(node.get("reftarget", ""))
    if part or kind in app.config.stub_links_out or _ELSEWHERE.match(target):
        return contnode
    return None


def _configured(app: Sphinx, config: Config) -> None:
    for directive, role in config.stub_objects:
        app.add_object_type(directive, role)
    for name in config.stub_domains:
        app.add_domain(type(f"Foreign_{name}", (_Foreign,), {"name": name, "label": name}))


def setup(app: Sphinx) -> dict[str, Any]:
    """Sphinx's door.

    ``stub_objects`` are pairs of a directive and the role that links to what it describes, ``stub_domains`` the
    domains of extensions, ``stub_links_out`` the kinds of reference that lead out of the corpus if to nowhere in it.
    """
    for name in ("stub_objects", "stub_domains", "stub_links_out"):
        app.add_config_value(name, [], "env", frozenset({list}))
    app.add_domain(_Standard, override=True)
    app.connect("config-inited", _configured, priority=100)
    app.connect("missing-reference", _left_out, priority=900)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
