"""Keeps reading off the network: remote inventories, tables and raw text are left where they are."""

from __future__ import annotations

from typing import Any

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.util import logging

__all__ = ["Hidden", "block_directives", "hide_inventories"]

logger = logging.getLogger(__name__)


class Hidden:
    """The inventories that were taken out of ``intersphinx_mapping`` for a while, and the mapping as it was."""

    def __init__(self, mapping: dict[str, Any], names: tuple[str, ...] = ()) -> None:
        self.mapping = mapping
        self.names = names

    def restore(self, config: Config) -> None:
        """Put the mapping back: a changed setting would have every document read again next time."""
        if self.names:
            config.intersphinx_mapping = self.mapping


def hide_inventories(config: Config) -> Hidden:
    """Take the inventories that would be fetched out of ``intersphinx_mapping`` while inventories are loaded.

    A mapping that the caller of ``read`` gave explicitly is left alone. Works on the form that Sphinx gives
    the mapping: ``{name: (name, (uri, (location, ...)))}``.
    """
    mapping: dict[str, Any] = getattr(config, "intersphinx_mapping", None) or {}
    if "intersphinx_mapping" in config.overrides:
        return Hidden(mapping)
    kept, hidden = {}, []
    for name, (key, (uri, locations)) in mapping.items():
        local = tuple(place for place in locations if place and "://" not in place)
        if local:
            kept[name] = (key, (uri, local))
        else:
            hidden.append(str(name))
    if hidden:
        config.intersphinx_mapping = kept
    return Hidden(mapping, tuple(hidden))


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
