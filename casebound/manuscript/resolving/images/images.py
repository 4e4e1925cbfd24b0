"""Finds the file of each image and says why where there is none; nothing is fetched unless the book allows it."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import unquote

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.images import get_image_extension, guess_mimetype, parse_data_uri

from casebound.manuscript.reading.doctrees import MADE
from casebound.manuscript.reading.places import place
from casebound.manuscript.resolving.images.remote import Remote, Unfetched
from casebound.manuscript.resolving.plain import is_known
from casebound.model.css.lengths import length
from casebound.model.diagnostics import Problem, problem
from casebound.system.cache import digest, store

__all__ = ["Images"]

_AUTOMATIC = {"auto", "image", "initial", "inherit"}
_DECORATIVE = {"decorative", "decoration", "presentation"}
_HEAVY = 2_000_000
"""Bytes of a drawing above which the dots that lie beside it are shown."""

Report = Callable[[Problem], None]


class Images:
    """Gives every image of a tree its ``path`` and ``digest``; data URIs become files in ``folder``.

    Without ``remote`` nothing is fetched. ``misfits`` names kept files that were found damaged, and were made again.
    """

    def __init__(self, app: Sphinx, folder: Path, remote: Remote | None = None) -> None:
        self.app = app
        self.folder = folder
        self.remote = remote
        self.misfits: list[str] = remote.misfits if remote else []
        read = (app.srcdir, app.confdir, app.outdir, app.doctreedir, folder, *_made_beside(app))
        self.allowed = tuple(Path(os.path.normpath(path)) for path in read)
        self._digests: dict[Path, str] = {}

    def settle(self, docname: str, doctree: nodes.document, report: Report) -> None:
        """Find the images of a document whose ids are not yet qualified; tell of sizes that nobody can read."""
        for node in doctree.findall(nodes.Element):
            if isinstance(node, nodes.image | nodes.figure | nodes.table):
                self._check_size(docname, node, report)
        for image in doctree.findall(nodes.image):
            self._check_words(docname, image, report)
            candidates = image.attributes.pop("candidates", {})
            uri = str(image.get("uri", ""))
            if uri.startswith("data:"):
                self._unpack(docname, image, uri, report)
            elif uri.lower().startswith("file:"):
                where, line = place(self.app.env, image, docname)
                report(problem("image-outside", where, line, name=uri))
                image["uri"] = uri.rpartition("/")[2]  # what lies where on this machine is not for print
            elif "?" in candidates or "://" in uri:
                self._fetch(docname, image, uri, report)
            else:
                chosen = self._choose(candidates, uri)
                self._find(docname, image, chosen, report)
                image["uri"] = image.attributes.pop("original_uri", chosen)

    def take_in(self, docname: str, doctree: nodes.document) -> None:
        """Put pictures in the place of those nodes of extensions that name the file of one by their ``uri``."""
        for node in [node for node in doctree.findall(nodes.Element) if not is_known(node) and not node.children]:
            address = node.get("uri")
            uri = self.find(docname, address) if isinstance(address, str) else ""
            if uri and guess_mimetype(uri) and not isinstance(node, nodes.image) and node.parent is not None:
                alt, ids = str(node.get("alt") or ""), list(node["ids"])
                image = nodes.image("", uri=uri, alt=alt, candidates={"*": uri}, ids=ids)
                image.source, image.line = node.source, node.line
                node.parent.replace(node, image)

    def find(self, docname: str, address: str) -> str:
        """The uri of a picture that a page of HTML names by its own address; nothing where there is none."""
        config, source = self.app.config, Path(self.app.srcdir)
        path = unquote(address.partition("?")[0].partition("#")[0])
        files = [(source / docname).parent / path.lstrip("/"), source / path.lstrip("/")]
        if path.lstrip("./").startswith("_static/"):
            path = path.lstrip("./")
            folders = [Path(self.app.confdir) / folder for folder in config.html_static_path]
            files = [*(folder / path.removeprefix("_static/") for folder in folders), source / path]
        for name in files if path else ():
            file = Path(os.path.normpath(name))
            if file.is_file() and any(file.is_relative_to(allowed) for allowed in self.allowed):
                return Path(os.path.relpath(file, source)).as_posix()
        return ""

    def named(self, address: str) -> Path | None:
        """The file of a picture that ``conf.py`` names; None where none of that name lies in the source."""
        found = self.find("conf", address)
        return Path(os.path.normpath(Path(self.app.srcdir) / found)) if found else None

    def _fetch(self, docname: str, image: nodes.image, uri: str, report: Report) -> None:
        where, line = place(self.app.env, image, docname)
        if self.remote is None:
            report(problem("image-remote", where, line, name=uri))
            return
        try:
            path = self.remote.fetch(uri)
            image["digest"] = self._digest(path)
            image["path"] = str(path)
        except (Unfetched, OSError) as error:
            report(problem("image-remote-failed", where, line, name=uri, detail=error))

    def _choose(self, candidates: dict[str, str], uri: str) -> str:
        if "*" in candidates:
            return candidates["*"]
        offered = [candidates[kind] for kind in self.app.builder.supported_image_types if kind in candidates]
        # a drawing of ten thousand dots is slower to show than the picture of it that lies beside it
        light = (each for each in offered if not _is_heavy(Path(self.app.srcdir) / each))
        return next(light, offered[0] if offered else uri)

    def _find(self, docname: str, image: nodes.image, uri: str, report: Report) -> None:
        path = Path(os.path.normpath(Path(self.app.srcdir) / uri))
        made = Path(os.path.normpath(Path(self.app.outdir) / uri))
        if not path.is_file() and made.is_file():  # by an extension, for the pages of its builder
            path = made
        where, line = place(self.app.env, image, docname)
        if not any(path.is_relative_to(folder) for folder in self.allowed):
            report(problem("image-outside", where, line, name=uri))
        elif not path.is_file():
            report(problem("image-missing", where, line, name=uri))
        else:
            try:
                image["digest"] = self._digest(path)
                image["path"] = str(path)
            except OSError as error:
                report(problem("image-broken", where, line, name=uri, detail=f"{error.strerror or error}."))

    def _digest(self, path: Path) -> str:
        if path not in self._digests:
            self._digests[path] = hashlib.sha256(path.read_bytes()).hexdigest()
        return self._digests[path]

    def _check_size(self, docname: str, node: nodes.Element, report: Report) -> None:
        for side in ("width", "height"):
            stated = str(node.get(side) or "").strip()
            if stated and stated not in _AUTOMATIC and length(stated) is None:
                report(problem("length-unknown", *place(self.app.env, node, docname), side=side, name=stated))

    def _check_words(self, docname: str, image: nodes.image, report: Report) -> None:
        """Tell of a picture that nothing describes; one that is decoration bears the class that says so."""
        if str(image.get("alt") or "").strip():
            return
        # Markdown writes no text and an empty one alike: only a directive, or HTML, says that there is none
        stated = "alt" in image and bool(image.rawsource)
        if not stated and not _DECORATIVE & set(image["classes"]):
            uri = str(image.get("original_uri") or image.get("uri", ""))
            name = uri.partition(",")[0] if uri.startswith("data:") else uri
            report(problem("alt-missing", *place(self.app.env, image, docname), name=name))
        elif "decorative" not in image["classes"]:
            image["classes"] = [*image["classes"], "decorative"]

    def _unpack(self, docname: str, image: nodes.image, uri: str, report: Report) -> None:
        image["uri"] = image.attributes.pop("original_uri", uri.partition(",")[0])
        where, line = place(self.app.env, image, docname)
        try:
            data = parse_data_uri(uri)
        except ValueError as error:
            report(problem("image-broken", where, line, name=image["uri"], detail=f"{error}."))
            return
        ending = get_image_extension(data.mimetype) if data else None
        if data is None or ending is None:
            report(problem("image-broken", where, line, name=image["uri"], detail="its format is unknown."))
            return
        named = hashlib.sha256(data.data).hexdigest()
        path = self.folder / f"{named}{ending}"
        if digest(path) != named:
            self.misfits += [path.name] if os.path.lexists(path) else []
            store(path, data.data)
        image["digest"], image["path"] = named, str(path)


def _is_heavy(path: Path) -> bool:
    return path.suffix == ".svg" and path.is_file() and path.stat().st_size > _HEAVY


def _made_beside(app: Sphinx) -> Iterator[Path]:
    """The folders that extensions write into beside Sphinx's doctrees and outputs.

    That is all of the build folder that holds both, unless it holds the source too, or all sorts of other things.
    """
    trees, outputs = Path(app.doctreedir).parent, Path(app.outdir)
    others = [Path(app.srcdir), Path(app.confdir), Path.cwd(), Path.home(), Path(tempfile.gettempdir())]
    if outputs.is_relative_to(trees) and not any(other.is_relative_to(trees) for other in others):
        yield trees
    for folder in (trees, outputs.parent):
        yield from (folder / name for name in MADE)
