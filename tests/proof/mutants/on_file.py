"""Mutants of the file that a PDF is: what it says of itself, what it does, its pages, its bytes."""

from __future__ import annotations

import re
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from tests.proof.mutants.editing import Instructions, drawing, page_with, texts
from tests.proof.mutants.noting import Notes, page_of, revised, reworded, tagged
from tests.proof.mutants.orchard import Mutant, Outputs

MUTANTS: list[Mutant] = []
mutant = Notes("file", MUTANTS)
SCRIPT = "app.alert('The Orchard')"


def described(pdf: pikepdf.Pdf, old: str, new: str) -> None:
    """Change what the metadata say."""
    before = pdf.Root.Metadata.read_bytes()
    after = re.sub(old.encode(), new.encode(), before, flags=re.DOTALL)
    assert after != before, "nothing was changed"
    pdf.Root.Metadata.write(after)


def script() -> Dictionary:
    """An action that runs a script."""
    return Dictionary(S=Name.JavaScript, JS=String(SCRIPT))


def address() -> Dictionary:
    """An action that opens a page of the web."""
    return Dictionary(S=Name.URI, URI=String("https://example.com/"))


def annotated(pdf: pikepdf.Pdf, subtype: Name, drawn: bytes, **more: Any) -> None:
    """Put an annotation over the first lines of the chapter on birds, which looks as is drawn on 300 to 40 points."""
    page = pdf.pages[page_of(pdf, "birds:birds")]
    look = pdf.make_stream(drawn, Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 300, 40]))
    place = Array([82, 670, 382, 710])
    annotation = Dictionary(Type=Name.Annot, Subtype=subtype, Rect=place, F=4, P=page.obj, AP=Dictionary(N=look))
    annotation.Contents = String("To be checked")
    for key, value in more.items():
        annotation[f"/{key}"] = value
    annotation = pdf.make_indirect(annotation)
    page.Annots.append(annotation)
    tagged(pdf, annotation, Name.Form if subtype == Name.Widget else Name.Annot)


@mutant.book
def the_title_in_the_information_is_another(pdf: pikepdf.Pdf) -> None:
    pdf.docinfo.Title = String("The Garden")


@mutant.book
def the_title_in_the_metadata_is_another(pdf: pikepdf.Pdf) -> None:
    described(pdf, "The Orchard", "The Garden")


@mutant.book
def both_titles_are_others(pdf: pikepdf.Pdf) -> None:
    pdf.docinfo.Title = String("The Garden")
    described(pdf, "The Orchard", "The Garden")


@mutant.book
def both_authors_are_others(pdf: pikepdf.Pdf) -> None:
    pdf.docinfo.Author = String("Ida Ember")
    described(pdf, "Ada Ember", "Ida Ember")


@mutant.book
def the_author_is_lost(pdf: pikepdf.Pdf) -> None:
    del pdf.docinfo.Author
    described(pdf, "<dc:creator>.*</dc:creator>\n", "")


@mutant.book
def the_identifier_is_another(pdf: pikepdf.Pdf) -> None:
    described(pdf, "urn:uuid:1b", "urn:uuid:2b")


@mutant.book
def the_language_is_another(pdf: pikepdf.Pdf) -> None:
    pdf.Root.Lang = String("de")


