"""Links that an extension fails to resolve become text, and the others of the document are links all the same."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Sequence

from docutils import nodes
from sphinx import addnodes
from sphinx.environment import BuildEnvironment

from casebound.manuscript.reading.folders import without_folders
from casebound.manuscript.reading.places import place
from casebound.model.diagnostics import Problem, problem

__all__ = ["in_a_sentence", "transformed"]

_OURS = {"casebound", "sphinx", "docutils"}
_MOST = 50  # links of one document: for each that fails, all are resolved once more


def transformed(
    env: BuildEnvironment, docname: str, prepare: Callable[[], nodes.document], report: Callable[[Problem], None]
) -> nodes.document:
    """The tree that ``prepare`` gives, after Sphinx's and the extensions' last transforms.

    A link that raises is reported, and so is an extension that fails with the tree when all links are resolved.
    Raises what anything else raises.
    """
    failed: dict[int, Problem] = {}
    while True:
        doctree = prepare()
        links = list(doctree.findall(addnodes.pending_xref))
        for number in failed:
            links[number].replace_self(nodes.inline("", "", *_text(links[number])))
        try:
            env.apply_post_transforms(doctree, docname)
        except Exception as error:
            if not _in_transform(error):
                detail = without_folders(env, in_a_sentence(error), docname)
                report(problem("extension-failed", docname, name=docname, detail=detail))
                break
            found = _failing(error, links)
            if found is None or len(failed) == _MOST:
                raise
            link, detail = links[found], without_folders(env, in_a_sentence(error), docname)
            name = str(link.get("reftarget") or link.astext())
            failed[found] = problem("reference-failed", *place(env, link, docname), name=name, detail=detail)
        else:
            break
    for one in failed.values():
        report(one)
    return doctree


def _in_transform(error: Exception) -> bool:
    """Whether a transform has raised, and no listener to the event that comes after all of them."""
    return any(frame.f_code.co_name == "apply_transforms" for frame, _ in traceback.walk_tb(error.__traceback__))


def _failing(error: Exception, links: Sequence[nodes.Element]) -> int | None:
    """Which of the links was being resolved."""
    for frame, _ in traceback.walk_tb(error.__traceback__):
        for number, link in enumerate(links):
            if frame.f_locals.get("node") is link:
                return number
    return None


def _text(link: nodes.Element) -> list[nodes.Node]:
    """The text of a link that is none: of several that it offers, the one for this case."""
    offered = [child for child in link.children if isinstance(child, addnodes.pending_xref_condition)]
    return next((child.children for child in offered if child.get("condition") == "*"), link.children)


def in_a_sentence(error: Exception) -> str:
    """An exception as the end of a sentence, with the module it comes from; the one inside, where Sphinx wraps it."""
    inner: Exception = getattr(error, "orig_exc", None) or error
    modules = (str(frame.f_globals.get("__name__", "")) for frame, _ in traceback.walk_tb(inner.__traceback__))
    module = next((name for name in modules if name and name.partition(".")[0] not in _OURS), "")
    text = f"{type(inner).__name__}: {' '.join(str(inner).split())}".rstrip(".")
    return f"{text} (in {module})." if module else f"{text}."
