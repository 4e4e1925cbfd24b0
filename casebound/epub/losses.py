"""What an edition could not show as the source has it, collected as problems."""

from __future__ import annotations

from docutils import nodes

from casebound.model.diagnostics import Problem, problem

__all__ = ["Losses"]


class Losses:
    """The problems met while packing, each named once at the place it was met first."""

    def __init__(self) -> None:
        self._met: dict[tuple[str, ...], Problem] = {}

    def report(self, code: str, docname: str, node: nodes.Node | None = None, **values: str) -> None:
        """Name a problem of the catalogue at the node's line; unknown nodes are named once in a book."""
        line = line_of(node)
        place = () if code == "node-unknown" else (docname, str(line))
        key = (code, *place, *values.values())
        if key not in self._met:
            self._met[key] = problem(code, docname, line, **values)

    def problems(self) -> tuple[Problem, ...]:
        """All problems in the order they were met."""
        return tuple(self._met.values())


def line_of(node: nodes.Node | None) -> int | None:
    """The 1-based source line of a node, or of the nearest node around it that knows one."""
    while node is not None:
        if node.line:
            return int(node.line)
        node = node.parent
    return None
