"""Drawings held against a browser: each construct of SVG as the PDF shows it and as Chromium does, dot by dot.

What differs must be said by a problem; a difference that nobody says is a fault. The table is in ``drawings.md``.
"""

from __future__ import annotations

import base64
import os
import shutil
import subprocess
import tempfile
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from io import BytesIO
from pathlib import Path

import pypdfium2
from PIL import Image, ImageChops, ImageDraw, ImageFilter

from casebound.bindery import Bindery, BindingPlan, Gathering
from casebound.typesetting import Typesetter
from casebound.typesetting.fonts.faces import face_files
from casebound.typesetting.graphics.images import BrokenImage, Picture, Vector, open_picture
from casebound.typesetting.styles.stylesheet import load
from chores.pictures import BROWSERS

__all__ = ["HERE", "Result", "compare", "constructs", "table"]

HERE = Path(__file__).parent
_FACES = tuple(
    [f"SourceSerifPro-{each}" for each in ("Regular", "Bold", "It", "BoldIt")]
    + [f"SourceSansPro-{each}" for each in ("Regular", "Semibold", "It", "SemiboldIt")]
    + [f"DejaVuSansMono{each}" for each in ("", "-Bold", "-Oblique", "-BoldOblique")]
)
"""The faces of the house, which the browser is given too."""
_ZOOM = 3  # dots of the pictures to a CSS pixel
_SHEET = 40  # drawings of one screenshot
_BLUR = 0.8  # dots
_NEAR = 7  # dots: the side of the square in which a like dot is looked for
_FAR = 40  # of 255: a dot that differs by more counts
_MOST = 0.004  # of all dots: what may differ where a drawing is the same
_SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="120" height="80" '
    'viewBox="0 0 120 80" font-family="sans-serif">{}</svg>'
)


@dataclass(frozen=True, slots=True)
class Result:
    """A construct: the share of its dots that differ, and what a build says of it."""

    group: str
    name: str
    share: float
    said: str

    @property
    def same(self) -> bool:
        return self.share <= _MOST

    @property
    def verdict(self) -> str:
        if self.said:
            return "reported"
        return "same" if self.same else "SILENT"


def constructs(only: str = "") -> Iterator[tuple[str, str, bytes]]:
    """Group, name and file of each construct: those of ``constructs.toml``, and the files of ``drawings``."""
    images = _images()
    for group, entries in tomllib.loads((HERE / "constructs.toml").read_text("utf-8")).items():
        for name, body in entries.items():
            for key, link in images.items():
                body = body.replace(f"{{{key}}}", link)
            text = body if body.startswith(("<svg xmlns", "<!", "<?")) else _SVG.format(body)
            if only in f"{group}: {name}":
                yield group, name, text.encode()
    for path in sorted((HERE / "drawings").glob("*.svg")):
        if only in f"files: {path.name}":
            yield "files", path.name, path.read_bytes()


def _images() -> dict[str, str]:
    image = Image.new("RGB", (60, 60), "teal")
    ImageDraw.Draw(image).polygon([(0, 0), (60, 0), (0, 60)], fill="gold")
    clear = image.convert("RGBA")
    clear.putalpha(Image.linear_gradient("L").resize((60, 60)))
    found = {}
    for key, kind, each in (("png", "PNG", image), ("clear", "PNG", clear), ("jpeg", "JPEG", image)):
        buffer = BytesIO()
        each.save(buffer, kind)
        found[key] = f"data:image/{kind.lower()};base64,{base64.b64encode(buffer.getvalue()).decode()}"
    return found


