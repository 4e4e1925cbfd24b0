"""What an EPUB says of the access to it is true of it (EPUB Accessibility 1.1)."""

from __future__ import annotations

from pathlib import Path

from docutils import nodes
from PIL import Image

from casebound.epub import Edition
from casebound.model.book import Certification
from casebound.model.folios import PageStart
from tests.epub import kitchen
from tests.epub.pictures import image
from tests.epub.readers import Epub
from tests.epub.samples import CERTIFIED, css, of_body, picture, shelf

ALWAYS = "structuralNavigation tableOfContents readingOrder ARIA displayTransformability"
LINKED = "Headings, lists, tables, notes and links are marked as such."
FLOWS = "Text flows and can be enlarged."


def said(edition: Edition) -> str:
    """Modes, what is enough, features, hazards, summary: a line each."""
    epub = Epub(edition.data)
    names = ("accessMode", "accessModeSufficient", "accessibilityFeature", "accessibilityHazard")
    lines = [" ".join(epub.meta(f"schema:{name}")) for name in names]
    return "\n".join([*lines, *epub.meta("schema:accessibilitySummary")])


def test_a_book_of_words() -> None:
    assert said(shelf("A\n=\n\nWords.\n").pack()) == f"textual\ntextual\n{ALWAYS}\nnone\n{LINKED} {FLOWS}"


def test_a_book_whose_pictures_have_alternative_text(tmp_path: Path) -> None:
    shown, decoration = picture(tmp_path / "a.png"), picture(tmp_path / "b.png")
    made = of_body(image(shown), image(decoration, alt="", classes=["decorative"])).pack()
    summary = f"{LINKED} {FLOWS} All pictures have alternative text."
    assert said(made) == f"textual visual\ntextual textual,visual\n{ALWAYS} alternativeText\nnone\n{summary}"


def test_a_book_with_a_picture_that_has_none(tmp_path: Path) -> None:
    one, two = picture(tmp_path / "a.png"), picture(tmp_path / "b.png")
    summary = f"{LINKED} {FLOWS} Pictures without alternative text: 1 of 2."
    made = of_body(image(one), image(two, alt="")).pack()
    assert said(made) == f"textual visual\ntextual,visual\n{ALWAYS}\nnone\n{summary}"


def test_decoration_alone_is_nothing_to_see(tmp_path: Path) -> None:
    made = of_body(image(picture(tmp_path / "a.png"), alt="", classes=["decorative"])).pack()
    assert said(made) == f"textual\ntextual\n{ALWAYS}\nnone\n{LINKED} {FLOWS}"


def test_a_book_with_formulas_index_and_pages(tmp_path: Path) -> None:
    book = kitchen.book(tmp_path)
    book.facts = {**book.facts, "print_identifier": "urn:uuid:pdf"}
    made = book.pack(starts=[PageStart("1", "index", 0)])
    features = f"{ALWAYS} alternativeText MathML index pageNavigation pageBreakMarkers"
    assert said(made).splitlines()[2] == features
    assert "Formulas are MathML, with their TeX as alternative text. The page numbers are those of the PDF" in said(
        made
    )


def test_every_formula_has_its_tex_as_alternative_text() -> None:
    wide = r"a + b + c + d + e + f + g + h + i + j + k + l + m + n + o + p + q + r + s + t + u = \frac{1}{2}"
    epub = Epub(
        shelf(f"A\n=\n\n:math:`x^2` and :math:`{wide}`\n\n.. math::\n\n   {wide}\n\n   y = \\sqrt{{2}}\n").pack().data
    )
    found = [str(each.get("alttext")) for each in epub.page().iter("{http://www.w3.org/1998/Math/MathML}math")]
    assert found[0] == "x^2" and found[-1] == r"y = \sqrt{2}"
    # a part of a formula that is broken is no TeX: it says how it reads
    assert (found[1:3], found[21], found[-2]) == (["a", "+b"], "+u", "=1/2")


def test_what_moves_may_flash(tmp_path: Path) -> None:
    frames = [Image.new("RGB", (8, 8), colour) for colour in ("red", "blue")]
    frames[0].save(tmp_path / "a.gif", save_all=True, append_images=frames[1:])
    made = of_body(image(tmp_path / "a.gif")).pack()
    assert said(made).splitlines()[3] == "unknown"
    assert said(made).endswith("There are pictures that move; nobody has looked at whether they flash.")


def test_text_of_a_fixed_size_is_not_said_to_be_changeable() -> None:
    for rule, is_said in (
        ("p { font-size: 12px }", False),
        ("p { FONT: 9pt serif }", False),
        ("p { line-height: 1.5; margin: 3px; border: 1px solid }", True),
        ("/* font-size: 12px */ p { font-size: 90% }", True),
    ):
        made = Epub(shelf("A\n=\n").pack(css=f"{css()}\n{rule}").data)
        assert ("displayTransformability" in made.meta("schema:accessibilityFeature")) == is_said, rule


def test_lines_from_top_to_bottom_are_said() -> None:
    made = Epub(shelf("A\n=\n", is_vertical=True, language="ja").pack().data)
    assert made.meta("schema:accessibilityFeature")[-1] == "verticalWriting"


def test_the_summary_is_english_and_says_so_in_a_book_that_is_not() -> None:
    for language, said_of_it in (("en-GB", None), ("de", "en")):
        package = Epub(shelf("A\n=\n", language=language).pack().data).package
        (summary,) = (one for one in package[0] if one.get("property") == "schema:accessibilitySummary")
        assert summary.get("{http://www.w3.org/XML/1998/namespace}lang") == said_of_it


CLAIM = """\
conformance: dcterms:conformsTo EPUB Accessibility 1.1 - WCAG 2.1 Level AA
certifier of #conformance: a11y:certifiedBy Ada Access
 of #certifier: a11y:certifierCredential Access Aware
 of #certifier: a11y:certifierReport https://example.org/report"""


def claim(edition: Edition) -> str:
    lines = []
    for each in Epub(edition.data).package[0]:
        name = each.get("property") or each.get("rel") or ""
        if name.startswith(("a11y:", "dcterms:conforms")):
            of = f" of {each.get('refines')}" if each.get("refines") else ""
            lines.append(f"{each.get('id', '')}{of}: {name} {each.text or each.get('href')}")
    return "\n".join(lines)


def test_conformance_is_claimed_by_who_has_a_name() -> None:
    assert claim(shelf("A\n=\n").pack()) == ""
    assert claim(shelf("A\n=\n", certification=CERTIFIED).pack()) == CLAIM
    alone = Certification("Ada Access", CERTIFIED.standard)
    assert claim(shelf("A\n=\n", certification=alone).pack()) == "\n".join(CLAIM.splitlines()[:2])


def test_a_claim_that_is_not_true_is_left_out_and_told(tmp_path: Path) -> None:
    book = of_body(image(picture(tmp_path / "a.png"), alt=""), nodes.paragraph("", "Words."))
    book.facts = {"certification": CERTIFIED}
    made = book.pack()
    assert claim(made) == ""
    assert [one.code for one in made.losses] == ["claim-left-out"]
    assert str(made.losses[0].message) == (
        "Pictures without alternative text: 1. The EPUB does not say that Ada Access certified it."
    )
