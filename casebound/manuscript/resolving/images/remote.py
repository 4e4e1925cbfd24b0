"""Fetches images from the network where a book allows it: within limits of time and size, and once only."""

from __future__ import annotations

import hashlib
import threading
import urllib.error
import urllib.request
import warnings
from collections.abc import Callable
from email.message import Message
from http.client import HTTPException
from io import BytesIO
from pathlib import Path
from typing import IO
from urllib.parse import urlsplit
from xml.parsers import expat

from PIL import Image

from casebound.system.cache import digest, remove, store

__all__ = ["Remote", "Unfetched"]

_SECONDS = 10.0
"""An image that takes longer is given up, however slowly it comes."""
_BYTES = 20_000_000
_SCHEMES = frozenset({"http", "https"})
_ENDINGS = {"PNG": ".png", "JPEG": ".jpg", "GIF": ".gif", "WEBP": ".webp", "SVG": ".svg"}


class Unfetched(Exception):
    """An image that could not be fetched; the message says why, as the end of a sentence."""


class _WebOnly(urllib.request.HTTPRedirectHandler):
    """Follows a redirect only to another web address."""

    def redirect_request(
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: Message, newurl: str
    ) -> urllib.request.Request | None:
        if urlsplit(newurl).scheme not in _SCHEMES:
            fp.close()
            raise Unfetched("it leads to an address that is not on the web.")
        return super().redirect_request(req, fp, code, msg, headers, newurl)  # type: ignore[arg-type]


def _ending_of_picture(data: bytes) -> str:
    """The ending of a file with this content, whatever its server calls it. Raises Unfetched."""
    if _is_svg(data):
        return _ENDINGS["SVG"]
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(BytesIO(data), formats=[kind for kind in _ENDINGS if kind != "SVG"]) as image:
                return _ENDINGS[str(image.format)]
    except Exception as error:
        # Pillow's readers raise whatever a damaged file leads them to
        raise Unfetched("it is not a readable image.") from error


def _is_svg(data: bytes) -> bool:
    """Whether this is XML whose first element is svg."""
    first: list[str] = []

    def begun(name: str, attributes: dict[str, str]) -> None:
        if not first:
            first.append(name)

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = begun
    try:
        parser.Parse(data, True)
    except expat.ExpatError:
        return False
    return bool(first) and first[0] in {"svg", "http://www.w3.org/2000/svg svg"}


class Remote:
    """Images from the network, kept in ``folder`` under the digests of their address and of their bytes.

    What could not be fetched is not asked for again in the same build, nor is a server that did not answer in time;
    the next build tries again. ``misfits`` names kept images that were found damaged, and are fetched again.
    """

    def __init__(self, folder: Path, *, seconds: float = _SECONDS, size: int = _BYTES) -> None:
        self.folder = folder
        self.seconds = seconds
        self.size = size
        self.misfits: list[str] = []
        self._failed: dict[str, str] = {}
        self._silent: set[str] = set()
        self._opener = urllib.request.OpenerDirector()
        for handler in (
            urllib.request.ProxyHandler(),
            urllib.request.HTTPHandler(),
            urllib.request.HTTPSHandler(),
            urllib.request.HTTPDefaultErrorHandler(),
            urllib.request.HTTPErrorProcessor(),
            urllib.request.UnknownHandler(),
            _WebOnly(),
        ):
            self._opener.add_handler(handler)

    def fetch(self, address: str, ending: Callable[[bytes], str] = _ending_of_picture) -> Path:
        """The file with what lies at this address, an image unless ``ending`` knows otherwise. Raises Unfetched."""
        address = address.partition("#")[0]
        key = hashlib.sha256(address.encode()).hexdigest()
        if kept := self._kept(key):
            return kept
        if address in self._failed:
            raise Unfetched(self._failed[address])
        try:
            data = self._load(address)
            path = self.folder / f"{key}-{hashlib.sha256(data).hexdigest()}{ending(data)}"
        except Unfetched as error:
            self._failed[address] = str(error)
            raise
        store(path, data)
        return path

    def _kept(self, key: str) -> Path | None:
        """The image that is kept for an address; one whose bytes are not those of its name is forgotten."""
        for path in sorted(self.folder.glob(f"{key}-*")):
            if digest(path) == path.stem.partition("-")[2]:
                return path
            self.misfits.append(path.name)
            remove(path)
        return None

    def _load(self, address: str) -> bytes:
        """The bytes of an address. A thread reads them, since no timeout of a socket bounds a server that drips."""
        try:
            parts = urlsplit(address)
        except ValueError as error:
            raise Unfetched(f"{error}.") from error
        if parts.scheme.lower() not in _SCHEMES:
            raise Unfetched("only addresses with http or https are fetched.")
        if parts.netloc in self._silent:
            raise Unfetched("its server does not answer.")
        found: list[bytes | Unfetched] = []
        given_up = threading.Event()
        reading = threading.Thread(target=self._read, args=(address, found, given_up), daemon=True)
        reading.start()
        reading.join(self.seconds)
        if not found:
            given_up.set()
            self._silent.add(parts.netloc)
            raise Unfetched(f"it did not arrive within {self.seconds:g} seconds.")
        if isinstance(found[0], Unfetched):
            raise found[0]
        return found[0]

    def _read(self, address: str, found: list[bytes | Unfetched], given_up: threading.Event) -> None:
        try:
            found.append(self._whole(address, given_up))
        except Unfetched as error:
            found.append(error)
        except urllib.error.HTTPError as error:
            found.append(Unfetched(f"the server says {error.code} {error.reason}."))
            error.close()
        except (OSError, HTTPException, ValueError) as error:
            reason = getattr(error, "reason", None) or error
            found.append(Unfetched(f"{str(reason).strip().rstrip('.') or type(error).__name__}."))

    def _whole(self, address: str, given_up: threading.Event) -> bytes:
        request = urllib.request.Request(address, headers={"User-Agent": "casebound", "Accept": "*/*"})
        with self._opener.open(request, timeout=self.seconds + 1) as response:
            stated = str(response.headers.get("Content-Length") or "")
            data = bytearray()
            while not given_up.is_set() and (piece := response.read1(65536)):
                data += piece
                if len(data) > self.size or (stated.isdecimal() and int(stated) > self.size):
                    raise Unfetched(f"it is larger than {self.size / 1_000_000:g} MB.")
            if stated.isdecimal() and len(data) != int(stated):
                raise Unfetched("only a part of it arrived.")
            return bytes(data)
