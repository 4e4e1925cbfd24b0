"""What a screen reader would say of a chapter of a tagged PDF, written out for a person to read.

The words are those of the tags alone: nothing of what is on the page is looked at::

    Heading, level 2: 1 RPC over AMQP
    List with 3 items
      • One.
      end of list
    Table with 2 columns and 5 rows: Table 1 Timeouts
      row 2: Setting: rpc_response_timeout; Default: 60
      end of table
    Figure: Three services send their messages to one bus.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from casebound.proof.pdf.reader import PdfFile
from casebound.proof.pdf.structure.spoken import text_of
from casebound.proof.pdf.structure.tagged import TaggedFile
from casebound.proof.pdf.structure.tree import AnnotationKid, ContentKid, TaggedElement

__all__ = ["said"]

_SILENT = {"Document", "Part", "Sect", "Div", "Art", "NonStruct", "TBody", "THead", "Index"}
_INLINE = {"Span", "Reference", "Lbl"}


def said(path: Path, title: str = "") -> Iterator[str]:
    """What is said of a file, or of its chapter with a title, line by line. Raises LookupError where it has none."""
    file = TaggedFile(PdfFile(path))
    reader = _ScreenReader(file)
    for element in file.tree.top if not title else [_chapter(file, title)]:
        yield from reader.block(element, "")


def _chapter(file: TaggedFile, title: str) -> TaggedElement:
    """The part or chapter whose heading ends with a title."""
    for element in file.elements:
        if element.role in {"Part", "Sect"} and element.elements and element.elements[0].role.startswith("H"):
            heading = " ".join(text_of(element.elements[0], file.pages).split())
            if heading.endswith(title):
                return element
    raise LookupError(f"{file.file.name} has no chapter {title}.")


class _ScreenReader:
    """Says elements: a block a line, what is in it further in."""

    def __init__(self, file: TaggedFile) -> None:
        self._file = file

    def block(self, element: TaggedElement, indent: str) -> Iterator[str]:
        if element.role in _SILENT or element.role == "LBody":
            yield from self._blocks(element, indent)
        elif element.role in {"L", "TOC"}:
            yield from self._list(element, indent)
        elif element.role == "Table":
            yield from self._table(element, indent)
        elif element.role == "Note":
            yield f"{indent}Note {self._line(element)}"
        elif element.role.startswith("H") and element.role[1:].isdigit():
            yield f"{indent}Heading, level {element.role[1:]}: {self._line(element)}"
        elif element.elements and element.elements[0].role == "Code" and element.role == "P":
            yield f"{indent}Code:"
            lines = text_of(element.elements[0], self._file.pages).splitlines()
            yield from (f"{indent}  {line}" for line in lines)
        else:
            name = {"P": "", "Caption": "Caption: ", "BlockQuote": "Quotation: "}.get(element.role, "")
            yield f"{indent}{name}{self._line(element)}"

    def _blocks(self, element: TaggedElement, indent: str) -> Iterator[str]:
        """What is in a group; text of its own is a line."""
        if any(isinstance(kid, ContentKid) or (isinstance(kid, TaggedElement) and kid.role in {"Link", *_INLINE})
               for kid in element.kids):  # fmt: skip
            yield f"{indent}{self._line(element)}"
            return
        for kid in element.elements:
            yield from self.block(kid, indent)

    def _list(self, element: TaggedElement, indent: str) -> Iterator[str]:
        items = [kid for kid in element.elements if kid.role in {"LI", "TOCI"}]
        yield f"{indent}{'Contents' if element.role == 'TOC' else 'List'} with {len(items)} items"
        for item in items:
            label = " ".join(self._line(kid) for kid in item.elements if kid.role == "Lbl")
            lines = [line for kid in item.elements if kid.role != "Lbl" for line in self.block(kid, f"{indent}  ")]
            if label and lines:
                lines[0] = f"{indent}  {label} {lines[0].strip()}"
            yield from lines or [f"{indent}  {label}"]
        yield f"{indent}  end of list"

    def _table(self, element: TaggedElement, indent: str) -> Iterator[str]:
        caption = "".join(f": {self._line(kid)}" for kid in element.elements if kid.role == "Caption")
        rows = [row for row in element.walk() if row.role == "TR"]
        columns = max((sum(_columns(cell) for cell in row.elements) for row in rows), default=0)
        yield f"{indent}Table with {columns} columns and {len(rows)} rows{caption}"
        heads: dict[int, str] = {}
        for number, row in enumerate(rows, start=1):
            cells, column = [], 0
            for cell in row.elements:
                text = self._line(cell)
                is_head = cell.role == "TH" and cell.attributes.get("Scope") == "/Column"
                cells.append(text if is_head or column not in heads else f"{heads[column]}: {text or 'blank'}")
                if is_head:
                    heads |= dict.fromkeys(range(column, column + _columns(cell)), text)
                column += _columns(cell)
            yield f"{indent}  row {number}: {'; '.join(cells)}"
        yield f"{indent}  end of table"

    def _line(self, element: TaggedElement) -> str:
        """An element as one line, with what is in it said by its kind."""
        return " ".join("".join(self._inline(element)).split())

    def _inline(self, element: TaggedElement) -> Iterator[str]:
        if (described := element.text("/Alt")) is not None:
            yield f"[{element.role.lower()}: {described}]"
            return
        if element.role == "Link":
            yield "[link "
        for kid in element.kids:
            if isinstance(kid, ContentKid):
                content = self._file.pages[kid.page].tagged.get(kid.mcid)
                yield content.text if content is not None else ""
            elif not isinstance(kid, AnnotationKid):
                apart = "" if kid.role in {"Link", "Formula", "Figure", *_INLINE} else " "
                yield apart + "".join(self._inline(kid)) + (" " if kid.role == "Lbl" else apart)
        if element.role == "Link":
            yield "]"


def _columns(cell: TaggedElement) -> int:
    value = cell.attributes.get("ColSpan", 1)
    return int(value) if isinstance(value, int) else 1
