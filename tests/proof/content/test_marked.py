"""What is read of a page's content: its tagged text, its artifacts, what is wrong with its marks."""

from __future__ import annotations

import pytest

from casebound.proof.pdf.content.marked import PageContent, read_content


def read(content: str) -> PageContent:
    fonts = {b"/F": lambda data: bytes(data).decode("latin-1")}
    return read_content(content.encode("latin-1"), fonts, {b"/M": b"<</MCID 7>>"})


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("/P<</MCID 0>>BDC BT /F 10 Tf (One) Tj ( two) Tj ET EMC", {0: "One two"}),
        ("/P<</MCID 0>>BDC BT /F 10 Tf [(O)20(ne)-300<20 74>(wo)] TJ ET EMC", {0: "One two"}),
        ("BT /F 10 Tf /P<</MCID 0>>BDC (One) Tj EMC /Link<</MCID 1>>BDC (two) Tj EMC ET", {0: "One", 1: "two"}),
        ("/P /M BDC BT /F 10 Tf (named) Tj ET EMC", {7: "named"}),
        ("/P<</MCID 0>>BDC BT /F 10 Tf (a) Tj 0 -12 Td (b) Tj 5 2 Td (c) Tj ET EMC", {0: "a\nbc"}),
        ("/P<</MCID 0>>BDC BT /F 9 Tf 0 1 -1 0 50 9 Tm (a) Tj 0 1 -1 0 50 30 Tm (b) Tj ET EMC", {0: "ab"}),
        ("q /F 9 Tf q /G 9 Tf Q /P<</MCID 0>>BDC BT (kept) Tj ET EMC Q", {0: "kept"}),
        (r"/P<</MCID 0>>BDC BT /F 9 Tf (a\(b\)\134 (c) \101) Tj ET EMC", {0: r"a(b)\ (c) A"}),
        ("/P<</MCID 0>>BDC BT /F 9 Tf (EMC) Tj ET EMC % EMC", {0: "EMC"}),
        # a word that is broken at a line's end
        (
            "/P<</MCID 0>>BDC BT /F 9 Tf (the ) Tj /Span<</ActualText(channels)>>BDC (chan-) Tj EMC 0 -11 Td"
            " /Span<</ActualText( )>>BDC (nels) Tj EMC ( go) Tj ET EMC",
            {0: "the channels\n  go"},
        ),
        ("/P<</MCID 0/ActualText<FEFF006F006B>>>BDC BT /F 9 Tf (x) Tj ET EMC", {0: "ok"}),
        (
            "/Span<</ActualText(ok)>>BDC /P<</MCID 0>>BDC BT /F 9 Tf (x) Tj EMC /P<</MCID 1>>BDC (y) Tj ET EMC EMC",
            {0: "ok", 1: ""},
        ),
    ],
)
def test_tagged_text(content: str, expected: dict[int, str]) -> None:
    found = read(content)
    assert ({mcid: each.text for mcid, each in found.tagged.items()}, found.faults) == (expected, [])


def test_artifacts() -> None:
    head = "/Artifact<</Type/Pagination/Subtype/Header>>BDC BT /F 9 Tf (7) Tj ET EMC"
    found = read(f"{head} /Artifact BMC 0 0 9 9 re f EMC")
    assert (found.artifacts, found.tagged, found.faults) == ([("Pagination", "7"), ("", "")], {}, [])


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        ("0 0 m 9 9 l S", "S is neither tagged nor an artifact"),
        ("/X Do", "Do is neither tagged nor an artifact"),
        ("BI /W 1 /H 1 ID x EI", "an image is neither tagged nor an artifact"),
        ("BT /F 9 Tf (out) Tj ET", "“out” is neither tagged nor an artifact"),
        ("/Span BMC BT /F 9 Tf (out) Tj ET EMC", "“out” is neither tagged nor an artifact"),
        ("/P<</MCID 0>>BDC", "1 marks are opened and never closed"),
        ("EMC", "a mark is closed that was never opened"),
        ("/P<</MCID 0>>BDC EMC /P<</MCID 0>>BDC EMC", "content 0 is there twice"),
        ("/P<</MCID 0>>BDC /Artifact BMC EMC EMC", "an artifact is within content 0"),
        ("/Artifact BMC /P<</MCID 0>>BDC EMC EMC", "content 0 is tagged within an artifact"),
        ("/P<</MCID 0>>BDC /P<</MCID 1>>BDC EMC EMC", "content 1 is tagged within content 0"),
    ],
)
def test_what_is_wrong_with_marks(content: str, fault: str) -> None:
    assert read(content).faults == [fault]
