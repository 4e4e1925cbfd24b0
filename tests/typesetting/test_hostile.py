"""Hostile and broken input: pages or a named loss, in bounded time and memory."""

from __future__ import annotations

import struct
import sys
import zlib
from pathlib import Path

import pikepdf
import pytest
from docutils import nodes
from PIL import Image

from casebound.epub.pictures.pictures import BrokenPicture, Pictures
from casebound.model.fragment import Fragment
from casebound.typesetting import Typesetter
from tests.limits import Cost, limited
from tests.typesetting.layout.test_tables import table
from tests.typesetting.samples import Printed, image, losses, lost, of_nodes, words

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="limits are set through /proc and fork")

SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" {size}>{content}</svg>'
SIZE = 'width="100" height="50" viewBox="0 0 100 50"'
RECT = '<rect width="90" height="40" fill="navy"/>'


class Press:
    """Sets trees under limits."""

    def __init__(self, typesetter: Typesetter, folder: Path) -> None:
        self.typesetter, self.folder = typesetter, folder

    def __call__(self, *body: nodes.Node, megabytes: int = 300) -> tuple[Printed, Cost]:
        tree = of_nodes(*body)
        cost = limited(lambda: self.typesetter.chapter("chapter", tree), self.folder, megabytes=megabytes)
        fragment: Fragment = cost.result
        return Printed(fragment, self.typesetter.style), cost


@pytest.fixture
def press(typesetter: Typesetter, tmp_path: Path) -> Press:
    return Press(typesetter, tmp_path)


def shown(press: Press, path: Path) -> tuple[Printed, list[str]]:
    """An image between two lines; what was lost, with the reason."""
    book, _ = press(words("Before."), image(path, alt="described"), words("After."))
    assert book.text.startswith("Chapter Before.") and book.text.endswith("After.")
    assert book.off_page() == []
    return book, [f"{loss.code}: {loss.values['detail']}" for loss in book.fragment.losses]


def drawing(folder: Path, content: str, size: str = SIZE, head: str = "") -> Path:
    path = folder / "drawing.svg"
    path.write_text(head + SVG.format(size=size, content=content), encoding="utf-8")
    return path


def test_a_harmless_drawing(press: Press, tmp_path: Path) -> None:
    book, lost_ones = shown(press, drawing(tmp_path, RECT + '<text x="5" y="20">Drawn</text>'))
    assert lost_ones == []
    assert "Drawn" in book.text


