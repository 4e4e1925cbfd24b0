"""Trees set in a process with limits on its time and memory."""

from __future__ import annotations

from pathlib import Path

from docutils import nodes

from casebound.model.fragment import Fragment
from casebound.typesetting import Typesetter
from tests.limits import Cost, limited
from tests.typesetting.samples import Printed, image, of_nodes, words


class Press:
    """Sets trees under limits."""

    def __init__(self, typesetter: Typesetter, folder: Path) -> None:
        self.typesetter, self.folder = typesetter, folder

    def __call__(self, *body: nodes.Node, megabytes: int = 300) -> tuple[Printed, Cost]:
        tree = of_nodes(*body)
        cost = limited(lambda: self.typesetter.chapter("chapter", tree), self.folder, megabytes=megabytes)
        fragment: Fragment = cost.result
        return Printed(fragment, self.typesetter.style), cost


def shown(press: Press, path: Path) -> tuple[Printed, list[str]]:
    """An image between two lines; what was lost, with the reason."""
    book, _ = press(words("Before."), image(path, alt="described"), words("After."))
    assert book.text.startswith("Chapter Before.") and book.text.endswith("After.")
    assert book.off_page() == []
    return book, [f"{loss.code}: {loss.values['detail']}" for loss in book.fragment.losses]
