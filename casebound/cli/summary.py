"""The last words of a task: problems as a linter prints them, the verdict, outputs with their pages and sizes."""

from __future__ import annotations

from collections.abc import Sequence

from casebound.model.diagnostics import Problem
from casebound.press.report import Product, beside

__all__ = ["PROVEN", "line", "print_table", "product_line", "size"]

PROVEN = "Proven: each output has the book's structure, links and words (figures: inv proof)."


def line(problem: Problem) -> str:
    """A problem as a linter prints it: ``docname:line: level code: sentence remedy``."""
    place = f"{problem.place}: " if problem.place else ""
    return f"{place}{problem.level.value} {problem.code}: {problem.message} {problem.fault.remedy}".rstrip()


def size(count: int) -> str:
    """A number of bytes in the unit a person reads."""
    if count < 1000:
        return f"{count} B"
    return f"{count / 1000:.0f} kB" if count < 1_000_000 else f"{count / 1_000_000:.1f} MB"


def product_line(product: Product) -> str:
    """An output as one line: where it is, its pages and its size."""
    pages = f"{product.pages} pages, " if product.pages else ""
    return f"{beside(product.path)}  {pages}{size(product.bytes)}"


def print_table(rows: Sequence[tuple[str, str, str]]) -> None:
    """The closing table on a terminal."""
    from rich.console import Console
    from rich.table import Table

    table = Table("output", box=None, pad_edge=False)
    table.add_column("pages", justify="right")
    table.add_column("size", justify="right")
    for row in rows:
        table.add_row(*row)
    Console(highlight=False, markup=False).print(table)