def compare(entries: Sequence[tuple[str, str, bytes]], folder: Path) -> list[Result]:
    """Draw all constructs both ways; the pairs of those that differ are put into ``folder`` as pictures.

    Raises LookupError where no browser is installed.
    """
    folder = folder.resolve()
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for index, (_, _, data) in enumerate(entries):
        paths.append(folder / f"{index:03}.svg")
        paths[-1].write_bytes(data)
    aliases = load().aliases
    typesetter = Typesetter()  # it is asked for the faces of what is opened from here on
    opened = [_opened(path, aliases) for path in paths]
    sizes = [picture.natural if isinstance(picture, Picture) else (90.0, 60.0) for picture in opened]
    pixels = [(round(width * 4 / 3), round(height * 4 / 3)) for width, height in sizes]
    wanted = _browser(paths, pixels, folder)
    shown = _printed(typesetter, [picture for picture in opened if isinstance(picture, Vector)])
    results = []
    for (group, name, _), picture, browser, path in zip(entries, opened, wanted, paths, strict=True):
        if not isinstance(picture, Vector):
            results.append(Result(group, name, 1.0, f"image-broken: {picture}"))
            continue
        own = next(shown).resize(browser.size)
        share = _difference(own, browser)
        results.append(Result(group, name, share, picture.simplified))
        if share > _MOST:
            _pair(own, browser).save(path.with_suffix(".png"))
        else:
            path.with_suffix(".png").unlink(missing_ok=True)
    return results


def _opened(path: Path, aliases: Mapping[str, str]) -> Picture | str:
    try:
        return open_picture(path, "en", aliases)
    except BrokenImage as error:
        return str(error)


def _printed(typesetter: Typesetter, pictures: Iterable[Vector]) -> Iterator[Image.Image]:
    for picture in pictures:
        picture.wanted, picture.highest = picture.natural, picture.natural[1]

        def draw(canvas: object, made: Vector = picture) -> None:
            made.wrap(*made.natural)
            made.drawOn(canvas, 0, 0)
            canvas.showPage()  # type: ignore[attr-defined]

        fragment = typesetter._fragment("drawing", draw, picture.natural)
        plan = BindingPlan(title="Drawing", gatherings=(Gathering(fragment, bare=True, full_page=True),))
        document = pypdfium2.PdfDocument(Bindery(typesetter.style, fragment.used).bind(plan).pdf)
        page = document[0]
        zoom = typesetter._house.scale
        width, height = picture.natural
        page.set_mediabox(0, 0, width * zoom, height * zoom)
        page.set_cropbox(0, 0, width * zoom, height * zoom)
        yield page.render(scale=_ZOOM * 4 / 3 / zoom).to_pil().convert("RGB")
        document.close()


def _browser(paths: Sequence[Path], sizes: Sequence[tuple[int, int]], folder: Path) -> list[Image.Image]:
    program = next(filter(None, map(shutil.which, BROWSERS)), None)
    if program is None:
        raise LookupError(f"No browser is installed to draw with: {', '.join(BROWSERS)}.")
    found: list[Image.Image] = []
    with tempfile.TemporaryDirectory() as home:
        environment = os.environ | {"FONTCONFIG_FILE": str(_fonts(Path(home))), "LANG": "en_US.UTF-8"}
        for begin in range(0, len(paths), _SHEET):
            found += _screen(program, environment, paths[begin : begin + _SHEET], sizes[begin : begin + _SHEET], folder)
    return found


def _screen(
    program: str, environment: Mapping[str, str], paths: Sequence[Path], sizes: Sequence[tuple[int, int]], folder: Path
) -> list[Image.Image]:
    tops, height = [], 0
    for _, high in sizes:
        tops.append(height)
        height += high + 10
    wide = max(width for width, _ in sizes)
    images = "".join(
        f'<img src="{path.name}" style="position:absolute;left:0;top:{top}px;width:{width}px;height:{high}px">'
        for path, top, (width, high) in zip(paths, tops, sizes, strict=True)
    )
    page, shot = folder / "page.html", folder / "page.png"
    page.write_text(f'<body style="margin:0;background:white">{images}</body>')
    subprocess.run(
        [
            program, "--headless", "--no-sandbox", "--disable-gpu", "--font-render-hinting=none",
            f"--force-device-scale-factor={_ZOOM}", "--hide-scrollbars",
            f"--window-size={wide + 50},{height + 200}", f"--screenshot={shot}", page.as_uri(),
        ],
        check=True, capture_output=True, timeout=300, env=dict(environment),
    )  # fmt: skip
    with Image.open(shot) as picture:
        whole = picture.convert("RGB")
    page.unlink()
    shot.unlink()
    return [
        whole.crop((0, top * _ZOOM, width * _ZOOM, (top + high) * _ZOOM))
        for top, (width, high) in zip(tops, sizes, strict=True)
    ]


