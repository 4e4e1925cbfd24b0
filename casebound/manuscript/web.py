"""Where the places of the book are on the web: in the pages that Sphinx makes of the same source."""

from __future__ import annotations

import posixpath
from collections.abc import Collection
from urllib.parse import quote, unquote, urlsplit

from sphinx.config import Config

from casebound.model.book import document_target
from casebound.model.diagnostics import stop

__all__ = ["WebAddresses", "check_base", "document_of_page"]


def check_base(config: Config) -> None:
    """Raise BuildStop (baseurl-missing) where ``html_baseurl`` is no address that a reader elsewhere could open."""
    address = urlsplit(str(config.html_baseurl or ""))
    if not (address.scheme and address.netloc):
        raise stop("baseurl-missing", value=config.html_baseurl or "")


def _suffix(config: Config) -> str:
    suffix = config.html_link_suffix if config.html_link_suffix is not None else config.html_file_suffix
    return ".html" if suffix is None else str(suffix)


def document_of_page(config: Config, docname: str, uri: str) -> tuple[str, str] | None:
    """The document whose page a relative address opens from the page of ``docname``, and the id on it.

    The address of a folder opens its index.
    """
    page, _, identifier = uri.partition("#")
    suffix = _suffix(config)
    if suffix and page.endswith("/"):
        page += f"index{suffix}"
    if not suffix or not page.endswith(suffix):
        return None
    name = posixpath.join(posixpath.dirname(docname), unquote(page.removesuffix(suffix)))
    return posixpath.normpath(name), unquote(identifier)


class WebAddresses:
    """The addresses of documents below ``html_baseurl``, as the builder ``html`` or ``dirhtml`` names its pages.

    ``known`` are the named destinations that come from the source: the others have no place on a page.
    """

    def __init__(self, config: Config, builder: str, known: Collection[str]) -> None:
        self._base = str(config.html_baseurl or "")
        self._suffix = _suffix(config)
        self._folders = builder == "dirhtml"
        self._known = known

    def address(self, docname: str, target: str) -> str:
        """The address of a named destination of a document."""
        ident = target.removeprefix(document_target(docname)) if target in self._known else ""
        page = posixpath.join(self._base, quote(self._page(docname)))
        return f"{page}#{quote(ident)}" if ident else page

    def _page(self, docname: str) -> str:
        if not self._folders:
            return docname + self._suffix
        if docname == "index" or docname.endswith("/index"):
            return docname.removesuffix("index")
        return f"{docname}/"