def test_an_external_entity_is_not_read(press: Press, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("hidden treasure")
    head = f'<!DOCTYPE svg [<!ENTITY x SYSTEM "{secret.as_uri()}">]>'
    book, _ = shown(press, drawing(tmp_path, RECT + '<text x="5" y="20">Drawn &x;</text>', head=head))
    assert "treasure" not in book.text


def test_entities_that_multiply(press: Press, tmp_path: Path) -> None:
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    head = f'<!DOCTYPE svg [<!ENTITY e0 "laughter">{entities}]>'
    book, _ = shown(press, drawing(tmp_path, RECT + '<text x="5" y="20">&e11;</text>', head=head))
    assert book.text.count("laughter") < 1000


def test_a_script_does_not_print(press: Press, tmp_path: Path) -> None:
    book, lost_ones = shown(press, drawing(tmp_path, "<script>alert('x')</script>" + RECT))
    assert lost_ones == []
    assert "alert" not in book.text


@pytest.mark.parametrize("where", ["/etc/passwd", "file:///etc/passwd", "http://192.0.2.1/x.png", "../secret.png"])
def test_a_drawing_opens_no_other_file(press: Press, tmp_path: Path, where: str) -> None:
    inner = f'<image xlink:href="{where}" width="20" height="20"/><use xlink:href="{where}"/>'
    _, lost_ones = shown(press, drawing(tmp_path, inner + RECT))
    assert lost_ones == []


CURVE, DOTS = '<path id="p" d="M10 45 Q50 -40 90 45"/>', '<rect width="2" height="4" fill="red"/>'
WORDS = '<text x="5" y="20">Upon it</text>'
SIMPLIFIED = {
    "filters are left out": f'<filter id="f"/><g style="filter:url(#f)">{WORDS}</g>',
    "masks of images are left out": f'<g style="mask-image:linear-gradient(red, blue)">{WORDS}</g>',
    "the colour “future(red)” is not known": f'<g fill="future(red)">{WORDS}</g>',
    "the transform “rotateX(9deg)” is left out": f'<g style="transform:rotateX(9deg)">{WORDS}</g>',
    "the clip “inset(1px round 2px)” is left out": f'<g style="clip-path:inset(1px round 2px)">{WORDS}</g>',
    "animations stand still": f'{WORDS}<rect width="9" height="9"><set attributeName="width" to="90"/></rect>',
    "small capitals are set as ordinary letters": WORDS.replace("<text", '<text font-variant="small-caps"'),
    "the selector “svg|rect” is not understood": f"<style>svg|rect{{fill:red}}</style>{WORDS}",
    "an image that cannot be read is left out": f'<image href="data:image/png;base64,AAAA" width="9"/>{WORDS}',
    "labels in HTML are set as plain text": '<foreignObject width="90" height="20"><ul '
    'xmlns="http://www.w3.org/1999/xhtml"><li>Upon it</li></ul></foreignObject>',
}


@pytest.mark.parametrize("said", SIMPLIFIED)
def test_what_is_drawn_otherwise_is_said(press: Press, tmp_path: Path, said: str) -> None:
    book, lost_ones = shown(press, drawing(tmp_path, SIMPLIFIED[said]))
    assert lost_ones == [f"drawing-simplified: {said}"]
    assert "Upon it" in book.text


DRAWN = {
    "text on a path": f'{CURVE}<text font-size="9"><textPath xlink:href="#p">Upon it</textPath></text>',
    "a pattern": f'<pattern id="d" width="4" height="4" patternUnits="userSpaceOnUse">{DOTS}</pattern>'
    f'<rect width="90" height="40" fill="url(#d)"/>{WORDS}',
    "a mask": f'<mask id="m">{DOTS}</mask><g mask="url(#m)">{WORDS}</g>',
    "an opacity": f'<g opacity=".5">{WORDS}<rect width="9" height="9"/></g>',
    "a clip of text": f'<clipPath id="c">{WORDS}</clipPath><rect width="90" height="40" clip-path="url(#c)"/>{WORDS}',
}


@pytest.mark.parametrize("name", DRAWN)
def test_what_is_drawn_in_parts_is_still_text(press: Press, tmp_path: Path, name: str) -> None:
    book, lost_ones = shown(press, drawing(tmp_path, DRAWN[name]))
    assert lost_ones == []
    assert "Upon it" in book.text


CHAINS = {
    "patterns": '<pattern id="a" width="9" height="9"><rect fill="url(#b)" width="9" height="9"/></pattern>'
    '<pattern id="b" width="9" height="9"><rect fill="url(#a)" width="9" height="9"/></pattern>'
    '<rect fill="url(#a)" width="90" height="40"/>',
    "masks": '<mask id="a"><g mask="url(#a)"><rect width="9" height="9"/></g></mask><g mask="url(#a)"><rect '
    'width="90" height="40"/></g>',
    "clips": '<clipPath id="a" clip-path="url(#a)"><rect width="9" height="9" clip-path="url(#a)"/></clipPath>'
    '<rect width="90" height="40" clip-path="url(#a)"/>',
    "markers": '<marker id="a"><path d="M0 0H9V9" marker-mid="url(#a)"/></marker><path d="M0 0H9V9" '
    'stroke="red" marker-mid="url(#a)"/>',
    "gradients": '<linearGradient id="a" href="#b"/><linearGradient id="b" href="#a"/><rect fill="url(#a)" '
    'width="90" height="40"/>',
    "variables": "<style>g{--a:var(--b);--b:var(--a) var(--a);fill:var(--a)}</style>"
    '<g><rect width="9" height="9"/></g>',
}


@pytest.mark.parametrize("name", CHAINS)
def test_parts_of_a_drawing_that_name_themselves(press: Press, tmp_path: Path, name: str) -> None:
    _, lost_ones = shown(press, drawing(tmp_path, CHAINS[name]))
    assert lost_ones == []


@pytest.mark.slow
def test_variables_that_multiply(press: Press, tmp_path: Path) -> None:
    rules = "".join(f"--v{n + 1}:var(--v{n}) var(--v{n});" for n in range(40))
    _, lost_ones = shown(press, drawing(tmp_path, f"<g style='--v0:red;{rules}fill:var(--v40)'>{WORDS}</g>"))
    assert [one for one in lost_ones if not one.startswith(("image-broken", "drawing-simplified"))] == []


@pytest.mark.parametrize("place", ['x="80" y="30"', 'x="-20" y="30"', 'x="60" y="10" transform="rotate(30)"'])
def test_words_that_would_stand_out_of_a_drawing_are_brought_within(press: Press, tmp_path: Path, place: str) -> None:
    book, _ = shown(press, drawing(tmp_path, f"<text {place}>Far-reaching</text>" + RECT))
    assert "Far-reaching" in book.text.replace("\ufffe", "-").replace("\x02", "-")


def test_words_that_nobody_would_see_are_left_out(press: Press, tmp_path: Path) -> None:
    unseen = (
        '<text x="-900" y="20">left</text><text x="5" y="900">below</text><text x="5" y="9" font-size="0">none</text>'
    )
    book, _ = shown(press, drawing(tmp_path, unseen + '<text x="5" y="20">Drawn</text>'))
    assert book.text == "Chapter Before. Drawn After."


def test_dashes_too_fine_for_any_eye(press: Press, tmp_path: Path) -> None:
    book, _ = shown(press, drawing(tmp_path, '<path d="M0 0L90 40" stroke="red" stroke-dasharray="1e-5 1e-5"/>'))
    assert b" d\n" not in book.pdf


SIZES = [
    'width="9999999999" height="9999999999"',
    'width="1e308" height="1e308"',
    'width="100%" height="100%" viewBox="0 0 1000000000 1000000000"',
    'width="-5" height="-5"',
    'width="0" height="0" viewBox="0 0 0 0"',
    'width="abc" height="def"',
    'width="nan" height="inf"',
    'viewBox="1 2"',
    "",
]


@pytest.mark.parametrize("size", SIZES)
def test_a_drawing_that_lies_about_its_size(press: Press, tmp_path: Path, size: str) -> None:
    book, lost_ones = shown(press, drawing(tmp_path, RECT, size))
    assert [one for one in lost_ones if not one.startswith("image-broken")] == []
    assert book.fragment.pages <= 2


def fanned(levels: int) -> str:
    """Groups of which each uses the one before it ten times."""
    groups = [f'<g id="u0">{RECT}</g>']
    for level in range(1, levels):
        uses = f'<use xlink:href="#u{level - 1}"/>' * 10
        groups.append(f'<g id="u{level}">{uses}</g>')
    return "".join(groups) + f'<use xlink:href="#u{levels - 1}"/>'


USES = {
    "itself": '<g id="a"><use xlink:href="#a"/></g>',
    "each other": '<g id="a"><use xlink:href="#b"/></g><g id="b"><use xlink:href="#a"/></g><use xlink:href="#a"/>',
}


@pytest.mark.parametrize("kind", USES)
def test_a_drawing_that_uses_itself(press: Press, tmp_path: Path, kind: str) -> None:
    _, lost_ones = shown(press, drawing(tmp_path, USES[kind]))
    assert [one for one in lost_ones if not one.startswith("image-broken")] == []


@pytest.mark.slow
def test_a_drawing_that_multiplies(press: Press, tmp_path: Path) -> None:
    _, lost_ones = shown(press, drawing(tmp_path, fanned(9)))
    assert [one for one in lost_ones if not one.startswith("image-broken")] == []


def test_a_drawing_of_deep_groups(press: Press, tmp_path: Path) -> None:
    _, lost_ones = shown(press, drawing(tmp_path, "<g>" * 5000 + RECT + "</g>" * 5000))
    assert [one for one in lost_ones if not one.startswith("image-broken")] == []


@pytest.mark.parametrize("content", ["", "no drawing at all", "<svg", "<html><body>x</body></html>"])
def test_a_drawing_that_is_none(press: Press, tmp_path: Path, content: str) -> None:
    path = tmp_path / "broken.svg"
    path.write_text(content)
    book, lost_ones = shown(press, path)
    assert [one.partition(":")[0] for one in lost_ones] == ["image-broken"]
    assert "described" in book.text


def test_a_truncated_jpeg(press: Press, tmp_path: Path) -> None:
    path = tmp_path / "photo.jpg"
    Image.effect_noise((300, 200), 60).save(path, "JPEG")
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    book, lost_ones = shown(press, path)
    assert [one.partition(":")[0] for one in lost_ones] == ["image-broken"]
    assert "described" in book.text


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "WEBP", "TIFF", "BMP"])
def test_a_picture_cut_off_in_its_middle(press: Press, tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"photo.{kind.lower()}"
    Image.effect_noise((300, 200), 60).save(path, kind)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    book, lost_ones = shown(press, path)
    assert [one.partition(":")[0] for one in lost_ones] == ["image-broken"]
    assert "described" in book.text
    with pytest.raises(BrokenPicture):
        Pictures().take(str(path))


@pytest.mark.parametrize("name", ["photo.jpg", "drawing.svg", "page.pdf", "dots.png"])
def test_a_file_of_101_megabytes(press: Press, tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    with path.open("wb") as file:
        file.truncate(101_000_000)
    book, (loss,) = shown(press, path)
    assert loss.startswith("image-broken: it is larger than ")
    assert "described" in book.text
    with pytest.raises(BrokenPicture):
        Pictures().take(str(path))


def locked(path: Path) -> None:
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(path, encryption=pikepdf.Encryption(owner="one", user="other"))


def immense(path: Path) -> None:
    with pikepdf.new() as pdf:
        pdf.add_blank_page().MediaBox = pikepdf.Array([0, 0, 14_400_000, 14_400_000])
        pdf.save(path)


PAGES = {"locked": locked, "broken": lambda path: path.write_bytes(b"%PDF-1.7 broken"), "immense": immense}


@pytest.mark.parametrize("kind", PAGES)
def test_a_page_of_pdf(press: Press, tmp_path: Path, kind: str) -> None:
    PAGES[kind](tmp_path / "page.pdf")
    book, lost_ones = shown(press, tmp_path / "page.pdf")
    assert kind == "immense" or [one.partition(":")[0] for one in lost_ones] == ["image-broken"]
    assert book.fragment.pages <= 2


def bomb(path: Path) -> Path:
    """A PNG of a few kilobytes and a thousand million dots."""
    squeeze = zlib.compressobj(9)
    data = b"".join(squeeze.compress(b"\0" + b"\x55" * 6250) for _ in range(20_000)) + squeeze.flush()
    head = struct.pack(">IIBBBBB", 50_000, 20_000, 1, 0, 0, 0, 0)
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", data) + chunk(b"IEND", b""))
    return path


def test_a_picture_of_a_thousand_million_dots(press: Press, tmp_path: Path) -> None:
    _, lost_ones = shown(press, bomb(tmp_path / "bomb.png"))
    assert [one.partition(":")[0] for one in lost_ones] == ["image-broken"]
    with pytest.raises(BrokenPicture):
        Pictures().take(str(tmp_path / "bomb.png"))


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def claiming(path: Path, width: int, height: int) -> Path:
    """A PNG whose head claims a size; its data is one row."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    data = zlib.compress(b"\0" * (width * 3 + 1))
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", data) + chunk(b"IEND", b""))
    return path


def test_a_png_that_claims_60000_by_60000(press: Press, tmp_path: Path) -> None:
    book, lost_ones = shown(press, claiming(tmp_path / "huge.png", 60_000, 60_000))
    assert [one.partition(":")[0] for one in lost_ones] == ["image-broken"]
    assert "described" in book.text


def test_a_png_that_claims_60000_by_60000_in_a_line(press: Press, tmp_path: Path) -> None:
    path = claiming(tmp_path / "huge.png", 60_000, 60_000)
    line = nodes.paragraph("", "", nodes.Text("Before "), image(path, alt="described"), nodes.Text(" after."))
    book, _ = press(line)
    assert [loss.split()[1] for loss in book.losses] == ["image-broken"]
    assert book.text == "Chapter Before described after."


def test_a_truncated_png_in_a_line(press: Press, tmp_path: Path) -> None:
    path = tmp_path / "cut.png"
    Image.effect_noise((60, 40), 60).save(path, "PNG")
    path.write_bytes(path.read_bytes()[:-200])
    line = nodes.paragraph("", "", nodes.Text("Before "), image(path, alt="described"), nodes.Text(" after."))
    book, _ = press(line)
    assert [loss.split()[1] for loss in book.losses] == ["image-broken"]
    assert book.text == "Chapter Before described after."


def test_an_empty_picture_and_a_folder(press: Press, tmp_path: Path) -> None:
    (tmp_path / "empty.png").write_bytes(b"")
    (tmp_path / "folder.png").mkdir()
    for name in ("empty.png", "folder.png", "gone.png"):
        _, lost_ones = shown(press, tmp_path / name)
        assert [one.partition(":")[0] for one in lost_ones] == ["image-broken"]


def test_a_table_of_2000_columns(press: Press) -> None:
    wide = table([f"cell{n}" for n in range(2000)], heads=[f"head{n}" for n in range(2000)])
    book, _ = press(words("Before."), wide)
    assert lost(of_nodes(wide), book.solid) == []
    assert book.off_page() == []


def nested(depth: int) -> nodes.Element:
    inner = nodes.bullet_list("", nodes.list_item("", words("innermost")))
    for _ in range(depth):
        inner = nodes.bullet_list("", nodes.list_item("", words("outer"), inner))
    return inner


def test_300_nested_lists(press: Press) -> None:
    book, _ = press(nested(300), words("After."))
    assert book.losses == []
    assert book.text.count("outer") == 300
    assert book.solid.endswith("innermostAfter")
    assert book.off_page() == []


@pytest.mark.slow
def test_3000_nested_lists(press: Press) -> None:
    book, _ = press(nested(3000), words("After."), megabytes=600)
    assert book.text.count("outer") == 3000
    assert book.text.endswith("innermost After.")


def test_a_literal_block_of_a_megabyte(press: Press) -> None:
    text = "".join(f"line {n} of a long block of code that goes on and on\n" for n in range(20_000))
    book, _ = press(nodes.literal_block(text, text, language="python"), megabytes=800)
    assert book.losses == []
    assert book.fragment.pages > 300


@pytest.mark.slow
def test_a_literal_block_of_five_megabytes(press: Press) -> None:
    text = "".join(f"line {n} of a long block of code that goes on and on\n" for n in range(98_000))
    book, _ = press(nodes.literal_block(text, text, language="none"), megabytes=1000)
    assert book.losses == []
    assert book.fragment.pages > 1600


@pytest.mark.slow
def test_a_paragraph_of_a_hundred_thousand_words(press: Press) -> None:
    text = " ".join(f"w{n}" for n in range(100_000))
    book, _ = press(words(text), megabytes=1000)
    assert book.solid.endswith("w99998w99999")


def test_a_thousand_sections_one_in_the_other(press: Press) -> None:
    inner = nodes.section("", nodes.title("", "Heading999"), words("innermost"), ids=["chapter:s999"])
    for level in range(998, -1, -1):
        inner = nodes.section("", nodes.title("", f"Heading{level}"), inner, ids=[f"chapter:s{level}"])
    book, _ = press(inner, megabytes=500)
    assert [f"Heading{n}" for n in range(1000) if f"Heading{n}" not in book.text] == []
    assert "innermost" in book.text


def test_emphasis_500_deep(press: Press) -> None:
    inner: nodes.Node = nodes.Text("innermost")
    for _ in range(500):
        inner = nodes.emphasis("", "", nodes.Text("a "), inner)
    book, _ = press(nodes.paragraph("", "", inner), words("After."), megabytes=500)
    assert book.text.endswith("innermost After.")


def test_a_title_of_5000_characters(press: Press) -> None:
    title = " ".join(f"title{n}" for n in range(600))
    book, _ = press(nodes.section("", nodes.title("", title), words("Text."), ids=["chapter:t"]))
    assert lost(of_nodes(words(title)), book.solid) == []
    assert book.off_page() == []


@pytest.mark.parametrize("source", ["+".join(f"x_{{{n}}}" for n in range(14_000)), "{" * 3000 + "x" + "}" * 3000])
def test_a_formula_of_a_hundred_kilobytes(press: Press, source: str) -> None:
    book, _ = press(nodes.math_block("", source), nodes.paragraph("", "", nodes.math("", source)))
    assert {loss.code for loss in book.fragment.losses} <= {"math-plain"}
    assert book.off_page() == []


def test_5000_definitions(press: Press) -> None:
    made = [
        nodes.definition_list_item("", nodes.term("", f"term{n}"), nodes.definition("", words(f"meaning{n}")))
        for n in range(5000)
    ]
    book, _ = press(nodes.definition_list("", *made), megabytes=600)
    assert book.losses == []
    assert "meaning4999" in book.text


def test_a_line_of_a_megabyte(press: Press) -> None:
    text = "x=1;" * 250_000
    book, _ = press(nodes.literal_block(text, text, language="none"), megabytes=800)
    assert book.losses == []
    assert book.fragment.pages > 100


def one_word(where: str, letters: int) -> tuple[str, nodes.Node]:
    word = "abcdefghij" * (letters // 10)
    made = {
        "paragraph": lambda: words(word),
        "cell": lambda: table([word, "narrow"]),
        "heading": lambda: nodes.section("", nodes.title("", word), words("Text."), ids=["chapter:x"]),
    }
    return word, made[where]()


SLOW = pytest.mark.slow


@pytest.mark.parametrize(
    ("where", "letters"),
    [
        ("paragraph", 10_000),
        pytest.param("paragraph", 100_000, marks=SLOW),
        pytest.param("cell", 100_000, marks=SLOW),
        pytest.param("heading", 100_000, marks=SLOW),
    ],
)
def test_a_word_of_very_many_letters(press: Press, where: str, letters: int) -> None:
    word, made = one_word(where, letters)
    book, _ = press(made, words("After."))
    assert word in book.solid
    assert book.text.endswith("After.")
    assert book.off_page() == []


@pytest.mark.parametrize("where", ["paragraph", "cell", "heading"])
def test_a_word_of_2000_letters(press: Press, where: str) -> None:
    word, made = one_word(where, 2000)
    book, _ = press(made, words("After."))
    assert word in book.solid
    assert book.losses == []
    assert book.off_page() == []


def test_control_characters(press: Press) -> None:
    text = "".join(map(chr, range(0x20))) + "\x7f\x80\x9f\u200b\u2028\u2029\ufeff\ud800\udfff\ufffe"
    book, _ = press(
        words("before", text, "after"),
        nodes.literal_block(text, text, language="python"),
        nodes.paragraph("", "", nodes.literal("", text), nodes.reference("", text, refuri=f"http://a.b/{text}")),
        table([text, text]),
    )
    assert [loss for loss in losses(book.fragment.losses) if "failed" in loss] == []
    assert "before" in book.text and "after" in book.text
