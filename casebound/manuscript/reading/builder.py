"""The Sphinx builder that reads a source tree for casebound and writes nothing itself."""

from __future__ import annotations

import logging
from collections.abc import Set
from pathlib import Path
from typing import Any, ClassVar

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.builders import Builder
from sphinx.config import Config
from sphinx.environment import BuildEnvironment
from sphinx.errors import ExtensionError, SphinxError
from sphinx.util.logging import NAMESPACE, WarningStreamHandler

from casebound.manuscript import branches
from casebound.manuscript.reading import doctrees, folders, inclusions, listening, offline, sidebyside, together, unread
from casebound.manuscript.reading.addresses import address_of
from casebound.manuscript.reading.extensions import plots
from casebound.manuscript.reading.extensions.external_files import ExternalFiles
from casebound.manuscript.reading.extensions.notebooks import Bundles, Twins, choose_outputs
from casebound.manuscript.reading.extensions.themes import Themes
from casebound.manuscript.reading.html_comments import HtmlComments
from casebound.manuscript.reading.unprintable import Unprintable
from casebound.manuscript.resolving.images.remote import Remote
from casebound.manuscript.structure import renumbering
from casebound.model.diagnostics import BuildStop
from casebound.model.settings import declared
from casebound.system.orphans import end_with_parent

__all__ = ["READ_EVENT", "CaseboundBuilder", "setup_manuscript"]

READ_EVENT = "casebound-read"
"""The Sphinx event that ``sphinx-build -b casebound`` emits when everything has been read."""


class CaseboundBuilder(Builder):
    """Reads the source, then tells whoever listens to the event ``casebound-read``."""

    name = "casebound"
    # Neither html nor latex: extensions then leave their nodes alone, and the manuscript makes them plain.
    format = ""
    epilog = ""
    supported_image_types: ClassVar[list[str]] = [
        "image/svg+xml",
        "application/pdf",
        "image/png",
        "image/jpeg",
        "image/gif",
        "image/webp",
    ]
    # Both are true so that Sphinx neither fetches nor rewrites an image.
    supported_remote_images = True
    supported_data_uri_images = True

    def __init__(self, app: Sphinx, env: BuildEnvironment) -> None:
        super().__init__(app, env)
        self.application = app
        self.offline = offline.HiddenInventories({})

    def init(self) -> None:
        """Set the tags that decide ``only`` and keep Sphinx from saying what casebound says better."""
        for tag in branches.TAGS:
            self.tags.add(tag)
        listening.listener(self.application).attach()
        for handler in logging.getLogger(NAMESPACE).handlers:
            if isinstance(handler, WarningStreamHandler):
                # First of the filters: what is dropped here does not count under -W.
                handler.filters.insert(0, listening.SaidBetter())
                handler.filters.insert(0, lambda record: not self.offline.explains(record))

    def get_outdated_docs(self) -> list[str]:
        """Nothing is written per document, so nothing can be out of date."""
        return []

    def read_doc(self, docname: str, **how: Any) -> None:  # type: ignore[misc]
        """Read a document; one that cannot be read is read as its bare source, unless the book hangs on it.

        Sphinx marks this as final, but has no event round the reading of a document in which a failure could be held.
        """
        end_with_parent()  # where Sphinx reads in parallel
        path, settings = Path(self.env.doc2path(docname)), self.env.settings
        try:
            unread.decode(path, self.config.source_encoding)
            unread.deepest(path)
            super().read_doc(docname, **how)
        except Exception as error:
            if docname == self.config.root_doc:
                if isinstance(error, ExtensionError):  # names what has failed by itself
                    raise
                raise SphinxError(f"{docname}: {type(error).__name__}: {error}") from error
            encoding = settings["input_encoding"]
            self.events.emit("env-purge-doc", self.env, docname)
            self.env.clear_doc(docname)
            unread.note(self.env, docname, path, error)
            # every byte is a character of it
            settings["input_encoding"] = "latin-1"
            try:
                super().read_doc(docname, **how)
            finally:
                settings["input_encoding"] = encoding

    def get_target_uri(self, docname: str, typ: str | None = None) -> str:
        """An address that names the document, whoever asks; see ``addresses``."""
        return address_of(docname)

    def get_relative_uri(self, from_: str, to: str, typ: str | None = None) -> str:
        """The same as ``get_target_uri``: documents have no place relative to one another in a book."""
        return self.get_target_uri(to, typ)

    def write_documents(self, docnames: Set[str]) -> None:
        """Chapters are resolved one by one when they are asked for; only the memory of reading is given back."""
        self.env._write_doc_doctree_cache.clear()

    def prepare_writing(self, docnames: Set[str]) -> None:
        """Nothing to prepare; Sphinx before 8.1 asks in any case."""

    def _write_serial(self, docnames: Any) -> None:
        """What Sphinx before 8.1 calls in the place of ``write_documents``."""
        self.write_documents(set(docnames))

    def write_doc(self, docname: str, doctree: nodes.document) -> None:
        """Not called: see ``write_documents``."""

    def finish(self) -> None:
        """Say that everything has been read, unless ``read`` is waiting for it."""
        if getattr(self.application, "reading_only", False):
            return
        try:
            self.events.emit(READ_EVENT, allowed_exceptions=(BuildStop,))
        except BuildStop as error:
            raise SphinxError(str(error)) from error


def _enter_builder(app: Sphinx) -> None:
    if isinstance(app.builder, CaseboundBuilder):
        app.add_transform(HtmlComments)
        app.add_transform(Unprintable)
        app.add_transform(ExternalFiles)
        app.add_transform(Themes)
        app.add_transform(Twins)
        app.add_post_transform(Bundles)
        offline.block_directives(app)
        plots.draw_vectors(app)
        inclusions.count_lines(app)
        folders.connect(app)
        remote = Remote(Path(app.doctreedir).parent / "remote") if app.config.casebound_remote_inventories else None
        app.builder.offline = offline.hide_inventories(app.config, remote)
        offline.keep_words(app)


def _choose_outputs(app: Sphinx, config: Config) -> None:
    """Say which of the forms that the output of a notebook's cell has is printed: MyST-NB knows no book's order.

    It is said before Sphinx compares the settings with those of the last build.
    """
    choose_outputs(config, CaseboundBuilder.name)


def _leave_builder(app: Sphinx) -> None:
    if isinstance(app.builder, CaseboundBuilder):
        app.builder.offline.restore(app)


def setup_manuscript(app: Sphinx) -> None:
    """Add the builder, the settings and the event ``casebound-read`` to an application; a second call does nothing."""
    if CaseboundBuilder.name in app.registry.builders:
        return
    app.add_builder(CaseboundBuilder)
    for setting in declared():
        default = list(setting.default) if isinstance(setting.default, tuple) else setting.default
        types = (tuple,) if isinstance(default, list) else setting.types
        app.add_config_value(setting.name, default, "", (type(default), *types) if types else ())
    app.add_event(READ_EVENT)
    app.connect("config-inited", _choose_outputs)
    doctrees.connect(app)
    unread.connect(app)
    # Around the loading of inventories, which listens to the same event.
    app.connect("builder-inited", _enter_builder, priority=1)
    app.connect("builder-inited", _leave_builder, priority=999)
    together.connect(app)
    sidebyside.connect(app)
    listening.connect(app.connect)
    renumbering.connect(app.connect)
