"""Reads an EPUB back with zipfile and lxml alone."""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator
from io import BytesIO
from urllib.parse import unquote, urlsplit

from lxml import etree

H = "{http://www.w3.org/1999/xhtml}"
OPF = "{http://www.idpf.org/2007/opf}"
DC = "{http://purl.org/dc/elements/1.1/}"
TYPE = "{http://www.idpf.org/2007/ops}type"


class Epub:
    """An EPUB read back: its members, its package document, its pages."""

    def __init__(self, data: bytes) -> None:
        with zipfile.ZipFile(BytesIO(data)) as container:
            self.infos = container.infolist()
            self.members = {name: container.read(name) for name in container.namelist()}
        self.package = etree.fromstring(self.members["EPUB/content.opf"])
        items = self.package.iter(f"{OPF}item")
        self.manifest = {item.get("id"): item for item in items}

    @property
    def spine(self) -> list[str]:
        return [self.manifest[ref.get("idref")].get("href") for ref in self.package.iter(f"{OPF}itemref")]

    def page(self, name: str = "index.xhtml") -> etree._Element:
        return etree.fromstring(self.members[f"EPUB/{name}"])

    def body(self, name: str = "index.xhtml") -> str:
        """What stands under the heading of a page, without the namespaces."""
        section = self.page(name).find(f".//{H}section")
        assert section is not None
        written = "".join(etree.tostring(child, encoding="unicode") for child in section if child.tag != f"{H}h1")
        for name_space in ('xmlns="http://www.w3.org/1999/xhtml"', 'xmlns:epub="http://www.idpf.org/2007/ops"'):
            written = written.replace(f" {name_space}", "")
        return written.strip()

    def nav(self, kind: str = "toc") -> str:
        """A navigation list as indented text: title and address."""
        for nav in self.page("nav.xhtml").iter(f"{H}nav"):
            if nav.get(TYPE) == kind:
                return "".join(_lines(nav.find(f"{H}ol"), 0))
        return ""

    def meta(self, name: str) -> list[str]:
        found = [meta.text for meta in self.package.iter(f"{OPF}meta") if meta.get("property") == name]
        return [text or "" for text in found]

    def dangling(self) -> list[str]:
        """Every address in a page that leads to no file or no id."""
        ids = {
            name: {element.get("id") for element in etree.fromstring(data).iter() if element.get("id")}
            for name, data in self.members.items()
            if name.endswith((".xhtml", ".ncx"))
        }
        wrong = []
        for name in ids:
            for element in etree.fromstring(self.members[name]).iter():
                for key in ("href", "src"):
                    value = element.get(key)
                    if value and not urlsplit(value).scheme:
                        path, _, fragment = value.partition("#")
                        target = posixpath.join(posixpath.dirname(name), unquote(path)) if path else name
                        if target not in self.members or (fragment and fragment not in ids.get(target, ())):
                            wrong.append(f"{name}: {value}")
        return wrong

    def doubled_ids(self) -> list[str]:
        wrong = []
        for name, data in self.members.items():
            if name.endswith(".xhtml"):
                found = [element.get("id") for element in etree.fromstring(data).iter() if element.get("id")]
                wrong += [f"{name}: {one}" for one in found if found.count(one) > 1 or ":" in one]
        return wrong


def _lines(holder: etree._Element | None, depth: int) -> Iterator[str]:
    for item in holder if holder is not None else ():
        link = item.find(f"{H}a")
        assert link is not None
        yield f"{'  ' * depth}{link.text} -> {link.get('href')}\n"
        yield from _lines(item.find(f"{H}ol"), depth + 1)
