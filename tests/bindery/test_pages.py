"""Pages on the paper: recto and verso, running heads, folios, folio boxes, and the text read back."""

from io import BytesIO
from pathlib import Path

import pikepdf

from casebound.bindery import BindingPlan, Gathering, OutsideDestination
from casebound.model.folios import FolioStyle
from casebound.model.fragment import DestinationPlace, FolioBox, Fragment
from tests.bindery.readers import opened, run, saved, text
from tests.bindery.samples import BLOCK, MONO, PAPER, SERIF, Leaf, bind, fragment, page


def _boxes(path: Path, number: int) -> dict[str, tuple[float, float, float, float]]:
    """Words of a page with left, top, right, bottom in points from the upper left corner."""
    words = {}
    for line in run("pdftotext", "-bbox", "-f", str(number), "-l", str(number), str(path), "-").splitlines():
        if "<word" in line:
            left, top, right, bottom = (float(value) for value in line.split('"')[1:8:2])
            words[line.split(">")[1].split("<")[0]] = (left, top, right, bottom)
    return words


def test_the_block_stands_by_the_inner_margin(tmp_path: Path) -> None:
    one = fragment("one", page("Recto"), page("Verso"))
    path = saved(bind(BindingPlan("Book", (Gathering(one),))), tmp_path)
    assert abs(_boxes(path, 1)["Recto"][0] - PAPER.inner) < 1
    assert abs(_boxes(path, 2)["Verso"][0] - PAPER.outer) < 1


def test_heads_stand_inside_and_folios_outside(tmp_path: Path) -> None:
    one = fragment("one", *(page(f"Text {number}") for number in range(3)))
    path = saved(bind(BindingPlan("Book", (Gathering(one, head_verso="Section", head_recto="Chapter"),))), tmp_path)
    opening, verso, recto = (_boxes(path, number) for number in (1, 2, 3))
    assert set(opening) == {"Text", "0", "1"}
    middle = PAPER.inner + BLOCK[0] / 2
    assert abs((opening["1"][0] + opening["1"][2]) / 2 - middle) < 1
    assert opening["1"][1] > PAPER.height - PAPER.bottom
    assert abs(verso["2"][0] - PAPER.outer) < 1
    assert abs(verso["Section"][2] - (PAPER.width - PAPER.inner)) < 1
    assert abs(recto["Chapter"][0] - PAPER.inner) < 1
    assert abs(recto["3"][2] - (PAPER.width - PAPER.outer)) < 1
    assert recto["Chapter"][3] < PAPER.top


def test_a_long_head_is_clipped_before_the_folio(tmp_path: Path) -> None:
    one = fragment("one", page("Text"))
    plan = BindingPlan("Book", (Gathering(one, first_folio=123, head_recto="A very long head " * 20, opening=False),))
    words = _boxes(saved(bind(plan), tmp_path), 1)
    last = next(word for word in words if word.endswith("…"))
    assert words[last][2] + 18 <= words["123"][0] + 0.1


def test_a_bare_gathering_has_neither_head_nor_folio(tmp_path: Path) -> None:
    cover = fragment("cover", page("Cover"), size=(PAPER.width, PAPER.height))
    gathering = Gathering(cover, FolioStyle.ROMAN, head_recto="Head", opening=False, bare=True, full_page=True)
    path = saved(bind(BindingPlan("Book", (gathering,))), tmp_path)
    words = _boxes(path, 1)
    assert set(words) == {"Cover"}
    assert words["Cover"][0] < 1


def test_heads_and_folios_are_artifacts() -> None:
    one = fragment("one", page("Text"))
    with opened(bind(BindingPlan("Book", (Gathering(one, head_recto="Head", opening=False),)))) as pdf:
        operators = [str(item.operator) for item in pikepdf.parse_content_stream(pdf.pages[0])]
    begin, end = operators.index("BDC"), operators.index("EMC")
    assert operators[begin:end].count("Tj") == 2
    assert operators[:begin].count("Tj") == len("Text")
    assert operators.count("q") == operators.count("Q")


def test_folio_boxes_hold_the_folio_of_this_file_or_of_another(tmp_path: Path) -> None:
    targets = {"a:x": "page {folio}", "b:y": "{folio}", "c:z": "{folio}", "d:": "{folio}"}
    rows = enumerate(targets.items())
    boxes = tuple(FolioBox(0, 100, 200 - 20 * row, 60, target, SERIF, 10, form) for row, (target, form) in rows)
    one = fragment(
        "one",
        page("Text").folios(4),
        page("More"),
        folio_boxes=boxes,
        destinations={"a:x": DestinationPlace(1, 0, 100)},
    )
    plan = BindingPlan(
        "Book",
        (Gathering(one, first_folio=56),),
        elsewhere={"b:y": OutsideDestination("other.pdf", "77")},
        folios={"c:z": "xiv"},
    )
    bound = bind(plan)
    words = _boxes(saved(bound, tmp_path), 1)
    assert {"page", "57", "77", "xiv", "?"} < set(words)
    for word in ("57", "77", "xiv", "?"):
        assert abs(words[word][2] - (PAPER.inner + 160)) < 1
    assert bound.dangling == (("one", "d:"),)


def test_a_folio_too_wide_for_its_box_is_set_narrower(tmp_path: Path) -> None:
    box = FolioBox(0, 100, 200, 20, "a:x", SERIF, 12, "page {folio}", "left")
    one = fragment("one", page("Text").folios(1), folio_boxes=(box,), destinations={"a:x": DestinationPlace(0, 0, 100)})
    words = _boxes(saved(bind(BindingPlan("Book", (Gathering(one, first_folio=8888, bare=True),))), tmp_path), 1)
    assert words["page"][0] >= PAPER.inner + 99
    assert words["8888"][2] <= PAPER.inner + 121


def test_text_reads_back_in_every_block_and_from_spill_subsets(tmp_path: Path) -> None:
    russian, greek, box = "Русский Р", "Ελληνικά", "┌─┐ → “ok” Ġ"
    leaf = Leaf().line(russian, y=300).line(greek, y=280, face=MONO).line(box, y=260, face=MONO)
    bound = bind(
        BindingPlan("Book", (Gathering(fragment("one", leaf), opening=False, head_recto="Rücken → Рама ≠ (a\\b)"),))
    )
    read = text(bound, tmp_path)
    for line in (russian, greek, box, "Rücken → Рама ≠ (a\\b)"):
        assert line in read
    assert opened(bound).check_pdf_syntax() == []


def test_a_page_without_content_or_resources_is_bound() -> None:
    pdf = pikepdf.new()
    pdf.add_blank_page(page_size=BLOCK)
    del pdf.pages[0].obj["/Resources"], pdf.pages[0].obj["/Contents"]
    out = BytesIO()
    pdf.save(out)
    bound = bind(BindingPlan("Book", (Gathering(Fragment("one", 1, BLOCK, pdf=out.getvalue())),)))
    assert bound.pages == 1
    with opened(bound) as back:
        assert back.check_pdf_syntax() == []
