"""Faults in what pages mark as content and as artifacts."""

from __future__ import annotations

import pikepdf
from pikepdf import Name

from tests.proof.structure.faults import ANTS, Instructions, edit, hide, mark, paragraph, seeded

__all__: list[str] = []


@seeded("marks-wrong", "content 4 is tagged within content 2")
def an_end_of_a_mark_is_lost(pdf: pikepdf.Pdf) -> None:
    def change(instructions: Instructions) -> Instructions:
        _, end = mark(instructions, 2)
        return instructions[:end] + instructions[end + 1 :]

    edit(pdf, ANTS, change)


@seeded("marks-wrong", "never opened")
def an_end_of_a_mark_too_many(pdf: pikepdf.Pdf) -> None:
    edit(pdf, ANTS, lambda instructions: [*instructions, ([], "EMC")])


@seeded("marks-wrong", "neither tagged nor an artifact")
def an_artifact_is_not_marked(pdf: pikepdf.Pdf) -> None:
    def change(instructions: Instructions) -> Instructions:
        begin = next(at for at, (operands, _) in enumerate(instructions) if operands[:1] == [Name.Artifact])
        end = next(at for at in range(begin, len(instructions)) if instructions[at][1] == "EMC")
        return instructions[:begin] + instructions[begin + 1 : end] + instructions[end + 1 :]

    edit(pdf, ANTS, change)


@seeded("marks-wrong", "neither tagged nor an artifact")
def a_line_is_drawn_outside(pdf: pikepdf.Pdf) -> None:
    edit(pdf, ANTS, lambda instructions: [*instructions, ([9, 9], "m"), ([99, 9], "l"), ([], "S")])


@seeded("marks-wrong", "neither tagged nor an artifact")
def words_are_written_outside(pdf: pikepdf.Pdf) -> None:
    def change(instructions: Instructions) -> Instructions:
        begin, end = mark(instructions, 1)
        return instructions[:begin] + instructions[begin + 1 : end] + instructions[end + 1 :]

    edit(pdf, ANTS, change)


@seeded("marks-wrong", "an artifact is within content 1")
def an_artifact_in_tagged_content(pdf: pikepdf.Pdf) -> None:
    def change(instructions: Instructions) -> Instructions:
        _, end = mark(instructions, 1)
        return [*instructions[:end], ([Name.Artifact], "BMC"), ([], "EMC"), *instructions[end:]]

    edit(pdf, ANTS, change)


@seeded("marks-wrong", "content 1 is tagged within an artifact")
def tagged_content_in_an_artifact(pdf: pikepdf.Pdf) -> None:
    def change(instructions: Instructions) -> Instructions:
        begin, end = mark(instructions, 1)
        inside = [([Name.Artifact], "BMC"), *instructions[begin : end + 1], ([], "EMC")]
        return [*instructions[:begin], *inside, *instructions[end + 1 :]]

    edit(pdf, ANTS, change)


@seeded("reading-differs", "expected “Ants walk in lines.”, found “”")
def a_paragraph_becomes_an_artifact(pdf: pikepdf.Pdf) -> None:
    hide(pdf, paragraph(pdf, ANTS), ANTS)


@seeded("marks-wrong", "“Ants walk in lines.” is an artifact, and is said nowhere else")
def words_are_nothing_but_an_artifact(pdf: pikepdf.Pdf) -> None:
    hide(pdf, paragraph(pdf, ANTS), ANTS)