def _fonts(home: Path) -> Path:
    """A configuration of fontconfig by which the browser has the house's faces, so that letters can be compared."""
    names = ("Source Sans Pro", "Source Serif Pro", "DejaVu Sans Mono")
    generic = ("sans-serif", "serif", "monospace")
    for name in _FACES:
        shutil.copy(face_files()[name], home)
    aliases = "".join(
        f'<alias binding="same"><family>{family}</family><prefer><family>{name}</family></prefer></alias>'
        for family, name in zip(generic, names, strict=True)
    )
    replaced = "".join(
        f'<match target="pattern"><test name="family"><string>{asked}</string></test>'
        f'<edit name="family" mode="assign" binding="same"><string>{name}</string></edit></match>'
        for asked, name in (
            ("Helvetica", names[0]), ("Arial", names[0]), ("Times New Roman", names[1]), ("Times", names[1]),
            ("Times,serif", names[1]), ("Courier New", names[2]), ("trebuchet ms", names[0]), ("DejaVu Sans", names[0]),
        )
    )  # fmt: skip
    path = home / "fonts.conf"
    listed = "".join(f"<dir>{folder}</dir>" for folder in [home, "/usr/share/fonts"])
    path.write_text(f"<fontconfig>{listed}{replaced}{aliases}<cachedir>{home / 'cache'}</cachedir></fontconfig>")
    return path


def _difference(one: Image.Image, other: Image.Image) -> float:
    """The share of dots that no dot near the same place of the other picture is like.

    Edges and letters are smoothed differently, and PDFium draws a gradient in 256 steps.
    """
    one, other = (image.filter(ImageFilter.GaussianBlur(_BLUR)) for image in (one, other))
    parts = []
    for first, second in ((one, other), (other, one)):
        above = ImageChops.subtract(first, second.filter(ImageFilter.MaxFilter(_NEAR)))
        below = ImageChops.subtract(second.filter(ImageFilter.MinFilter(_NEAR)), first)
        parts += [*above.split(), *below.split()]
    worst = reduce(ImageChops.lighter, parts)
    count = sum(worst.histogram()[_FAR:])
    return count / (worst.width * worst.height)


def _pair(one: Image.Image, other: Image.Image) -> Image.Image:
    both = Image.new("RGB", (one.width * 2 + 6, one.height), "red")
    both.paste(one, (0, 0))
    both.paste(other, (one.width + 6, 0))
    return both


def table(results: Sequence[Result]) -> str:
    """The table of all constructs, as Markdown."""
    counts = {verdict: sum(each.verdict == verdict for each in results) for verdict in ("same", "reported", "SILENT")}
    lines = [
        "# Drawings, held against a browser",
        "",
        "`inv drawings` draws each construct of SVG in `chores/constructs.toml`, and each file in `chores/drawings/`,",
        "as a PDF shows it and as Chromium does, and compares them dot by dot. *Same*: they look the same. *Reported*:",
        "a build says what is shown otherwise (`drawing-simplified` or `image-broken`). A difference that nobody says",
        "(*SILENT*) fails the task.",
        "",
        f"{len(results)} constructs: {counts['same']} same, {counts['reported']} reported, {counts['SILENT']} silent.",
    ]
    for group in dict.fromkeys(each.group for each in results):
        lines += ["", f"## {group.capitalize()}", "", "| construct | verdict | what a build says |", "|---|---|---|"]
        for each in results:
            if each.group == group:
                said = each.said.replace("|", "\\|")
                lines.append(f"| {each.name} | {each.verdict} | {said} |")
    return "\n".join(lines) + "\n"
