"""How a chapter opens: the section it is in, its number, its title, and a short contents of its headings::

Internals
1  RPC over AMQP
Topics and Who Reads Them 2    Calls, Casts, and Fanouts 3    Queues on the Broker 4
"""

from __future__ import annotations

from collections.abc import Iterator

from docutils import nodes
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus.flowables import Flowable

from casebound.typesetting.nodes.context import Context
from casebound.typesetting.structure.marked_content import ARTIFACT
from casebound.typesetting.styles.variants import hanging, is_mirrored, with_space
from casebound.typesetting.text.paragraph import Paragraph
from casebound.typesetting.text.runs import Look, Run, TextRun

__all__ = ["hung", "opening"]

_BETWEEN = "\u2003 "
_UNBROKEN = 48  # letters of a heading
_STEP = 4.0  # points by which a room is made narrower at a time


class _Even(Paragraph):
    """Text in the narrowest room in which it has as many lines as in the measure: none is left much shorter."""

    def wrap(self, availWidth: float, availHeight: float) -> tuple[float, float]:  # noqa: N803
        _, height = super().wrap(availWidth, availHeight)
        least, room = self.minWidth(), availWidth
        while (
            not is_mirrored(self.style)
            and least <= room - _STEP
            and super().wrap(room - _STEP, availHeight)[1] <= height
        ):
            room -= _STEP
        super().wrap(room, availHeight)
        self.width = availWidth
        return self.width, self.height


def opening(context: Context, title: nodes.Element) -> list[Flowable]:
    """The title of a chapter with what is above and below it."""
    style = context.styles["heading1"]
    above, below = context.heads[0], _short_contents(context, title)
    kicker = [context.owned(Paragraph.plain(above, context.styles["kicker"]), title, ARTIFACT)] if above else []
    look = with_space(style, below[0].getSpaceBefore()) if below else style
    return [*kicker, context.paragraph(title, hung(context, title, look)), *below]


def hung(context: Context, title: nodes.Element, style: ParagraphStyle) -> ParagraphStyle:
    """The style of a heading whose further lines are below its words, not below its number."""
    number = title.children[0] if title.children else None
    if not isinstance(number, nodes.generated):
        return style
    return hanging(
        style, round(stringWidth(number.astext(), context.compositor.face_of("fontSans"), style.fontSize), 1)
    )


def _short_contents(context: Context, title: nodes.Element) -> list[Flowable]:
    """The headings below a title, each with its folio, where the style wants so many of them.

    A page without a section above it opens one and tells of its chapters; one with a contents of its own needs
    no other.
    """
    least, most = context.house.short_contents if context.lists_headings else (1, 0)
    headings = list(_headings(title.parent))
    if not context.heads[0] or not least <= len(headings) <= most or _has_contents(title.parent):
        return []
    context.log.lists_headings = True
    style = context.styles["short-contents"]
    look = Look.of(style)
    runs: list[Run] = []
    for name, text in headings:
        inside = look.within("TOCI").within("Reference")
        runs += [TextRun(_BETWEEN if runs else "", inside), *_line(context, name, text, inside)]
    return [context.owned(_Even(runs, style), title, "contents")]


def _line(context: Context, name: str, text: str, look: Look) -> list[Run]:
    """A heading and its folio; a short one is not broken."""
    text = text.replace(" ", "\u00a0") if len(text) <= _UNBROKEN else text
    folio = context.folio(name, look.in_face(context.compositor.face_of("fontSansBold")))
    return [TextRun(text, look.linked(f"#{name}")), folio]


def _headings(section: nodes.Element) -> Iterator[tuple[str, str]]:
    """The named destination and the text of each heading right below a section's own."""
    for child in section.children:
        if isinstance(child, nodes.section) and child["ids"] and isinstance(child[0], nodes.title):
            number = child[0][0].astext() if child[0].children and isinstance(child[0][0], nodes.generated) else ""
            text = child[0].get("plain") or child[0].astext().removeprefix(number)
            yield child["ids"][0], " ".join(f"{number} {text}".split())


def _has_contents(section: nodes.Element) -> bool:
    """Whether a section's own text holds a contents or the list of a toctree."""
    return any(
        not isinstance(child, nodes.section)
        and any({"contents", "toctree"} & set(each["classes"]) for each in child.findall(nodes.Element))
        for child in section.children
        if isinstance(child, nodes.Element)
    )
