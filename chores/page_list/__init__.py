"""The page list of an EPUB held against its PDF: every folio once, in order, each mark where that page begins.

The first line of each printed page is looked for in the paragraph that the mark is in: a paragraph, an entry of a list,
a cell, a block of code, a caption. Letters and figures count, nothing else does: hyphens, bullets, marks of continued
lines are not in both. What a page repeats is passed over: the head of a table that goes on.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from casebound.i18n.wording import word
from casebound.model.style import Paper
from casebound.typesetting.styles.stylesheet import load
from chores.page_list.marks import Marks, Paragraph, letters_of, marks_of
from chores.page_list.printed import PrintedLine, PrintedPage, printed_pages

__all__ = ["Finding", "compare", "report"]

_FOLIO = re.compile(r"\(\w{1,3}\. ?(?:\d+|[ivxlc]+)\)|(?:, \w+)+$")
_SHORT = 16  # letters: fewer are found in many paragraphs, and must begin or end the one they are in
_LEAST = 6  # letters that a line and a paragraph must have in common where either goes on
_MORE = 8  # lines that are read together where the first is short
_NEAR = 40  # paragraphs before and after a mark in which a page's first line is looked for
RIGHT = (
    *("exact", "after what is repeated", "after a floating figure", "a picture", "an empty page"),
    "a page of its own",
)


@dataclass(frozen=True)
class Finding:
    """What was found of one page: its folio, its verdict, and what it begins with in print and in the EPUB."""

    folio: str
    verdict: str
    kind: str = ""
    printed: str = ""
    marked: str = ""

    @property
    def is_wrong(self) -> bool:
        return self.verdict not in RIGHT


def compare(pdf: Path, epub: Path, paper: Paper | None = None, language: str = "en") -> list[Finding]:
    """What is found of each printed page, in the order of the pages; the book's ``language`` says what it repeats."""
    marks = marks_of(epub)
    places = {folio: (file, mark) for folio, file, mark in marks.listed}
    again = letters_of(word("continued", language))
    pages = printed_pages(pdf, paper or load().style.paper)
    return [_compared(page, marks, places.get(page.label), again) for page in pages]


def faults_of_list(marks: Marks, folios: Sequence[str]) -> list[str]:
    """What is wrong with a page list as a list: each folio is in it once, in order, and leads on in the book."""
    listed = [folio for folio, _, _ in marks.listed]
    faults = [f"{folio} is listed {count} times" for folio, count in Counter(listed).items() if count > 1]
    faults += [f"{folio} is not listed" for folio in folios if folio not in listed]
    faults += [f"{folio} is no page of the PDF" for folio in listed if folio not in folios]
    if not faults and listed != list(folios):
        faults.append("the folios are not in order")
    files = list(dict.fromkeys(one.file for one in marks.paragraphs))
    order = [
        (files.index(file) if file in files else -1, marks.places.get((file, mark), -1))
        for _, file, mark in marks.listed
    ]
    faults += [
        f"{listed[at]} leads back" for at in range(1, len(order)) if order[at][1] >= 0 and order[at] < order[at - 1]
    ]
    return faults + [
        f"{folio} leads nowhere" for folio, file, mark in marks.listed if mark and (file, mark) not in marks.places
    ]


def _compared(page: PrintedPage, marks: Marks, place: tuple[str, str] | None, again: str) -> Finding:
    if place is None:
        return Finding(page.label, "not listed")
    if not page.lines and not page.pictures:
        return Finding(page.label, "an empty page")
    if not place[1]:
        return Finding(page.label, "a page of its own", marked=place[0])
    at = marks.places.get(place, -1)
    if at < 0:
        return Finding(page.label, "leads nowhere")
    marked = marks.paragraphs[at]
    passed = ""
    texts = [letters_of(_FOLIO.sub("", line.text)) for line in page.lines]
    for at_line, (line, letters) in enumerate(zip(page.lines, texts, strict=True)):
        below = texts[at_line + 1 : at_line + _MORE]
        joined = (letters + "".join(below), letters + "".join(text for text in below if not text.isdigit()))
        whole = [letters, *(text[: max(len(letters), _SHORT)] for text in joined)]
        if not letters or any(_is_in(text, line.text, marked) for text in whole):
            return _finding(page, passed or "exact", line, marked)
        if again in letters or letters in marked.head:
            passed = "after what is repeated"
        elif marked.drawn and page.is_below_a_picture(line):
            return _finding(page, "a picture", line, marked)
        elif page.is_below_a_picture(line) and any(_is_in(letters, line.text, one) for one in marks.captions):
            passed = "after a floating figure"
        elif not letters.isdigit():  # the number of a line, the mark of a note
            return _finding(page, _distance(letters, line.text, marks.paragraphs, at), line, marked)
    return _finding(page, "a picture" if marked.drawn and page.pictures else "no text", None, marked)


def _finding(page: PrintedPage, verdict: str, line: PrintedLine | None, marked: Paragraph) -> Finding:
    printed = line.text[:60] if line else ""
    return Finding(page.label, verdict, marked.kind, printed, " ".join(marked.text.split())[:60])


def _is_in(letters: str, text: str, one: Paragraph) -> bool:
    """Whether a line is of a paragraph: as it is, or without the label before it, or without what is beside it."""
    own = one.letters
    for line in (letters, letters.removeprefix(letters_of(text.split()[0]))):
        if line and (own.startswith(line) or own.endswith(line) or (_is_long(line) and line in own)):
            return True
    if _is_long(letters) and letters.strip("0123456789") and _without_figures(letters) in _without_figures(own):
        return True  # marks of notes have other figures
    # a name is before it in the line, or what is beside a cell or after a heading is
    ends = range(max(0, len(own) - len(letters)), max(1, len(own) - _LEAST + 1))
    return bool(own) and (
        any(own.startswith(letters[start:]) for start in range(1, len(letters) - _LEAST + 1))
        or letters.endswith(own)
        or any(letters.startswith(own[start:]) for start in ends)
    )


def _is_long(letters: str) -> bool:
    return len(letters) >= _SHORT


def _without_figures(letters: str) -> str:
    return "".join(letter for letter in letters if not letter.isdigit())


def _distance(letters: str, text: str, found: Sequence[Paragraph], at: int) -> str:
    for steps in range(1, _NEAR):
        for direction in (-1, 1):
            other = at + direction * steps
            if 0 <= other < len(found) and len(letters) >= 4 and _is_in(letters, text, found[other]):
                return f"{steps} {'early' if direction > 0 else 'late'}"
    return "elsewhere"


def report(pdf: Path, epub: Path, language: str = "en") -> Iterator[str]:
    """The figures of a book in two lines, then what is wrong with its list, and each page marked elsewhere."""
    found = compare(pdf, epub, language=language)
    faults = faults_of_list(marks_of(epub), [one.folio for one in found])
    wrong = [one for one in found if one.is_wrong]
    right = Counter(one.verdict for one in found if not one.is_wrong)
    yield f"{epub.name}: {len(found)} pages, {len(wrong)} with a mark elsewhere, {len(faults)} faults of the list"
    yield "  " + ", ".join(f"{verdict} {count}" for verdict, count in right.most_common())
    yield from (f"  {fault}" for fault in faults)
    for one in wrong:
        yield f"  {one.folio}: {one.verdict} ({one.kind}) prints “{one.printed}”, the mark is in “{one.marked}”"
