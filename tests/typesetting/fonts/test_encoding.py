"""The encoding of all fragments: each code point has one subset and one byte, and they lead back to it."""

from __future__ import annotations

from casebound.model.encoding import MISSING, decode, encode
from casebound.model.fragment import DestinationPlace, FolioBox, Fragment, LinkArea, Loss

POINTS = range(1, 0x120000)
"""All of Unicode, and above it the numbers that glyphs without a character of their own are written as."""


def test_every_code_point_leads_back_to_itself() -> None:
    assert [point for point in POINTS if decode(*encode(point)) != point] == []


def test_no_two_code_points_share_a_subset_and_byte() -> None:
    assert len({encode(point) for point in POINTS}) == len(POINTS)


def test_a_byte_is_never_0_and_32_is_the_space_alone() -> None:
    codes = [(point, encode(point)[1]) for point in POINTS]
    assert [point for point, code in codes if not 1 <= code <= 255] == []
    assert [point for point, code in codes if code == 32] == [0x20]


def test_nothing_is_written_as_the_missing_glyph() -> None:
    assert encode(0) == MISSING == (0, 0)
    assert MISSING not in {encode(point) for point in POINTS}


def test_a_subset_is_the_block_of_256_except_for_its_two_odd_bytes() -> None:
    moved = [point for point in POINTS if encode(point)[0] != point >> 8]
    assert moved == [point for point in POINTS if point > 0xFF and point & 0xFF in (0x00, 0x20)]
    assert encode(0x0420)[0] > 0x10FF  # Cyrillic er, which would have been a space


def full() -> Fragment:
    return Fragment(
        name="internals/rpc#расчёт",
        pages=2,
        size=(300.5, 400.25),
        destinations={"rpc:": DestinationPlace(0, 0.0, 400.25), "rpc:größe": DestinationPlace(1, 12.5, 3.01)},
        links=(
            LinkArea(0, (1.0, 2.0, 3.0, 4.5), target="rpc:größe", text="über"),
            LinkArea(1, (1.0, 2.0, 3.0, 4.5), url="https://example.org/?a=1&b=2"),
        ),
        folio_boxes=(FolioBox(1, 10.0, 20.0, 30.0, "rpc:", "Face", 9.5, "page {folio}", "left", (0.1, 0.2, 0.3)),),
        used={"Face": (32, 65, 0x420, 0x1F600)},
        losses=(
            Loss("node-failed", "rpc", 7, {"name": "table", "detail": "«x»\n"}),
            Loss("glyph-missing", "", None, {}),
        ),
        pdf=b"%PDF-1.4 \x00\xff",
    )


def test_a_sidecar_leads_back_to_its_fragment() -> None:
    assert Fragment.load(full().sidecar(), full().pdf) == full()


def test_an_empty_fragment_too() -> None:
    empty = Fragment("a", 0, (1.0, 2.0))
    assert Fragment.load(empty.sidecar(), b"") == empty


def test_a_sidecar_is_the_same_text_each_time_and_holds_no_pages() -> None:
    again = Fragment.load(full().sidecar(), b"other")
    assert again.sidecar() == full().sidecar()
    assert "%PDF" not in full().sidecar()
