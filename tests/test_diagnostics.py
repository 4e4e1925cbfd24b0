"""Messages are sentences: each ends in a full stop before its remedy, whatever fills its gaps."""

from __future__ import annotations

from string import Formatter

import pytest

from casebound.model.diagnostics import CATALOGUE, Fault, problem, weighed


def filled(fault: Fault, ending: str) -> dict[str, str]:
    """A value for each gap of a fault, as sentences end or as lists do."""
    gaps = {gap for text in (fault.sentence, fault.remedy) for _, gap, _, _ in Formatter().parse(text) if gap}
    return {gap: f"a {gap}{ending}" for gap in gaps}


@pytest.mark.parametrize("ending", ["", "."])
@pytest.mark.parametrize("fault", CATALOGUE.values(), ids=CATALOGUE)
def test_messages_and_remedies_end_in_one_full_stop(fault: Fault, ending: str) -> None:
    met = problem(fault.code, "a", 1, **filled(fault, ending))
    for text in (met.message, met.fault.remedy, weighed(met, met.level, "A note").message):
        assert not text or (text.endswith(".") and not text.endswith("..")), text


def test_a_message_keeps_the_mark_that_ends_it() -> None:
    assert problem("setting-unknown", where="a", name="b", hint=" Did you mean c?").message.endswith("mean c?")
    assert problem("link-astray", name="book.pdf", detail="one and 2 more").message.endswith("one and 2 more.")
