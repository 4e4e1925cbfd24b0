"""Keeps reading off the network: remote inventories, tables and raw text are left where they are.

Inventories are fetched where a book allows it, within limits of time and size.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from logging import LogRecord
from typing import Any

from docutils import nodes
from docutils.parsers.rst import directives
from docutils.utils import unescape
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.util import logging
from sphinx.util.docutils import CustomReSTDispatcher, ReferenceRole

from casebound.manuscript.resolving.images.remote import Remote, Unfetched

__all__ = ["HiddenInventories", "block_directives", "hide_inventories", "keep_words"]

logger = logging.getLogger(__name__)


class HiddenInventories:
    """The inventories that were taken out of ``intersphinx_mapping`` for a while, and the mapping as it was.

    ``failed`` says of those that were to be fetched why they were not; ``files`` are those that a ``file:`` address
    names, which Sphinx reads no more than we do.
    """

    def __init__(
        self, mapping: dict[str, Any], names: Sequence[str] = (), failed: Mapping[str, str] | None = None,
        files: Collection[str] = (),
    ) -> None:  # fmt: skip
        self.mapping = mapping
        self.names = tuple(names)
        self.failed = failed or {}
        self.files = files

    def restore(self, app: Sphinx) -> None:
        """Put the mapping back: a changed setting would have every document read again next time.

        Sphinx drops the words of a role whose inventory it does not know. It knows those that are hidden as empty ones,
        and keeps the words.
        """
        if self.mapping and app.config.intersphinx_mapping is not self.mapping:
            app.config.intersphinx_mapping = self.mapping
        named: dict[str, Any] = getattr(app.env, "intersphinx_named_inventory", {})
        for name in self.names:
            named.setdefault(name, {})

    def explains(self, record: LogRecord) -> bool:
        """Whether a warning says that a link leads into a hidden inventory, which is said once and for all links."""
        link = getattr(record, "location", None)
        if not isinstance(link, nodes.Element) or "intersphinx" not in link:
            return False
        return bool(self.names) and (link.get("inventory") is None or link["inventory"] in self.names)


def _ending_of_inventory(data: bytes) -> str:
    if not data.startswith(b"# Sphinx inventory version"):
        raise Unfetched("it is not an inventory.")
    return ".inv"


def hide_inventories(config: Config, remote: Remote | None = None) -> HiddenInventories:
    """Take the inventories that would be fetched out of ``intersphinx_mapping`` while inventories are loaded.

    With ``remote`` they are fetched by it. A mapping that the caller of ``read`` gave explicitly is left alone.
    Works on the form that Sphinx gives
    the mapping: ``{name: (name, (uri, (location, ...)))}``.
    """
    mapping: dict[str, Any] = getattr(config, "intersphinx_mapping", None) or {}
    if "intersphinx_mapping" in config.overrides:
        return HiddenInventories(mapping)
    kept, hidden, failed, files = dict[str, Any](), list[str](), dict[str, str](), set[str]()
    for name, (key, (uri, locations)) in mapping.items():
        local = tuple(place for place in locations if place and "://" not in place)
        address = next((place for place in locations if place), f"{uri.rstrip('/')}/objects.inv")
        try:
            if not local and address.startswith("file:"):
                files.add(str(name))
            elif not local and remote is not None:
                local = (str(remote.fetch(address, _ending_of_inventory)),)
        except (Unfetched, OSError) as error:
            failed[str(name)] = str(error)
        if local:
            kept[name] = (key, (uri, local))
        else:
            hidden.append(str(name))
    if kept != mapping:
        config.intersphinx_mapping = kept
    return HiddenInventories(mapping, hidden, failed, files)


def _offline(directive: type) -> type:
    class Offline(directive):  # type: ignore[misc]
        """The directive without its ``:url:``: an address is shown instead of being fetched."""

        def run(self) -> list[nodes.Node]:
            url = self.options.get("url")
            if not url:
                return list(super().run())
            source, line = self.state_machine.get_source_and_line(self.lineno)
            logger.warning("%s is not fetched; its address is shown instead", url, location=f"{source}:{line}")
            reference = nodes.reference("", url, refuri=url)
            return [nodes.paragraph("", "", reference)]

    Offline.__name__ = directive.__name__
    return Offline


def block_directives(app: Sphinx) -> None:
    """Replace the directives of docutils and Sphinx that can fetch from an address."""
    from docutils.parsers.rst.directives.misc import Raw
    from sphinx.directives.patches import CSVTable

    for name, known in (("raw", Raw), ("csv-table", CSVTable)):
        current = directives._directives.get(name, known)  # type: ignore[attr-defined]
        if current is known:
            app.add_directive(name, _offline(known), override=True)


class _OfflineRoles(CustomReSTDispatcher):
    """Looks roles up as Sphinx does, and keeps the words of those of intersphinx that it gives nothing for.

    It drops them where it does not know the inventory, or the role in it, and says so.
    """

    def role(self, role_name: str, *around: Any) -> tuple[Any, list[nodes.system_message]]:
        found, messages = super().role(role_name, *around)
        if not role_name.startswith(("external:", "external+")) or found is None:
            return found, messages
        inner = role_name[9:] if role_name[8] == ":" else role_name.partition(":")[2]

        def keeping(
            name: str, rawtext: str, text: str, lineno: int, inliner: Any, options: Any = None, content: Any = ()
        ) -> tuple[list[nodes.Node], list[nodes.system_message]]:
            made, said = found(name, rawtext, text, lineno, inliner, options or {}, content)
            if made:
                return made, said
            known, _ = super(_OfflineRoles, self).role(inner, *around)
            inside = known(inner, rawtext, text, lineno, inliner, {}, [])[0] if known else []
            links = [node for node in inside if isinstance(node, addnodes.pending_xref)]
            return [child for link in links for child in link.children] or [nodes.Text(_shown(text))], said

        return keeping, messages


def _shown(text: str) -> str:
    """What a role that nobody knows would show: its title, where it has one."""
    titled = ReferenceRole.explicit_title_re.match(text)
    return unescape(titled[1] if titled else text)


def _install(app: Sphinx, docname: str, content: list[str]) -> None:
    _OfflineRoles().enable()  # until Sphinx has parsed the document


def keep_words(app: Sphinx) -> None:
    """Keep the words of roles of intersphinx that lead nowhere."""
    if "sphinx.ext.intersphinx" in app.extensions:
        app.connect("source-read", _install, priority=600)  # after intersphinx puts its own in
