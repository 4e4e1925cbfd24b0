"""Images from the network: never without leave, within limits, and once only."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar

import pytest
from docutils import nodes

from casebound.manuscript import Manuscript, read
from casebound.manuscript.resolving.images.remote import Remote, Unfetched
from tests.manuscript.conftest import Read, Write
from tests.manuscript.pictures import faults, page
from tests.manuscript.trees import PIXEL, tree

ALLOWED = "casebound_remote_images = True\n"
SVG = b'<?xml version="1.0"?>\n<!-- a dot --><svg xmlns="http://www.w3.org/2000/svg" width="4" height="4"/>'


class Web(BaseHTTPRequestHandler):
    """A small web on this machine alone."""

    asked: ClassVar[list[str]] = []
    hold: ClassVar[threading.Event] = threading.Event()
    pages: ClassVar[dict[str, bytes]] = {
        "/dot.png": PIXEL,
        "/badge?style=flat": SVG,
        "/text.png": b"<html><body>Not here</body></html>",
        "/large.png": PIXEL + b" " * 100_000,
    }
    moved: ClassVar[dict[str, str]] = {
        "/moved": "/dot.png",
        "/file": "file:///etc/hostname",
        "/ftp": "ftp://127.0.0.1/dot.png",
        "/round": "/round",
    }

    def do_GET(self) -> None:
        self.asked.append(self.path)
        if self.path == "/drip.png":
            self.send_response(200)
            self.end_headers()
            with suppress(OSError):
                while not self.hold.wait(0.05):
                    self.wfile.write(b" ")
        elif self.path in self.moved:
            self.send_response(302)
            self.send_header("Location", self.moved[self.path])
            self.send_header("Content-Length", "0")
            self.end_headers()
        elif self.path in self.pages or self.path == "/short.png":
            data = self.pages.get(self.path, PIXEL)
            self.send_response(200)
            self.send_header("Content-Type", "text/plain")
            self.send_header("Content-Length", str(len(data) + (self.path == "/short.png")))
            self.end_headers()
            self.wfile.write(data)
        else:
            self.send_error(404)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def web(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    Web.asked.clear()
    Web.hold.clear()
    server = ThreadingHTTPServer(("127.0.0.1", 0), Web)
    server.daemon_threads = True
    running = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    running.start()
    yield f"http://127.0.0.1:{server.server_port}"
    Web.hold.set()
    server.shutdown()
    server.server_close()


def images(manuscript: Manuscript) -> list[nodes.image]:
    return list(tree(manuscript).findall(nodes.image))


def text(web: str, *paths: str) -> str:
    return "".join(f".. image:: {web}{path}\n   :alt: A picture\n\n" for path in paths)


def test_nothing_is_fetched_without_leave(book: Read, web: str) -> None:
    manuscript = book({"index.rst": page("B", text(web, "/dot.png"))})
    assert [image.get("path") for image in images(manuscript)] == [None]
    assert faults(manuscript) == "index:4 image-remote\n"
    assert Web.asked == []


def test_an_image_is_fetched_once(write: Write, web: str) -> None:
    paths = ("/dot.png", "/badge?style=flat", "/moved", "/dot.png")
    places = write({"index.rst": page("B", text(web, *paths))}, ALLOWED)
    first = images(read(places))
    assert [Path(image["path"]).suffix for image in first] == [".png", ".svg", ".png", ".png"]
    assert {Path(image["path"]).parent for image in first} == {places.work / "remote"}
    assert [Path(image["path"]).read_bytes() for image in first] == [PIXEL, SVG, PIXEL, PIXEL]
    assert [image["uri"] for image in first] == [web + path for path in paths]
    assert all(image["alt"] == "A picture" and len(image["digest"]) == 64 for image in first)
    assert Web.asked == ["/dot.png", "/badge?style=flat", "/moved", "/dot.png"]
    again = read(places)
    assert [image.attributes for image in images(again)] == [image.attributes for image in first]
    assert again.problems == []
    assert len(Web.asked) == 4


def test_what_cannot_be_fetched_is_a_warning(write: Write, web: str) -> None:
    places = write({"index.rst": page("B", text(web, "/gone.png", "/text.png", "/file", "/gone.png"))}, ALLOWED)
    manuscript = read(places)
    assert [image.get("path") for image in images(manuscript)] == [None] * 4
    assert [image["alt"] for image in images(manuscript)] == ["A picture"] * 4
    assert [(problem.code, problem.level.value) for problem in manuscript.problems] == [
        ("image-remote-failed", "warning")
    ] * 4
    assert "the server says 404 Not Found." in manuscript.problems[0].message
    assert Web.asked.count("/gone.png") == 1


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("/text.png", "it is not a readable image."),
        ("/large.png", "it is larger than 0.05 MB."),
        ("/short.png", "only a part of it arrived."),
        ("/ftp", "it leads to an address that is not on the web."),
        ("/gone", "the server says 404 Not Found."),
        ("/drip.png", "it did not arrive within 0.5 seconds."),
    ],
)
def test_limits(tmp_path: Path, web: str, address: str, why: str) -> None:
    seconds = 0.5 if address == "/drip.png" else 30  # a busy machine is slow to answer, too
    with pytest.raises(Unfetched) as caught:
        Remote(tmp_path / "remote", seconds=seconds, size=50_000).fetch(web + address)
    assert str(caught.value) == why
    assert not (tmp_path / "remote").exists()


def test_a_circle_of_redirects_ends(tmp_path: Path, web: str) -> None:
    with pytest.raises(Unfetched):
        Remote(tmp_path).fetch(f"{web}/round")
    assert len(Web.asked) < 20


@pytest.mark.parametrize("address", ["file:///etc/hostname", "ftp://127.0.0.1/x.png", "http://", "http://[", "x://y"])
def test_other_addresses_are_not_opened(tmp_path: Path, address: str) -> None:
    with pytest.raises(Unfetched):
        Remote(tmp_path, seconds=2).fetch(address)


def test_a_silent_server_is_asked_once(tmp_path: Path, web: str) -> None:
    remote = Remote(tmp_path, seconds=2)  # time for a busy machine to note what it was asked
    for path in ("/drip.png", "/dot.png"):
        with pytest.raises(Unfetched):
            remote.fetch(web + path)
    assert Web.asked == ["/drip.png"]
