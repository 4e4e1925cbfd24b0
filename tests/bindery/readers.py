"""Finished files read back by readers that did not write them: pikepdf (qpdf), poppler, mupdf."""

from __future__ import annotations

import re
import shutil
import subprocess
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

from casebound.bindery import BoundFile


def opened(bound: BoundFile) -> pikepdf.Pdf:
    return pikepdf.open(BytesIO(bound.pdf))


def run(tool: str, *arguments: str) -> str:
    """What a tool prints; the test is skipped where the tool is not installed, and fails where it complains."""
    if shutil.which(tool) is None:
        pytest.skip(f"{tool} is not installed")
    done = subprocess.run([tool, *arguments], capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    return done.stdout


def text(bound: BoundFile, folder: Path, *options: str) -> str:
    return run("pdftotext", *options, str(saved(bound, folder)), "-")


def saved(bound: BoundFile, folder: Path, name: str = "file.pdf") -> Path:
    path = folder / name
    path.write_bytes(bound.pdf)
    return path


def outline_picture(pdf: pikepdf.Pdf) -> str:
    """The outline as indented lines: + open, - closed, title, target."""
    lines: list[str] = []

    def walk(item: pikepdf.Object | None, depth: int) -> None:
        while item is not None:
            count = int(item.get("/Count", 0))
            mark = "+" if count > 0 else "-" if count < 0 else " "
            target = bytes(item.Dest).decode() if "/Dest" in item else "nowhere"
            lines.append(f"{'  ' * depth}{mark} {item.Title} -> {target}\n")
            walk(item.get("/First"), depth + 1)
            item = item.get("/Next")

    walk(pdf.Root.Outlines.First, 0)
    return "".join(lines)


def destinations(pdf: pikepdf.Pdf) -> dict[bytes, tuple[int, float, float]]:
    """Every named destination in the order it is written: 1-based page, x, y."""
    pages = {page.obj.objgen: number for number, page in enumerate(pdf.pages, 1)}
    found: dict[bytes, tuple[int, float, float]] = {}

    def walk(node: pikepdf.Object) -> None:
        for kid in node.get("/Kids", []):
            walk(kid)
        names = list(node.get("/Names", []))
        for name, spot in zip(names[::2], names[1::2], strict=True):
            found[bytes(name)] = (pages[spot[0].objgen], float(spot[2]), float(spot[3]))
        if "/Limits" in node and names:
            assert [bytes(limit) for limit in node.Limits] == [bytes(names[0]), bytes(names[-2])]

    walk(pdf.Root.Names.Dests)
    return found


def link_table(pdf: pikepdf.Pdf) -> list[str]:
    """Every link as a line: page, rectangle, where it leads."""
    lines = []
    for number, page in enumerate(pdf.pages, 1):
        for link in page.obj.get("/Annots", []):
            rect = " ".join(f"{float(edge):g}" for edge in link.Rect)
            lines.append(f"{number} [{rect}] {_leads(link)}")
    return lines


def _leads(link: pikepdf.Object) -> str:
    if "/Dest" in link:
        return f"-> {bytes(link.Dest).decode()}"
    action = link.A
    if action.S == "/URI":
        return f"-> {action.URI}"
    assert str(action.F.F) == str(action.F.UF)
    return f"{action.S} {action.F.F} -> {bytes(action.D).decode()}"


def as_drawn(pdf: bytes) -> bytes:
    """A file whose words read as their letters are on paper: broken at line ends, heads of tables on each page."""
    with pikepdf.open(BytesIO(pdf)) as file:
        for page in file.pages:
            page.contents_coalesce()
            content = page.Contents.read_bytes()
            page.Contents.write(re.sub(rb"/Span<<[^<>]*/ActualText<[0-9A-F]*>>>BDC", b"/Span BMC", content))
        out = BytesIO()
        file.save(out)
        return out.getvalue()


def tags(pdf: bytes, folder: Path) -> str:
    """The structure of a file with its text, as poppler reads it: an element a line, a link as →, a picture as □."""
    path = folder / "tagged.pdf"
    path.write_bytes(pdf)
    lines = []
    for line in run("pdfinfo", "-struct-text", str(path)).splitlines():
        line = re.sub(r" \((block|inline)\)", "", line)
        line = re.sub(r"/BBox \[.*\]", "□", re.sub(r"Object \d+ 0", "→", line))
        if re.match(r" +[/□]", line):  # attributes are indented by a space more than what is in their element
            lines[-1] = f"{lines[-1].removesuffix(':')} {line.strip()}"
        elif line.strip() not in {'""', ""}:
            lines.append(line.rstrip().removesuffix(":"))
    return "\n".join(lines) + "\n"
