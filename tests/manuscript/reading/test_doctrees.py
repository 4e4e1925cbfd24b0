"""A reading that was interrupted leaves nothing that the next one believes."""

from __future__ import annotations

import pytest
from sphinx.builders import Builder

from casebound.manuscript import Manuscript, read
from casebound.system.cache import damaged
from tests.manuscript.conftest import Write
from tests.manuscript.pictures import page
from tests.manuscript.trees import tree

NAMES = [f"c{number}" for number in range(6)]


WHOLE = Builder.read


class Interrupted(BaseException):
    """What Ctrl-C is to a build, at a moment of our choosing."""


def texts(manuscript: Manuscript) -> list[str]:
    return [tree(manuscript, name).astext().split("\n\n")[1] for name in NAMES]


def interrupt(monkeypatch: pytest.MonkeyPatch, after: int) -> None:
    """End the next reading when so many documents have been read, their doctrees written."""
    left = [after]
    whole = Builder.write_doctree

    def write_doctree(self: Builder, *words: object, **how: object) -> None:
        if not left[0]:
            raise Interrupted
        left[0] -= 1
        whole(self, *words, **how)  # type: ignore[arg-type]

    monkeypatch.setattr(Builder, "write_doctree", write_doctree)


@pytest.mark.parametrize("after", [1, 3, 7])
def test_a_setting_that_was_taken_back_leaves_no_trace(
    write: Write, monkeypatch: pytest.MonkeyPatch, after: int
) -> None:
    files: dict[str, str | bytes] = {name: page(name, "The |edition|.") for name in [f"{one}.rst" for one in NAMES]}
    files["index.rst"] = page("Book", ".. toctree::\n\n" + "".join(f"   {name}\n" for name in NAMES))
    conf = 'rst_prolog = ".. |edition| replace:: {} Edition"\n'
    community, enterprise = conf.format("Community"), conf.format("Enterprise")
    places = write(files, community)
    assert texts(read(places)) == ["The Community Edition."] * 6
    (places.conf / "conf.py").write_text(enterprise, encoding="utf-8")
    with monkeypatch.context() as patch:
        interrupt(patch, after)
        if after < 7:
            with pytest.raises(Interrupted):
                read(places)
        else:  # all read, and the environment not yet written
            patch.setattr("sphinx.builders.Builder.read", _read_and_fail)
            with pytest.raises(Interrupted):
                read(places)
    (places.conf / "conf.py").write_text(community, encoding="utf-8")
    again = read(places)
    assert texts(again) == ["The Community Edition."] * 6
    assert [one.code for one in damaged(again.misfits)] == ["cache-damaged"]
    assert texts(read(places)) == ["The Community Edition."] * 6
    assert damaged(read(places).misfits) == []


def _read_and_fail(self: Builder) -> None:
    WHOLE(self)
    raise Interrupted
