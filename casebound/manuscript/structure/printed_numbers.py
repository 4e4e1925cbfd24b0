"""Numbers of sections, figures, tables and listings, as Sphinx has given them out."""

from __future__ import annotations

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from casebound.i18n.wording import ours
from casebound.manuscript.structure.layout import MODULES
from casebound.manuscript.structure.sections import footing, title_of

__all__ = ["name_captions", "number_captions", "number_equations", "number_of", "number_titles"]

_EN_SPACE = "\N{EN SPACE}"


def section_number(env: BuildEnvironment, docname: str, section: nodes.section, top: bool) -> tuple[int, ...]:
    """The number of a section, empty where the tree is not numbered. The ids must not be qualified yet."""
    return number_of(env, docname, "" if top else str(section["ids"][0]))


def number_of(env: BuildEnvironment, docname: str, name: str) -> tuple[int, ...]:
    """The number of the section with the id ``name``, of the document's top section where it is empty."""
    known = env.toc_secnumbers.get(docname, {})
    return tuple(known.get(f"#{name}" if name else "") or ())


def number_titles(env: BuildEnvironment, docname: str, doctree: nodes.document) -> None:
    """Begin each title of a numbered section with its number and an en space."""
    top = footing(doctree)
    for section in doctree.findall(nodes.section):
        number = section_number(env, docname, section, section is top)
        if number:
            text = ".".join(map(str, number)) + _EN_SPACE
            title_of(section).insert(0, nodes.generated("", text, classes=["sectnum"]))


def number_captions(env: BuildEnvironment, docname: str, doctree: nodes.document) -> None:
    """Begin each caption that ``numfig`` counts with its label and an en space."""
    known = env.toc_fignumbers.get(docname)
    if not env.config.numfig or not known:
        return
    for caption in [*doctree.findall(nodes.caption), *doctree.findall(nodes.title)]:
        owner = caption.parent
        if isinstance(owner, nodes.section) or not isinstance(owner, nodes.Element) or not owner["ids"]:
            continue
        label = _label(env, known, owner)
        if label and not caption.astext().startswith(label):
            caption.insert(0, nodes.generated("", label + _EN_SPACE, classes=["caption-number"]))


def number_equations(env: BuildEnvironment, docname: str, doctree: nodes.document) -> None:
    """Give each equation that ``math_numfig`` counts by section the number that references to it show."""
    known = env.toc_fignumbers.get(docname, {}).get("displaymath", {})
    if not (env.config.numfig and env.config.math_numfig):
        return
    for block in doctree.findall(nodes.math_block):
        number = next((known[name] for name in block["ids"] if name in known), None)
        if number and block.get("number"):
            block["number"] = ".".join(map(str, number))


def _label(env: BuildEnvironment, known: dict[str, dict[str, tuple[int, ...]]], owner: nodes.Element) -> str:
    kind = env.domains.standard_domain.get_enumerable_node_type(owner)
    number = known.get(kind or "", {}).get(owner["ids"][0])
    prefix = env.config.numfig_format.get(kind)
    if not number or prefix is None:
        return ""
    label = str(prefix % ".".join(map(str, number)))
    # an extension that counts theorems writes their name large by itself
    return label if type(owner).__module__ in MODULES else label[:1].upper() + label[1:]


_USUAL = {"figure": "Fig. %s", "table": "Table %s", "code-block": "Listing %s", "section": "Section %s"}
"""Sphinx's ``numfig_format`` in English, and in every language that its catalogue lacks."""


def name_captions(app: Sphinx) -> None:
    """Call figures and tables by the words of the book's language where Sphinx has none and the book says no other.

    Sphinx has written its environment by now: nothing is read again for it.
    """
    config = app.config
    if app.builder.name == "casebound":
        config.numfig_format = {
            kind: (value == _USUAL.get(kind) and ours(f"numbered-{kind}", config.language)) or value
            for kind, value in config.numfig_format.items()
        }
