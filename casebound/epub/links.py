"""Where every named destination of the book lies, and addresses as EPUB takes them (EPUB 3.3 6.1, URL standard)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import quote, urlsplit, urlunsplit

from casebound.epub.markup import Element
from casebound.epub.names import safe_id
from casebound.model.naming import unique

__all__ = ["DestinationIndex", "ResolvedDestination", "web_address"]

_SCHEMES = frozenset({"http", "https", "mailto", "ftp", "ftps", "tel", "irc", "ircs", "news", "urn", "xmpp"})
_SAFE = "!$&'()*+,;=:@/?-._~%"
_HOST = re.compile(r"[A-Za-z0-9._~-]+|\[[0-9A-Fa-f:.]+\]")


@dataclass(slots=True)
class ResolvedDestination:
    """A named destination: the file it lies in, and the element there; no element means the whole file."""

    file: str
    element: Element | None = None

    @property
    def href(self) -> str:
        """The address from any file beside it."""
        fragment = self.element.get("id") if self.element is not None else None
        return f"{self.file}#{fragment}" if fragment else self.file

    def href_from(self, file: str) -> str:
        """The address from one file: within it, the fragment alone."""
        fragment = self.href.removeprefix(file)
        return fragment if fragment.startswith("#") else self.href


@dataclass
class DestinationIndex:
    """Every named destination of the book, in reading order."""

    _places: dict[str, ResolvedDestination] = field(default_factory=dict)

    def whole(self, target: str, file: str) -> None:
        """Let a destination lead to the beginning of a file."""
        self._places.setdefault(target, ResolvedDestination(file))

    def claim(self, targets: list[str], file: str, element: Element, prefix: str, taken: set[str]) -> None:
        """Let destinations lead to an element; it gets an id that is unique in its file. The first claim wins."""
        if not targets:
            return
        if element.get("id") is None:
            first = targets[0]
            element.set("id", unique(safe_id(first.removeprefix(prefix)), taken))
        for target in targets:
            self._places.setdefault(target, ResolvedDestination(file, element))

    def find(self, target: str) -> ResolvedDestination | None:
        """Where a destination lies, or None where there is no such place."""
        anchor = self._places.get(target)
        if anchor is None or anchor.element is None:
            return anchor
        # an element that was taken back leaves its file
        return anchor if _attached(anchor.element) else ResolvedDestination(anchor.file)

    def __iter__(self) -> Iterator[tuple[str, ResolvedDestination]]:
        return iter(self._places.items())


def _attached(element: Element) -> bool:
    root = element.getroottree().getroot()
    return root is not None and str(root.tag).endswith("}html")


def web_address(address: str) -> str:
    """An address percent-encoded where needed; empty where it is not one that a reader can follow."""
    try:
        parts = urlsplit(address.strip())
        host = _host(parts.hostname or "", parts.netloc) if parts.netloc else ""
        port = f":{parts.port}" if parts.netloc and parts.port else ""
    except (ValueError, UnicodeError):
        return ""
    scheme = parts.scheme.lower()
    if scheme not in _SCHEMES or (scheme.startswith(("http", "ftp")) and not host):
        return ""
    path, query, fragment = (_encode(part) for part in (parts.path, parts.query, parts.fragment))
    return urlunsplit((scheme, f"{host}{port}", path, query, fragment))


def _host(name: str, netloc: str) -> str:
    if "@" in netloc:
        raise ValueError("a name or a password in an address")
    ascii_name = f"[{name}]" if ":" in name else name.encode("idna").decode() if not name.isascii() else name
    if not _HOST.fullmatch(ascii_name):
        raise ValueError(f"{name} is not a host name")
    return ascii_name


def _encode(part: str) -> str:
    part = re.sub(r"%(?![0-9A-Fa-f]{2})", "%25", part)
    return quote(part, safe=_SAFE)