@mutant.book
def the_language_is_lost(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.Lang


@mutant.book
def the_language_in_the_metadata_is_another(pdf: pikepdf.Pdf) -> None:
    described(pdf, "<rdf:li>en</rdf:li>", "<rdf:li>de</rdf:li>")


@mutant.book
def the_dates_differ(pdf: pikepdf.Pdf) -> None:
    pdf.docinfo.CreationDate = String("D:20260101000000Z")
    described(pdf, "</xmp:CreatorTool>", "</xmp:CreatorTool><xmp:CreateDate>2025-01-01T00:00:00Z</xmp:CreateDate>")


@mutant.book
def the_metadata_are_lost(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.Metadata


@mutant.book
def the_claim_of_pdf_a_is_lost(pdf: pikepdf.Pdf) -> None:
    described(pdf, "<pdfaid:part>.*</pdfaid:conformance>\n", "")


@mutant.book
def the_claim_of_pdf_ua_is_lost(pdf: pikepdf.Pdf) -> None:
    described(pdf, "<pdfuaid:part>1</pdfuaid:part>\n", "")


@mutant.book
def the_output_intent_is_lost(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.OutputIntents


@mutant.book
def a_picture_says_nothing_where_pdf_ua_is_claimed(pdf: pikepdf.Pdf) -> None:
    figure = next(each for each in pdf.objects if isinstance(each, Dictionary) and each.get("/S") == Name.Figure)
    del figure.Alt


@mutant.book
def the_window_shows_no_title(pdf: pikepdf.Pdf) -> None:
    pdf.Root.ViewerPreferences.DisplayDocTitle = False


@mutant.book
def the_pages_are_read_from_right_to_left(pdf: pikepdf.Pdf) -> None:
    pdf.Root.ViewerPreferences.Direction = Name.R2L


@mutant.book
def the_window_does_not_open_with_the_outline(pdf: pikepdf.Pdf) -> None:
    pdf.Root.PageMode = Name.UseNone


@mutant.book
def the_window_opens_with_two_columns(pdf: pikepdf.Pdf) -> None:
    pdf.Root.PageLayout = Name.TwoColumnRight


@mutant.book
def the_file_opens_with_a_script(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OpenAction = script()


@mutant.book
def the_file_opens_with_its_last_page(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OpenAction = Array([pdf.pages[-1].obj, Name.Fit])


@mutant.book
def the_file_opens_a_web_page(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OpenAction = address()


@mutant.book
def the_file_closes_with_a_script(pdf: pikepdf.Pdf) -> None:
    pdf.Root.AA = Dictionary(WC=script())


@mutant.book
def a_page_opens_a_web_page(pdf: pikepdf.Pdf) -> None:
    pdf.pages[10].AA = Dictionary(O=address())


@mutant.book
def the_file_has_a_script(pdf: pikepdf.Pdf) -> None:
    pdf.Root.Names.JavaScript = Dictionary(Names=Array([String("greeting"), script()]))


@mutant.book
def the_file_has_another_in_it(pdf: pikepdf.Pdf) -> None:
    pdf.attachments["notes.txt"] = b"Not for print."


@mutant.book
def a_page_has_a_field_to_fill_in(pdf: pikepdf.Pdf) -> None:
    annotated(pdf, Name.Widget, b"0.9 g 0 0 300 40 re f", FT=Name.Tx, T=String("name"), V=String(""))
    pdf.Root.AcroForm = Dictionary(Fields=Array([pdf.pages[page_of(pdf, "birds:birds")].Annots[-1]]))


@mutant.book
def a_page_has_a_note(pdf: pikepdf.Pdf) -> None:
    annotated(pdf, Name.Text, b"1 1 0 rg 0 0 20 20 re f")


@mutant.book
def a_page_has_a_stamp(pdf: pikepdf.Pdf) -> None:
    annotated(pdf, Name.Stamp, b"1 0 0 RG 4 w 0 0 300 40 re S", Name=Name.Draft)


@mutant.book
def a_text_is_blacked_out(pdf: pikepdf.Pdf) -> None:
    annotated(pdf, Name.Redact, b"0 g 0 0 300 40 re f")


@mutant.book
def a_text_is_covered_by_a_square(pdf: pikepdf.Pdf) -> None:
    annotated(pdf, Name.Square, b"1 g 0 0 300 40 re f")


@mutant.book
def a_text_is_highlighted(pdf: pikepdf.Pdf) -> None:
    corners = Array([82, 710, 382, 710, 82, 670, 382, 670])
    annotated(pdf, Name.Highlight, b"1 1 0 RG 2 w 0 4 m 300 4 l S", QuadPoints=corners)


@mutant.book
def two_pages_are_exchanged(pdf: pikepdf.Pdf) -> None:
    kids = pdf.Root.Pages.Kids
    kids[13], kids[14] = kids[14], kids[13]


@mutant.book
def a_page_is_there_twice(pdf: pikepdf.Pdf) -> None:
    pdf.pages.insert(14, pdf.pages[13])


@mutant.book
def a_page_is_lost(pdf: pikepdf.Pdf) -> None:
    del pdf.pages[13]


@mutant.book
def an_empty_page_is_added(pdf: pikepdf.Pdf) -> None:
    pdf.add_blank_page()


@mutant.book
def an_empty_page_is_put_between(pdf: pikepdf.Pdf) -> None:
    pdf.add_blank_page()
    page = pdf.pages[-1]
    del pdf.pages[-1]
    pdf.pages.insert(14, page)


@mutant.book
def a_page_is_turned(pdf: pikepdf.Pdf) -> None:
    pdf.pages[13].Rotate = 90


@mutant.book
def a_text_is_in_a_layer_that_is_off(pdf: pikepdf.Pdf) -> None:
    def change(instructions: Instructions) -> Instructions:
        at = next(at for at, shown in texts(instructions) if shown == b"They dance to tell the way.")
        shown = instructions[at]
        return [*instructions[:at], ([Name.OC, Name.Off], "BDC"), shown, ([], "EMC"), *instructions[at + 1 :]]

    layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String("Drafts")))
    page = page_of(pdf, "bees:bees")
    drawing(pdf, page, change)
    pdf.pages[page].Resources.Properties = Dictionary(Off=layer)
    shown = Dictionary(Name=String("All"), OFF=Array([layer]), Order=Array([layer]))
    pdf.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=shown)


@mutant.files
def the_file_is_encrypted(outputs: Outputs) -> None:
    with pikepdf.open(outputs.pdf, allow_overwriting_input=True) as pdf:
        pdf.save(outputs.pdf, encryption=pikepdf.Encryption(user="", owner="ember"))


@mutant.files
def the_table_of_objects_is_not_where_it_should(outputs: Outputs) -> None:
    data = outputs.pdf.read_bytes()
    outputs.pdf.write_bytes(re.sub(rb"startxref\s+\d+", b"startxref\n1234", data))


@mutant.files
def the_end_of_the_file_is_cut_off(outputs: Outputs) -> None:
    outputs.pdf.write_bytes(outputs.pdf.read_bytes()[:-1000])


@mutant.files
def a_later_revision_changes_a_word(outputs: Outputs) -> None:
    before = outputs.pdf.read_bytes()
    with pikepdf.open(outputs.pdf) as pdf:
        sheet = pdf.pages[page_with(pdf, b"It is 45 cm high")]
        stream = sheet.Contents[1]  # the first is one of all pages
        reworded(pdf, b"It is 45 cm high", b"It is 54 cm high")
        content = sheet.Contents.read_bytes()
        sheet.Contents = stream
        shown = b"<< /Length %d >>\nstream\n%b\nendstream" % (len(content), content)
        objects = {stream.objgen[0]: shown, sheet.objgen[0]: sheet.obj.unparse(resolved=True)}
        outputs.pdf.write_bytes(revised(pdf, before, objects))
